using Compagnon.App.Matching;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Matching;

/// <summary>The round asks in bulk what a page asks of one file: in random worlds of restrictions and answers both know the same people and allow the same pairs.</summary>
public sealed class RoundAgreesWithPages
{
    [Theory, OnBothDatabases]
    public async Task TheSamePeople_AndTheSamePairs(Db db)
    {
        var (pairs, hidden) = (0, 0);
        for (var seed = 0; seed < 6; seed++)
        {
            await using var world = await World.OnAsync(db);
            var r = new Random(seed);
            var companions = await ManyAsync(r.Next(2, 6), () => world.CompanionAsync(c => (c.Capacity, c.PausedAt) = (r.Next(3), r.Next(6) == 0 ? world.Clock.Now : null)));
            var referrals = await ManyAsync(6, () => world.ReadyAsync());
            await BarAsync(world, r, referrals, companions);
            var plan = (await world.In<PlanRound, RoundView?>(p => p.ShowAsync(world.Coordinator, RoundDecisions.None)))!;
            var seen = 0;
            foreach (var id in referrals)
            {
                var page = await world.In<MatchBoard, MatchBoardView?>(b => b.ShowAsync(world.Coordinator, id));
                if (page is null || page.Referral.Next is not NextStep.Match)
                {
                    hidden++;
                    Assert.DoesNotContain(plan.Lines, l => l.Pair.ReferralId == id);
                    continue;
                }
                seen++;
                var ranked = page.Table.Candidates.Ranked.Select(c => c.Companion.CompanionId).ToHashSet();
                var costs = await world.In<ChoiceCosts, IReadOnlyDictionary<Guid, ChoiceCost>>(c => c.OfAsync(world.Coordinator, id, [.. companions.Select(x => x.Id)]));
                Assert.Equal(ranked.Order(), costs.Keys.Order());
                Assert.All(plan.Lines.Where(l => l.Pair.ReferralId == id), l => Assert.Contains(l.Pair.CompanionId, ranked));
                pairs += ranked.Count;
            }
            Assert.Equal(seen, plan.Waiting);
        }
        Assert.True(pairs > 20 && hidden > 2, $"{pairs} pairs and {hidden} hidden: the worlds show too little");
    }

    private static async Task<List<T>> ManyAsync<T>(int count, Func<Task<T>> make)
    {
        List<T> all = [];
        for (var i = 0; i < count; i++) all.Add(await make());
        return all;
    }

    private static async Task BarAsync(World world, Random r, List<Guid> referrals, List<Companion> companions)
    {
        foreach (var id in referrals)
        {
            var patient = (await world.RequestAsync(id)).PatientId;
            var companion = companions[r.Next(companions.Count)];
            Restriction? bar = r.Next(10) switch
            {
                6 => new Restriction { PersonId = patient, GroupId = await world.GroupAsync($"Groupe {id}", companion.Id, r.Next(3) == 0 ? world.Coordinator.PersonId : patient), SetAt = world.Clock.Now, SetBy = patient },
                0 => new Restriction { PersonId = patient, AgainstPersonId = world.Coordinator.PersonId, SetAt = world.Clock.Now, SetBy = patient },
                1 => new Restriction { PersonId = patient, AgainstPersonId = companion.Id, SetAt = world.Clock.Now, SetBy = patient },
                2 => new Restriction { PersonId = patient, Role = Role.Companion, SetAt = world.Clock.Now, SetBy = patient },
                3 => new Restriction { PersonId = patient, Role = Role.Coordinator, ExceptPersonId = r.Next(2) == 0 ? world.Coordinator.PersonId : null, SetAt = world.Clock.Now, SetBy = patient },
                4 => new Restriction { PersonId = companion.Id, AgainstPersonId = patient, SetAt = world.Clock.Now, SetBy = companion.Id },
                5 => new Restriction { PersonId = patient, FacilityId = world.Facility.Id, SetAt = world.Clock.Now, SetBy = patient },
                _ => null,
            };
            if (bar is not null)
            {
                await world.Rows(async db =>
                {
                    db.Add(bar);
                    await db.SaveChangesAsync();
                });
            }
            if (r.Next(3) == 0 && (await world.ProposeAsync(id, companion, "Choisie")).IsDone && r.Next(4) > 0)
                await world.AnswerAsync(id, companion, r.Next(2) == 0 ? ProposalAnswer.No : ProposalAnswer.MayKnowPerson);
        }
    }
}
