using System.Globalization;
using Compagnon.App.Day;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Day;

public sealed class CoordinatorDayTests
{
    private static Task<DayView> ShowAsync(World world, DayFilter? filter = null, Actor? actor = null) =>
        world.In<CoordinatorDay, DayView>(d => d.ShowAsync(actor ?? world.Coordinator, filter ?? new DayFilter()));

    /// <summary>A request that waits to be called since so many days.</summary>
    private static Task<Guid> WaitingAsync(World world, double days, Action<Referral>? then = null) => world.ReferralAsync(r =>
    {
        r.ReceivedAt = world.Clock.Now.AddDays(-days);
        then?.Invoke(r);
    });

    private static Task<Guid> PatientOfAsync(World world, Guid referralId) => world.Rows(db => db.Set<Referral>().Where(r => r.Id == referralId).Select(r => r.PatientId).FirstAsync());

    private static async Task KeepOutAsync(World world, Guid referralId, Guid personId)
    {
        var patient = await PatientOfAsync(world, referralId);
        await world.Rows(async db =>
        {
            // Twice, with different words: the file is still one file.
            db.Add(new Restriction { PersonId = patient, AgainstPersonId = personId, SetAt = world.Clock.Now, SetBy = patient });
            db.Add(new Restriction { PersonId = patient, AgainstPersonId = personId, Role = Role.Coordinator, SetAt = world.Clock.Now, SetBy = patient });
            await db.SaveChangesAsync();
        });
    }

    private static IEnumerable<Guid> Ids(IEnumerable<DayRow> rows) => rows.Select(r => r.ReferralId);

    [Theory, OnBothDatabases]
    public async Task TheMostOverdue_StandsFirst_WhateverItsKind(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var soon = await WaitingAsync(world, 0);
        var longest = await WaitingAsync(world, 40);
        var match = await WaitingAsync(world, 30, r => r.ReadyToMatch());
        var middle = await WaitingAsync(world, 10);
        await WaitingAsync(world, 60, r => r.EndedAt = world.Clock.Now);
        var day = await ShowAsync(world);
        Assert.Equal([longest, match, middle, soon], Ids(day.Rows));
        Assert.Equal(day.Rows.Select(r => r.DueAt), day.Rows.Select(r => r.DueAt).Order());
        Assert.All(day.Rows, r => Assert.Equal("Nadia", r.GivenName));
    }

