using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>What stands beside the day: companions who wait, mail that came back, the figure.</summary>
[UseCases]
public sealed class DayAside(CompagnonDb db, WorkingCalendar calendar)
{
    private const int LongestShown = 5;
    private const int BouncedShown = 10;
    private const int WithdrawnShown = 5;
    /// <summary>Long enough to be seen after a weekend.</summary>
    private const int WithdrawnDays = 4;
    private const int FigureDays = 30;
    private const int FigureRows = 5000;

    internal async Task<CompanionsToday> CompanionsAsync(Guid facilityId, Targets targets, DateTime now, CancellationToken stop)
    {
        var today = calendar.LocalDay(now);
        var before = calendar.EndOf(today.AddDays(-targets.IdleDays));
        if (await Load.For(db)(db, facilityId, today, before, stop) is not { } load)
            return new CompanionsToday(0, 0, 0, []) { AllAway = await db.Set<Companion>().AnyAsync(c => c.FacilityId == facilityId && c.LeftAt == null, stop) };
        var longest = load.Idle == 0 ? [] : await LongestIdle.For(db)(db, facilityId, today, before).ToListAsync(stop);
        return new CompanionsToday(load.Idle, load.Full, load.All, [.. longest.Select(c =>
        {
            var latest = c.Experiences.MaxBy(e => e.Year ?? 0);
            return new IdleCompanion(c.Id, c.Pseudonym, latest?.Site, latest?.Year, calendar.DaysSince(c.Since, now));
        })]);
    }

    /// <summary>Without names, which the loader gives.</summary>
    internal async Task<IReadOnlyList<WithdrawnRow>> WithdrawnAsync(Guid facilityId, DateTime now, CancellationToken stop)
    {
        return await Withdrawn.For(db)(db, facilityId, now.AddDays(-WithdrawnDays)).ToListAsync(stop);
    }

    /// <param name="keepingOut">People who keep the reader out: of them nothing is listed.</param>
    internal async Task<IReadOnlyList<BouncedMail>> BouncedAsync(Guid facilityId, IReadOnlyCollection<Guid> keepingOut, CancellationToken stop)
    {
        var mails = await Bounced.For(db)(db, facilityId, keepingOut).ToListAsync(stop);
        if (mails.Count == 0) return [];
        var patients = mails.Where(m => m.Kind is PersonKind.Patient).Select(m => m.PersonId).ToList();
        var referrals = patients.Count == 0 ? [] : await db.Set<Referral>().Where(r => patients.Contains(r.PatientId)).Select(r => new { r.PatientId, r.Id }).ToListAsync(stop);
        var newest = referrals.GroupBy(r => r.PatientId).ToDictionary(g => g.Key, g => g.Max(r => r.Id));
        return [.. mails.Select(m => new BouncedMail(m.Id, newest.TryGetValue(m.PersonId, out var id) ? id : null, m.Kind is PersonKind.Companion ? m.PersonId : null, m.At))];
    }

    /// <param name="keepingOut">Patients who keep the reader out: their files are not counted.</param>
    internal async Task<FirstConversationFigure> FigureAsync(Guid facilityId, IReadOnlyCollection<Guid> keepingOut, DateTime now, IReadOnlyList<StepCount> counts, CancellationToken stop)
    {
        var talked = await Talked.For(db)(db, facilityId, keepingOut, now.AddDays(-FigureDays)).ToListAsync(stop);
        var oldest = await Oldest.For(db)(db, facilityId, keepingOut, stop);
        var days = talked.Select(t => (t.FirstConversationAt - t.ReceivedAt).TotalDays).ToList();
        var waiting = counts.Where(c => c.Step is not NextStep.Offer).Sum(c => c.Total);
        return new FirstConversationFigure(Figures.Median(days), days.Count, waiting, oldest is { } first ? calendar.DaysSince(first, now) : 0);
    }

    private sealed record Mail(Guid Id, Guid PersonId, PersonKind Kind, DateTime At);

    private sealed record Busy(int All, int Full, int Idle);

    private sealed record Idle(Guid Id, string Pseudonym, List<LivedExperience> Experiences, DateTime Since);

