using Compagnon.App.Data;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Programme;

/// <summary>What the public page may promise: the targets of the facility whose number stands on it.</summary>
[UseCases]
public sealed class PublicTargets(CompagnonDb db, SettingsOf settings)
{
    public async Task<Targets> OfPublicAsync(CancellationToken stop = default)
    {
        var facility = await db.Set<Facility>().AsNoTracking().OrderByDescending(f => f.IsIntake).ThenBy(f => f.Id).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(stop);
        return facility is { } id ? (await settings.FacilityAsync(id, stop)).Targets : new Targets();
    }
}
