using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Companions;

/// <summary>What the coordinator looks for in the list; the first ones also count at its top.</summary>
public enum RosterState { Free, Idle, Full, Paused, ClearanceEnding, NotCleared, Left }

public sealed record RosterFilter
{
    public string? Search { get; init; }
    public CancerSite? Site { get; init; }
    public string? Language { get; init; }
    public RosterState? State { get; init; }
    public int Page { get; init; } = 1;
}

public sealed record RosterRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Pseudonym { get; init; }
    public required IReadOnlyList<LivedExperience> Experiences { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public required int Used { get; init; }
    public required int Capacity { get; init; }
    public required CompanionStatus Status { get; init; }
    public required int IdleDays { get; init; }
    public required bool IsIdle { get; init; }
    public required DateOnly? PausedUntil { get; init; }
    public required DateOnly? ClearedUntil { get; init; }
    public required bool ClearanceEndsSoon { get; init; }
}

public sealed record RosterView
{
    public required IReadOnlyList<RosterRow> Rows { get; init; }
    /// <summary>Of the whole facility, whatever the filter.</summary>
    public required IReadOnlyDictionary<RosterState, int> Counts { get; init; }
    /// <summary>Cancers and languages that somebody here has: nothing else is worth filtering by.</summary>
    public required IReadOnlyList<CancerSite> Sites { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public required int Total { get; init; }
    public required int Found { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
}

/// <summary>The companions of a facility, those who wait for somebody first.</summary>
[UseCases]
public sealed class Roster(CompagnonDb db, Files files, KnownCompanions known, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    private const int PageSize = 50;

    public async Task<RosterView> ShowAsync(Actor actor, RosterFilter filter, CancellationToken stop = default)
    {
        var facilityId = actor.FacilityId ?? throw new InvalidOperationException("A list of companions belongs to a facility.");
        var now = clock.GetUtcNow().UtcDateTime;
        var today = calendar.LocalDay(now);
        var idleDays = (await settings.FacilityAsync(facilityId, stop)).Targets.IdleDays;
        var all = await (from c in db.Set<Companion>().AsNoTracking()
                         where c.FacilityId == facilityId
                         select new Line(c, db.Set<Place>().Count(p => p.CompanionId == c.Id))).ToListAsync(stop);
        foreach (var line in all) line.Read(calendar, now, today, idleDays);
        var found = await FindAsync(actor, all, facilityId, filter, stop);
        var pages = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(filter.Page, 1, pages);
        var shown = found.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var names = await files.NamesOfCompanionsAsync(actor, [.. shown.Select(l => l.Companion.Id)], stop);
        return new RosterView
        {
            Rows = [.. shown.Where(l => names.ContainsKey(l.Companion.Id)).Select(l => RowOf(l, names[l.Companion.Id], now))],
            Counts = Enum.GetValues<RosterState>().ToDictionary(s => s, s => all.Count(l => l.Is(s))),
            Sites = [.. all.SelectMany(l => l.Companion.Experiences).Select(e => e.Site).Distinct().Order()],
            Languages = [.. Domain.Programme.Languages.Offered.Where(code => all.Exists(l => l.Companion.Languages.Contains(code, StringComparer.Ordinal)))],
            Total = all.Count(l => l.Status is not CompanionStatus.Left), Found = found.Count, Page = page, Pages = pages,
        };
    }

    private async Task<List<Line>> FindAsync(Actor actor, List<Line> all, Guid facilityId, RosterFilter filter, CancellationToken stop)
    {
        IEnumerable<Line> lines = all;
        if (filter.Search?.Trim() is { Length: > 0 } text)
        {
            HashSet<Guid> fit = [.. await known.FindAsync(facilityId, text, stop), .. await files.CompanionsCalledAsync(actor, text, stop)];
            var folded = Folding.Fold(text);
            lines = lines.Where(l => fit.Contains(l.Companion.Id) || (folded.Length > 0 && Folding.Fold(l.Companion.Pseudonym).Contains(folded, StringComparison.Ordinal)));
        }
        if (filter.Site is { } site) lines = lines.Where(l => l.Companion.Experiences.Exists(e => e.Site == site));
        if (filter.Language is { Length: > 0 } code) lines = lines.Where(l => l.Companion.Languages.Contains(code, StringComparer.Ordinal));
        // whoever is looked for by name is found also after they left
        if (filter.State is { } state) lines = lines.Where(l => l.Is(state));
        else if (string.IsNullOrWhiteSpace(filter.Search)) lines = lines.Where(l => l.Status is not CompanionStatus.Left);
        return [.. lines.OrderByDescending(l => l.IsIdle).ThenByDescending(l => l.Status).ThenByDescending(l => l.Companion.Capacity - l.Used)
            .ThenBy(l => l.Companion.LastMatchedAt ?? l.Companion.JoinedAt).ThenBy(l => l.Companion.Id)];
    }

    private RosterRow RowOf(Line l, string name, DateTime now) => new()
    {
        Id = l.Companion.Id, Name = name, Pseudonym = l.Companion.Pseudonym, Experiences = l.Companion.Experiences, Languages = l.Companion.Languages,
        Used = l.Used, Capacity = l.Companion.Capacity, Status = l.Status, IdleDays = l.Companion.IdleDays(calendar, now), IsIdle = l.IsIdle,
        PausedUntil = l.Companion.PausedUntil, ClearedUntil = l.Companion.ClearedUntil, ClearanceEndsSoon = l.ClearanceEndsSoon,
    };

    private sealed class Line(Companion companion, int used)
    {
        public Companion Companion { get; } = companion;
        public int Used { get; } = used;
        public CompanionStatus Status { get; private set; }
        public bool IsIdle { get; private set; }
        public bool ClearanceEndsSoon { get; private set; }

        public void Read(WorkingCalendar calendar, DateTime now, DateOnly today, int idleDays)
        {
            Status = CompanionState.Of(Companion, Used, today);
            IsIdle = CompanionState.IsIdle(Companion, Used, idleDays, calendar, now);
            ClearanceEndsSoon = CompanionState.ClearanceEndsSoon(Companion, today);
        }

        public bool Is(RosterState state) => state switch
        {
            RosterState.Free => Status is CompanionStatus.Free,
            RosterState.Idle => IsIdle,
            RosterState.Full => Status is CompanionStatus.Full,
            RosterState.Paused => Status is CompanionStatus.Paused,
            RosterState.ClearanceEnding => ClearanceEndsSoon,
            RosterState.NotCleared => Status is CompanionStatus.NotCleared,
            RosterState.Left => Status is CompanionStatus.Left,
        };
    }
}
