using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>The coordinators of a facility, and who stands in for whom.</summary>
[UseCases]
public sealed class Colleagues(CompagnonDb db, Files files)
{
    private static readonly Prepared<Func<CompagnonDb, Guid, IAsyncEnumerable<Membership>>> Members = new(() => EF.CompileAsyncQuery<CompagnonDb, Guid, Membership>((db, facilityId) =>
        db.Set<Membership>().AsNoTracking().Where(m => m.FacilityId == facilityId && m.Role == Role.Coordinator && m.EndedAt == null).OrderBy(m => m.GrantedAt)));

    public async Task<IReadOnlyList<Colleague>> OfAsync(Guid facilityId, CancellationToken stop = default)
    {
        var members = await Members.For(db)(db, facilityId).ToListAsync(stop);
        var names = await files.StaffNamesAsync([.. members.Select(m => m.PersonId)], stop);
        var persons = members.ToDictionary(m => m.Id, m => m.PersonId);
        return [.. members.DistinctBy(m => m.PersonId).Where(m => names.ContainsKey(m.PersonId)).Select(m => new Colleague(
            m.PersonId, names[m.PersonId], m.AwayUntil, m.StandInMembershipId is { } id && persons.TryGetValue(id, out var standIn) ? standIn : null))];
    }
}
