using Compagnon.App.Matching;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

public sealed class ExperienceTests
{
    private static Task<ExperienceView?> ShowAsync(World world, Actor actor, bool forThePublic = false) => world.In<ShowExperience, ExperienceView?>(s => forThePublic ? s.ForCallAsync(actor, named: null) : s.ShowAsync(actor));

    private static async Task WaitAsync(World world, int count, CancerSite site, Treatment treatment, string language = Languages.French)
    {
        for (var i = 0; i < count; i++)
        {
            await world.ReferralAsync(r =>
            {
                r.ReadyToMatch().Situation.Languages = [language];
                (r.Situation.Site, r.Situation.Treatments) = (site, [new PlannedTreatment { Treatment = treatment }]);
            });
        }
    }

    [Theory, OnBothDatabases]
    public async Task TheCoordinator_SeesWhoWaitsAndWhoCouldServe_AndWhomToLookForFirst(Db db)
    {
        await using var world = await World.OnAsync(db);
        await world.CompanionAsync(c => c.Capacity = 3);
        await WaitAsync(world, 2, CancerSite.Breast, Treatment.Chemotherapy);
        await WaitAsync(world, 3, CancerSite.Colorectal, Treatment.Ostomy, "es");
        var view = (await ShowAsync(world, world.Coordinator))!;
        Assert.Equal((false, 5, 1), (view.IsRolledUp, view.Waiting, view.Companions));
        Assert.Equal([new ExperienceRow(CancerSite.Colorectal, Treatment.Ostomy, "es", 3, 0, 0), new ExperienceRow(CancerSite.Breast, Treatment.Chemotherapy, "fr", 2, 1, 1)], view.Rows);
        // one recruit takes two of the three who have nobody; those who have somebody already would only be a little closer, or no better
        Assert.Equal((CancerSite.Colorectal, Treatment.Ostomy, "es", 2), (view.Recruits[0].Site, view.Recruits[0].Treatment, view.Recruits[0].Language, view.Recruits[0].Matches));
        Assert.All(view.Recruits.Skip(1), r => Assert.Equal(0, r.Matches));
        Assert.Equal(0, await world.Rows(rows => rows.Set<AccessEntry>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task WhereTheRecruitMustBe_IsSaid_OnlyWherePeopleWantToMeet(Db db)
    {
        await using var world = await World.OnAsync(db);
        await WaitAsync(world, 3, CancerSite.Colorectal, Treatment.Ostomy, "es");
        var view = (await ShowAsync(world, world.Coordinator))!;
        Assert.Equal((world.Facility.Region, false, 2), (view.Region, view.Recruits[0].InPerson, view.Recruits[0].Matches));
        foreach (var referral in await world.Rows(rows => rows.Set<Referral>().ToListAsync())) await world.ChangeAsync(referral.Id, r => r.Intake.MustHaves = [MustHave.InPerson]);
        view = (await ShowAsync(world, world.Coordinator))!;
        // who only calls may not be proposed to any of them
        Assert.Equal((true, 2), (view.Recruits[0].InPerson, view.Recruits[0].Matches));
        // three who wish it are too few to be told of
        await WaitAsync(world, 2, CancerSite.Colorectal, Treatment.Ostomy, "es");
        Assert.All((await ShowAsync(world, world.Coordinator, forThePublic: true))!.Recruits, r => Assert.False(r.InPerson));
    }

    /// <summary>Finding somebody takes months: who is to be called back later needs them no less. The round of today leaves them out.</summary>
    [Theory, OnBothDatabases]
    public async Task WhoIsToBeCalledBackLater_CountsInWhatIsMissing(Db db)
    {
        await using var world = await World.OnAsync(db);
        await WaitAsync(world, 3, CancerSite.Colorectal, Treatment.Ostomy, "es");
        var later = await world.Rows(rows => rows.Set<Referral>().Select(r => r.Id).FirstAsync());
        await world.ChangeAsync(later, r => r.NotBefore = DateOnly.FromDateTime(world.Clock.Now.AddDays(30)));
        var view = (await ShowAsync(world, world.Coordinator))!;
        Assert.Equal((3, 1, 3), (view.Waiting, view.Later, Assert.Single(view.Rows).Waiting));
        Assert.Equal(2, view.Recruits[0].Matches);
        Assert.Equal((2, 1), (await world.In<PlanRound, RoundView?>(p => p.ShowAsync(world.Coordinator, RoundDecisions.None))) is { } round ? (round.Waiting, round.PutOff) : default);
        await WaitAsync(world, 3, CancerSite.Colorectal, Treatment.Ostomy, "es");
        // one of six is too few to be told of
        Assert.Equal((6, 0), (await ShowAsync(world, world.Coordinator, forThePublic: true)) is { } few ? (few.Waiting, few.Later) : default);
    }

    [Theory, OnBothDatabases]
    public async Task HowMuchCloser_IsFitAlone_WhateverPeopleHaveWaited(Db db)
    {
        await using var world = await World.OnAsync(db);
        await WaitAsync(world, 3, CancerSite.Colorectal, Treatment.Ostomy, "es");
        var before = (await ShowAsync(world, world.Coordinator))!.Recruits[0];
        Assert.InRange(before.Closer, 2, 200);
        foreach (var referral in await world.Rows(rows => rows.Set<Referral>().ToListAsync())) await world.ChangeAsync(referral.Id, r => r.ReceivedAt = world.Clock.Now.AddDays(-90));
        Assert.Equal(before, (await ShowAsync(world, world.Coordinator))!.Recruits[0]);
    }

    [Theory, OnBothDatabases]
    public async Task TheManager_AndTheCall_NeverShowFewerThanFive(Db db)
    {
        await using var world = await World.OnAsync(db);
        var manager = await world.StaffAsync(Role.Manager);
        await WaitAsync(world, 3, CancerSite.Colorectal, Treatment.Ostomy, "es");
        foreach (var view in new[] { (await ShowAsync(world, manager))!, (await ShowAsync(world, world.Coordinator, forThePublic: true))! })
        {
            Assert.Equal((true, null, 0, 0), (view.IsRolledUp, view.Waiting, view.Rows.Count, view.Recruits.Count));
        }
        await WaitAsync(world, 5, CancerSite.Breast, Treatment.Chemotherapy);
        var seen = (await ShowAsync(world, manager))!;
        // three rare ones can't be told from five common ones beside a total of eight: they go together
        Assert.Equal(new ExperienceRow(null, null, null, 8, 0, 0), Assert.Single(seen.Rows));
        Assert.Empty(seen.Recruits);
        await WaitAsync(world, 2, CancerSite.Lung, Treatment.Radiotherapy);
        seen = (await ShowAsync(world, manager))!;
        Assert.Equal([5, 5], seen.Rows.Select(r => r.Waiting));
        Assert.Equal((CancerSite.Breast, Treatment.Chemotherapy), (Assert.Single(seen.Recruits).Site, seen.Recruits[0].Treatment));
    }

    [Theory, OnBothDatabases]
    public async Task OtherRoles_AndOtherFacilities_SeeNothingOfIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        await WaitAsync(world, 6, CancerSite.Breast, Treatment.Chemotherapy);
        foreach (var role in Enum.GetValues<Role>().Where(r => r is not (Role.Coordinator or Role.Manager or Role.Patient or Role.Companion)))
            Assert.Null(await ShowAsync(world, await world.StaffAsync(role)));
        var elsewhere = await world.FacilityAsync();
        var other = (await ShowAsync(world, await world.StaffAsync(Role.Coordinator, facilityId: elsewhere.Id)))!;
        Assert.Equal((0, 0), (other.Waiting, other.Rows.Count));
        // whoever keeps managers out is not even counted for them
        var manager = await world.StaffAsync(Role.Manager);
        await world.Rows(async rows =>
        {
            foreach (var patient in await rows.Set<Referral>().Select(r => r.PatientId).Take(2).ToListAsync())
                rows.Add(new Restriction { PersonId = patient, Role = Role.Manager, SetAt = world.Clock.Now, SetBy = patient });
            await rows.SaveChangesAsync();
        });
        Assert.Null((await ShowAsync(world, manager))!.Waiting);
        Assert.Equal(6, (await ShowAsync(world, world.Coordinator))!.Waiting);
    }
}