    private sealed record Spoke(DateTime ReceivedAt, DateTime FirstConversationAt);

    private static readonly Prepared<Func<CompagnonDb, Guid, DateOnly, DateTime, CancellationToken, Task<Busy?>>> Load = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, DateOnly today, DateTime before, CancellationToken _) =>
        (from c in db.Set<Companion>()
         where c.FacilityId == facilityId && c.LeftAt == null && c.ClearedUntil != null && c.ClearedUntil >= today && (c.PausedAt == null || (c.PausedUntil != null && c.PausedUntil <= today))
         join p in db.Set<Place>() on c.Id equals p.CompanionId into places
         select new { Used = places.Count(), c.Capacity, Since = c.LastMatchedAt ?? c.JoinedAt } into one
         group one by 1 into all
         select new Busy(all.Count(), all.Count(l => l.Used >= l.Capacity), all.Count(l => l.Used == 0 && l.Since < before))).SingleOrDefault()));

    private static readonly Prepared<Func<CompagnonDb, Guid, DateOnly, DateTime, IAsyncEnumerable<Idle>>> LongestIdle = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, DateOnly today, DateTime before) =>
        (from c in db.Set<Companion>().AsNoTracking()
         where c.FacilityId == facilityId && c.LeftAt == null && c.ClearedUntil != null && c.ClearedUntil >= today && (c.PausedAt == null || (c.PausedUntil != null && c.PausedUntil <= today))
         where (c.LastMatchedAt ?? c.JoinedAt) < before && !db.Set<Place>().Any(p => p.CompanionId == c.Id)
         orderby c.LastMatchedAt ?? c.JoinedAt
         select new Idle(c.Id, c.Pseudonym, c.Experiences, c.LastMatchedAt ?? c.JoinedAt)).Take(LongestShown)));

    private static readonly Prepared<Func<CompagnonDb, Guid, DateTime, IAsyncEnumerable<WithdrawnRow>>> Withdrawn = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, DateTime since) =>
        db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.Next == NextStep.Ended && r.Closing == Closing.Withdrawn && r.EndedAt >= since)
            .OrderByDescending(r => r.EndedAt).Take(WithdrawnShown).Select(r => new WithdrawnRow(r.Id, r.FileNumber, "", r.EndedAt!.Value))));

    private static readonly Prepared<Func<CompagnonDb, Guid, IReadOnlyCollection<Guid>, IAsyncEnumerable<Mail>>> Bounced = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, IReadOnlyCollection<Guid> keepingOut) =>
        (from m in db.Set<OutboxMessage>()
         where m.BouncedAt != null && m.CancelledAt == null && !keepingOut.Contains(m.PersonId)
         join p in db.Set<Person>() on m.PersonId equals p.Id
         where p.FacilityId == facilityId
         orderby m.BouncedAt
         select new Mail(m.Id, m.PersonId, p.Kind, m.BouncedAt!.Value)).Take(BouncedShown)));

    private static readonly Prepared<Func<CompagnonDb, Guid, IReadOnlyCollection<Guid>, DateTime, IAsyncEnumerable<Spoke>>> Talked = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, IReadOnlyCollection<Guid> keepingOut, DateTime since) =>
        db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.FirstConversationAt != null && r.FirstConversationAt >= since && r.ReceivedAt != null && !keepingOut.Contains(r.PatientId))
            .OrderByDescending(r => r.FirstConversationAt).Take(FigureRows).Select(r => new Spoke(r.ReceivedAt!.Value, r.FirstConversationAt!.Value))));

    private static readonly Prepared<Func<CompagnonDb, Guid, IReadOnlyCollection<Guid>, CancellationToken, Task<DateTime?>>> Oldest = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, IReadOnlyCollection<Guid> keepingOut, CancellationToken _) =>
        db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.ReceivedAt != null && r.FirstConversationAt == null && r.EndedAt == null && !keepingOut.Contains(r.PatientId))
            .OrderBy(r => r.ReceivedAt).Select(r => r.ReceivedAt).FirstOrDefault()));
}
