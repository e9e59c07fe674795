using Compagnon.App.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

public sealed class SetbackTests
{
    [Theory, OnBothDatabases]
    public async Task AnIllnessThatComesBack_PausesThem_AndThePersonIsOfferedSomebodyElse(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync(c => c.Capacity = 2);
        var pair = await world.PairAsync(companion);
        await world.EmailAsync(pair.PatientId, "nadia@exemple.test");
        var asked = await world.ReadyAsync();
        await world.ProposeAsync(asked, companion);
        Assert.True((await world.In<Setbacks, Outcome<Done>>(s => s.IllAgainAsync(companion.Acting(), companion.Id))).IsDone);
        var paused = await world.Rows(rows => rows.Set<Companion>().SingleAsync(c => c.Id == companion.Id));
        Assert.True(paused.IsPaused(DateOnly.FromDateTime(world.Clock.Now.AddDays(300))));
        Assert.Equal(["Choice"], await world.LettersAsync(pair.PatientId));
        Assert.NotNull((await LivingAsync(world, pair.Id)).AnotherOfferedAt);
        // whoever they were asked about goes back to the coordinator, and nothing has failed
        var request = await world.RequestAsync(asked);
        Assert.Equal((NextStep.Match, 0), (request.Next, request.Returns));
        Assert.Equal(1, await world.PlacesAsync(companion));
        Assert.DoesNotContain("ill", string.Concat(await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.SubjectId == companion.Id).Select(a => a.Data).ToListAsync())), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnBothDatabases]
    public async Task OfferedSomebodyElse_OneWaits_OrTheSearchBeginsAnew(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var patient = await world.PatientAsync(pair.ReferralId);
        await world.In<Setbacks, Outcome<Done>>(s => s.IllAgainAsync(world.Coordinator, companion.Id));
        Assert.IsType<NotThere>((await world.In<Setbacks, Outcome<Done>>(async s => await s.WaitAsync(await world.PatientAsync(await world.ReadyAsync()), pair.ReferralId))).Refusal);
        Assert.True((await world.In<Setbacks, Outcome<Done>>(s => s.WaitAsync(patient, pair.ReferralId))).IsDone);
        var living = await LivingAsync(world, pair.Id);
        Assert.Equal((null, null), (living.AnotherOfferedAt, living.EndedAt));
        await world.In<Setbacks, Outcome<Done>>(s => s.IllAgainAsync(world.Coordinator, companion.Id));
        Assert.True((await world.In<EndAccompaniment, Outcome<Ended>>(e => e.AnotherAsync(patient, pair.ReferralId))).Value.NewMatch);
        Assert.Equal((NextStep.Match, 0), ((await world.RequestAsync(pair.ReferralId)).Next, await world.PlacesAsync(companion)));
    }

    [Theory, OnBothDatabases]
    public async Task ACompanionsDeath_IsSilent_AndEveryPersonOfTheirsIsLookedAfterAnew(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync(c => c.Capacity = 3);
        await world.EmailAsync(companion.Id, "ghislaine@exemple.test");
        var (one, two) = (await world.PairAsync(companion), await world.PairAsync(companion));
        await world.EmailAsync(one.PatientId, "nadia@exemple.test");
        var asked = await world.ReadyAsync();
        await world.ProposeAsync(asked, companion);
        Assert.IsType<NotThere>((await world.In<Setbacks, Outcome<Done>>(s => s.DiedAsync(companion.Acting(), companion.Id))).Refusal);
        Assert.True((await world.In<Setbacks, Outcome<Done>>(s => s.DiedAsync(world.Coordinator, companion.Id))).IsDone);
        foreach (var id in (Guid[])[one.ReferralId, two.ReferralId, asked]) Assert.Equal(NextStep.Match, (await world.RequestAsync(id)).Next);
        Assert.Empty(await world.LettersAsync(companion.Id));
        Assert.Empty(await world.LettersAsync(one.PatientId));
        Assert.Equal(0, await world.PlacesAsync(companion));
        Assert.NotNull(await world.Rows(rows => rows.Set<Companion>().Where(c => c.Id == companion.Id).Select(c => c.LeftAt).SingleAsync()));
        Assert.Contains(nameof(DeathNoted), await world.TrailAsync(companion.Id));
    }

    private static Task<Accompaniment> LivingAsync(World world, Guid id) => world.Rows(rows => rows.Set<Accompaniment>().AsNoTracking().SingleAsync(a => a.Id == id));
}
