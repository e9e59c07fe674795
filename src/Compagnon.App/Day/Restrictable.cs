using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

public sealed record RestrictableView
{
    public IReadOnlyList<(Guid Id, string Name)> Facilities { get; init; } = [];
    public IReadOnlyList<(Guid Id, string Name)> Clinics { get; init; } = [];
    public IReadOnlyList<(Guid Id, string Name)> Groups { get; init; } = [];
    public IReadOnlyList<(Guid Id, string Name, Role Role)> People { get; init; } = [];
}

/// <summary>Whom a person may want kept out: the network's facilities; of this one the clinics, the groups, the staff and the companions.</summary>
[UseCases]
public sealed class Restrictable(CompagnonDb db, Files files, NamedGroups groups)
{
    private const int Most = 500;

    public async Task<RestrictableView> ShowAsync(Actor actor, CancellationToken stop = default)
    {
        var facilities = await db.Set<Facility>().OrderBy(f => f.Name).Select(f => new { f.Id, f.Name }).ToListAsync(stop);
        var clinics = await db.Set<Clinic>().Where(c => c.FacilityId == actor.FacilityId).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(stop);
        var members = await db.Set<Membership>().Where(m => m.FacilityId == actor.FacilityId && m.EndedAt == null && m.Role != Role.Companion).OrderBy(m => m.GrantedAt).Take(Most)
            .Select(m => new { m.PersonId, m.Role }).ToListAsync(stop);
        var names = await files.StaffNamesAsync([.. members.Select(m => m.PersonId).Distinct()], stop);
        var companions = await db.Set<Companion>().Where(c => c.FacilityId == actor.FacilityId && c.LeftAt == null).OrderBy(c => c.Pseudonym).Take(Most)
            .Select(c => new { c.Id, c.Pseudonym }).ToListAsync(stop);
        var people = members.Where(m => names.ContainsKey(m.PersonId)).DistinctBy(m => m.PersonId).Select(m => (m.PersonId, Name: names[m.PersonId], m.Role))
            .OrderBy(p => p.Name, StringComparer.CurrentCulture).Concat(companions.Select(c => (c.Id, c.Pseudonym, Role.Companion)));
        return new RestrictableView
        {
            Facilities = [.. facilities.Select(f => (f.Id, f.Name))], Clinics = [.. clinics.Select(c => (c.Id, c.Name))],
            Groups = [.. (await groups.ListAsync(actor, stop)).Select(g => (g.Id, g.Name))], People = [.. people],
        };
    }
}
