using System.Linq.Expressions;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>A file that this actor may not know of: a restriction names them.</summary>
public sealed record HiddenFile(Guid ReferralId, NextStep Step, DateTime? DueAt);

/// <summary>The facility's files as lists need them: never a name, which <see cref="Files"/> alone opens.</summary>
[UseCases]
public sealed class FacilityFiles(CompagnonDb db, Files files, WorkingCalendar calendar)
{
    /// <summary>Filled by name: from a constructor's arguments EF Core would read the whole file to find its situation.</summary>
    internal sealed record Listed
    {
        public required Guid Id { get; init; }
        public required string FileNumber { get; init; }
        public required NextStep Next { get; init; }
        public required DateTime? NextDueAt { get; init; }
        public required DateTime? OfferedAt { get; init; }
        public required DateTime? ReceivedAt { get; init; }
        public required DateTime? ReachedAt { get; init; }
        public required DateTime? ServiceConsentAt { get; init; }
        public required DateTime? IntakeCompletedAt { get; init; }
        public required DateTime? ChoiceAskedAt { get; init; }
        public required DateTime? AgreedAt { get; init; }
        public required DateTime? FirstConversationAt { get; init; }
        public required DateTime? TalkedAgainAt { get; init; }
        public required Situation Situation { get; init; }
        public required bool TelephoneOnly { get; init; }
        public required DateTime? WrongNumberAt { get; init; }
        public required bool ClinicHears { get; init; }
        public required DateTime? NumberCorrectedAt { get; init; }
        public required DateOnly? NotBefore { get; init; }
        public required DateTime? ReturnedAt { get; init; }
        public required DateTime? RematchedAt { get; init; }
        public required Guid? CoordinatorId { get; init; }
        public required string? UrgentReason { get; init; }
        public required DateTime? EndedAt { get; init; }
    }

    /// <summary>Those of whom the filter asks, of any step.</summary>
    internal IQueryable<Referral> Of(Actor actor, DayFilter filter, IReadOnlyList<Colleague> team, DateTime now)
    {
        var facilityId = actor.FacilityId;
        var all = db.Set<Referral>().AsNoTracking().Where(r => r.FacilityId == facilityId);
        if (filter.Site is { } site) all = all.Where(r => r.Situation.Site == site);
        switch (filter.Whose)
        {
            case Whose.Nobody: return all.Where(r => r.CoordinatorId == null);
            case Whose.Colleague when filter.CoordinatorId is { } colleague: return all.Where(r => r.CoordinatorId == colleague);
            case Whose.Mine:
                var day = calendar.LocalDay(now);
                var mine = team.Where(c => c.PersonId == actor.PersonId || (c.StandInPersonId == actor.PersonId && c.AwayUntil >= day)).Select(c => (Guid?)c.PersonId).ToList();
                return mine.Count == 1 ? all.Where(r => r.CoordinatorId == mine[0]) : all.Where(r => mine.Contains(r.CoordinatorId));
            default: return all;
        }
    }

    /// <summary>What waits, by kind and by when it is due: read from the index, not from the files.</summary>
    internal async Task<IReadOnlyList<StepCount>> CountAsync(IQueryable<Referral> of, DueLimits limits, CancellationToken stop)
    {
        var (now, today, week) = (limits.Now, limits.EndOfToday, limits.EndOfWeek);
        return Counts(await of.Where(r => r.NextDueAt != null).GroupBy(r => r.Next)
            .Select(g => new Counted(g.Key, g.Count(), g.Count(r => r.NextDueAt <= now), g.Count(r => r.NextDueAt <= today), g.Count(r => r.NextDueAt <= week))).ToListAsync(stop));
    }

    internal async Task<List<Listed>> PageAsync(IQueryable<Referral> ordered, int skip, int take, CancellationToken stop) => await ordered.Skip(skip).Take(take).Select(AsListed).ToListAsync(stop);

    /// <summary>The day without a filter, as it is opened most: the same three questions, prepared.</summary>
    internal async Task<(IReadOnlyList<StepCount> Counts, List<Listed> Waiting, List<Listed> Urgent)> WholeDayAsync(Guid facilityId, DueLimits limits, int skip, int mostUrgent, CancellationToken stop) => (
        Counts(await CountsOfAll.For(db)(db, facilityId, limits.Now, limits.EndOfToday, limits.EndOfWeek).ToListAsync(stop)),
        await WaitingOfAll.For(db)(db, facilityId, skip, DayFilter.PageSize + 1).ToListAsync(stop),
        mostUrgent == 0 ? [] : await UrgentOfAll.For(db)(db, facilityId, mostUrgent).ToListAsync(stop));

    private static IReadOnlyList<StepCount> Counts(List<Counted> counts) =>
        [.. counts.Select(c => new StepCount(c.Step, c.Late, c.ByTonight - c.Late, Math.Max(0, c.ByWeek - c.ByTonight), c.All - Math.Max(c.ByWeek, c.ByTonight))).OrderBy(c => c.Step)];

    private sealed record Counted(NextStep Step, int All, int Late, int ByTonight, int ByWeek);

