using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Access;

/// <summary>Invitations: single use, seven days, told to those who watch, and only by who may.</summary>
public sealed class InvitationTests
{
    [Theory, OnBothDatabases]
    public async Task AnInvitation_WorksOnce_AndLookingDoesNotUseIt(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.InviteAsync(world.Coordinator, world.Invite());
        var token = await world.InvitationTokenAsync();
        for (var i = 0; i < 3; i++) Assert.True(await world.In<Enrolment, bool>(e => e.IsGoodAsync(token)));
        Assert.True((await AcceptAsync(world, token)).IsDone);
        Assert.False(await world.In<Enrolment, bool>(e => e.IsGoodAsync(token)));
        Assert.IsType<NotThere>((await AcceptAsync(world, token)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task AfterSevenDays_ItIsTooOld(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.InviteAsync(world.Coordinator, world.Invite());
        var token = await world.InvitationTokenAsync();
        world.Clock.PassDays(7.01);
        Assert.IsType<NotThere>((await AcceptAsync(world, token)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task ANewInvitation_EndsTheOneBefore(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.InviteAsync(world.Coordinator, world.Invite());
        var first = await world.InvitationTokenAsync();
        var person = (await world.LettersAsync())[0].To;
        await world.In<Invitations, Outcome<Done>>(i => i.SendAgainAsync(world.Coordinator, person, code: null));
        Assert.False(await world.In<Enrolment, bool>(e => e.IsGoodAsync(first)));
        Assert.True((await AcceptAsync(world, await world.InvitationTokenAsync())).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task PostedTwice_GrantsOnce(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var command = world.Invite();
        Assert.True((await world.InviteAsync(world.Coordinator, command)).IsDone);
        Assert.True((await world.InviteAsync(world.Coordinator, command)).IsDone);
        Assert.Single(await world.LettersAsync());
    }

    /// <summary>Whoever comes second finds the account that the first has just made, and gives it the other role.</summary>
    [Theory, OnBothDatabases]
    public async Task TwoRolesOfOnePerson_GivenAtOnce_AreBothGiven(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var administrator = new Actor { NetworkId = 1, PersonId = world.Coordinator.PersonId, Role = Role.Administrator };
        Role[] roles = [Role.Coordinator, Role.Manager, Role.OnCall];
        var done = await Task.WhenAll(roles.Select(role => world.InviteAsync(administrator, world.Invite(role: role))));
        Assert.All(done, d => Assert.True(d.IsDone));
        var person = await world.Rows(db => db.Set<Account>().Select(a => a.PersonId).SingleAsync());
        Assert.Equal(roles.Order(), (await world.Rows(db => db.Set<Membership>().Where(m => m.PersonId == person).Select(m => m.Role).ToListAsync())).Order());
    }

    [Theory, OnBothDatabases]
    public async Task EachRoleGiven_IsToldToManagerAndPrivacyOfficer_WithoutNamingAnyone(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        foreach (var role in new[] { Role.Manager, Role.PrivacyOfficer })
            await world.InviteAsync(Actor.System(1), world.Invite($"{role}@exemple.test", role));
        var before = (await world.LettersAsync()).Count;
        await world.InviteAsync(world.Coordinator, world.Invite());
        var told = (await world.LettersAsync()).Take((await world.LettersAsync()).Count - before).Where(l => l.Letter == "RoleGranted").ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, l => Assert.DoesNotContain("Léa", l.Body, StringComparison.Ordinal));
        Assert.All(told, l => Assert.Contains("Marianne Lavoie a donné un rôle dans Compagnon\u00a0: clinique", l.Body, StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task AnAdministratorsAccount_HoldsNoCareRole_NeitherWayRound(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.InviteAsync(Actor.System(1), world.Invite("a@exemple.test", Role.Administrator));
        Assert.IsType<RoleNotAllowed>((await world.InviteAsync(world.Coordinator, world.Invite("a@exemple.test"))).Refusal);
        await world.InviteAsync(world.Coordinator, world.Invite("c@exemple.test"));
        Assert.IsType<RoleNotAllowed>((await world.InviteAsync(Actor.System(1), world.Invite("c@exemple.test", Role.Administrator))).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task AClinician_InvitesNobody_ACoordinatorNobodyOfAnotherFacility(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        Assert.IsType<NotThere>((await world.InviteAsync(world.Clinician, world.Invite())).Refusal);
        Assert.IsType<NotThere>((await world.InviteAsync(world.Coordinator, world.Invite(role: Role.Manager))).Refusal);
        var elsewhere = await world.FacilityAsync();
        Assert.IsType<NotThere>((await world.InviteAsync(world.Coordinator, world.Invite() with { Grant = new Grant(Role.Coordinator, elsewhere.Id) })).Refusal);
        Assert.Empty(await world.LettersAsync());
    }

    [Theory, OnBothDatabases]
    public async Task ReEnrolling_ChangesNothingUntilUsed_ThenEverything_AndIsInTheTrail(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, card) = await world.EnrolledAsync();
        var session = (await world.In<Sessions, Outcome<SessionFacts>>(s => s.StartAsync(new StartSession { PersonId = person, Device = "Firefox" }))).Value;
        await world.In<Invitations, Outcome<Done>>(i => i.SendAgainAsync(world.Coordinator, person, code: null));
        Assert.True(await world.PasswordFitsAsync());
        var sent = await world.Rows(db => db.Set<AuditRow>().Where(a => a.Type == nameof(InvitationSent) && a.ActorId == world.Coordinator.PersonId && a.SubjectId == person).ToListAsync());
        Assert.Contains(sent, a => a.Data.Contains("\"ReEnrols\":true", StringComparison.Ordinal));
        Assert.True((await AcceptAsync(world, await world.InvitationTokenAsync(), "six castors dans la brume")).IsDone);
        Assert.False(await world.PasswordFitsAsync());
        Assert.False(await world.CodeFitsAsync(person, card[0]));
        Assert.Null(await world.In<Sessions, SessionFacts?>(s => s.LookAsync(session.SessionId)));
    }

    [Theory, OnBothDatabases]
    public async Task AnAddressIsNowhereInTheAccount(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var account = await world.Rows(db => db.Set<Account>().FirstAsync(a => a.PersonId == person));
        Assert.DoesNotContain("lea", System.Text.Encoding.UTF8.GetString(account.EmailHash), StringComparison.OrdinalIgnoreCase);
        Assert.False(await world.PasswordFitsAsync(email: "learoy@exemple.test"));
        Assert.True(await world.PasswordFitsAsync(email: " LEA.ROY@exemple.test"));
    }

    private static Task<Outcome<Guid>> AcceptAsync(World world, string token, string password = Doors.Password) => world.In<Enrolment, Outcome<Guid>>(e => e.AcceptAsync(token, password));
}
