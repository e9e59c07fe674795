using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Matching;

/// <summary>The round: planned together, decided line by line, accepted one transaction a line.</summary>
public sealed class RoundTests
{
    private static Task<RoundView?> ShowAsync(World world, RoundDecisions? decisions = null, Actor? by = null) =>
        world.In<PlanRound, RoundView?>(r => r.ShowAsync(by ?? world.Coordinator, decisions ?? RoundDecisions.None));

    private static Task<IReadOnlyList<AcceptedLine>> AcceptAsync(World world, IReadOnlyList<RoundPair> lines, Actor? by = null, RoundDecisions? decisions = null) =>
        world.In<AcceptRound, IReadOnlyList<AcceptedLine>>(a => a.AcceptAsync(by ?? world.Coordinator, decisions ?? RoundDecisions.None, lines));

    /// <summary>One who has waited longest and may have either; another, in English only, who may have the better of the two alone.</summary>
    private static async Task<(Guid First, Guid Second, Companion Better, Companion Other)> ShortAsync(World world)
    {
        var better = await world.CompanionAsync(c => c.Languages = [Languages.French, Languages.English], "Ghislaine Roy");
        var other = await world.CompanionAsync(c => c.Experiences = [new LivedExperience { Site = CancerSite.Lung, Year = 2015 }], "Monique Gagnon");
        var first = await world.ReferralAsync(r => r.ReadyToMatch().ReceivedAt = world.Clock.Now.AddDays(-20));
        var second = await world.ReferralAsync(r =>
        {
            r.ReadyToMatch().Situation.Languages = [Languages.English];
            (r.Situation.Site, r.Situation.Treatments) = (CancerSite.Colorectal, [new PlannedTreatment { Treatment = Treatment.Ostomy }]);
        });
        return (first, second, better, other);
    }

    private static Task KeepOutAsync(World world, Guid person, Guid against) => world.Rows(async db =>
    {
        db.Add(new Restriction { PersonId = person, AgainstPersonId = against, SetAt = world.Clock.Now, SetBy = person });
        await db.SaveChangesAsync();
    });

    [Theory, OnBothDatabases]
    public async Task ThePlan_MatchesOneMoreThanChoosingOneByOne(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var view = (await ShowAsync(world))!;
        Assert.Equal([new RoundPair(first, other.Id), new RoundPair(second, better.Id)], view.Lines.Select(l => l.Pair));
        Assert.Equal((2, 2, 2, 1), (view.Waiting, view.Places, view.Plan.Matched, view.OneByOne.Matched));
        Assert.Equal((2, "Monique Gagnon", "Nadia", 20), (view.Lines[0].Rank, view.Lines[0].Companion, view.Lines[0].Patient, view.Lines[0].Days));
        Assert.Equal((0, 0), (view.LeftWaiting, view.WithoutAnybody));
    }

    [Theory, OnBothDatabases]
    public async Task KeptAndSetAside_TheRestIsPlannedAnew(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var kept = (await ShowAsync(world, new RoundDecisions([new(first, better.Id)], [])))!;
        var line = Assert.Single(kept.Lines);
        Assert.Equal((new RoundPair(first, better.Id), true, 1), (line.Pair, line.IsFixed, kept.LeftWaiting));
        var aside = (await ShowAsync(world, new RoundDecisions([], [new(second, better.Id), new(first, other.Id), new(Guid.NewGuid(), other.Id)])))!;
        Assert.Equal(new RoundPair(first, better.Id), Assert.Single(aside.Lines).Pair);
        Assert.Equal([("Nadia", "Ghislaine Roy"), ("Nadia", "Monique Gagnon")], aside.Forbidden.Select(f => (f.Patient, f.Companion)));
        // kept and set aside at once: set aside counts
        var both = (await ShowAsync(world, new RoundDecisions([new(first, better.Id)], [new(first, better.Id)])))!;
        Assert.DoesNotContain(both.Lines, l => l.IsFixed);
    }

