using Compagnon.App.Data;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Programme;

/// <summary>A facility's settings and calendar: what every use case that moves a file needs to project what is due next.</summary>
[UseCases]
public sealed class SettingsOf(CompagnonDb db)
{
    private static readonly Prepared<Func<CompagnonDb, Guid, CancellationToken, Task<ProgrammeSettings?>>> Shown = new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, CancellationToken _) =>
        db.Set<ProgrammeSettings>().AsNoTracking().FirstOrDefault(s => s.FacilityId == facilityId)));

    /// <summary>The stored settings, or the defaults where the facility has set none.</summary>
    public async Task<ProgrammeSettings> FacilityAsync(Guid facilityId, CancellationToken stop = default) =>
        await db.Set<ProgrammeSettings>().FirstOrDefaultAsync(s => s.FacilityId == facilityId, stop) ?? new ProgrammeSettings { FacilityId = facilityId };

    /// <summary>The same to show only: not a row that anybody changes.</summary>
    public async Task<ProgrammeSettings> ShownAsync(Guid facilityId, CancellationToken stop = default) =>
        await Shown.For(db)(db, facilityId, stop) ?? new ProgrammeSettings { FacilityId = facilityId };
}
