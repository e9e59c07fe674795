using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

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

    private static readonly Prepared<Func<CompagnonDb, IReadOnlyCollection<Guid>, IAsyncEnumerable<GroupMember>>> Members = new(() => EF.CompileAsyncQuery((CompagnonDb db, IReadOnlyCollection<Guid> groupIds) =>
        db.Set<GroupMember>().AsNoTracking().Where(m => groupIds.Contains(m.GroupId))));

    private static readonly Prepared<Func<CompagnonDb, Guid, Role, ClinicianFunction?, Guid?, Guid?, IAsyncEnumerable<Guid>>> Naming = new(() => EF.CompileAsyncQuery(
        (CompagnonDb db, Guid personId, Role role, ClinicianFunction? function, Guid? facilityId, Guid? clinicId) => db.Set<Restriction>()
            .Where(x => x.LiftedAt == null && (x.AgainstPersonId == null || x.AgainstPersonId == personId) && (x.Role == null || x.Role == role)
                && (x.Function == null || x.Function == function) && (x.FacilityId == null || x.FacilityId == facilityId) && (x.ClinicId == null || x.ClinicId == clinicId)
                && (x.GroupId == null || db.Set<GroupMember>().Any(m => m.GroupId == x.GroupId && m.PersonId == personId)))
            .Select(x => x.PersonId)));
}
