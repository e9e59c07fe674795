using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>My clinic's referrals: how far each has come, as far as the person lets the clinic hear it. Restricted files are as if they did not exist.</summary>
[UseCases]
public sealed class ClinicReferrals(CompagnonDb db, Files files, Duplicates duplicates, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    private const int WrongShown = 10;
    private const int YearRows = 10_000;

    public async Task<ClinicView?> ShowAsync(Actor actor, ClinicFilter filter, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Clinician, FacilityId: { } facilityId, ClinicId: not null }) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var targets = (await settings.FacilityAsync(facilityId, stop)).Targets;
        var mine = await MineAsync(actor, stop);
        var newest = filter.IsNarrow ? null : await Listed(NewestFirst(mine)).FirstOrDefaultAsync(stop);
        var listed = await NarrowAsync(actor, newest is null ? mine : mine.Where(r => r.Id != newest.Id), filter, facilityId, stop);
        var count = await listed.CountAsync(stop);
        var pages = Math.Max(1, (count + ClinicFilter.PageSize - 1) / ClinicFilter.PageSize);
        var page = Math.Clamp(filter.Page, 1, pages);
        var rows = await Listed(listed.OrderByDescending(r => r.ReceivedAt).ThenByDescending(r => r.Id).Skip((page - 1) * ClinicFilter.PageSize).Take(ClinicFilter.PageSize)).ToListAsync(stop);
        var wrong = page > 1 ? [] : await Listed(Heard(mine).Where(r => r.WrongNumberAt != null && r.EndedAt == null).OrderBy(r => r.WrongNumberAt).Take(WrongShown)).ToListAsync(stop);
        if (page > 1) newest = null;
        List<Row> all = [.. rows, .. wrong];
        if (newest is not null) all.Add(newest);
        var names = await files.NamesOfReferralsAsync(actor, [.. all.Select(r => r.Id).Distinct()], stop);
        return new ClinicView
        {
            Newest = Rows(newest is null ? [] : [newest], names, targets).FirstOrDefault(), Rows = Rows(rows, names, targets), WrongNumbers = Rows(wrong, names, targets),
            Found = count, Page = page, Pages = pages, Older = Math.Max(0, count - (page * ClinicFilter.PageSize)), Year = await YearAsync(mine, now, stop), Now = now,
        };
    }

    /// <summary>One referral of the clinic; null for another clinic's, and for one that may not be seen.</summary>
    public async Task<ClinicFile?> OpenAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Clinician || await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is not { Identity: { } identity } file) return null;
        var r = file.Entity;
        var targets = (await settings.FacilityAsync(r.FacilityId, stop)).Targets;
        var steps = HeardSteps.Of(r);
        var staff = await files.StaffNamesAsync([r.ReferredBy], stop);
        return new ClinicFile
        {
            ReferralId = r.Id, FileNumber = r.FileNumber, GivenName = identity.GivenName ?? "", Telephone = identity.Telephone, MayLeaveMessage = r.MayLeaveMessage, Note = identity.Notes,
            Languages = r.Situation.Languages, ReferredBy = staff.GetValueOrDefault(r.ReferredBy, ""), Steps = steps, Companion = await files.CompanionPseudonymAsync(actor, file, stop), StatusRefused = r.StatusRefusedAt is not null,
            NumberIsWrong = ReferralState.NumberIsAskedOfClinic(r), MayCorrect = steps.EndedAt is null,
            MayWithdraw = Withdraw.IsPossible(r), ReachBy = ReachBy(steps.ReceivedAt, targets), Now = clock.GetUtcNow().UtcDateTime, Targets = targets,
        };
    }

    private async Task<IQueryable<Referral>> MineAsync(Actor actor, CancellationToken stop)
    {
        var clinicId = actor.ClinicId;
        var hidden = await files.KeepingOutAsync(actor, stop);
        var mine = db.Set<Referral>().AsNoTracking().Where(r => r.ClinicId == clinicId && r.ReceivedAt != null);
        return hidden.Count == 0 ? mine : mine.Where(r => !hidden.Contains(r.PatientId));
    }

    /// <summary>Those that have moved since they were received come first: they are the news.</summary>
    private static IQueryable<Referral> NewestFirst(IQueryable<Referral> mine) => mine
        .OrderByDescending(r => r.StatusRefusedAt == null && (r.EndedAt ?? r.FirstConversationAt ?? r.AgreedAt ?? r.ReachedAt) != null)
        .ThenByDescending(r => r.StatusRefusedAt != null ? r.ReceivedAt : r.EndedAt ?? r.FirstConversationAt ?? r.AgreedAt ?? r.ReachedAt ?? r.ReceivedAt).ThenByDescending(r => r.Id);

    private async Task<IQueryable<Referral>> NarrowAsync(Actor actor, IQueryable<Referral> mine, ClinicFilter filter, Guid facilityId, CancellationToken stop)
    {
        if (filter.Words?.Trim() is { Length: > 0 } words)
        {
            var number = FileNumbers.Read(words);
            var digits = string.Concat(words.Where(char.IsAsciiDigit));
            var (called, telephone) = (await files.PatientsCalledAsync(actor, words, stop), duplicates.Hash(IndexKind.Telephone, facilityId, digits));
            var found = db.Set<IdentityIndex>().Where(i => i.Kind == IndexKind.Telephone && i.Hash == telephone).Select(i => i.PersonId);
            mine = mine.Where(r => r.FileNumber == number || called.Contains(r.PatientId) || found.Contains(r.PatientId));
        }
        return filter.Stage is not { } stage ? mine : stage switch
        {
            ReferralStage.Received => mine.Where(r => r.StatusRefusedAt != null || (r.ReachedAt == null && r.AgreedAt == null && r.FirstConversationAt == null && r.EndedAt == null)),
            ReferralStage.Reached => Heard(mine).Where(r => r.ReachedAt != null && r.AgreedAt == null && r.FirstConversationAt == null && r.EndedAt == null),
            ReferralStage.Matched => Heard(mine).Where(r => r.AgreedAt != null && r.FirstConversationAt == null && r.EndedAt == null),
            ReferralStage.FirstConversation => Heard(mine).Where(r => r.FirstConversationAt != null && r.EndedAt == null),
            ReferralStage.Ended => Heard(mine).Where(r => r.EndedAt != null),
        };
    }

    private static IQueryable<Referral> Heard(IQueryable<Referral> mine) => mine.Where(r => r.StatusRefusedAt == null);

    private async Task<ClinicYear> YearAsync(IQueryable<Referral> mine, DateTime now, CancellationToken stop)
    {
        var january = calendar.StartOf(new DateOnly(calendar.LocalDay(now).Year, 1, 1));
        var year = mine.Where(r => r.ReceivedAt >= january);
        var talked = await Heard(year).Where(r => r.FirstConversationAt != null).OrderByDescending(r => r.FirstConversationAt).Take(YearRows)
            .Select(r => new { r.ReceivedAt, r.FirstConversationAt }).ToListAsync(stop);
        var days = talked.Select(t => (t.FirstConversationAt!.Value - t.ReceivedAt!.Value).TotalDays).ToList();
        var waiting = Heard(mine).Where(r => r.FirstConversationAt == null && r.EndedAt == null);
        var first = await waiting.MinAsync(r => r.ReceivedAt, stop);
        return new ClinicYear(await year.CountAsync(stop), days.Count, Figures.Median(days), await waiting.CountAsync(stop), first is { } since ? calendar.DaysSince(since, now) : 0);
    }

    private DateTime ReachBy(DateTime receivedAt, Targets targets) => calendar.With(targets.ExtraDaysOff).AddWorkingDays(receivedAt, targets.ReachWorkingDays);

    private static IQueryable<Row> Listed(IQueryable<Referral> of) => of.Select(r => new Row(
        r.Id, r.FileNumber, r.StatusRefusedAt != null, r.ReceivedAt!.Value, r.ReachedAt, r.AgreedAt, r.FirstConversationAt, r.EndedAt, r.Closing));

    private List<ClinicRow> Rows(IEnumerable<Row> rows, IReadOnlyDictionary<Guid, string> names, Targets targets) => [.. rows.Where(r => names.ContainsKey(r.Id)).Select(r => new ClinicRow
    {
        ReferralId = r.Id, FileNumber = r.FileNumber, GivenName = names[r.Id], StatusRefused = r.Refused, ReachBy = ReachBy(r.ReceivedAt, targets),
        Steps = HeardSteps.Of(r.Refused, r.ReceivedAt, r.ReachedAt, r.MatchedAt, r.FirstConversationAt, r.EndedAt, r.Closing),
    })];

    private sealed record Row(Guid Id, string FileNumber, bool Refused, DateTime ReceivedAt, DateTime? ReachedAt, DateTime? MatchedAt, DateTime? FirstConversationAt, DateTime? EndedAt, Closing? Closing);
}
