using Compagnon.App.Data;
using Compagnon.App.Programme;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>Whom to call when nobody has signed in.</summary>
[UseCases]
public sealed class Contacts(CompagnonDb db, SettingsOf settings)
{
    /// <summary>The facility that takes whoever does not know where they are treated, or the only one; null before any is entered.</summary>
    public async Task<FacilityFacts?> PublicAsync(CancellationToken stop = default) =>
        await db.Set<Facility>().AsNoTracking().OrderByDescending(f => f.IsIntake).ThenBy(f => f.Id).FirstOrDefaultAsync(stop) is { } facility
            ? FacilityFacts.Of(facility, await settings.ShownAsync(facility.Id, stop)) : null;
}
