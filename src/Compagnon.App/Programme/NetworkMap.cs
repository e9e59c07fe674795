using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Programme;

public sealed record EnterFacility
{
    /// <summary>Made from the form's key and what it says: becomes the facility's id.</summary>
    public required Guid Key { get; init; }
    public required string Name { get; init; }
    public required string Region { get; init; }
    public required string Municipality { get; init; }
    public required FacilityContact Contact { get; init; }
}

public sealed record FacilityLine(Guid Id, string Name, string Municipality, bool IsIntake, IReadOnlyList<string> Clinics);

/// <summary>The facilities and clinics of the network, for the administrator who sets it up; and who takes those who do not know where they are treated.</summary>
[UseCases]
public sealed class NetworkMap(CompagnonDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<FacilityLine>> ShowAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Administrator) return [];
        var clinics = (await db.Set<Clinic>().AsNoTracking().OrderBy(c => c.Name).ToListAsync(stop)).ToLookup(c => c.FacilityId, c => c.Name);
        return [.. (await db.Set<Facility>().AsNoTracking().OrderBy(f => f.Name).ToListAsync(stop)).Select(f => new FacilityLine(f.Id, f.Name, f.Municipality, f.IsIntake, [.. clinics[f.Id]]))];
    }

    /// <summary>The first facility takes whoever does not know where they are treated, until another is chosen.</summary>
    public async Task<Outcome<Done>> AddFacilityAsync(Actor actor, EnterFacility command, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Administrator) return new NotThere();
        if (await db.Set<Facility>().AnyAsync(f => f.Id == command.Key, stop)) return Done.Yes;
        var contact = command.Contact;
        db.Add(new Facility
        {
            Id = command.Key, Name = command.Name, Region = command.Region, Municipality = command.Municipality, Telephone = contact.Telephone, ContactName = contact.ContactName,
            HoursFr = contact.HoursFr, HoursEn = contact.HoursEn, IsIntake = !await db.Set<Facility>().AnyAsync(stop),
        });
        db.Record(actor, new FacilityEntered(command.Key), clock.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(stop) || await db.Set<Facility>().AnyAsync(f => f.Id == command.Key, stop) ? Done.Yes : new ChangedMeanwhile();
    }

    public async Task<Outcome<Done>> AddClinicAsync(Actor actor, Guid key, Guid facilityId, string name, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Administrator || !await db.Set<Facility>().AnyAsync(f => f.Id == facilityId, stop)) return new NotThere();
        if (await db.Set<Clinic>().AnyAsync(c => c.Id == key, stop)) return Done.Yes;
        db.Add(new Clinic { Id = key, FacilityId = facilityId, Name = name });
        db.Record(actor, new ClinicEntered(key, facilityId), clock.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(stop) || await db.Set<Clinic>().AnyAsync(c => c.Id == key, stop) ? Done.Yes : new ChangedMeanwhile();
    }

    public async Task<Outcome<Done>> SetIntakeAsync(Actor actor, Guid facilityId, CancellationToken stop = default)
    {
        var all = await db.Set<Facility>().ToListAsync(stop);
        if (actor.Role is not Role.Administrator || all.Find(f => f.Id == facilityId) is not { } chosen) return new NotThere();
        if (chosen.IsIntake) return Done.Yes;
        foreach (var facility in all) facility.IsIntake = facility == chosen;
        db.Record(actor, new IntakeChosen(facilityId), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(stop);
        return Done.Yes;
    }
}