    [Theory, OnBothDatabases]
    public async Task AcceptedLines_AreProposals_WithoutAReason_AndThePlacesTheyHoldAreGone(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var view = (await ShowAsync(world))!;
        var results = await AcceptAsync(world, [.. view.Lines.Select(l => l.Pair)]);
        Assert.All(results, r => Assert.Null(r.Refusal));
        var proposal = Assert.Single(await world.ProposalsAsync(first));
        Assert.Equal((other.Id, true, null), (proposal.CompanionId, proposal.PassedOver, proposal.Reason));
        Assert.Equal(better.Id, Assert.Single(await world.ProposalsAsync(second)).CompanionId);
        var trail = await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.Type == nameof(ProposalMade)).Select(a => a.Data).ToListAsync());
        Assert.Equal(2, trail.Count(d => d.Contains("\"OfRound\":true", StringComparison.OrdinalIgnoreCase)));
        var after = (await ShowAsync(world))!;
        Assert.Equal((0, 0, 0), (after.Waiting, after.Places, after.Lines.Count));
    }

    [Theory, OnBothDatabases]
    public async Task SomebodyElseWasFaster_ThatLineIsTold_TheOthersStand(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var view = (await ShowAsync(world))!;
        var colleague = await world.StaffAsync(Role.Coordinator, "Louise Caron");
        var third = await world.ReadyAsync();
        Assert.True((await world.ProposeAsync(third, better, by: colleague)).IsDone);
        var results = await AcceptAsync(world, [.. view.Lines.Select(l => l.Pair)]);
        Assert.Null(results.Single(r => r.Pair == new RoundPair(first, other.Id)).Refusal);
        Assert.IsType<CompanionAtCapacity>(results.Single(r => r.Pair == new RoundPair(second, better.Id)).Refusal);
        Assert.Equal(NextStep.Match, (await world.RequestAsync(second)).Next);
        // a pair that is no line of the plan is a choice like any other
        await world.CompanionAsync();
        Assert.IsType<AlreadyProposed>((await AcceptAsync(world, [new(first, other.Id)], colleague))[0].Refusal);
        Assert.IsType<NotThere>((await AcceptAsync(world, [new(Guid.NewGuid(), other.Id)]))[0].Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task ALineThatLeftThePlan_IsNotAsked(Db db)
    {
        await using var world = await World.OnAsync(db);
        await world.CompanionAsync();
        var other = await world.CompanionAsync(c => c.Experiences = [new LivedExperience { Site = CancerSite.Lung, Year = 2015 }]);
        var id = await world.ReadyAsync();
        Assert.IsType<LeftThePlan>((await AcceptAsync(world, [new(id, other.Id)]))[0].Refusal);
        Assert.Empty(await world.ProposalsAsync(id));
        Assert.Null((await AcceptAsync(world, [new(id, other.Id)], decisions: new RoundDecisions([new(id, other.Id)], [])))[0].Refusal);
    }

    /// <summary>Even the first of somebody's list: it was read beside a plan in which nobody else lost by it.</summary>
    [Theory, OnBothDatabases]
    public async Task APageThatIsOld_AsksNobodyWhoseLineWouldCostTheOthers_NorForWhomSomebodyIsAskedAlready(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        Assert.IsType<LeftThePlan>((await AcceptAsync(world, [new(first, better.Id)]))[0].Refusal);
        var third = await world.CompanionAsync(c => (c.Experiences, c.Capacity) = ([new LivedExperience { Site = CancerSite.Lung, Year = 2015 }], 2), "Aline Roy");
        await world.ConsentAsync(first, ConsentKind.SeveralCompanions);
        Assert.True((await world.ProposeAsync(first, third, reason: "Choisie ensemble.")).IsDone);
        Assert.IsType<LeftThePlan>((await AcceptAsync(world, [new(first, other.Id)]))[0].Refusal);
        Assert.Equal(third.Id, Assert.Single(await world.ProposalsAsync(first)).CompanionId);
        Assert.Empty(await world.ProposalsAsync(second));
    }

    [Theory, OnBothDatabases]
    public async Task WhoIsCalledBackLater_TakesFromThoseWhoAreMatchedToday(Db db)
    {
        await using var world = await World.OnAsync(db);
        var only = await world.CompanionAsync();
        await world.ReadyAsync();
        var later = await world.ReferralAsync(r => (r.ReadyToMatch().ReceivedAt, r.NotBefore) = (world.Clock.Now.AddDays(-30), DateOnly.FromDateTime(world.Clock.Now).AddDays(3)));
        async Task<int> LeftAsync() => (await world.In<ChoiceCosts, IReadOnlyDictionary<Guid, ChoiceCost>>(c => c.OfAsync(world.Coordinator, later, [only.Id])))[only.Id].LeftWithout;
        Assert.Equal(1, (await ShowAsync(world))!.Plan.Matched);
        Assert.Equal(1, await LeftAsync());
        await world.ChangeAsync(later, r => r.NotBefore = null);
        Assert.Equal(0, await LeftAsync());
    }

    [Theory, OnBothDatabases]
    public async Task WhatWasKeptAndCanNoLongerBe_IsSaid_AndWhoIsLeftIsNamed(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var kept = (await ShowAsync(world, new RoundDecisions([new(first, better.Id)], [])))!;
        Assert.Equal((second, "Nadia"), Assert.Single(kept.Left));
        Assert.Empty(kept.Dropped);
        Assert.Equal([true, false], (await ShowAsync(world, new RoundDecisions([], [new(first, better.Id)])))!.Lines.Select(l => l.IsAnother));
        await world.Rows(async rows =>
        {
            (await rows.Set<Companion>().FirstAsync(c => c.Id == better.Id)).PausedAt = world.Clock.Now;
            await rows.SaveChangesAsync();
        });
        var paused = (await ShowAsync(world, new RoundDecisions([new(first, better.Id)], [])))!;
        Assert.Equal(("Nadia", "Ghislaine Roy"), Assert.Single(paused.Dropped));
        Assert.Equal((new RoundPair(first, other.Id), false, false), (paused.Lines[0].Pair, paused.IsDecided, paused.Lines[0].IsAnother));
    }

    [Theory, OnBothDatabases]
    public async Task TwoCoordinatorsAtOnce_OneOfThemGetsEachPlace(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var lines = (await ShowAsync(world))!.Lines.Select(l => l.Pair).ToList();
        var colleague = await world.StaffAsync(Role.Coordinator, "Louise Caron");
        var all = await Task.WhenAll(AcceptAsync(world, lines), AcceptAsync(world, lines, colleague));
        foreach (var line in lines) Assert.Single(all.SelectMany(r => r), r => r.Pair == line && r.Refusal is null);
        Assert.Equal((1, 1), (await world.PlacesAsync(better), await world.PlacesAsync(other)));
        Assert.Equal((1, 1), ((await world.ProposalsAsync(first)).Count, (await world.ProposalsAsync(second)).Count));
    }

    /// <summary>One line was asked, then something broke: the same form sent again goes on where it stopped, and is done only when all of it is.</summary>
    [Theory, OnBothDatabases]
    public async Task ARoundThatBrokeOff_GoesOnWhenItIsSentAgain_AndAsksNobodyTwice(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, _, _) = await ShortAsync(world);
        List<RoundPair> lines = [.. (await ShowAsync(world))!.Lines.Select(l => l.Pair)];
        (Guid, Guid) marks = (Guid.NewGuid(), Guid.NewGuid());
        await Assert.ThrowsAsync<IOException>(() => SendAsync(new BreaksOff(lines[0])));
        Assert.Equal((1, 0), ((await world.ProposalsAsync(first)).Count, (await world.ProposalsAsync(second)).Count));
        Assert.All(await SendAsync(lines), r => Assert.Null(r.Refusal));
        Assert.Equal((1, 1), ((await world.ProposalsAsync(first)).Count, (await world.ProposalsAsync(second)).Count));
        // once more, on a node that has not seen the receipt
        await Assert.ThrowsAsync<DoneAlready>(() => SendAsync(lines));
        Assert.Single(await world.Rows(d => d.Set<Receipt>().ToListAsync()));

        async Task<IReadOnlyList<AcceptedLine>> SendAsync(IReadOnlyList<RoundPair> sent)
        {
            await using var request = world.Services.CreateAsyncScope();
            request.ServiceProvider.GetRequiredService<PostedForm>().Marks = marks;
            return await request.ServiceProvider.GetRequiredService<AcceptRound>().AcceptAsync(world.Coordinator, RoundDecisions.None, sent);
        }
    }

    private sealed class BreaksOff(RoundPair first) : IReadOnlyList<RoundPair>
    {
        public int Count => 2;

        public RoundPair this[int index] => index == 0 ? first : throw new IOException("Broken off.");

        public IEnumerator<RoundPair> GetEnumerator()
        {
            for (var i = 0; i < Count; i++) yield return this[i];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Theory, OnBothDatabases]
    public async Task WhoMayNotBeSeen_OrIsNotToBeCalledYet_IsNotInTheRound(Db db)
    {
        await using var world = await World.OnAsync(db);
        await world.CompanionAsync(c => c.Capacity = 5);
        var hidden = await world.ReadyAsync();
        await KeepOutAsync(world, (await world.RequestAsync(hidden)).PatientId, world.Coordinator.PersonId);
        await world.ReferralAsync(r => r.ReadyToMatch().NotBefore = DateOnly.FromDateTime(world.Clock.Now).AddDays(9));
        var deceased = await world.ReadyAsync();
        var gone = (await world.RequestAsync(deceased)).PatientId;
        await world.Rows(async rows =>
        {
            (await rows.Set<Person>().FirstAsync(p => p.Id == gone)).DeceasedAt = world.Clock.Now;
            await rows.SaveChangesAsync();
        });
        await world.ReferralAsync();
        var elsewhere = await world.FacilityAsync();
        await world.CompanionAsync(c => c.Capacity = 3, "Line Roy", elsewhere.Id);
        var seen = await world.ReadyAsync();
        var view = (await ShowAsync(world))!;
        Assert.Equal((1, 5), (view.Waiting, view.Places));
        Assert.Equal(seen, Assert.Single(view.Lines).Pair.ReferralId);
        foreach (var role in Enum.GetValues<Role>().Where(r => r is not (Role.Coordinator or Role.Patient or Role.Companion)))
            Assert.Null(await ShowAsync(world, by: await world.StaffAsync(role)));
    }

    [Theory, OnBothDatabases]
    public async Task ThePage_IsOneRowOfTheRecordOfReads(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        await ShowAsync(world);
        var entry = await world.Rows(rows => rows.Set<AccessEntry>().SingleAsync());
        var patients = new[] { (await world.RequestAsync(first)).PatientId, (await world.RequestAsync(second)).PatientId };
        Assert.Equal((ReadWhat.List, world.Coordinator.PersonId), (entry.What, entry.ReaderId));
        Assert.Equal(patients.Append(better.Id).Append(other.Id).Order(), entry.Listed.Order());
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverOnlyChangesPlaces_LeavesNobodyMoreWaiting(Db db)
    {
        await using var world = await World.OnAsync(db);
        // three wait for two places, all equally close: one of them may have either, each other one of the two
        var french = await world.CompanionAsync();
        var english = await world.CompanionAsync(c => c.Languages = [Languages.English]);
        var either = await world.ReferralAsync(r => r.ReadyToMatch().Situation.Languages = [Languages.French, Languages.English]);
        foreach (var language in new[] { Languages.French, Languages.English }) await world.ReferralAsync(r => r.ReadyToMatch().Situation.Languages = [language]);
        var costs = await world.In<ChoiceCosts, IReadOnlyDictionary<Guid, ChoiceCost>>(c => c.OfAsync(world.Coordinator, either, [french.Id, english.Id]));
        Assert.Equal(2, costs.Count);
        Assert.All(costs.Values, c => Assert.Equal((0, 0, 0, true, 0), (c.LeftWithout, c.Urgent, c.Instead, c.IsBest, c.Example.Count)));
    }

    [Theory, OnBothDatabases]
    public async Task AnEmptyProfile_IsPlanned_OnlyForWhomNobodyElseMayBeProposed(Db db)
    {
        await using var world = await World.OnAsync(db);
        // nothing in common of what counts most, and four accompaniments already: the load of a fifth weighs more than the fit
        LivedExperience lung = new() { Site = CancerSite.Lung, Year = 2015, Treatments = [new LivedTreatment { Treatment = Treatment.Radiotherapy, Year = 2015 }] };
        var known = await world.CompanionAsync(c => (c.Capacity, c.Experiences, c.BirthDecade, c.Gender, c.Availability) = (5, [lung], 1930, null, []), "Monique Gagnon");
        for (var k = 0; k < 4; k++) await world.AccompanimentAsync(known);
        var empty = await world.CompanionAsync(c => (c.Experiences, c.BirthDecade, c.Gender, c.Availability, c.Languages) = ([], null, null, [], [Languages.French, Languages.English]));
        var waits = await world.ReferralAsync(r => r.ReadyToMatch().Intake.Ranking = [Preference.Treatment, Preference.Cancer, Preference.Age]);
        var view = (await ShowAsync(world))!;
        var line = Assert.Single(view.Lines);
        Assert.Equal(new RoundPair(waits, known.Id), line.Pair);
        Assert.True(line.FitOf100 < 12, $"a fit of {line.FitOf100} outweighs any load: the test shows nothing");
        var alone = await world.ReferralAsync(r => r.ReadyToMatch().Situation.Languages = [Languages.English]);
        view = (await ShowAsync(world))!;
        Assert.Equal([new RoundPair(waits, known.Id), new RoundPair(alone, empty.Id)], view.Lines.Select(l => l.Pair).OrderBy(p => p.ReferralId == alone));
    }

    [Theory, OnBothDatabases]
    public async Task TheCostOfAChoice_IsExact_AndDescribesWhoIsLeftWithoutNamingThem(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (first, second, better, other) = await ShortAsync(world);
        var costs = await world.In<ChoiceCosts, IReadOnlyDictionary<Guid, ChoiceCost>>(c => c.OfAsync(world.Coordinator, first, [better.Id, other.Id, Guid.NewGuid()]));
        Assert.Equal(2, costs.Count);
        Assert.Equal((1, false), (costs[better.Id].LeftWithout, costs[better.Id].IsBest));
        Assert.Equal([Fact.Of(CancerSite.Colorectal), Fact.Of(Treatment.Ostomy)], costs[better.Id].Example);
        Assert.Equal((0, true), (costs[other.Id].LeftWithout, costs[other.Id].IsBest));
        // whoever keeps the coordinator out is as if absent: nothing of them is said, and no place is kept for them
        await KeepOutAsync(world, (await world.RequestAsync(second)).PatientId, world.Coordinator.PersonId);
        var without = await world.In<ChoiceCosts, IReadOnlyDictionary<Guid, ChoiceCost>>(c => c.OfAsync(world.Coordinator, first, [better.Id]));
        Assert.Equal(0, without[better.Id].LeftWithout);
        Assert.Equal(0, await world.Rows(rows => rows.Set<AccessEntry>().CountAsync()));
        Assert.Empty(await world.In<ChoiceCosts, IReadOnlyDictionary<Guid, ChoiceCost>>(async c => await c.OfAsync(await world.StaffAsync(Role.Manager), first, [better.Id])));
    }
}
