using Compagnon.App.Privacy;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Privacy;

/// <summary>Each disclosure is put before the privacy officer at once, and judged by somebody who did not ask.</summary>
public sealed class DisclosureReviewTests
{
    [Theory, OnBothDatabases]
    public async Task TheOfficer_IsToldAtOnce_WithoutAName_AndSeesWhoWhyAndHowOften(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (gilles, chantal) = (await world.StaffAsync(Role.OnCall, "Gilles Potvin"), await ReachableAsync(world, Role.PrivacyOfficer, "Chantal Mercure"));
        var first = await AskAsync(world, gilles);
        Assert.Equal("DisclosureToReview", Assert.Single(await world.LettersAsync(chantal.PersonId)));
        for (var i = 0; i < 3; i++) await world.In<Files, DisclosedIdentity?>(f => f.OpenDisclosedAsync(gilles, first));
        world.Clock.PassDays(1);
        var second = await AskAsync(world, gilles, "5145550124");
        var list = await ListAsync(world, chantal);
        Assert.Equal([first, second], list.Waiting.Select(l => l.Id));
        Assert.Equal([3, 0], list.Waiting.Select(l => l.Displays));
        // file numbers and dangers of two people: one row of the log
        var row = await world.Rows(rows => rows.Set<AccessEntry>().AsNoTracking().SingleAsync(e => e.ReaderId == chantal.PersonId));
        Assert.Equal((ReadWhat.List, 2), (row.What, row.Listed.Count));
        Assert.Equal((2, 0), await world.In<DisclosureReviews, (int, int)>(r => r.CountAsync(chantal)));
        var view = (await ShowAsync(world, chantal, first))!;
        Assert.Equal(("Une raison en quelques mots.", "Gilles Potvin", Role.OnCall, Danger.OwnSafety), (view.Reason!.Text, view.Line.AskedBy, view.Line.AskedAs, view.Line.Danger));
        Assert.Equal(6, view.Line.FileNumber!.Length);
        // reading the reason is a read of the person's file
        Assert.True(await world.Rows(rows => rows.Set<AccessEntry>().AnyAsync(e => e.ReaderId == chantal.PersonId && e.What == ReadWhat.Review && e.PersonId != null)));
        // asked on Monday: Thursday is the last day
        world.Clock.PassDays(2);
        Assert.Equal((2, 0), await world.In<DisclosureReviews, (int, int)>(r => r.CountAsync(chantal)));
        world.Clock.PassDays(1);
        Assert.Equal((2, 1), await world.In<DisclosureReviews, (int, int)>(r => r.CountAsync(chantal)));
        foreach (var other in (Actor[])[gilles, world.Coordinator, await world.StaffAsync(Role.Manager), await world.StaffAsync(Role.Administrator)])
        {
            Assert.Empty((await ListAsync(world, other)).Waiting);
            Assert.Null(await ShowAsync(world, other, first));
            Assert.IsType<NotThere>((await ReviewAsync(world, other, first, justified: true)).Refusal);
        }
    }

