using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Somebody looked at a file, or several times on one day at the same thing for the same reason.</summary>
public sealed record ReadLine
{
    /// <summary>Local to the facility.</summary>
    public required DateOnly Day { get; init; }
    /// <summary>The latest of them, UTC.</summary>
    public required DateTime At { get; init; }
    public required int Times { get; init; }
    public required ReadWhat What { get; init; }
    public required Role Role { get; init; }
    /// <summary>Null for patients and companions: towards each other they stay without a name.</summary>
    public string? Name { get; init; }
    public string? Facility { get; init; }
    public string? Why { get; init; }
}

public sealed record ReadsView
{
    public required IReadOnlyList<ReadLine> Lines { get; init; }
    public required int Page { get; init; }
    public required bool HasMore { get; init; }
}

/// <summary>"Who saw my file", for patients and companions alike, apart from it what I looked at myself, and the same of one file or companion for their facility's coordinator.</summary>
[UseCases]
public sealed class ReadsOfMe(CompagnonDb db, Files files, WorkingCalendar calendar)
{
    private const int PageSize = 200;

    /// <summary>Reads of my file by others, lists that I stood on included; latest first.</summary>
    public Task<ReadsView> OfMeAsync(Actor actor, int page = 1, CancellationToken stop = default)
    {
        var me = actor.PersonId;
        return ShowAsync(db.Set<AccessEntry>().Where(e => e.ReaderId != me && (e.PersonId == me || (e.PersonId == null && e.Listed.Contains(me)))), page, stop);
    }

    /// <summary>What I opened of others.</summary>
    public Task<ReadsView> ByMeAsync(Actor actor, int page = 1, CancellationToken stop = default)
    {
        var me = actor.PersonId;
        return ShowAsync(db.Set<AccessEntry>().Where(e => e.ReaderId == me), page, stop);
    }

    /// <summary>Who looked at one patient's file, for whoever answers for it; null without the right to know. Asking is a read, too.</summary>
    public async Task<(string FileNumber, ReadsView Reads)?> OfFileAsync(Actor actor, Guid referralId, int page = 1, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenAsync(actor, referralId, ReadWhat.Reads, stop: stop) is not { } file || file.Sight(Facet.Reads) is not Sight.Full) return null;
        var patient = file.PatientId;
        return (file.Referral.FileNumber, await ShowAsync(db.Set<AccessEntry>().Where(e => e.ReaderId != patient && (e.PersonId == patient || (e.PersonId == null && e.Listed.Contains(patient)))), page, stop));
    }

    /// <summary>The same of a companion's profile and logbook.</summary>
    public async Task<(string Pseudonym, ReadsView Reads)?> OfCompanionAsync(Actor actor, Guid companionId, int page = 1, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenCompanionAsync(actor, companionId, ReadWhat.Reads, stop: stop) is not { } file || file.Sight(Facet.Reads) is not Sight.Full) return null;
        return (file.Pseudonym, await ShowAsync(db.Set<AccessEntry>().Where(e => e.ReaderId != companionId && (e.PersonId == companionId || (e.PersonId == null && e.Listed.Contains(companionId)))), page, stop));
    }

    private async Task<ReadsView> ShowAsync(IQueryable<AccessEntry> entries, int page, CancellationToken stop)
    {
        var number = Math.Max(1, page);
        var rows = await entries.AsNoTracking().OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip((number - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var shown = rows.Take(PageSize).ToList();
        var names = await files.StaffNamesAsync([.. shown.Select(e => e.ReaderId).Distinct()], stop);
        var facilityIds = shown.Select(e => e.ReaderFacilityId).OfType<Guid>().Distinct().ToList();
        var facilities = await db.Set<Facility>().AsNoTracking().Where(f => facilityIds.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        return new ReadsView
        {
            Page = number, HasMore = rows.Count > PageSize,
            Lines =
            [
                .. shown.GroupBy(e => (Day: calendar.LocalDay(e.At), e.ReaderId, e.ReaderRole, e.What, e.Why, e.ReaderFacilityId)).Select(g => new ReadLine
                {
                    Day = g.Key.Day, At = g.Max(e => e.At), Times = g.Count(), What = g.Key.What, Role = g.Key.ReaderRole, Why = g.Key.Why,
                    Name = g.Key.ReaderRole is Role.Patient or Role.Companion ? null : names.GetValueOrDefault(g.Key.ReaderId),
                    Facility = g.Key.ReaderFacilityId is { } id ? facilities.GetValueOrDefault(id) : null,
                }).OrderByDescending(l => l.At),
            ],
        };
    }
}
