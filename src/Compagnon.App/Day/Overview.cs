using Compagnon.App.Data;
using Compagnon.App.Programme;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>What is counted, over a year where it says so. Of the steps each is a part of the one before.</summary>
public enum Counted
{
    Received, Reached, Agreed, Talked,
    /// <summary>More than once, with the same companion.</summary>
    TalkedAgain,
    /// <summary>Of these: the companion found at the last that they were better.</summary>
    Better,
    Waiting, Companions,
}

/// <summary>How close the match was of two who agreed, by the facility's own measure of a good one.</summary>
public enum Closeness { Good, Less, NotKnown }

/// <param name="Place">Null in the line of all together.</param>
/// <param name="Counts">In the order of the table's columns; null where too few to be shown.</param>
/// <param name="MedianDays">From the request to the first conversation; null while fewer than five talked, or where how many is not shown: a median says that there are five.</param>
/// <param name="WaitingDays">How long those who wait have waited, in the middle; null where how many wait is not shown.</param>
public sealed record OverviewRow(string? Place, IReadOnlyList<int?> Counts, double? MedianDays, double? WaitingDays);

public sealed record OverviewPart(IReadOnlyList<Counted> Columns, IReadOnlyList<OverviewRow> Rows)
{
    public bool SaysWaiting => Columns.Contains(Counted.Waiting);
}

/// <param name="Clinics">Where a facility's requests come from, for its manager: by clinic; "" for people who asked themselves. Empty for the network's lead.</param>
/// <param name="Matches">What became of those who agreed, by <see cref="Closeness"/>: of each request the companion they first talked to, or else agreed with first.</param>
public sealed record OverviewView(OverviewPart Facilities, OverviewPart Clinics, OverviewPart Matches);

