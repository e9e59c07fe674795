using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Programme;

public sealed class SettingsTests
{
    [Theory, OnBothDatabases]
    public async Task DaysOffAndWeights_AreKeptAsTheFacilitySetThem(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.Rows(async db =>
        {
            await db.Set<ProgrammeSettings>().Where(s => s.FacilityId == world.Facility.Id).ExecuteDeleteAsync();
            db.Add(new ProgrammeSettings
            {
                NetworkId = world.Facility.NetworkId, FacilityId = world.Facility.Id,
                Targets = new Targets { ExtraDaysOff = ["03-08", "2027-02-02"] }, Weights = new Weights { Unknown = 20, Ranked = 60 },
            });
            await db.SaveChangesAsync();
        });
        var kept = await world.Rows(db => db.Set<ProgrammeSettings>().SingleAsync(s => s.FacilityId == world.Facility.Id));
        Assert.Equal(["03-08", "2027-02-02"], kept.Targets.ExtraDaysOff);
        Assert.Equal(new Weights { Unknown = 20, Ranked = 60 }, kept.Weights);
    }
}
