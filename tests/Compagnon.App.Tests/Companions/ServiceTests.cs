using Compagnon.App.Companions;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Companions;

public sealed class ServiceTests
{
    private static Task<RosterRow> RowAsync(World world) => world.In<Roster, RosterRow>(async r => (await r.ShowAsync(world.Coordinator, new RosterFilter())).Rows.Single());

    [Theory, OnBothDatabases]
    public async Task APause_NeedsNoReason_AndEndsByItself(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        Assert.True((await world.In<Service, Outcome<Done>>(s => s.PauseAsync(companion.Acting(), companion.Id, new DateOnly(2026, 11, 30)))).IsDone);
        Assert.Equal(CompanionStatus.Paused, (await RowAsync(world)).Status);
        world.Clock.PassDays(7);
        Assert.Equal(CompanionStatus.Free, (await RowAsync(world)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task APauseWithoutAnEnd_LastsUntilTheyComeBack(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        await world.In<Service, Outcome<Done>>(s => s.PauseAsync(companion.Acting(), companion.Id, until: null));
        world.Clock.PassDays(300);
        Assert.Equal(CompanionStatus.Paused, (await RowAsync(world)).Status);
        await world.In<Service, Outcome<Done>>(s => s.ComeBackAsync(companion.Acting(), companion.Id));
        Assert.Equal(CompanionStatus.Free, (await RowAsync(world)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task APauseUntilToday_IsNone(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var outcome = await world.In<Service, Outcome<Done>>(s => s.PauseAsync(companion.Acting(), companion.Id, new DateOnly(2026, 11, 23)));
        Assert.IsType<PauseInThePast>(outcome.Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task APauseWithADate_EndsWithinAYear(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        Task<Outcome<Done>> Until(DateOnly day) => world.In<Service, Outcome<Done>>(s => s.PauseAsync(companion.Acting(), companion.Id, day));
        Assert.IsType<PauseTooLong>((await Until(new DateOnly(9999, 12, 31))).Refusal);
        Assert.IsType<PauseTooLong>((await Until(new DateOnly(2027, 11, 24))).Refusal);
        Assert.True((await Until(new DateOnly(2027, 11, 23))).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task TheServiceEnds_OnlyWhenNobodyIsWithThem(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var referral = await world.ReferralAsync();
        await world.Rows(async db =>
        {
            db.Add(new Place { CompanionId = companion.Id, Number = 1, ReferralId = referral, Since = world.Clock.Now });
            await db.SaveChangesAsync();
        });
        Assert.Equal(new StillAccompanies(1), (await world.In<Service, Outcome<Done>>(s => s.EndAsync(world.Coordinator, companion.Id))).Refusal);
        await world.Rows(db => db.Set<Place>().ExecuteDeleteAsync());
        Assert.IsType<NotThere>((await world.In<Service, Outcome<Done>>(s => s.EndAsync(companion.Acting(), companion.Id))).Refusal);
        Assert.True((await world.In<Service, Outcome<Done>>(s => s.EndAsync(world.Coordinator, companion.Id))).IsDone);
        Assert.Empty((await world.In<Roster, RosterView>(r => r.ShowAsync(world.Coordinator, new RosterFilter()))).Rows);
    }

    [Theory, OnBothDatabases]
    public async Task TheRoster_PutsWhoWaitsFirst_AndIsOneReadAPage(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var busy = await world.CompanionAsync(c => c.LastMatchedAt = world.Clock.Now.AddDays(-2), "Rosa Mendes");
        var waits = await world.CompanionAsync(name: "Ghislaine Roy");
        var uncleared = await world.CompanionAsync(c => c.ClearedUntil = null, "Lise Côté");
        var ending = await world.CompanionAsync(c => (c.ClearedUntil, c.LastMatchedAt) = (new DateOnly(2026, 12, 20), world.Clock.Now), "Marc Abel");
        var view = await world.In<Roster, RosterView>(r => r.ShowAsync(world.Coordinator, new RosterFilter()));
        Assert.Equal([waits.Id, busy.Id, ending.Id, uncleared.Id], view.Rows.Select(r => r.Id));
        Assert.Equal((3, 1, 1, 1), (view.Counts[RosterState.Free], view.Counts[RosterState.Idle], view.Counts[RosterState.ClearanceEnding], view.Counts[RosterState.NotCleared]));
        var read = await world.Rows(db => db.Set<AccessEntry>().SingleAsync());
        Assert.Equal((ReadWhat.List, 4), (read.What, read.Listed.Count));
    }
}