    [Theory, OnBothDatabases]
    public async Task NotJustified_TellsTheFacilitysManager_AndOnlyTheFirstReviewStands(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (gilles, chantal, second) = (await world.StaffAsync(Role.OnCall, "Gilles Potvin"), await world.StaffAsync(Role.PrivacyOfficer, "Chantal Mercure"), await world.StaffAsync(Role.PrivacyOfficer, "Ève Roy"));
        var (manager, elsewhere) = (await ReachableAsync(world, Role.Manager, "Hélène Dufour"), await ReachableAsync(world, Role.Manager, "Luc Roy", (await world.FacilityAsync()).Id));
        var (good, bad) = (await AskAsync(world, gilles), await AskAsync(world, gilles, "5145550124"));
        Assert.IsType<Invalid>((await ReviewAsync(world, chantal, good, justified: true, " ")).Refusal);
        Assert.True((await ReviewAsync(world, chantal, good, justified: true)).IsDone);
        Assert.Empty(await world.LettersAsync(manager.PersonId));
        var outcomes = await Task.WhenAll(ReviewAsync(world, chantal, bad, justified: false), ReviewAsync(world, second, bad, justified: false));
        Assert.Single(outcomes, o => o.IsDone);
        Assert.Single(outcomes, o => o.Refusal is ReviewedAlready);
        Assert.Equal("DisclosureNotJustified", Assert.Single(await world.LettersAsync(manager.PersonId)));
        Assert.Empty(await world.LettersAsync(elsewhere.PersonId));
        var list = await ListAsync(world, chantal);
        Assert.Empty(list.Waiting);
        Assert.Equal([false, true], list.Reviewed.Select(l => l.Justified!.Value).Order());
        Assert.Equal("Vérifié.", (await ShowAsync(world, second, bad))!.Words!.Text);
        Assert.Contains(nameof(DisclosureReviewed), await world.TrailAsync(await world.Rows(rows => rows.Set<Disclosure>().Where(d => d.Id == bad).Select(d => d.PersonId).SingleAsync())));
        Assert.Equal([false, true], (await world.In<Disclosures, IReadOnlyList<MyDisclosure>>(d => d.MineAsync(gilles))).Select(m => m.Justified!.Value).Order());
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverAsked_NeverReviewsIt_AlsoAsTheOfficer(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var asOfficer = gilles with { Role = Role.PrivacyOfficer, FacilityId = null };
        var id = await AskAsync(world, gilles);
        Assert.False(Assert.Single((await ListAsync(world, asOfficer)).Waiting).MayReview);
        Assert.Equal((0, 0), await world.In<DisclosureReviews, (int, int)>(r => r.CountAsync(asOfficer)));
        Assert.Null(await ShowAsync(world, asOfficer, id));
        Assert.IsType<NotThere>((await ReviewAsync(world, asOfficer, id, justified: true)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task AnOfficerWhomThePersonKeepsOutByName_LeavesItToAnother_UnlessThereIsNone(Db db)
    {
        await using var world = await World.OnAsync(db);
        var gilles = await world.StaffAsync(Role.OnCall, "Gilles Potvin");
        var (chantal, second) = (await ReachableAsync(world, Role.PrivacyOfficer, "Chantal Mercure"), await ReachableAsync(world, Role.PrivacyOfficer, "Ève Roy"));
        var referral = await world.ReferralAsync();
        await world.KeepOutAsync(referral, p => new Restriction { PersonId = p, AgainstPersonId = chantal.PersonId, SetAt = world.Clock.Now, SetBy = p });
        var id = await AskAsync(world, gilles, referral);
        Assert.Empty(await world.LettersAsync(chantal.PersonId));
        Assert.Single(await world.LettersAsync(second.PersonId));
        Assert.Empty((await ListAsync(world, chantal)).Waiting);
        Assert.Equal((0, 0), await world.In<DisclosureReviews, (int, int)>(r => r.CountAsync(chantal)));
        Assert.Null(await ShowAsync(world, chantal, id));
        Assert.IsType<NotThere>((await ReviewAsync(world, chantal, id, justified: true)).Refusal);
        Assert.Equal(0, await world.Rows(rows => rows.Set<AccessEntry>().CountAsync(e => e.ReaderId == chantal.PersonId)));
        Assert.Equal(id, Assert.Single((await ListAsync(world, second)).Waiting).Id);
        Assert.NotNull(await ShowAsync(world, second, id));
        await world.Rows(rows => rows.Set<Membership>().Where(m => m.Id == second.MembershipId).ExecuteUpdateAsync(m => m.SetProperty(x => x.EndedAt, world.Clock.Now)));
        Assert.True(Assert.Single((await ListAsync(world, chantal)).Waiting).MayReview);
        Assert.True((await ReviewAsync(world, chantal, id, justified: true)).IsDone);
    }

    /// <summary>Each display is of one disclosure: in the role in which it was asked, of the latest that it can be.</summary>
    [Theory, OnBothDatabases]
    public async Task DisplaysOfTwoThatOverlap_AreCountedOnce(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (gilles, chantal) = (await world.StaffAsync(Role.OnCall, "Gilles Potvin"), await world.StaffAsync(Role.PrivacyOfficer, "Chantal Mercure"));
        var coordinator = gilles with { Role = Role.Coordinator };
        var referral = await world.ReferralAsync();
        await world.KeepOutAsync(referral, p => new Restriction { PersonId = p, Role = Role.Coordinator, SetAt = world.Clock.Now, SetBy = p });
        var first = await AskAsync(world, gilles, referral);
        await world.In<Files, DisclosedIdentity?>(f => f.OpenDisclosedAsync(gilles, first));
        world.Clock.Pass(TimeSpan.FromMinutes(5));
        var second = await AskAsync(world, gilles, referral);
        world.Clock.Pass(TimeSpan.FromMinutes(5));
        var third = await AskAsync(world, coordinator, referral);
        for (var i = 0; i < 2; i++) await world.In<Files, DisclosedIdentity?>(f => f.OpenDisclosedAsync(gilles, second));
        for (var i = 0; i < 4; i++) await world.In<Files, DisclosedIdentity?>(f => f.OpenDisclosedAsync(coordinator, third));
        var lines = (await ListAsync(world, chantal)).Waiting.ToDictionary(l => l.Id, l => l.Displays);
        Assert.Equal((1, 2, 4), (lines[first], lines[second], lines[third]));
        // alone it is the same
        Assert.Equal(1, (await ShowAsync(world, chantal, first))!.Line.Displays);
    }

    [Theory, OnBothDatabases]
    public async Task OfAnErasedPerson_ItIsReviewedWithoutTheReason(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (gilles, chantal) = (await world.StaffAsync(Role.OnCall, "Gilles Potvin"), await world.StaffAsync(Role.PrivacyOfficer, "Chantal Mercure"));
        var id = await AskAsync(world, gilles);
        var person = await world.Rows(rows => rows.Set<Disclosure>().Select(d => d.PersonId).SingleAsync());
        await world.In<Erasure, bool>(e => e.EraseAsync(Actor.System(1), person));
        Assert.Null((await ShowAsync(world, chantal, id))!.Reason);
        Assert.True((await ReviewAsync(world, chantal, id, justified: true)).IsDone);
        Assert.Null((await ShowAsync(world, chantal, id))!.Words);
    }

    private static async Task<Guid> AskAsync(World world, Actor actor, string telephone = "5145550123") => await AskAsync(world, actor, await world.ReferralAsync(command: c => c with { Telephone = telephone }));

    private static async Task<Guid> AskAsync(World world, Actor actor, Guid referral)
    {
        var number = await world.Rows(rows => rows.Set<Referral>().Where(r => r.Id == referral).Select(r => r.FileNumber).SingleAsync());
        return (await world.In<Disclosures, Outcome<Guid>>(d => d.AskAsync(actor, new DiscloseCommand { Key = Guid.CreateVersion7(), NumberOrName = number, Danger = Danger.OwnSafety, Reason = "Une raison en quelques mots." }))).Value;
    }

    /// <summary>Somebody of the staff to whom letters go.</summary>
    private static async Task<Actor> ReachableAsync(World world, Role role, string name, Guid? facilityId = null)
    {
        var actor = await world.StaffAsync(role, name, facilityId);
        await world.EmailAsync(actor.PersonId, "adresse@exemple.test");
        return actor;
    }

    private static Task<DisclosureList> ListAsync(World world, Actor by) => world.In<DisclosureReviews, DisclosureList>(r => r.ListAsync(by));

    private static Task<DisclosureView?> ShowAsync(World world, Actor by, Guid id) => world.In<DisclosureReviews, DisclosureView?>(r => r.ShowAsync(by, id));

    private static Task<Outcome<Done>> ReviewAsync(World world, Actor by, Guid id, bool justified, string words = "Vérifié.") => world.In<DisclosureReviews, Outcome<Done>>(r => r.ReviewAsync(by, id, justified, words));
}
