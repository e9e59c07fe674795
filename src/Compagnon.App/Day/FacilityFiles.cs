using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>A file that this actor may not know of: a restriction names them.</summary>
public sealed record HiddenFile(Guid ReferralId, NextStep Step, DateTime? DueAt);

/// <summary>The facility's files as lists need them: never a name, which <see cref="Privacy.Files"/> alone opens.</summary>
[UseCases]
public sealed class FacilityFiles(CompagnonDb db)
{
    internal sealed record Listed(
        Guid Id, string FileNumber, NextStep Next, DateTime? NextDueAt, DateTime? OfferedAt, DateTime? ReceivedAt, DateTime? AgreedAt, Situation Situation,
        bool TelephoneOnly, DateTime? WrongNumberAt, bool ClinicHears, DateTime? NumberCorrectedAt, DateOnly? NotBefore, DateTime? ReturnedAt, DateTime? RematchedAt, Guid? CoordinatorId, string? UrgentReason, DateTime? EndedAt);

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
                var day = DateOnly.FromDateTime(now);
                var mine = team.Where(c => c.PersonId == actor.PersonId || (c.StandInPersonId == actor.PersonId && c.AwayUntil >= day)).Select(c => (Guid?)c.PersonId).ToList();
                return mine.Count == 1 ? all.Where(r => r.CoordinatorId == mine[0]) : all.Where(r => mine.Contains(r.CoordinatorId));
            default: return all;
        }
    }

    /// <summary>What waits, by kind and by when it is due: read from the index, not from the files.</summary>
    internal async Task<IReadOnlyList<StepCount>> CountAsync(IQueryable<Referral> of, DueLimits limits, CancellationToken stop)
    {
        var (now, today, week) = (limits.Now, limits.EndOfToday, limits.EndOfWeek);
        var counts = await of.Where(r => r.NextDueAt != null).GroupBy(r => r.Next).Select(g => new
        {
            g.Key, All = g.Count(), Late = g.Count(r => r.NextDueAt <= now), ByTonight = g.Count(r => r.NextDueAt <= today), ByWeek = g.Count(r => r.NextDueAt <= week),
        }).ToListAsync(stop);
        return [.. counts.Select(c => new StepCount(c.Key, c.Late, c.ByTonight - c.Late, Math.Max(0, c.ByWeek - c.ByTonight), c.All - Math.Max(c.ByWeek, c.ByTonight))).OrderBy(c => c.Step)];
    }

    internal async Task<List<Listed>> PageAsync(IQueryable<Referral> ordered, int skip, int take, CancellationToken stop) =>
        await ordered.Skip(skip).Take(take).Select(r => new Listed(
            r.Id, r.FileNumber, r.Next, r.NextDueAt, r.OfferedAt, r.ReceivedAt, r.AgreedAt, r.Situation,
            r.TelephoneOnly, r.WrongNumberAt, r.ClinicId != null && r.StatusRefusedAt == null, r.NumberCorrectedAt, r.NotBefore, r.ReturnedAt, r.RematchedAt, r.CoordinatorId, r.UrgentReason, r.EndedAt)).ToListAsync(stop);

    /// <summary>Rows of the files that the actor may open: those without a name here are left out.</summary>
    internal static List<DayRow> Rows(IEnumerable<Listed> listed, IReadOnlyDictionary<Guid, string> names) => [.. listed.Where(r => names.ContainsKey(r.Id)).Select(r => new DayRow
    {
        ReferralId = r.Id, FileNumber = r.FileNumber, GivenName = names[r.Id], Step = r.Next, DueAt = r.NextDueAt,
        Since = (r.Next is NextStep.Talk ? r.AgreedAt : null) ?? r.ReceivedAt ?? r.OfferedAt ?? default, Situation = r.Situation, TelephoneOnly = r.TelephoneOnly,
        NumberIsWrong = r.WrongNumberAt is not null, ClinicCorrects = r.ClinicHears, NumberIsNew = r.NumberCorrectedAt is not null && r.Next is NextStep.Reach, NotBefore = r.NotBefore, BackSince = ReferralState.BackSince(r.ReturnedAt, r.RematchedAt), CoordinatorId = r.CoordinatorId, UrgentReason = r.UrgentReason,
    })];

    /// <summary>The few files of the facility whose restriction names this actor.</summary>
    internal async Task<IReadOnlyList<HiddenFile>> HiddenAsync(Actor actor, CancellationToken stop)
    {
        var named = await Named.For(db)(db, actor.FacilityId, actor.PersonId, actor.Role, actor.Function).ToListAsync(stop);
        return [.. named.Distinct()];
    }

    private static readonly Prepared<Func<CompagnonDb, Guid?, Guid, Role, ClinicianFunction?, IAsyncEnumerable<HiddenFile>>> Named = new(() => EF.CompileAsyncQuery(
        (CompagnonDb db, Guid? facilityId, Guid personId, Role role, ClinicianFunction? function) =>
            from x in db.Set<Restriction>()
            where x.LiftedAt == null && (x.ExceptPersonId == null || x.ExceptPersonId != personId)
                && (x.AgainstPersonId != null || x.Role != null || x.Function != null || x.FacilityId != null)
                && (x.AgainstPersonId == null || x.AgainstPersonId == personId) && (x.Role == null || x.Role == role)
                && (x.Function == null || x.Function == function) && (x.FacilityId == null || x.FacilityId == facilityId)
            join r in db.Set<Referral>() on x.PersonId equals r.PatientId
            where r.FacilityId == facilityId
            select new HiddenFile(r.Id, r.Next, r.NextDueAt)));

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
