using Compagnon.App.Accompaniments;
using Compagnon.App.Data;
using Compagnon.App.Day;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Privacy;

/// <summary>"Nobody of my choir": who is in the group is kept by others than those whom it keeps out, and counts as it is when somebody comes to read.</summary>
public sealed class NamedGroupTests
{
    private static Task<Outcome<Done>> DoAsync(World world, Func<NamedGroups, Task<Outcome<Done>>> act) => world.In(act);

    private static Task<Outcome<Done>> SetAsync(World world, RestrictCommand command) => world.In<Restrictions, Outcome<Done>>(r => r.SetAsync(world.Coordinator, command));

    private static RestrictCommand Against(Guid referralId, Guid group) => new() { Key = Guid.CreateVersion7(), ReferralId = referralId, GroupId = group };

    private static async Task<bool> OpensAsync(World world, Actor actor, Guid referralId) => await world.In<Files, PatientFile?>(f => f.OpenAsync(actor, referralId, ReadWhat.File)) is not null;

    [Theory, OnBothDatabases]
    public async Task WhoeverJoins_IsKeptOutAtOnce_AndWhoeverLeaves_IsLetIn(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager, "Hélène Dufour");
        var id = await world.ReferralAsync();
        var group = (await world.In<NamedGroups, Outcome<Guid>>(g => g.EnterAsync(manager, new EnterGroup { Key = Guid.CreateVersion7(), FacilityId = world.Facility.Id, Name = "Chorale" }))).Value;
        Assert.True((await SetAsync(world, Against(id, group))).IsDone);
        Assert.True(await OpensAsync(world, world.Clinician, id));
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, group, world.Clinician.PersonId))).IsDone);
        Assert.False(await OpensAsync(world, world.Clinician, id));
        Assert.Empty((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Words = "Nadia" })))!.Rows);
        // a second time is once
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, group, world.Clinician.PersonId))).IsDone);
        Assert.Equal(1, Assert.Single(await world.In<NamedGroups, IReadOnlyList<GroupLine>>(g => g.ListAsync(world.Coordinator))).Members);
        Assert.True((await DoAsync(world, g => g.LeaveAsync(manager, group, world.Clinician.PersonId))).IsDone);
        Assert.True(await OpensAsync(world, world.Clinician, id));
        Assert.Equal([nameof(GroupEntered), nameof(GroupJoined), nameof(GroupLeft)], await world.TrailAsync(world.Facility.Id));
    }

    /// <summary>Two who accompany each other can't go on once the file is closed to the companion: the coordinator is told, while it is so.</summary>
    [Theory, OnBothDatabases]
    public async Task ACompanionWhoJoins_WhomTheirPatientKeepsOut_StandsInTheDay_UntilItIsSettled(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager, "Hélène Dufour");
        var (ghislaine, rose) = (await world.CompanionAsync(), await world.CompanionAsync(name: "Rose Côté"));
        await world.Rows(async rows =>
        {
            foreach (var c in (Guid[])[ghislaine.Id, rose.Id]) rows.Add(new Membership { PersonId = c, Role = Role.Companion, FacilityId = world.Facility.Id, GrantedAt = world.Clock.Now });
            await rows.SaveChangesAsync();
        });
        var (pair, other) = (await world.PairAsync(ghislaine), await world.PairAsync(rose));
        var (choir, command) = (await world.GroupAsync("Chorale"), Guid.CreateVersion7());
        Assert.True((await SetAsync(world, Against(pair.ReferralId, choir) with { Key = command })).IsDone);
        // what names no companion of this facility changes nothing
        Assert.True((await SetAsync(world, Against(other.ReferralId, choir) with { Key = Guid.CreateVersion7(), Role = Role.Clinician })).IsDone);
        var elsewhere = await world.FacilityAsync();
        Assert.True((await SetAsync(world, new RestrictCommand { Key = Guid.CreateVersion7(), ReferralId = other.ReferralId, Role = Role.Companion, FacilityId = elsewhere.Id })).IsDone);
        async Task<IReadOnlyList<Guid>> ApartAsync(Actor? actor = null) => [.. (await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(actor ?? world.Coordinator, new DayFilter()))).KeptApart.Select(r => r.AccompanimentId)];
        async Task<bool> OnItsPageAsync(Guid id) => (await world.In<AccompanimentBoard, AccompanimentView?>(b => b.ShowAsync(world.Coordinator, id)))!.IsKeptApart;
        Assert.Empty(await ApartAsync());
        foreach (var c in (Guid[])[ghislaine.Id, rose.Id]) Assert.True((await DoAsync(world, g => g.JoinAsync(manager, choir, c))).IsDone);
        Assert.Equal([pair.Id], await ApartAsync());
        Assert.Equal((true, false), (await OnItsPageAsync(pair.Id), await OnItsPageAsync(other.Id)));
        Assert.Empty(await ApartAsync(await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", elsewhere.Id)));
        // nor whoever is kept out of the file as well
        var nicolas = await world.StaffAsync(Role.Coordinator, "Nicolas Gervais");
        Assert.Equal([pair.Id], await ApartAsync(nicolas));
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, choir, nicolas.PersonId))).IsDone);
        Assert.Empty(await ApartAsync(nicolas));
        Assert.True((await DoAsync(world, g => g.LeaveAsync(manager, choir, ghislaine.Id))).IsDone);
        Assert.Empty(await ApartAsync());
        // named themselves: the same
        var byName = Guid.CreateVersion7();
        Assert.True((await SetAsync(world, new RestrictCommand { Key = byName, ReferralId = pair.ReferralId, AgainstPersonId = ghislaine.Id })).IsDone);
        Assert.Equal([pair.Id], await ApartAsync());
        Assert.True((await world.In<Restrictions, Outcome<Done>>(r => r.LiftAsync(world.Coordinator, pair.ReferralId, byName))).IsDone);
        Assert.Empty(await ApartAsync());
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, choir, ghislaine.Id))).IsDone);
        Assert.Equal([pair.Id], await ApartAsync());
        Assert.True((await world.In<EndAccompaniment, Outcome<Ended>>(e => e.EndAsync(world.Coordinator, new EndCommand { AccompanimentId = pair.Id, Closing = Closing.Completed, WantsAnother = false }))).IsDone);
        Assert.Empty(await ApartAsync());
        Assert.False(await OnItsPageAsync(pair.Id));
    }

    [Theory, OnBothDatabases]
    public async Task ItIsKeptByTheManagerOfItsFacility_OrTheAdministrator_AndByNobodyElse(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (manager, administrator) = (await world.StaffAsync(Role.Manager, "Hélène Dufour"), await world.StaffAsync(Role.Administrator, "Olivier Parent"));
        var elsewhere = await world.StaffAsync(Role.Manager, "Rita Gagné", (await world.FacilityAsync()).Id);
        var group = await world.GroupAsync("Chorale", world.Clinician.PersonId);
        foreach (var stranger in (Actor[])[world.Coordinator, world.Clinician, elsewhere, await world.StaffAsync(Role.PrivacyOfficer)])
        {
            Assert.Null(await world.In<NamedGroups, GroupView?>(g => g.OpenAsync(stranger, group)));
            Assert.IsType<NotThere>((await world.In<NamedGroups, Outcome<Guid>>(g => g.EnterAsync(stranger, new EnterGroup { Key = Guid.CreateVersion7(), FacilityId = world.Facility.Id, Name = "Comité" }))).Refusal);
            foreach (var act in (Func<NamedGroups, Task<Outcome<Done>>>[])[g => g.RenameAsync(stranger, group, "Comité"), g => g.JoinAsync(stranger, group, manager.PersonId), g => g.LeaveAsync(stranger, group, world.Clinician.PersonId), g => g.EndAsync(stranger, group)])
                Assert.IsType<NotThere>((await DoAsync(world, act)).Refusal);
        }
        // the coordinator reads the names of groups, to name one
        Assert.Equal("Chorale", Assert.Single(await world.In<NamedGroups, IReadOnlyList<GroupLine>>(g => g.ListAsync(world.Coordinator))).Name);
        Assert.Empty(await world.In<NamedGroups, IReadOnlyList<GroupLine>>(g => g.ListAsync(elsewhere)));
        Assert.Empty(await world.In<NamedGroups, IReadOnlyList<GroupLine>>(g => g.ListAsync(world.Clinician)));
        Assert.True((await DoAsync(world, g => g.RenameAsync(administrator, group, "Comité des tumeurs"))).IsDone);
        // only who works or accompanies at the facility joins; nobody lets themselves in
        Assert.IsType<NotThere>((await DoAsync(world, g => g.JoinAsync(manager, group, elsewhere.PersonId))).Refusal);
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, group, manager.PersonId))).IsDone);
        Assert.IsType<NotOneself>((await DoAsync(world, g => g.LeaveAsync(manager, group, manager.PersonId))).Refusal);
        var view = (await world.In<NamedGroups, GroupView?>(g => g.OpenAsync(manager, group)))!;
        Assert.Equal(["Hélène Dufour", "Sophie Tremblay"], view.Members.Select(m => m.Name));
        Assert.Equal(["Marianne Lavoie"], view.Others.Select(m => m.Name));
    }

    /// <summary>An administrator never learns who had cancer: a companion in a group stays without a name, and is not offered.</summary>
    [Theory, OnBothDatabases]
    public async Task AnAdministrator_SeesNoCompanionsName(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (inside, outside) = (await world.CompanionAsync(), await world.CompanionAsync(name: "Rose Côté"));
        await world.Rows(async rows =>
        {
            foreach (var c in (Guid[])[inside.Id, outside.Id]) rows.Add(new Membership { PersonId = c, Role = Role.Companion, FacilityId = world.Facility.Id, GrantedAt = world.Clock.Now });
            await rows.SaveChangesAsync();
        });
        var group = await world.GroupAsync("Chorale", inside.Id);
        var seen = (await world.In<NamedGroups, GroupView?>(g => g.OpenAsync(world.Coordinator with { Role = Role.Administrator, FacilityId = null }, group)))!;
        Assert.Null(Assert.Single(seen.Members).Name);
        Assert.DoesNotContain(seen.Others, o => o.PersonId == outside.Id);
        var byManager = (await world.In<NamedGroups, GroupView?>(g => g.OpenAsync(world.Coordinator with { Role = Role.Manager }, group)))!;
        Assert.Equal("Ghislaine Roy", Assert.Single(byManager.Members).Name);
        Assert.Contains(byManager.Others, o => o.Name == "Rose Côté");
    }

    [Theory, OnBothDatabases]
    public async Task NamedByARestriction_ItDoesNotEnd_UntilThatIsLifted_AndItsNameIsFreeThen(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager, "Hélène Dufour");
        var (id, group, command) = (await world.ReferralAsync(), await world.GroupAsync("Chorale", world.Clinician.PersonId), Guid.CreateVersion7());
        await SetAsync(world, Against(id, group) with { Key = command });
        Assert.IsType<GroupIsNamed>((await DoAsync(world, g => g.EndAsync(manager, group))).Refusal);
        Task<Outcome<Guid>> Another() => world.In<NamedGroups, Outcome<Guid>>(g => g.EnterAsync(manager, new EnterGroup { Key = Guid.CreateVersion7(), FacilityId = world.Facility.Id, Name = "Chorale" }));
        Assert.Equal("Taken", Assert.IsType<Invalid>((await Another()).Refusal).Errors["Name"]);
        await world.In<Restrictions, Outcome<Done>>(r => r.LiftAsync(world.Coordinator, id, command));
        Assert.True((await DoAsync(world, g => g.EndAsync(manager, group))).IsDone);
        Assert.Equal("Gone", Assert.IsType<Invalid>((await SetAsync(world, Against(id, group))).Refusal).Errors["GroupId"]);
        Assert.True((await Another()).IsDone);
    }

    /// <summary>Never a restriction that stands and names a group that has ended, whoever is faster.</summary>
    [Theory, OnBothDatabases]
    public async Task NamedAndEndedAtOnce_OneOfTheTwoIsTold(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager, "Hélène Dufour");
        for (var i = 0; i < 5; i++)
        {
            var (id, group) = (await world.ReferralAsync(), await world.GroupAsync($"Groupe {i}"));
            var both = await Task.WhenAll(SetAsync(world, Against(id, group)), DoAsync(world, g => g.EndAsync(manager, group)));
            Assert.Single(both, o => o.IsDone);
        }
        Assert.Equal(0, await world.Rows(rows => rows.Set<NamedGroup>().CountAsync(g => g.EndedAt != null && rows.Set<Restriction>().Any(r => r.GroupId == g.Id))));
    }

    [Theory, OnBothDatabases]
    public async Task WithEveryCoordinatorInTheGroup_ASubstituteFromElsewhereIsChosen(Db db)
    {
        await using var world = await World.OnAsync(db);
        var lucie = await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", (await world.FacilityAsync()).Id);
        var nicolas = await world.StaffAsync(Role.Coordinator, "Nicolas Gervais");
        var id = await world.ReferralAsync();
        var some = await world.GroupAsync("Comité", nicolas.PersonId);
        Assert.True((await SetAsync(world, Against(id, some))).IsDone);
        var all = await world.GroupAsync("Chorale", world.Coordinator.PersonId);
        // Nicolas is kept out by the first, Marianne by the second; who is in the named group is no substitute either
        var needs = Assert.IsType<NeedsSubstitute>((await SetAsync(world, Against(id, all))).Refusal);
        Assert.Equal([lucie.PersonId], needs.Candidates.Select(c => c.PersonId));
        Assert.True((await SetAsync(world, Against(id, all) with { SubstituteId = lucie.PersonId })).IsDone);
        Assert.True(await OpensAsync(world, lucie, id));
        Assert.False(await OpensAsync(world, world.Coordinator, id));
    }

    /// <summary>Once they belong to it, somebody who was chosen to serve is kept out like everybody in it; alone, they don't join.</summary>
    [Theory, OnBothDatabases]
    public async Task ASubstitute_DoesNotJoinWhileNobodyElseServes_AndIsKeptOutOnceTheyJoined(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (manager, littoral) = (await world.StaffAsync(Role.Manager, "Hélène Dufour"), await world.FacilityAsync());
        var lucie = await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", littoral.Id);
        var (id, group) = (await world.ReferralAsync(), await world.GroupAsync("Chorale", world.Coordinator.PersonId));
        Assert.True((await SetAsync(world, Against(id, group) with { SubstituteId = lucie.PersonId })).IsDone);
        Assert.True(await OpensAsync(world, lucie, id));
        await world.Rows(async rows =>
        {
            rows.Add(new Membership { PersonId = lucie.PersonId, Role = Role.Manager, FacilityId = world.Facility.Id, GrantedAt = world.Clock.Now });
            await rows.SaveChangesAsync();
        });
        Assert.IsType<LeavesNobody>((await DoAsync(world, g => g.JoinAsync(manager, group, lucie.PersonId))).Refusal);
        var guy = await world.StaffAsync(Role.Coordinator, "Guy Roy", littoral.Id);
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, group, lucie.PersonId))).IsDone);
        Assert.False(await OpensAsync(world, lucie, id));
        Assert.True(await OpensAsync(world, guy, id));
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverIsTheLastToServe_DoesNotJoin(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager, "Hélène Dufour");
        var nicolas = await world.StaffAsync(Role.Coordinator, "Nicolas Gervais");
        var (id, group) = (await world.ReferralAsync(), await world.GroupAsync("Chorale"));
        Assert.True((await SetAsync(world, Against(id, group))).IsDone);
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, group, nicolas.PersonId))).IsDone);
        Assert.IsType<LeavesNobody>((await DoAsync(world, g => g.JoinAsync(manager, group, world.Coordinator.PersonId))).Refusal);
        Assert.True(await OpensAsync(world, world.Coordinator, id));
        // a file that is over needs nobody
        await world.ChangeAsync(id, r => r.EndedAt = world.Clock.Now);
        Assert.True((await DoAsync(world, g => g.JoinAsync(manager, group, world.Coordinator.PersonId))).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task TwoLastOnesJoiningAtOnce_LeaveOne(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager, "Hélène Dufour");
        var nicolas = await world.StaffAsync(Role.Coordinator, "Nicolas Gervais");
        var (id, group) = (await world.ReferralAsync(), await world.GroupAsync("Chorale"));
        await SetAsync(world, Against(id, group));
        var both = await Task.WhenAll(DoAsync(world, g => g.JoinAsync(manager, group, nicolas.PersonId)), DoAsync(world, g => g.JoinAsync(manager, group, world.Coordinator.PersonId)));
        Assert.Single(both, o => o.IsDone);
        Assert.True(await OpensAsync(world, nicolas, id) || await OpensAsync(world, world.Coordinator, id));
    }

    [Theory, OnBothDatabases]
    public async Task NoLetterOfTheClinic_GoesToAMember_NorToAClinicThatIsNamed(Db db)
    {
        await using var world = await World.OnAsync(db);
        var neighbour = await world.StaffAsync(Role.Clinician, "Luce Morin");
        await world.Rows(async rows =>
        {
            await rows.Set<Membership>().Where(m => m.Role == Role.Clinician).ExecuteUpdateAsync(s => s.SetProperty(m => m.NewsByEmail, true));
            var vault = new Vault(world.Keys);
            foreach (var person in await rows.Set<Person>().Where(p => p.Id == neighbour.PersonId || p.Id == world.Clinician.PersonId).ToListAsync())
                vault.Reseal(person, await rows.Set<Identity>().SingleAsync(i => i.Id == person.Id), new IdentityFields { GivenName = "Luce", Email = "luce@exemple.test" });
            await rows.SaveChangesAsync();
        });
        var (first, second) = (await world.ReferralAsync(), await world.ReferralAsync());
        await SetAsync(world, Against(first, await world.GroupAsync("Chorale", neighbour.PersonId)));
        await NewsAsync(first);
        Assert.Equal([world.Clinician.PersonId], await ToldAsync());
        await SetAsync(world, new RestrictCommand { Key = Guid.CreateVersion7(), ReferralId = second, ClinicId = world.Clinic.Id });
        await world.Rows(rows => rows.Set<OutboxMessage>().ExecuteDeleteAsync());
        await NewsAsync(second);
        Assert.Empty(await ToldAsync());
        Assert.False(await OpensAsync(world, world.Clinician, second));
        Assert.True(await OpensAsync(world, world.Coordinator, second));

        async Task NewsAsync(Guid id)
        {
            await using var scope = world.Services.CreateAsyncScope();
            var rows = scope.ServiceProvider.GetRequiredService<CompagnonDb>();
            await scope.ServiceProvider.GetRequiredService<ClinicNews>().AddAsync(await rows.Set<Referral>().SingleAsync(r => r.Id == id), world.Clock.Now);
            await rows.SaveChangesAsync();
        }

        Task<List<Guid>> ToldAsync() => world.Rows(rows => rows.Set<OutboxMessage>().Where(m => m.Letter == "ClinicNews").Select(m => m.PersonId).ToListAsync());
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverIsErased_IsInNoGroup(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        await world.GroupAsync("Chorale", companion.Id);
        await world.In<Erasure, bool>(e => e.EraseAsync(Actor.System(1), companion.Id));
        Assert.Equal(0, await world.Rows(rows => rows.Set<GroupMember>().CountAsync()));
    }
}