    private static readonly Expression<Func<Referral, Listed>> AsListed = r => new Listed
    {
        Id = r.Id, FileNumber = r.FileNumber, Next = r.Next, NextDueAt = r.NextDueAt, OfferedAt = r.OfferedAt, ReceivedAt = r.ReceivedAt, ReachedAt = r.ReachedAt,
        ServiceConsentAt = r.ServiceConsentAt, IntakeCompletedAt = r.IntakeCompletedAt, ChoiceAskedAt = r.ChoiceAskedAt, AgreedAt = r.AgreedAt,
        FirstConversationAt = r.FirstConversationAt, TalkedAgainAt = r.TalkedAgainAt, Situation = r.Situation, TelephoneOnly = r.TelephoneOnly, WrongNumberAt = r.WrongNumberAt, ClinicHears = r.ClinicId != null && r.StatusRefusedAt == null,
        NumberCorrectedAt = r.NumberCorrectedAt, NotBefore = r.NotBefore, ReturnedAt = r.ReturnedAt, RematchedAt = r.RematchedAt, CoordinatorId = r.CoordinatorId,
        UrgentReason = r.UrgentReason, EndedAt = r.EndedAt,
    };

    private static readonly Prepared<Func<CompagnonDb, Guid, DateTime, DateTime, DateTime, IAsyncEnumerable<Counted>>> CountsOfAll = new(() => EF.CompileAsyncQuery(
        (CompagnonDb db, Guid facilityId, DateTime now, DateTime today, DateTime week) => db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.NextDueAt != null).GroupBy(r => r.Next)
            .Select(g => new Counted(g.Key, g.Count(), g.Count(r => r.NextDueAt <= now), g.Count(r => r.NextDueAt <= today), g.Count(r => r.NextDueAt <= week)))));

    private static readonly Prepared<Func<CompagnonDb, Guid, int, int, IAsyncEnumerable<Listed>>> WaitingOfAll = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, int skip, int take) =>
        db.Set<Referral>().AsNoTracking().Where(r => r.FacilityId == facilityId && r.NextDueAt != null).OrderBy(r => r.NextDueAt).Skip(skip).Take(take).Select(AsListed)));

    private static readonly Prepared<Func<CompagnonDb, Guid, int, IAsyncEnumerable<Listed>>> UrgentOfAll = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, int take) =>
        db.Set<Referral>().AsNoTracking().Where(r => r.FacilityId == facilityId && r.UrgentSince != null && r.EndedAt == null).OrderBy(r => r.UrgentSince).Take(take).Select(AsListed)));

    /// <summary>Rows of the files that the actor may open: those without a name here are left out.</summary>
    internal static List<DayRow> Rows(IEnumerable<Listed> listed, IReadOnlyDictionary<Guid, string> names) => [.. listed.Where(r => names.ContainsKey(r.Id)).Select(r => new DayRow
    {
        ReferralId = r.Id, FileNumber = r.FileNumber, GivenName = names[r.Id], Step = r.Next, DueAt = r.NextDueAt,
        Since = (r.Next is NextStep.Talk ? r.AgreedAt : null) ?? r.ReceivedAt ?? r.OfferedAt ?? default, StepSince = StepSince(r), Situation = r.Situation, TelephoneOnly = r.TelephoneOnly,
        NumberIsWrong = r.WrongNumberAt is not null, ClinicCorrects = r.ClinicHears, NumberIsNew = r.NumberCorrectedAt is not null && r.Next is NextStep.Reach, NotBefore = r.NotBefore, BackSince = ReferralState.BackSince(r.ReturnedAt, r.RematchedAt), CoordinatorId = r.CoordinatorId, UrgentReason = r.UrgentReason,
    })];

    private static DateTime? StepSince(Listed r) => r.Next switch
    {
        NextStep.Offer => r.OfferedAt,
        NextStep.Reach => r.ReceivedAt,
        NextStep.Complete => r.ReachedAt,
        NextStep.Match => ReferralState.BackSince(r.ReturnedAt, r.RematchedAt) ?? ReferralState.MatchFrom(r.RematchedAt, r.ServiceConsentAt, r.IntakeCompletedAt),
        NextStep.Choose => r.ChoiceAskedAt,
        NextStep.Talk => r.AgreedAt,
        NextStep.Accompany => r.RematchedAt is null ? r.FirstConversationAt : r.TalkedAgainAt,
        NextStep.Ended => r.EndedAt,
        // only by when an answer is due stands in the file
        NextStep.Draft or NextStep.Answer => null,
    };

    /// <summary>The few files of the facility whose restriction names this actor.</summary>
    internal async Task<IReadOnlyList<HiddenFile>> HiddenAsync(Actor actor, CancellationToken stop) => await HiddenAsync(actor, await files.KeepingOutAsync(actor, stop), stop);

    /// <param name="people">Whoever keeps this actor out.</param>
    internal async Task<IReadOnlyList<HiddenFile>> HiddenAsync(Actor actor, IReadOnlyList<Guid> people, CancellationToken stop)
    {
        return people.Count == 0 ? [] : await db.Set<Referral>().Where(r => r.FacilityId == actor.FacilityId && people.Contains(r.PatientId))
            .Select(r => new HiddenFile(r.Id, r.Next, r.NextDueAt)).ToListAsync(stop);
    }

    /// <summary>Those that wait among the files a filter asks for, and so were counted with them.</summary>
    internal static async Task<IReadOnlyList<HiddenFile>> AmongAsync(IQueryable<Referral> of, IReadOnlyList<HiddenFile> hidden, CancellationToken stop)
    {
        var waiting = hidden.Where(h => h.DueAt is not null).ToList();
        if (waiting.Count == 0) return waiting;
        var ids = waiting.Select(h => h.ReferralId).ToList();
        var counted = await of.Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(stop);
        return [.. waiting.Where(h => counted.Contains(h.ReferralId))];
    }
}
