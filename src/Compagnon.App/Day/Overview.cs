using Compagnon.App.Data;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>What is counted of a facility, over a year where it says so; of a clinic all but the last. Up to those who talked, each is a part of the one before.</summary>
public enum Counted { Received, Reached, Agreed, Talked, Waiting, Companions }

/// <param name="Place">Null in the line of all together.</param>
/// <param name="Counts">In the order of <see cref="Counted"/>; null where too few to be shown.</param>
/// <param name="MedianDays">From the request to the first conversation; null while fewer than five talked, or where how many is not shown: a median says that there are five.</param>
/// <param name="WaitingDays">How long those who wait have waited, in the middle; null where how many wait is not shown.</param>
public sealed record OverviewRow(string? Place, IReadOnlyList<int?> Counts, double? MedianDays, double? WaitingDays);

/// <param name="Clinics">Where a facility's requests come from, for its manager: by clinic; "" for people who asked themselves. Empty for the network's lead.</param>
public sealed record OverviewView(IReadOnlyList<OverviewRow> Facilities, IReadOnlyList<OverviewRow> Clinics);

/// <summary>Counts for a manager or the network's lead: no file, no name; small ones hidden, also from subtraction.</summary>
[UseCases]
public sealed class Overview(CompagnonDb db, WorkingCalendar calendar, TimeProvider clock)
{
    private const int Days = 365;

    private sealed record Group(string Name, int[] Counts, List<double> Days, List<double> Waits);

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
        return new OverviewView(Rows(groups), actor is { Role: Role.Manager, FacilityId: { } mine } ? await ByClinicAsync(mine, now, stop) : []);
    }

    private async Task<IReadOnlyList<OverviewRow>> ByClinicAsync(Guid facilityId, DateTime now, CancellationToken stop)
    {
        var groups = new List<Group>();
        foreach (var clinic in await db.Set<Clinic>().AsNoTracking().Where(c => c.FacilityId == facilityId).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(stop))
            groups.Add(await GroupAsync(clinic.Name, db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ClinicId == clinic.Id), now, stop));
        groups.Add(await GroupAsync("", db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ClinicId == null), now, stop));
        return Rows(groups);
    }

    /// <summary>A line each, and one of all together where there are several.</summary>
    private static IReadOnlyList<OverviewRow> Rows(List<Group> groups)
    {
        if (groups.Count == 0) return [];
        IReadOnlyList<int> Column(int counted) => [.. groups.Select(g => g.Counts[counted])];
        List<(IReadOnlyList<int?> Counts, int? Total)> columns = [.. SmallCounts.HideSteps([.. Enumerable.Range(0, (int)Counted.Waiting).Select(Column)])];
        for (var c = columns.Count; c < groups[0].Counts.Length; c++) columns.Add(SmallCounts.Hide(Column(c)));
        var rows = groups.Select((g, i) => new OverviewRow(g.Name, [.. columns.Select(c => c.Counts[i])], Shown(columns[(int)Counted.Talked].Counts[i], g.Days), Shown(columns[(int)Counted.Waiting].Counts[i], g.Waits))).ToList();
        if (groups.Count > 1)
            rows.Add(new OverviewRow(null, [.. columns.Select(c => c.Total)], Shown(columns[(int)Counted.Talked].Total, [.. groups.SelectMany(g => g.Days)]), Shown(columns[(int)Counted.Waiting].Total, [.. groups.SelectMany(g => g.Waits)])));
        return rows;
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