    [Theory, OnBothDatabases]
    public async Task ADayAgreedOn_IsDueThatDay_AndLateOnlyAfterIt(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var id = await WaitingAsync(world, 0);
        await world.In<Progress, Outcome<Done>>(p => p.PostponeAsync(world.Coordinator, id, new DateOnly(2026, 12, 7)));
        foreach (var (at, group) in ((string, DueGroup)[])[("2026-12-06T17:00Z", DueGroup.Week), ("2026-12-07T05:01Z", DueGroup.Today), ("2026-12-08T04:59Z", DueGroup.Today), ("2026-12-08T05:01Z", DueGroup.Late)])
        {
            world.Clock.Set(DateTime.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
            var day = await ShowAsync(world);
            Assert.Equal((at, group), (at, day.Limits.GroupOf(Assert.Single(day.Rows).DueAt!.Value)));
            Assert.Equal((at, 1), (at, day.Count(group)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Counts_AreByKind_AndByWhenItIsDue(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var now = world.Clock.Now;
        await WaitingAsync(world, 30);
        await WaitingAsync(world, 20);
        await WaitingAsync(world, 0);
        await WaitingAsync(world, 30, r => r.ReadyToMatch().AnswerDueAt = now.AddHours(3));
        await WaitingAsync(world, 30, r => r.ReadyToMatch().AnswerDueAt = now);
        await WaitingAsync(world, 30, r => (r.ReadyToMatch().ChoiceAskedAt, r.ChoiceDueAt) = (now, now.AddDays(20)));
        await WaitingAsync(world, 30, r => (r.ReadyToMatch().AgreedAt, r.FirstConversationAt) = (now.AddDays(-9), now.AddDays(-8)));
        await WaitingAsync(world, 30, r => r.EndedAt = now);
        var day = await ShowAsync(world);
        Assert.Equal(
            [new StepCount(NextStep.Reach, 2, 0, 1, 0), new StepCount(NextStep.Answer, 1, 1, 0, 0), new StepCount(NextStep.Choose, 0, 0, 0, 1)], day.Counts);
        Assert.Equal((3, 1, 1, 1), (day.Count(DueGroup.Late), day.Count(DueGroup.Today), day.Count(DueGroup.Week), day.Count(DueGroup.Later)));
        Assert.Equal((6, 6), (day.Shown!.Total, day.Rows.Count));
    }

    [Theory, OnBothDatabases]
    public async Task OneKind_IsShown_WhileTheOthersAreStillCounted(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await WaitingAsync(world, 30);
        var match = await WaitingAsync(world, 20, r => r.ReadyToMatch());
        var day = await ShowAsync(world, new DayFilter { Step = NextStep.Match });
        Assert.Equal([match], Ids(day.Rows));
        Assert.Equal([NextStep.Reach, NextStep.Match], day.Counts.Select(c => c.Step));
        Assert.Equal(new StepCount(NextStep.Match, 1, 0, 0, 0), day.Shown);
    }

    [Theory, OnBothDatabases]
    public async Task OneCancer_IsShown(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await WaitingAsync(world, 30);
        var lung = await WaitingAsync(world, 20, r => r.Situation = new Situation { Site = CancerSite.Lung, Languages = [Languages.French] });
        var day = await ShowAsync(world, new DayFilter { Site = CancerSite.Lung });
        Assert.Equal([lung], Ids(day.Rows));
        Assert.Null(day.Shown);
    }

    [Theory, OnBothDatabases]
    public async Task MineAre_AlsoThoseOfAColleagueOnLeave_ForWhomIStandIn(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var sophie = await world.StaffAsync(Role.Coordinator, "Sophie Tremblay");
        var mine = await WaitingAsync(world, 30, r => r.CoordinatorId = world.Coordinator.PersonId);
        var hers = await WaitingAsync(world, 20, r => r.CoordinatorId = sophie.PersonId);
        var nobodys = await WaitingAsync(world, 10);
        Assert.Equal([mine, hers, nobodys], Ids((await ShowAsync(world)).Rows));
        Assert.Equal([mine], Ids((await ShowAsync(world, new DayFilter { Whose = Whose.Mine })).Rows));
        Assert.Equal([nobodys], Ids((await ShowAsync(world, new DayFilter { Whose = Whose.Nobody })).Rows));
        var colleague = await ShowAsync(world, new DayFilter { Whose = Whose.Colleague, CoordinatorId = sophie.PersonId });
        Assert.Equal([hers], Ids(colleague.Rows));
        Assert.Equal(1, colleague.Shown!.Total);
        await AwayAsync(world, sophie, world.Coordinator, DateOnly.FromDateTime(world.Clock.Now).AddDays(3));
        Assert.Equal([mine, hers], Ids((await ShowAsync(world, new DayFilter { Whose = Whose.Mine })).Rows));
        world.Clock.PassDays(5);
        Assert.Equal([mine], Ids((await ShowAsync(world, new DayFilter { Whose = Whose.Mine })).Rows));
    }

    private static Task AwayAsync(World world, Actor who, Actor standIn, DateOnly until) => world.Rows(async db =>
    {
        var membership = await db.Set<Membership>().FirstAsync(m => m.Id == who.MembershipId);
        (membership.AwayUntil, membership.StandInMembershipId) = (until, standIn.MembershipId);
        await db.SaveChangesAsync();
    });

    [Theory, OnBothDatabases]
    public async Task ARestrictedFile_IsNeitherShownNorCounted_UnderAnyFilter(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var sophie = await world.StaffAsync(Role.Coordinator, "Sophie Tremblay");
        var me = world.Coordinator.PersonId;
        var open = await WaitingAsync(world, 20, r => (r.CoordinatorId, r.UrgentSince) = (me, world.Clock.Now));
        // Nothing else is of this kind or of this cancer, so that a wrong subtraction shows.
        var closed = await WaitingAsync(world, 30, r =>
            (r.ReadyToMatch().CoordinatorId, r.UrgentSince, r.Situation) = (me, world.Clock.Now, new Situation { Site = CancerSite.Lung, Languages = [Languages.French] }));
        await KeepOutAsync(world, closed, me);
        DayFilter[] filters = [new(), new() { Whose = Whose.Mine }, new() { Whose = Whose.Colleague, CoordinatorId = me }, new() { Site = CancerSite.Breast }];
        foreach (var filter in filters)
        {
            var day = await ShowAsync(world, filter);
            Assert.Equal([open], Ids(day.Rows));
            Assert.Equal([open], Ids(day.Urgent));
            Assert.Equal([new StepCount(NextStep.Reach, 1, 0, 0, 0)], day.Counts);
        }
        var lung = await ShowAsync(world, new DayFilter { Site = CancerSite.Lung });
        Assert.Equal((0, 0), (lung.Rows.Count, lung.Counts.Count));
        Assert.Equal([closed, open], Ids((await ShowAsync(world, actor: sophie)).Rows));
    }

    [Theory, OnBothDatabases]
    public async Task ARestrictedFileOfTheSameKind_TakesOneFromTheCount_AndNoneWhereItWasNotCounted(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await WaitingAsync(world, 20, r => r.CoordinatorId = world.Coordinator.PersonId);
        await WaitingAsync(world, 25, r => r.CoordinatorId = world.Coordinator.PersonId);
        var closed = await WaitingAsync(world, 30, r => r.Situation = new Situation { Site = CancerSite.Lung, Languages = [Languages.French] });
        await KeepOutAsync(world, closed, world.Coordinator.PersonId);
        foreach (var filter in (DayFilter[])[new(), new() { Whose = Whose.Mine }, new() { Site = CancerSite.Breast }])
            Assert.Equal([new StepCount(NextStep.Reach, 2, 0, 0, 0)], (await ShowAsync(world, filter)).Counts);
        Assert.Empty((await ShowAsync(world, new DayFilter { Whose = Whose.Nobody })).Counts);
    }

    [Theory, OnBothDatabases]
    public async Task ARestrictedFile_IsNotInTheFigure_NorTheLongestWait(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        Action<Referral> Talked(double days) => r => (r.ReadyToMatch().ReceivedAt, r.AgreedAt, r.FirstConversationAt) = (world.Clock.Now.AddDays(-days), world.Clock.Now, world.Clock.Now);
        await WaitingAsync(world, 5);
        await world.ReferralAsync(Talked(8));
        Guid[] closed = [await WaitingAsync(world, 40), await world.ReferralAsync(Talked(20))];
        Assert.Equal((14.0, 2, 40), Figure(await ShowAsync(world)));
        foreach (var id in closed) await KeepOutAsync(world, id, world.Coordinator.PersonId);
        Assert.Equal((8.0, 1, 5), Figure(await ShowAsync(world)));
        static (double, int, int) Figure(DayView day) => (day.Figure.Median!.Value, day.Figure.Of, day.Figure.LongestDays);
    }

    [Theory, OnBothDatabases]
    public async Task AnotherFacilitysFiles_AreNeverThere(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var mine = await WaitingAsync(world, 10);
        var other = await world.FacilityAsync();
        var clinic = await world.Rows(async db =>
        {
            var added = new Clinic { FacilityId = other.Id, Name = "Clinique du poumon" };
            db.Add(added);
            await db.SaveChangesAsync();
            return added.Id;
        });
        var clinician = await world.StaffAsync(Role.Clinician, facilityId: other.Id, clinicId: clinic);
        var theirs = (await world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(clinician, People.Refer()))).Value;
        await world.ChangeAsync(theirs, r => (r.ReceivedAt, r.UrgentSince) = (world.Clock.Now.AddDays(-50), world.Clock.Now));
        var day = await ShowAsync(world);
        Assert.Equal([mine], Ids(day.Rows));
        Assert.Equal((1, 0), (day.Counts.Sum(c => c.Total), day.Urgent.Count));
        var there = await ShowAsync(world, actor: await world.StaffAsync(Role.Coordinator, "Luc Caron", other.Id));
        Assert.Equal([theirs], Ids(there.Rows));
        Assert.Equal(1, there.Counts.Sum(c => c.Total));
    }

    [Theory, OnBothDatabases]
    public async Task EachPage_IsOneRowOfTheLog_WithThoseWhoStandOnIt(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        for (var i = 0; i < DayFilter.PageSize + 2; i++) await WaitingAsync(world, 100 - i);
        var first = await ShowAsync(world);
        var second = await ShowAsync(world, new DayFilter { Page = 2 });
        Assert.Equal((DayFilter.PageSize, true, 2, false), (first.Rows.Count, first.HasMore, second.Rows.Count, second.HasMore));
        Assert.Equal((DayFilter.PageSize + 2, DayFilter.PageSize + 2), (first.Shown!.Total, Ids(first.Rows.Concat(second.Rows)).Distinct().Count()));
        Assert.True(first.Rows[^1].DueAt <= second.Rows[0].DueAt);
        var log = await world.Rows(db => db.Set<AccessEntry>().AsNoTracking().Where(e => e.ReaderId == world.Coordinator.PersonId).OrderBy(e => e.Id).ToListAsync());
        Assert.All(log, e => Assert.Equal((ReadWhat.List, null), (e.What, e.PersonId)));
        Assert.Equal([DayFilter.PageSize, 2], log.Select(e => e.Listed.Count).OrderDescending());
        var patients = await world.Rows(db => db.Set<Referral>().ToDictionaryAsync(r => r.Id, r => r.PatientId));
        Assert.Equal(Ids(second.Rows).Select(id => patients[id]).Order(), log.Single(e => e.Listed.Count == 2).Listed.Order());
    }

    [Theory, OnBothDatabases]
    public async Task WhoIsIdle_IsCountedInDaysOfTheCalendar_AndWithEverybodyPausedNobodyIsMissing(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        // thirty days by the calendar, and some hours less by the clock
        var companion = await world.CompanionAsync(c => c.LastMatchedAt = world.Clock.Now.AddDays(-30).AddHours(10));
        var day = await ShowAsync(world);
        Assert.Equal((1, 1, false), (day.Companions.Idle, day.Companions.Active, day.Companions.AllAway));
        Assert.Equal(30, Assert.Single(day.Companions.Longest).Days);
        var roster = await world.In<App.Companions.Roster, App.Companions.RosterView>(r => r.ShowAsync(world.Coordinator, new App.Companions.RosterFilter()));
        Assert.Equal((30, true), (roster.Rows[0].IdleDays, roster.Rows[0].IsIdle));
        await world.Rows(db => db.Set<Compagnon.Domain.Companions.Companion>().Where(c => c.Id == companion.Id).ExecuteUpdateAsync(u => u.SetProperty(c => c.PausedAt, world.Clock.Now)));
        day = await ShowAsync(world);
        Assert.Equal((0, 0, true), (day.Companions.Idle, day.Companions.Active, day.Companions.AllAway));
    }

    [Theory, OnBothDatabases]
    public async Task TheList_SaysSinceWhenEachStep_AndEndsWithItsLastPage(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var now = world.Clock.Now;
        var reach = await WaitingAsync(world, 30);
        var complete = await WaitingAsync(world, 30, r => r.ReachedAt = now.AddDays(-20));
        var match = await WaitingAsync(world, 30, r => r.ReadyToMatch().IntakeCompletedAt = now.AddDays(-10));
        var back = await WaitingAsync(world, 30, r => r.ReadyToMatch().ReturnedAt = now.AddDays(-9));
        var answer = await WaitingAsync(world, 30, r => r.ReadyToMatch().AnswerDueAt = now.AddDays(1));
        var choose = await WaitingAsync(world, 30, r => (r.ReadyToMatch().ChoiceAskedAt, r.ChoiceDueAt) = (now.AddDays(-8), now.AddDays(2)));
        var talk = await WaitingAsync(world, 30, r => r.ReadyToMatch().AgreedAt = now.AddDays(-7));
        var accompany = await WaitingAsync(world, 30, r => (r.ReadyToMatch().AgreedAt, r.FirstConversationAt) = (now.AddDays(-7), now.AddDays(-6)));
        var ended = await WaitingAsync(world, 30, r => r.EndedAt = now.AddDays(-5));
        var list = await world.In<FileList, FileListView>(f => f.ShowAsync(world.Coordinator, new DayFilter()));
        var since = list.Rows.ToDictionary(r => r.ReferralId, r => r.StepSince);
        Guid[] all = [reach, complete, match, back, choose, talk, accompany, ended];
        Assert.Equal([-30, -20, -10, -9, -8, -7, -6, -5], all.Select(id => (int)Math.Round((since[id]!.Value - now).TotalDays)));
        Assert.Null(since[answer]);
        Assert.Equal((1, 3, 1), (new DayFilter { Page = 9 }.AtTheEnd(0).Page, new DayFilter { Page = 9 }.AtTheEnd(101).Page, new DayFilter { Page = 9 }.AtTheEnd(null).Page));
    }

    [Theory, OnBothDatabases]
    public async Task TheList_BeginsWithTheMostOverdue_GoesOnWithThoseWhereNothingWaits_AndShowsEachOnce(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var now = world.Clock.Now;
        List<Guid> came = [];
        for (var i = 0; i < 105; i++) came.Add(i % 2 == 0 ? await WaitingAsync(world, 60 - i / 2) : await WaitingAsync(world, 60, r => r.EndedAt = now.AddDays(-1)));
        async Task<List<Guid>> AllAsync(DayFilter filter)
        {
            List<Guid> all = [];
            for (var page = 1; page <= 9; page++)
            {
                var view = await world.In<FileList, FileListView>(f => f.ShowAsync(world.Coordinator, filter with { Page = page }));
                Assert.Equal((filter.Newest, 105), (view.Newest, view.Total));
                all.AddRange(view.Rows.Select(r => r.ReferralId));
                if (!view.HasMore) break;
            }
            return all;
        }
        // 53 wait: the second page has three of them, then those that ended
        Assert.Equal([.. came.Where((_, i) => i % 2 == 0), .. came.Where((_, i) => i % 2 == 1).Reverse()], await AllAsync(new DayFilter()));
        Assert.Equal(came.AsEnumerable().Reverse(), await AllAsync(new DayFilter { Newest = true }));
    }

    [Theory, OnBothDatabases]
    public async Task AnEmptyProgramme_ShowsAnEmptyDay_AndNobodyIsRead(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var day = await ShowAsync(world);
        Assert.Equal((0, 0, 0, false), (day.Rows.Count, day.Counts.Count, day.Shown!.Total, day.HasMore));
        Assert.Equal((null, 0, 0, 0), (day.Figure.Median, day.Figure.Of, day.Figure.Waiting, day.Companions.Active));
        Assert.Equal((0, 0, 0), (day.Urgent.Count, day.Bounced.Count, day.Withdrawn.Count));
        Assert.Equal("Marianne", day.GivenName);
        Assert.Equal(0, await world.Rows(db => db.Set<AccessEntry>().CountAsync()));
    }
}
