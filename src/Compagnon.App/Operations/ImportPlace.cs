using Compagnon.App.Data;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Operations;

public sealed record FacilityName(Guid Id, string Name);

/// <summary>Where imported offers go.</summary>
[UseCases]
public sealed class ImportPlace(CompagnonDb db)
{
    /// <summary>The facility of this name or id; without one the only facility, or the one that takes the network's self-referrals. Null when that leaves a choice.</summary>
    public async Task<FacilityName?> FindAsync(string? named, CancellationToken stop = default)
    {
        var all = await db.Set<Facility>().AsNoTracking().ToListAsync(stop);
        var fitting = named is null ? all : [.. all.Where(f => Folding.Fold(f.Name) == Folding.Fold(named) || f.Id.ToString() == named)];
        if (fitting.Count > 1) fitting = [.. fitting.Where(f => f.IsIntake)];
        return fitting is [var one] ? new FacilityName(one.Id, one.Name) : null;
    }

    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken stop = default) => await db.Set<Facility>().Select(f => f.Name).OrderBy(n => n).ToListAsync(stop);

    /// <summary>The first facility of a database without any: its name and the rest are for its coordinator to complete.</summary>
    public async Task<FacilityName> FoundAsync(string name, CancellationToken stop = default)
    {
        if (!await db.Set<Network>().AnyAsync(stop)) db.Add(new Network { Id = db.NetworkId, Name = name });
        var facility = new Facility { Name = name, Region = "", Municipality = "", Telephone = "", HoursFr = "", HoursEn = "", ContactName = "", IsIntake = true };
        db.Add(facility);
        await db.SaveChangesAsync(stop);
        return new FacilityName(facility.Id, facility.Name);
    }
}
