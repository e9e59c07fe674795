using Compagnon.App.Accompaniments;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>
/// The coordinator's day: what waits, most overdue first. A page is a fixed number of queries whatever the size: one count from the index alone, one page of rows,
/// one look at names.
/// </summary>
[UseCases]
public sealed class CoordinatorDay(Files files, FacilityFiles facility, DayAside aside, LogbookReviews reviews, Logbooks logbooks, FollowUps followUps, Colleagues colleagues, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    private const int MostUrgent = 10;
    /// <summary>A companion who asks for a call after a conversation gets it by the next working day.</summary>
    private const int CallWorkingDays = 1;

    public async Task<DayView> ShowAsync(Actor actor, DayFilter filter, CancellationToken stop = default)
    {
        var facilityId = actor.FacilityId ?? throw new InvalidOperationException("A coordinator acts at a facility.");
        var limits = DueLimits.At(clock.GetUtcNow().UtcDateTime, calendar);
        var targets = (await settings.ShownAsync(facilityId, stop)).Targets;
        var team = await colleagues.OfAsync(facilityId, stop);
        var keepingOut = await files.KeepingOutAsync(actor, stop);
        var hidden = await facility.HiddenAsync(actor, keepingOut, stop);
        var mine = facility.Of(actor, filter, team, limits.Now);
        var (all, page, urgent) = await WaitingAsync(facilityId, mine, filter, limits, stop);
        var counts = Less(all, await FacilityFiles.AmongAsync(mine, hidden, stop), limits);
        var shown = page.Take(DayFilter.PageSize).ToList();
        var withdrawn = filter.Page > 1 ? [] : await aside.WithdrawnAsync(facilityId, limits.Now, stop);
        var asked = filter.Page > 1 ? [] : await reviews.WaitingAsync(facilityId, stop: stop);
        var calls = filter.Page > 1 ? [] : await logbooks.CallsAskedAsync(facilityId, keepingOut, stop);
        var apart = filter.Page > 1 ? [] : await files.KeptApartAsync(facilityId, stop);
        var names = await files.NamesOfReferralsAsync(actor, [.. shown.Concat(urgent).Select(r => r.Id).Concat(withdrawn.Select(w => w.ReferralId)).Concat(asked.Select(q => q.ReferralId)).Concat(apart.Select(p => p.ReferralId)).Distinct()], stop);
        var companions = await files.NamesOfCompanionsAsync(actor, [.. calls.Select(c => c.CompanionId).Distinct()], stop);
        return new DayView
        {
            Limits = limits, Targets = targets, Colleagues = team, GivenName = team.FirstOrDefault(c => c.PersonId == actor.PersonId)?.Name.Split(' ')[0] ?? "",
            Counts = counts, Shown = filter.Site is null ? Sum(counts, filter.Step) : null,
            Rows = FacilityFiles.Rows(shown, names), HasMore = page.Count > DayFilter.PageSize, Urgent = FacilityFiles.Rows(urgent, names),
            Withdrawn = [.. withdrawn.Where(w => names.ContainsKey(w.ReferralId)).Select(w => w with { GivenName = names[w.ReferralId] })],
            Logbooks = [.. asked.Where(q => names.ContainsKey(q.ReferralId)).Select(q => new LogbookRow(q.AccompanimentId, names[q.ReferralId], q.At))],
            Calls = [.. calls.Where(c => companions.ContainsKey(c.CompanionId)).Select(c => new CallRow(c.AccompanimentId, c.ConversationId, companions[c.CompanionId], c.At, calendar.AddWorkingDays(c.At, CallWorkingDays)))],
            FollowUps = filter.Page > 1 ? 0 : await followUps.CountAsync(facilityId, keepingOut, limits.Now, stop),
            KeptApart = [.. apart.Where(p => names.ContainsKey(p.ReferralId)).Select(p => new KeptApartRow(p.AccompanimentId, names[p.ReferralId], p.Companion))],
            Bounced = await aside.BouncedAsync(facilityId, keepingOut, stop),
            Companions = await aside.CompanionsAsync(facilityId, targets, limits.Now, stop),
            Figure = await aside.FigureAsync(facilityId, keepingOut, limits.Now, counts, stop),
        };
    }

    private async Task<(IReadOnlyList<StepCount> Counts, List<FacilityFiles.Listed> Page, List<FacilityFiles.Listed> Urgent)> WaitingAsync(Guid facilityId, IQueryable<Referral> mine, DayFilter filter, DueLimits limits, CancellationToken stop)
    {
        var mostUrgent = filter.Page > 1 ? 0 : MostUrgent;
        if (filter is { Step: null, Site: null, Whose: Whose.Everybody }) return await facility.WholeDayAsync(facilityId, limits, filter.Skip, mostUrgent, stop);
        return (await facility.CountAsync(mine, limits, stop), await facility.PageAsync(Ordered(mine, filter), filter.Skip, DayFilter.PageSize + 1, stop),
            mostUrgent == 0 ? [] : await facility.PageAsync(mine.Where(r => r.UrgentSince != null && r.EndedAt == null).OrderBy(r => r.UrgentSince), 0, mostUrgent, stop));
    }

    private static IQueryable<Referral> Ordered(IQueryable<Referral> mine, DayFilter filter)
    {
        var waiting = mine.Where(r => r.NextDueAt != null);
        if (filter.Step is { } step) waiting = waiting.Where(r => r.Next == step);
        return waiting.OrderBy(r => r.NextDueAt);
    }

    /// <summary>Restricted files are not even counted.</summary>
    private static List<StepCount> Less(IReadOnlyList<StepCount> counts, IReadOnlyList<HiddenFile> hidden, DueLimits limits) =>
        [.. counts.Select(c => hidden.Where(h => h.Step == c.Step).Aggregate(c, (left, h) => left - One(c.Step, limits.GroupOf(h.DueAt!.Value)))).Where(c => c.Total > 0)];

    private static StepCount One(NextStep step, DueGroup group) =>
        new(step, group is DueGroup.Late ? 1 : 0, group is DueGroup.Today ? 1 : 0, group is DueGroup.Week ? 1 : 0, group is DueGroup.Later ? 1 : 0);

    private static StepCount Sum(IReadOnlyList<StepCount> counts, NextStep? step)
    {
        var of = counts.Where(c => step is null || c.Step == step).ToList();
        return new StepCount(step ?? NextStep.Offer, of.Sum(c => c.Late), of.Sum(c => c.Today), of.Sum(c => c.Week), of.Sum(c => c.Later));
    }
}