/// <summary>Counts for a manager or the network's lead: no file, no name; small ones hidden, also from subtraction.</summary>
[UseCases]
public sealed class Overview(CompagnonDb db, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    private const int Days = 365;
    /// <summary>A fit goes to 1000, a setting of it to 100.</summary>
    private const int FitOfAPercent = 10;
    private static readonly Counted[] OfClinic = [Counted.Received, Counted.Reached, Counted.Agreed, Counted.Talked, Counted.Waiting];
    private static readonly Counted[] OfFacility = [.. OfClinic, Counted.Companions];
    private static readonly Counted[] OfMatches = [Counted.Agreed, Counted.Talked, Counted.TalkedAgain, Counted.Better];

    private sealed record Group(string Name, int[] Counts, List<double> Days, List<double> Waits);

    private sealed record Pair(Guid ReferralId, Guid FacilityId, DateTime ReceivedAt, DateTime AgreedAt, DateTime? TalkedAt, int? Fit, int Held, Seemed? Seemed);

    public async Task<OverviewView?> ShowAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Manager or Role.NetworkLead)) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var facilities = await db.Set<Facility>().AsNoTracking().Where(f => actor.Role == Role.NetworkLead || f.Id == actor.FacilityId).OrderBy(f => f.Name).Select(f => new { f.Id, f.Name }).ToListAsync(stop);
        var groups = new List<Group>();
        foreach (var facility in facilities)
        {
            var group = await GroupAsync(facility.Name, db.Set<Referral>().Where(r => r.FacilityId == facility.Id), now, stop);
            groups.Add(group with { Counts = [.. group.Counts, await CompanionsAsync(facility.Id, calendar.LocalDay(now), stop)] });
        }
        return new OverviewView(Rows(OfFacility, groups), actor is { Role: Role.Manager, FacilityId: { } mine } ? await ByClinicAsync(mine, now, stop) : new OverviewPart(OfClinic, []),
            await ByClosenessAsync([.. facilities.Select(f => f.Id)], now.AddDays(-Days), stop));
    }

    private async Task<OverviewPart> ByClinicAsync(Guid facilityId, DateTime now, CancellationToken stop)
    {
        var groups = new List<Group>();
        foreach (var clinic in await db.Set<Clinic>().AsNoTracking().Where(c => c.FacilityId == facilityId).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(stop))
            groups.Add(await GroupAsync(clinic.Name, db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ClinicId == clinic.Id), now, stop));
        groups.Add(await GroupAsync("", db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ClinicId == null), now, stop));
        return Rows(OfClinic, groups);
    }

    private async Task<OverviewPart> ByClosenessAsync(IReadOnlyList<Guid> facilities, DateTime since, CancellationToken stop)
    {
        var pairs = await (from r in db.Set<Referral>().AsNoTracking()
                           where facilities.Contains(r.FacilityId) && r.ReceivedAt >= since
                           join a in db.Set<Accompaniment>() on r.Id equals a.ReferralId
                           select new Pair(r.Id, r.FacilityId, r.ReceivedAt!.Value, a.AgreedAt, a.FirstConversationAt, db.Set<Proposal>().Where(p => p.Id == a.ProposalId).Select(p => (int?)p.Fit).FirstOrDefault(),
                               db.Set<Conversation>().Count(c => c.AccompanimentId == a.Id && c.BothTookPart),
                               db.Set<Conversation>().Where(c => c.AccompanimentId == a.Id && c.BothTookPart).Join(db.Set<LogbookEntry>(), c => c.Id, e => e.ConversationId, (c, e) => new { c.HeldAt, e.Seemed })
                                   .OrderByDescending(e => e.HeldAt).Select(e => (Seemed?)e.Seemed).FirstOrDefault())).ToListAsync(stop);
        if (pairs.Count == 0) return new OverviewPart(OfMatches, []);
        Dictionary<Guid, int> good = [];
        foreach (var facility in facilities) good[facility] = (await settings.ShownAsync(facility, stop)).Weights.Good * FitOfAPercent;
        var of = pairs.GroupBy(p => p.ReferralId).Select(g => g.OrderBy(p => p.TalkedAt is null).ThenBy(p => p.TalkedAt).ThenBy(p => p.AgreedAt).First())
            .ToLookup(p => p.Fit is not { } fit ? Closeness.NotKnown : fit >= good[p.FacilityId] ? Closeness.Good : Closeness.Less);
        List<Group> groups = [.. Enum.GetValues<Closeness>().Where(c => c is not Closeness.NotKnown || of.Contains(c)).Select(c => GroupOf(c, [.. of[c]]))];
        var part = Rows(OfMatches, groups);
        return SmallCounts.RestMayFollow([.. groups.Select(g => g.Counts[^2])], [.. groups.Select(g => g.Counts[^1])]) ? part : part with { Rows = [.. part.Rows.Select(r => r with { Counts = [.. r.Counts.SkipLast(1), null] })] };
    }

    private static Group GroupOf(Closeness closeness, List<Pair> pairs)
    {
        var talked = pairs.FindAll(p => p.TalkedAt is not null);
        var again = talked.FindAll(p => p.Held > 1);
        return new Group(closeness.ToString(), [pairs.Count, talked.Count, again.Count, again.Count(p => p.Seemed is Seemed.Better)], [.. talked.Select(p => (p.TalkedAt!.Value - p.ReceivedAt).TotalDays)], []);
    }

    /// <summary>A line each, and one of all together where there are several. What goes before "waiting" are steps.</summary>
    private static OverviewPart Rows(Counted[] columns, List<Group> groups)
    {
        if (groups.Count == 0) return new OverviewPart(columns, []);
        IReadOnlyList<int> Column(int counted) => [.. groups.Select(g => g.Counts[counted])];
        var steps = columns.TakeWhile(c => c < Counted.Waiting).Count();
        List<(IReadOnlyList<int?> Counts, int? Total)> shown = [.. SmallCounts.HideSteps([.. Enumerable.Range(0, steps).Select(Column)])];
        for (var c = steps; c < columns.Length; c++) shown.Add(SmallCounts.Hide(Column(c)));
        var (talked, waiting) = (shown[Array.IndexOf(columns, Counted.Talked)], Array.IndexOf(columns, Counted.Waiting) is >= 0 and var w ? shown[w] : ([], null));
        var rows = groups.Select((g, i) => new OverviewRow(g.Name, [.. shown.Select(c => c.Counts[i])], Shown(talked.Counts[i], g.Days), Shown(waiting.Counts.ElementAtOrDefault(i), g.Waits))).ToList();
        if (groups.Count > 1)
            rows.Add(new OverviewRow(null, [.. shown.Select(c => c.Total)], Shown(talked.Total, [.. groups.SelectMany(g => g.Days)]), Shown(waiting.Total, [.. groups.SelectMany(g => g.Waits)])));
        return new OverviewPart(columns, rows);
    }

    private static async Task<Group> GroupAsync(string name, IQueryable<Referral> all, DateTime now, CancellationToken stop)
    {
        var since = now.AddDays(-Days);
        var received = all.Where(r => r.ReceivedAt >= since);
        var waiting = await all.Where(r => r.ReceivedAt != null && r.FirstConversationAt == null && r.EndedAt == null).Select(r => r.ReceivedAt!.Value).ToListAsync(stop);
        int[] counts =
        [
            await received.CountAsync(stop), await received.CountAsync(r => r.ReachedAt != null, stop), await received.CountAsync(r => r.AgreedAt != null || r.RematchedAt != null, stop),
            await received.CountAsync(r => r.FirstConversationAt != null, stop), waiting.Count,
        ];
        var days = (await all.Where(r => r.FirstConversationAt >= since && r.ReceivedAt != null).Select(r => new { r.ReceivedAt, r.FirstConversationAt }).ToListAsync(stop))
            .Select(t => (t.FirstConversationAt!.Value - t.ReceivedAt!.Value).TotalDays);
        return new Group(name, counts, [.. days], [.. waiting.Select(at => (now - at).TotalDays)]);
    }

    private Task<int> CompanionsAsync(Guid facilityId, DateOnly today, CancellationToken stop) =>
        db.Set<Companion>().CountAsync(c => c.FacilityId == facilityId && c.LeftAt == null && c.ClearedUntil >= today, stop);

    private static double? Shown(int? count, List<double> days) => count is null || days.Count < SmallCounts.Least ? null : Figures.Median(days);
}
