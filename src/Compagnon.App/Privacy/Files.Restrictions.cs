using Compagnon.App.Data;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Two who accompany each other, of whom the patient keeps the companion out.</summary>
public sealed record KeptApart(Guid AccompanimentId, Guid ReferralId, string Companion);

/// <summary>Restrictions as the decision needs them, with whoever is in a group that one names: read anew each time, never kept.</summary>
public sealed partial class Files
{
    /// <summary>Those in force, by the person whose file it is.</summary>
    internal Task<ILookup<Guid, RestrictionFacts>> RestrictionsOfAsync(IReadOnlyCollection<Guid> personIds, CancellationToken stop) => RestrictionsOfAsync(personIds, joining: null, stop);

    /// <summary>The same, as they would be with somebody more in a group.</summary>
    internal async Task<ILookup<Guid, RestrictionFacts>> RestrictionsOfAsync(IReadOnlyCollection<Guid> personIds, GroupMember? joining, CancellationToken stop)
    {
        var inForce = await InForce.For(db)(db, personIds).ToListAsync(stop);
        var members = await MembersOfAsync(inForce, joining, stop);
        return inForce.ToLookup(r => r.PersonId, r => FactsOf(r, members));
    }

    /// <summary>Of one that is about to be set.</summary>
    internal async Task<RestrictionFacts> FactsOfAsync(Restriction restriction, CancellationToken stop) => FactsOf(restriction, await MembersOfAsync([restriction], joining: null, stop));

    /// <summary>The people who keep this actor out: for lists, which neither show nor count their files. SQL finds the few that may be, the rule decides.</summary>
    internal async Task<IReadOnlyList<Guid>> KeepingOutAsync(Actor actor, CancellationToken stop)
    {
        var perhaps = await Naming.For(db)(db, actor.PersonId, actor.Role, actor.Function, actor.FacilityId, actor.ClinicId).ToListAsync(stop);
        if (perhaps.Count == 0) return perhaps;
        var restrictions = await RestrictionsOfAsync([.. perhaps.Distinct()], stop);
        return [.. restrictions.Where(of => AccessRules.IsRestricted(actor, new Subject { PersonId = of.Key, FacilityId = null, Restrictions = [.. of] })).Select(of => of.Key)];
    }

    /// <summary>
    /// Who accompanies somebody of this facility and is kept out since: a restriction was set, or the companion joined a group that one names. Only the coordinator
    /// can see to the two, and nobody else would tell. SQL finds the few that may be, the rule decides.
    /// </summary>
    internal async Task<IReadOnlyList<KeptApart>> KeptApartAsync(Guid facilityId, CancellationToken stop)
    {
        var perhaps = (await Perhaps.For(db)(db, facilityId).ToListAsync(stop)).DistinctBy(p => p.Pair.Id).ToList();
        if (perhaps.Count == 0) return [];
        var restrictions = await RestrictionsOfAsync([.. perhaps.Select(p => p.Pair.PatientId)], stop);
        return [.. perhaps.Where(p => AccessRules.IsRestricted(Acting(p.Companion), new Subject { PersonId = p.Pair.PatientId, FacilityId = facilityId, Restrictions = [.. restrictions[p.Pair.PatientId]] }))
            .OrderBy(p => p.Pair.AgreedAt).Select(p => new KeptApart(p.Pair.Id, p.Pair.ReferralId, p.Companion.Pseudonym))];
    }

    private async Task<ILookup<Guid, Guid>> MembersOfAsync(IReadOnlyCollection<Restriction> restrictions, GroupMember? joining, CancellationToken stop)
    {
        Guid[] groups = [.. restrictions.Select(r => r.GroupId).OfType<Guid>().Distinct()];
        var members = groups.Length == 0 ? [] : await Members.For(db)(db, groups).ToListAsync(stop);
        if (joining is not null) members.Add(joining);
        return members.ToLookup(m => m.GroupId, m => m.PersonId);
    }

    private static RestrictionFacts FactsOf(Restriction r, ILookup<Guid, Guid> members) => new()
    {
        Role = r.Role, Function = r.Function, FacilityId = r.FacilityId, ClinicId = r.ClinicId, Group = r.GroupId is { } group ? [.. members[group]] : null,
        AgainstPersonId = r.AgainstPersonId, ExceptPersonId = r.ExceptPersonId,
    };

    private static readonly Prepared<Func<CompagnonDb, IReadOnlyCollection<Guid>, IAsyncEnumerable<Restriction>>> InForce = new(() => EF.CompileAsyncQuery((CompagnonDb db, IReadOnlyCollection<Guid> personIds) =>
        db.Set<Restriction>().AsNoTracking().Where(r => r.LiftedAt == null && personIds.Contains(r.PersonId))));

    private sealed record Two(Accompaniment Pair, Companion Companion);

    private static readonly Prepared<Func<CompagnonDb, Guid, IAsyncEnumerable<Two>>> Perhaps = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId) =>
        from x in db.Set<Restriction>().AsNoTracking()
        where x.LiftedAt == null && x.Function == null && x.ClinicId == null && (x.Role == null || x.Role == Role.Companion)
        join r in db.Set<Referral>().AsNoTracking() on x.PersonId equals r.PatientId
        where r.FacilityId == facilityId && r.EndedAt == null
        join a in db.Set<Accompaniment>().AsNoTracking() on r.Id equals a.ReferralId
        where a.EndedAt == null && (x.AgainstPersonId == null || x.AgainstPersonId == a.CompanionId)
            && (x.GroupId == null || db.Set<GroupMember>().Any(m => m.GroupId == x.GroupId && m.PersonId == a.CompanionId))
        join c in db.Set<Companion>().AsNoTracking() on a.CompanionId equals c.Id
        select new Two(a, c)));

    private static readonly Prepared<Func<CompagnonDb, IReadOnlyCollection<Guid>, IAsyncEnumerable<GroupMember>>> Members = new(() => EF.CompileAsyncQuery((CompagnonDb db, IReadOnlyCollection<Guid> groupIds) =>
        db.Set<GroupMember>().AsNoTracking().Where(m => groupIds.Contains(m.GroupId))));

    private static readonly Prepared<Func<CompagnonDb, Guid, Role, ClinicianFunction?, Guid?, Guid?, IAsyncEnumerable<Guid>>> Naming = new(() => EF.CompileAsyncQuery(
        (CompagnonDb db, Guid personId, Role role, ClinicianFunction? function, Guid? facilityId, Guid? clinicId) => db.Set<Restriction>()
            .Where(x => x.LiftedAt == null && (x.AgainstPersonId == null || x.AgainstPersonId == personId) && (x.Role == null || x.Role == role)
                && (x.Function == null || x.Function == function) && (x.FacilityId == null || x.FacilityId == facilityId) && (x.ClinicId == null || x.ClinicId == clinicId)
                && (x.GroupId == null || db.Set<GroupMember>().Any(m => m.GroupId == x.GroupId && m.PersonId == personId)))
            .Select(x => x.PersonId)));
}
