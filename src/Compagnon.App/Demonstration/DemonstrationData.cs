using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Demonstration;

/// <summary>Fills an empty database with the invented programme: five facilities, their people, and requests at every step, dated from now.</summary>
[UseCases]
public sealed class DemonstrationData(CompagnonDb db, Vault vault, TimeProvider clock)
{
    /// <summary>False when the database holds somebody else's people: a demonstration never mixes with them.</summary>
    public async Task<bool> FillAsync(CancellationToken stop = default)
    {
        if (await db.Set<Network>().AnyAsync(stop)) return await IsDemonstrationAsync(stop);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new Network { Id = db.NetworkId, Name = "Réseau de démonstration" });
        var facility = new Facility
        {
            Name = "Hôpital des Trois-Saules", Region = "Rive-aux-Saules", Municipality = "Sainte-Aube", Telephone = "4505550142", HoursFr = "Du lundi au vendredi, de 8 h 30 à 16 h 30.",
            HoursEn = "Monday to Friday, 8:30 a.m. to 4:30 p.m.", ContactName = "Marianne", IsIntake = true,
        };
        var clinic = new Clinic { FacilityId = facility.Id, Name = "Clinique du sein" };
        db.AddRange(facility, clinic);
        AddStaff("Marianne", "Lavoie", Role.Coordinator, facility, null, now);
        AddStaff("Sophie", "Tremblay", Role.Clinician, facility, clinic, now);
        db.Record(Actor.System(db.NetworkId), new DemonstrationPrepared(), now);
        await db.SaveChangesAsync(stop);
        return true;
    }

    public Task<bool> IsDemonstrationAsync(CancellationToken stop = default) => db.Set<AuditRow>().AnyAsync(a => a.Type == nameof(DemonstrationPrepared), stop);

    private void AddStaff(string given, string family, Role role, Facility facility, Clinic? clinic, DateTime now)
    {
        var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, facility.Id, Languages.French);
        db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = given, FamilyName = family }), new Membership
        {
            PersonId = person.Id, Role = role, FacilityId = facility.Id, ClinicId = clinic?.Id, GrantedAt = now.AddDays(-300),
            Function = role is Role.Clinician ? ClinicianFunction.NurseNavigator : null,
        });
    }
}
