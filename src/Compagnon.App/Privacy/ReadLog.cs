using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Narrows the record of reads.</summary>
public sealed record ReadFilter
{
    public string? FileNumber { get; init; }
    public Guid? ReaderId { get; init; }
    public ReadWhat? What { get; init; }
    /// <summary>This day and later; local to Quebec.</summary>
    public DateOnly? From { get; init; }
    /// <summary>This day included.</summary>
    public DateOnly? To { get; init; }
    public int Page { get; init; } = 1;
}

/// <param name="Reader">Name of a member of the staff; null for patients and companions, who stay without a name.</param>
/// <param name="FileNumbers">Whose: file numbers of patients, never a name.</param>
/// <param name="Companions">How many companions' profiles.</param>
public sealed record LoggedRead(DateTime At, string? Reader, Role Role, string? Facility, ReadWhat What, IReadOnlyList<string> FileNumbers, int Companions, string? Why);

public sealed record ReadLogView(IReadOnlyList<LoggedRead> Rows, bool HasMore, IReadOnlyList<(Guid Id, string Name)> Readers, bool UnknownFile);

/// <summary>Who read what, for the privacy officer: ids, roles and times, no content and no patient's name. Their own look is recorded, too.</summary>
[UseCases]
public sealed class ReadLog(CompagnonDb db, Files files, WorkingCalendar calendar, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<ReadLogView?> ShowAsync(Actor actor, ReadFilter filter, CancellationToken stop = default)
    {
        if (actor.Role is not Role.PrivacyOfficer) return null;
        var log = db.Set<AccessEntry>().AsNoTracking();
        Guid? person = null;
        if (filter.FileNumber is { } number)
        {
            var typed = number.Trim().ToUpperInvariant();
            person = await db.Set<Referral>().Where(r => r.FileNumber == typed).Select(r => (Guid?)r.PatientId).FirstOrDefaultAsync(stop);
            log = log.Where(e => e.PersonId == person || e.Listed.Contains(person ?? Guid.Empty));
        }
        if (filter.ReaderId is { } reader) log = log.Where(e => e.ReaderId == reader);
        if (filter.What is { } what) log = log.Where(e => e.What == what);
        if (filter.From is { } from && calendar.StartOf(from) is var start) log = log.Where(e => e.At >= start);
        if (filter.To is { } to && calendar.EndOf(to) is var end) log = log.Where(e => e.At < end);
        var unknown = filter.FileNumber is not null && person is null;
        var page = unknown ? [] : await log.OrderByDescending(e => e.Id).Skip((Math.Max(1, filter.Page) - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var shown = page.Take(PageSize).ToList();
        var view = new ReadLogView(await RowsAsync(shown, stop), page.Count > PageSize, await ReadersAsync(stop), unknown);
        db.Add(new AccessEntry
        {
            At = clock.GetUtcNow().UtcDateTime, ReaderId = actor.PersonId, ReaderRole = actor.Role, ReaderFacilityId = actor.FacilityId, What = ReadWhat.Reads, PersonId = person,
            // what was typed is kept only when it is a file's number: a name typed here by mistake is written nowhere
            Why = person is null ? null : filter.FileNumber!.Trim().ToUpperInvariant(),
        });
        await db.SaveChangesAsync(stop);
        return view;
    }

    private async Task<IReadOnlyList<LoggedRead>> RowsAsync(IReadOnlyList<AccessEntry> shown, CancellationToken stop)
    {
        var people = shown.SelectMany(e => e.PersonId is { } id ? e.Listed.Append(id) : e.Listed).Distinct().ToList();
        var numbers = (await db.Set<Referral>().Where(r => people.Contains(r.PatientId)).Select(r => new { r.PatientId, r.FileNumber }).ToListAsync(stop)).ToLookup(r => r.PatientId, r => r.FileNumber);
        var names = await files.StaffNamesAsync([.. shown.Select(e => e.ReaderId).Distinct()], stop);
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        return [.. shown.Select(e =>
        {
            var whose = (e.PersonId is { } id ? e.Listed.Append(id) : e.Listed).Distinct().ToList();
            return new LoggedRead(e.At, names.GetValueOrDefault(e.ReaderId), e.ReaderRole, e.ReaderFacilityId is { } f ? facilities.GetValueOrDefault(f) : null, e.What,
                [.. whose.SelectMany(p => numbers[p])], whose.Count(p => !numbers[p].Any()), e.Why);
        })];
    }

    private async Task<IReadOnlyList<(Guid Id, string Name)>> ReadersAsync(CancellationToken stop)
    {
        var staff = await db.Set<Membership>().Where(m => m.Role != Role.Companion && m.Role != Role.Patient).Select(m => m.PersonId).Distinct().ToListAsync(stop);
        return [.. (await files.StaffNamesAsync(staff, stop)).Select(n => (n.Key, n.Value)).OrderBy(n => n.Value, StringComparer.CurrentCulture)];
    }
}
