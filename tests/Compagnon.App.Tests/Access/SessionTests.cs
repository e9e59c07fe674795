using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Access;

/// <summary>Sessions end: idle, too old, ended elsewhere, account disabled, role taken away. Within a minute, on every node.</summary>
public sealed class SessionTests
{
    [Theory, OnBothDatabases]
    public async Task EndedOnAnotherNode_ItIsOverWithinAMinute(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var session = await StartAsync(world);
        Assert.NotNull(await LookAsync(world, session));
        // another node writes the row; this one knows nothing of it
        await world.Rows(db => db.Set<Session>().ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, world.Clock.Now)));
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(await LookAsync(world, session));
    }

    [Theory, OnBothDatabases]
    public async Task WithoutASignOfLife_ItEnds_AndASignOfLifeProlongsIt(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var session = await StartAsync(world);
        for (var i = 0; i < 3; i++)
        {
            world.Clock.Pass(TimeSpan.FromMinutes(25));
            Assert.NotNull(await LookAsync(world, session));
        }
        world.Clock.Pass(TimeSpan.FromMinutes(31));
        Assert.Null(await LookAsync(world, session));
    }

    [Theory, OnBothDatabases]
    public async Task HoweverBusy_AfterTwelveHoursItEnds(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var session = await StartAsync(world);
        for (var i = 0; i < 35; i++)
        {
            world.Clock.Pass(TimeSpan.FromMinutes(20));
            Assert.NotNull(await LookAsync(world, session));
        }
        world.Clock.Pass(TimeSpan.FromMinutes(20));
        Assert.Null(await LookAsync(world, session));
    }

    [Theory, OnBothDatabases]
    public async Task ADisabledAccount_IsOutAtOnce_AndCantStartAnother(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var session = await StartAsync(world, person);
        Assert.True((await world.In<Accounts, Outcome<Done>>(a => a.DisableAsync(world.Coordinator, person, code: null))).IsDone);
        Assert.Null(await LookAsync(world, session));
        Assert.False((await world.In<Sessions, Outcome<SessionFacts>>(s => s.StartAsync(new StartSession { PersonId = person, Device = "" }))).IsDone);
        await world.In<Accounts, Outcome<Done>>(a => a.EnableAsync(world.Coordinator, person, code: null));
        Assert.NotNull(await LookAsync(world, await StartAsync(world, person)));
    }

    [Theory, OnBothDatabases]
    public async Task OfSeveralRoles_OneIsChosen_RightsAreNeverUnited(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        await world.InviteAsync(Actor.System(1), world.Invite(role: Role.Manager));
        var begun = await LookAsync(world, await StartAsync(world, person));
        Assert.Null(begun!.Actor);
        var manager = begun.Roles.Single(r => r.Role is Role.Manager);
        var chosen = await world.In<Sessions, Outcome<SessionFacts>>(s => s.ChooseRoleAsync(begun, manager.MembershipId));
        Assert.Equal((Role.Manager, (Guid?)null), (chosen.Value.Actor!.Role, chosen.Value.Actor.ClinicId));
        Assert.False((await world.In<Sessions, Outcome<SessionFacts>>(s => s.ChooseRoleAsync(begun, world.Coordinator.MembershipId!.Value))).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task ARoleTakenAway_EndsTheSessionThatActsInIt(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var session = await StartAsync(world, world.Clinician.PersonId);
        await world.In<Accounts, Outcome<Done>>(a => a.EndRoleAsync(world.Coordinator, world.Clinician.MembershipId!.Value, code: null));
        Assert.Null(await LookAsync(world, session));
    }

    [Theory, OnBothDatabases]
    public async Task NobodyEndsTheSessionOfAnother(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var session = await StartAsync(world);
        var clinician = await LookAsync(world, await StartAsync(world, world.Clinician.PersonId));
        Assert.IsType<NotThere>((await world.In<Sessions, Outcome<Done>>(s => s.EndAsync(clinician!, session))).Refusal);
        Assert.NotNull(await LookAsync(world, session));
    }

    [Theory, OnBothDatabases]
    public async Task LostProtectionKeys_RefuseToStart_UntilAllSessionsAreEnded(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var keys = new ProtectionKeys(world.Services.GetRequiredService<IServiceScopeFactory>(), world.Keys, world.Clock);
        await keys.CheckAsync();
        keys.StoreElement(new System.Xml.Linq.XElement("key", "secret"), "key-1");
        await StartAsync(world);
        await keys.CheckAsync();
        Assert.Equal("secret", Assert.Single(keys.GetAllElements()).Value);
        await world.Rows(db => db.Set<ProtectionKey>().ExecuteDeleteAsync());
        await Assert.ThrowsAsync<ProtectionKeysLost>(() => keys.CheckAsync());
        await world.In<Sessions, int>(s => s.EndAllAsync());
        await keys.CheckAsync();
    }

    private static async Task<Guid> StartAsync(World world, Guid? person = null) =>
        (await world.In<Sessions, Outcome<SessionFacts>>(s => s.StartAsync(new StartSession { PersonId = person ?? world.Coordinator.PersonId, Device = "Firefox, Windows" }))).Value.SessionId;

    private static Task<SessionFacts?> LookAsync(World world, Guid session) => world.In<Sessions, SessionFacts?>(s => s.LookAsync(session));
}
