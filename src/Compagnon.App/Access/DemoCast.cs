using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>One of the demonstration's people. <see cref="Value"/> is what its page posts.</summary>
public sealed record DemoPerson(string Value, Role Role, string Name, string? Facility, string? Clinic, NextStep? Step);

/// <summary>Lists the invented people of the demonstration. Only its page asks, and that page exists nowhere else.</summary>
[UseCases]
public sealed class DemoCast(CompagnonDb db, Files files)
{
    private const int PatientsAStep = 3;
    private static readonly Role[] Order =
        [Role.Coordinator, Role.Clinician, Role.Companion, Role.Patient, Role.Manager, Role.NetworkLead, Role.PrivacyOfficer, Role.OnCall, Role.Administrator];

    /// <summary>Everybody with a role, and of each step of the thread a few patients who use a screen: always the same, of the busiest facility, those who waited longest.</summary>
    public async Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken stop = default)
    {
        var system = Actor.System(db.NetworkId);
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        var clinics = await db.Set<Clinic>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var roles = await db.Set<Membership>().AsNoTracking().Where(m => m.EndedAt == null).ToListAsync(stop);
        var names = new Dictionary<Guid, string>(await files.StaffNamesAsync([.. roles.Select(m => m.PersonId).Distinct()], stop));
        foreach (var (id, name) in await files.NamesOfCompanionsAsync(system, [.. roles.Where(m => m.Role is Role.Companion).Select(m => m.PersonId)], stop)) names[id] = name;
        var people = roles.Where(m => names.ContainsKey(m.PersonId)).Select(m => new DemoPerson($"{m.PersonId}/m/{m.Id}", m.Role, names[m.PersonId],
            facilities.GetValueOrDefault(m.FacilityId ?? Guid.Empty), clinics.GetValueOrDefault(m.ClinicId ?? Guid.Empty), Step: null));
        var patients = (await db.Set<Referral>().AsNoTracking().Where(r => r.ReceivedAt != null && !r.TelephoneOnly)
                .Select(r => new { r.Id, r.PatientId, r.FacilityId, r.Next, r.ReceivedAt }).ToListAsync(stop))
            .GroupBy(r => r.FacilityId).OrderByDescending(g => g.Count()).SelectMany(g => g.OrderBy(r => r.ReceivedAt)).GroupBy(r => r.Next).OrderBy(g => g.Key).SelectMany(g => g.Take(PatientsAStep)).ToList();
        var given = await files.NamesOfReferralsAsync(system, [.. patients.Select(r => r.Id)], stop);
        var asked = patients.Where(r => given.ContainsKey(r.Id))
            .Select(r => new DemoPerson($"{r.PatientId}/p/{r.Id}", Role.Patient, given[r.Id], facilities.GetValueOrDefault(r.FacilityId), Clinic: null, r.Next));
        return [.. people.Concat(asked).OrderBy(p => Array.IndexOf(Order, p.Role)).ThenBy(p => p.Step).ThenBy(p => p.Facility, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)];
    }
}
