using Compagnon.App.Privacy;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Privacy;

/// <summary>An identity that an emergency opens: to whom, for how long, and who learns of it.</summary>
public sealed class DisclosureTests
{
    private const string Why = "Elle a dit au téléphone qu’elle ne voulait plus continuer.";

    [Theory, OnBothDatabases]
    public async Task OnCall_SeesWhoItIs_ForHalfAnHour_AndThePersonSeesThat(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var id = await PatientAsync(world);
        var asked = (await AskAsync(world, gilles, await NumberAsync(world, id))).Value;
        var shown = (await OpenAsync(world, gilles, asked))!;
        Assert.Equal(("Nadia Bélanger", "5145550123", "Sainte-Aube", world.Clock.Now.AddMinutes(30)), (shown.Name, shown.Telephone, shown.Municipality, shown.Until));
        Assert.Equal([Languages.French], shown.Languages);
        await OpenAsync(world, gilles, asked);
        // nobody else, nor the same person in another role
        Assert.Null(await OpenAsync(world, await world.StaffAsync(Role.OnCall, "Lise Roy"), asked));
        Assert.Null(await OpenAsync(world, gilles with { Role = Role.Coordinator }, asked));
        Assert.Null(await OpenAsync(world, gilles with { FacilityId = (await world.FacilityAsync()).Id }, asked));
        world.Clock.Pass(TimeSpan.FromMinutes(30));
        Assert.Null(await OpenAsync(world, gilles, asked));
        var patient = await world.PatientAsync(id);
        var line = Assert.Single((await world.In<ReadsOfMe, ReadsView>(r => r.OfMeAsync(patient))).Lines, l => l.What is ReadWhat.Emergency);
        Assert.Equal((2, "Gilles Potvin", Role.OnCall), (line.Times, line.Name, line.Role));
        Assert.Contains(nameof(IdentityDisclosed), await world.TrailAsync(patient.PersonId));
        Assert.False(Assert.Single(await world.In<Disclosures, IReadOnlyList<MyDisclosure>>(d => d.MineAsync(gilles))).IsShown);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_IsToldMoreThanThatThereIsNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var littoral = await world.FacilityAsync();
        var id = await PatientAsync(world);
        var number = await NumberAsync(world, id);
        foreach (var (actor, whose) in ((Actor, string)[])
        [
            (gilles, "ZZZZZZ"), (gilles, "Nadia Bélanger"), (gilles, "Personne"), (await world.StaffAsync(Role.OnCall, "Guy Roy", littoral.Id), number), (await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", littoral.Id), number),
            (world.Clinician, number), (await world.StaffAsync(Role.Manager), number), (await world.StaffAsync(Role.PrivacyOfficer), number), (await world.StaffAsync(Role.Administrator), number),
            (await world.StaffAsync(Role.NetworkLead), number), ((await world.CompanionAsync()).Acting(), number), (await world.PatientAsync(id), number),
        ])
            Assert.IsType<NotThere>((await AskAsync(world, actor, whose)).Refusal);
        // each who may ask and guessed left a trail where they act; who may not ask at all didn't get so far
        Assert.Equal(Enumerable.Repeat(nameof(IdentityAskedInVain), 3), await world.TrailAsync(world.Facility.Id));
        Assert.Equal(Enumerable.Repeat(nameof(IdentityAskedInVain), 2), await world.TrailAsync(littoral.Id));
        await world.ChangeAsync(id, r => r.ReceivedAt = null);
        Assert.IsType<NotThere>((await AskAsync(world, gilles, number)).Refusal);
        await world.ChangeAsync(id, r => r.ReceivedAt = world.Clock.Now);
        Assert.IsType<Invalid>((await AskAsync(world, gilles, number, "Vite !")).Refusal);
        var asked = (await AskAsync(world, gilles, number.ToLowerInvariant())).Value;
        var personId = (await world.PatientAsync(id)).PersonId;
        await world.In<Erasure, bool>(e => e.EraseAsync(Actor.System(1), personId));
        Assert.Null(await OpenAsync(world, gilles, asked));
        Assert.IsType<NotThere>((await AskAsync(world, gilles, number)).Refusal);
        Assert.Equal(1, await world.Rows(rows => rows.Set<Disclosure>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task ARestrictionOfARole_IsSetAside_OneOfAPersonOrANamedGroupIsNot(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var id = await PatientAsync(world);
        var number = await NumberAsync(world, id);
        Assert.Equal(new OpenAnyway(id, CompanionId: null), (await AskAsync(world, world.Coordinator, number)).Refusal);
        await RestrictAsync(world, id, Role.Coordinator, against: null);
        var asked = (await AskAsync(world, world.Coordinator, number)).Value;
        Assert.Equal("Nadia Bélanger", (await OpenAsync(world, world.Coordinator, asked))!.Name);
        // the ordinary way stays closed
        Assert.Null(await world.In<Files, PatientFile?>(f => f.OpenAsync(world.Coordinator, id, ReadWhat.File)));
        await RestrictAsync(world, id, role: null, against: world.Coordinator.PersonId);
        Assert.Null(await OpenAsync(world, world.Coordinator, asked));
        Assert.IsType<NotThere>((await AskAsync(world, world.Coordinator, number)).Refusal);
        Assert.True((await AskAsync(world, gilles, number)).IsDone);
        // a named group lists people, each of whom may be the danger
        var (lise, group) = (await world.StaffAsync(Role.OnCall, "Lise Roy"), await world.GroupAsync("Chorale"));
        await world.KeepOutAsync(id, p => new Restriction { PersonId = p, GroupId = group, SetAt = world.Clock.Now, SetBy = p });
        Assert.True((await AskAsync(world, lise, number)).IsDone);
        await world.Rows(async rows =>
        {
            rows.Add(new GroupMember { GroupId = group, PersonId = lise.PersonId });
            await rows.SaveChangesAsync();
        });
        Assert.IsType<NotThere>((await AskAsync(world, lise, number)).Refusal);
    }

    /// <summary>Asking for "who accompanies this file" would say that the file is here, and by whom it is accompanied.</summary>
    [Theory, OnBothDatabases]
    public async Task WhomAPatientKeepsOutByName_LearnsNotEvenWhoAccompaniesThem(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (gilles, lise) = (await world.StaffAsync(Role.OnCall, "Gilles Potvin"), await world.StaffAsync(Role.OnCall, "Lise Roy"));
        var pair = await world.PairAsync(await world.CompanionAsync());
        await RestrictAsync(world, pair.ReferralId, role: null, against: gilles.PersonId);
        var whose = $"Ghislaine {await NumberAsync(world, pair.ReferralId)}";
        Assert.IsType<NotThere>((await AskAsync(world, gilles, whose)).Refusal);
        Assert.True((await AskAsync(world, lise, whose)).IsDone);
        Assert.True((await AskAsync(world, gilles, "Ghislaine")).IsDone);
    }

    /// <summary>What was asked is listed as a read, and not for longer than it is needed.</summary>
    [Theory, OnBothDatabases]
    public async Task WhatOneAsked_IsAListOnRecord_WithoutWhoeverKeepsThemOutSince_NorWhatWasReviewedBeforeYesterday(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (gilles, chantal) = (await world.StaffAsync(Role.OnCall, "Gilles Potvin"), await world.StaffAsync(Role.PrivacyOfficer, "Chantal Mercure"));
        var (id, other) = (await PatientAsync(world), await world.ReferralAsync(command: c => c with { Telephone = "5145550124" }));
        var (one, two) = ((await AskAsync(world, gilles, await NumberAsync(world, id))).Value, (await AskAsync(world, gilles, await NumberAsync(world, other))).Value);
        Task<IReadOnlyList<MyDisclosure>> MineAsync() => world.In<Disclosures, IReadOnlyList<MyDisclosure>>(d => d.MineAsync(gilles));
        Assert.Equal(2, (await MineAsync()).Count);
        var row = await world.Rows(rows => rows.Set<AccessEntry>().AsNoTracking().SingleAsync(e => e.ReaderId == gilles.PersonId));
        Assert.Equal((ReadWhat.List, 2), (row.What, row.Listed.Count));
        await RestrictAsync(world, id, role: null, against: gilles.PersonId);
        Assert.Equal(two, Assert.Single(await MineAsync()).Id);
        Assert.Null(await world.In<Disclosures, MyDisclosure?>(d => d.FindAsync(gilles, one)));
        Assert.NotNull(await world.In<Disclosures, MyDisclosure?>(d => d.FindAsync(gilles, two)));
        Assert.True((await world.In<DisclosureReviews, Outcome<Done>>(r => r.ReviewAsync(chantal, two, justified: true, "Vérifié."))).IsDone);
        Assert.Single(await MineAsync());
        world.Clock.PassDays(1);
        Assert.Empty(await MineAsync());
    }

    [Theory, OnBothDatabases]
    public async Task ACompanion_IsFoundByName_AndByAFileWhereSeveralBearIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var helene = await world.CompanionAsync(c => c.Municipality = "Sainte-Aube", "Hélène Roy");
        var shown = (await OpenAsync(world, gilles, (await AskAsync(world, gilles, "helene ")).Value))!;
        Assert.Equal(("Hélène Roy", "5145550177", "Sainte-Aube"), (shown.Name, shown.Telephone, shown.Municipality));
        Assert.Equal(new OpenAnyway(ReferralId: null, helene.Id), (await AskAsync(world, world.Coordinator, "Hélène")).Refusal);
        await world.CompanionAsync(name: "Hélène Dufour");
        Assert.IsType<SeveralOfThisName>((await AskAsync(world, gilles, "Hélène")).Refusal);
        var pair = await world.PairAsync(helene);
        var number = await NumberAsync(world, pair.ReferralId);
        Assert.Equal("Hélène Roy", (await OpenAsync(world, gilles, (await AskAsync(world, gilles, $"Hélène {number}")).Value))!.Name);
        Assert.IsType<NotThere>((await AskAsync(world, gilles, $"Monique {number}")).Refusal);
        var line = Assert.Single((await world.In<ReadsOfMe, ReadsView>(r => r.OfMeAsync(helene.Acting()))).Lines, l => l.What is ReadWhat.Emergency);
        Assert.Equal((2, Role.OnCall), (line.Times, line.Role));
    }

    [Theory, OnBothDatabases]
    public async Task WhatWasWritten_IsSealed_AndAFormSentTwiceAsksOnce(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var number = await NumberAsync(world, await PatientAsync(world));
        var key = Guid.CreateVersion7();
        Assert.All(await Task.WhenAll(AskAsync(world, gilles, number, key: key), AskAsync(world, gilles, number, key: key)), o => Assert.Equal(key, o.Value));
        var asked = await world.Rows(rows => rows.Set<Disclosure>().AsNoTracking().SingleAsync());
        Assert.DoesNotContain("continuer", System.Text.Encoding.UTF8.GetString(asked.Reason), StringComparison.Ordinal);
        var trail = Assert.Single(await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.Type == nameof(IdentityDisclosed)).Select(a => a.Data).ToListAsync()));
        Assert.DoesNotContain(nameof(Danger.OwnLife), trail, StringComparison.Ordinal);
        // somebody else's form key opens nothing
        Assert.False((await AskAsync(world, await world.StaffAsync(Role.OnCall, "Lise Roy"), number, key: key)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task WithoutTheLog_ThereIsNoPage(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var asked = (await AskAsync(world, gilles, await NumberAsync(world, await PatientAsync(world)))).Value;
        await world.Rows(rows => rows.Database.ExecuteSqlRawAsync("DROP TABLE access_entry"));
        await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(world, gilles, asked));
    }

    private static async Task<Guid> PatientAsync(World world) => await world.ReferralAsync(r => r.Situation.Municipality = "Sainte-Aube", c => c with { GivenName = "Nadia Bélanger" });

    private static Task<string> NumberAsync(World world, Guid referralId) => world.Rows(rows => rows.Set<Referral>().Where(r => r.Id == referralId).Select(r => r.FileNumber).SingleAsync());

    private static Task RestrictAsync(World world, Guid referralId, Role? role, Guid? against) => world.Rows(async rows =>
    {
        var person = await rows.Set<Referral>().Where(r => r.Id == referralId).Select(r => r.PatientId).SingleAsync();
        rows.Add(new Restriction { PersonId = person, Role = role, AgainstPersonId = against, SetAt = world.Clock.Now, SetBy = person });
        await rows.SaveChangesAsync();
    });

    private static Task<Outcome<Guid>> AskAsync(World world, Actor actor, string whose, string reason = Why, Guid? key = null) => world.In<Disclosures, Outcome<Guid>>(d => d.AskAsync(actor,
        new DiscloseCommand { Key = key ?? Guid.CreateVersion7(), NumberOrName = whose, Danger = Danger.OwnLife, Reason = reason }));

    private static Task<DisclosedIdentity?> OpenAsync(World world, Actor actor, Guid id) => world.In<Files, DisclosedIdentity?>(f => f.OpenDisclosedAsync(actor, id));
}
