using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>A page of the facility's files.</summary>
/// <param name="Total">Null where it is not counted: counting would read every file.</param>
/// <param name="Newest">As they came in; otherwise the most overdue first, and after those that wait for something the others as they came in.</param>
public sealed record FileListView(IReadOnlyList<DayRow> Rows, bool HasMore, int? Total, bool Newest, IReadOnlyList<Colleague> Colleagues, DueLimits Limits);

/// <summary>All requests of the facility, or of one step, the most overdue first, or as they came in; found again by file number, telephone or name.</summary>
[UseCases]
public sealed class FileList(CompagnonDb db, Files files, Duplicates duplicates, FacilityFiles facility, Colleagues colleagues, WorkingCalendar calendar, TimeProvider clock)
{
    /// <param name="search">A file number, ten digits of a telephone, or beginnings of a name.</param>
    public async Task<FileListView> ShowAsync(Actor actor, DayFilter filter, string? search = null, CancellationToken stop = default)
    {
        var facilityId = actor.FacilityId ?? throw new InvalidOperationException("A coordinator acts at a facility.");
        var limits = DueLimits.At(clock.GetUtcNow().UtcDateTime, calendar);
        var team = await colleagues.OfAsync(facilityId, stop);
        var hidden = (await facility.HiddenAsync(actor, stop)).Select(h => h.ReferralId).ToList();
        var of = facility.Of(actor, filter, team, limits.Now);
        if (hidden.Count > 0) of = of.Where(r => !hidden.Contains(r.Id));
        // A draft is nobody else's until it is sent.
        of = of.Where(r => r.Next != NextStep.Draft);
        if (filter.Step is { } step) of = of.Where(r => r.Next == step);
        var found = search is null ? null : await FindAsync(actor, facilityId, search, stop);
        if (found is { FileNumber: { } number }) of = of.Where(r => r.FileNumber == number || found.Patients.Contains(r.PatientId));
        else if (found is not null) of = of.Where(r => found.Patients.Contains(r.PatientId));
        var total = filter.Site is null ? await of.CountAsync(stop) : (int?)null;
        var newest = filter.Newest || found is not null || filter.Step is NextStep.Accompany or NextStep.Ended;
        var page = newest ? await facility.PageAsync(of.OrderByDescending(r => r.Id), filter.Skip, DayFilter.PageSize + 1, stop) : await MostOverdueAsync(of, filter.Skip, stop);
        var shown = page.Take(DayFilter.PageSize).ToList();
        var names = await files.NamesOfReferralsAsync(actor, [.. shown.Select(r => r.Id)], stop);
        return new FileListView(FacilityFiles.Rows(shown, names), page.Count > DayFilter.PageSize, total, newest, team, limits);
    }

    /// <summary>Those that wait, by their index; then those that wait for nothing. Sorted as one, every file would be read for a page.</summary>
    private async Task<List<FacilityFiles.Listed>> MostOverdueAsync(IQueryable<Referral> of, int skip, CancellationToken stop)
    {
        const int Take = DayFilter.PageSize + 1;
        var waiting = of.Where(r => r.NextDueAt != null);
        var page = await facility.PageAsync(waiting.OrderBy(r => r.NextDueAt).ThenBy(r => r.Id), skip, Take, stop);
        if (page.Count == Take) return page;
        // one may have begun to wait in between
        var before = page.Count > 0 ? 0 : Math.Max(0, skip - await waiting.CountAsync(stop));
        page.AddRange(await facility.PageAsync(of.Where(r => r.NextDueAt == null).OrderByDescending(r => r.Id), before, Take - page.Count, stop));
        return page;
    }

    private sealed record Found(string? FileNumber, List<Guid> Patients);

    /// <summary>A telephone by its keyed hash; a name by the loader.</summary>
    private async Task<Found> FindAsync(Actor actor, Guid facilityId, string search, CancellationToken stop)
    {
        var text = search.Trim();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var telephone = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        if (telephone.Length == 10 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '.' or '(' or ')' or '+' or '\u00a0'))
        {
            var hash = duplicates.Hash(IndexKind.Telephone, facilityId, telephone);
            return new Found(null, await db.Set<IdentityIndex>().Where(i => i.Kind == IndexKind.Telephone && i.Hash == hash).OrderBy(i => i.PersonId).Select(i => i.PersonId).Take(200).ToListAsync(stop));
        }
        return new Found(FileNumbers.Read(text), [.. await files.PatientsCalledAsync(actor, text, stop)]);
    }
}
