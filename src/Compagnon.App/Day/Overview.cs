using Compagnon.App.Data;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>What is counted of a facility, over a year where it says so.</summary>
public enum Counted { Received, Reached, Agreed, Talked, Waiting, Companions }

/// <param name="Facility">Null in the line of the whole network.</param>
/// <param name="Counts">In the order of <see cref="Counted"/>; null where too few to be shown.</param>
/// <param name="MedianDays">From the request to the first conversation; null while fewer than five talked.</param>
/// <param name="WaitingDays">How long those who wait have waited, in the middle; null where how many wait is not shown.</param>
public sealed record OverviewRow(string? Facility, IReadOnlyList<int?> Counts, double? MedianDays, double? WaitingDays);

/// <summary>Counts for a manager or the network's lead: no file, no name; small ones hidden, also from subtraction.</summary>
[UseCases]
public sealed class Overview(CompagnonDb db, WorkingCalendar calendar, TimeProvider clock)
{
    private const int Days = 365;

    public async Task<IReadOnlyList<OverviewRow>?> ShowAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Manager or Role.NetworkLead)) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var facilities = await db.Set<Facility>().AsNoTracking().Where(f => actor.Role == Role.NetworkLead || f.Id == actor.FacilityId).OrderBy(f => f.Name).Select(f => new { f.Id, f.Name }).ToListAsync(stop);
        var counts = new List<int[]>();
        var (days, waits) = (new List<List<double>>(), new List<List<double>>());
        foreach (var facility in facilities)
        {
            counts.Add(await CountsAsync(facility.Id, now, stop));
            days.Add(await DaysAsync(facility.Id, now, stop));
            waits.Add([.. (await Waiting(facility.Id).Select(r => r.ReceivedAt!.Value).ToListAsync(stop)).Select(at => (now - at).TotalDays)]);
        }
        var columns = Enumerable.Range(0, Enum.GetValues<Counted>().Length).Select(c => SmallCounts.Hide([.. counts.Select(row => row[c])])).ToList();
        var rows = facilities.Select((f, i) => new OverviewRow(f.Name, [.. columns.Select(c => c.Counts[i])], Median(days[i]), Shown(columns[(int)Counted.Waiting].Counts[i], waits[i]))).ToList();
        if (rows.Count > 1) rows.Add(new OverviewRow(Facility: null, [.. columns.Select(c => c.Total)], Median([.. days.SelectMany(d => d)]), Shown(columns[(int)Counted.Waiting].Total, [.. waits.SelectMany(w => w)])));
        return rows;
    }

    private async Task<int[]> CountsAsync(Guid facilityId, DateTime now, CancellationToken stop)
    {
        var (since, today) = (now.AddDays(-Days), calendar.LocalDay(now));
        var received = db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ReceivedAt >= since);
        return
        [
            await received.CountAsync(stop), await received.CountAsync(r => r.ReachedAt != null, stop), await received.CountAsync(r => r.AgreedAt != null || r.RematchedAt != null, stop),
            await received.CountAsync(r => r.FirstConversationAt != null, stop),
            await Waiting(facilityId).CountAsync(stop),
            await db.Set<Companion>().CountAsync(c => c.FacilityId == facilityId && c.LeftAt == null && c.ClearedUntil >= today, stop),
        ];
    }

    private IQueryable<Referral> Waiting(Guid facilityId) => db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ReceivedAt != null && r.FirstConversationAt == null && r.EndedAt == null);

    private static double? Shown(int? waiting, List<double> days) => waiting is null ? null : Median(days);

    private async Task<List<double>> DaysAsync(Guid facilityId, DateTime now, CancellationToken stop) =>
        [.. (await db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.FirstConversationAt >= now.AddDays(-Days) && r.ReceivedAt != null)
            .Select(r => new { r.ReceivedAt, r.FirstConversationAt }).ToListAsync(stop)).Select(t => (t.FirstConversationAt!.Value - t.ReceivedAt!.Value).TotalDays)];

    private static double? Median(List<double> days) => days.Count < SmallCounts.Least ? null : Figures.Median(days);
}
