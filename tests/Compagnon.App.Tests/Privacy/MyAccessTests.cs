using Compagnon.App.Space;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Privacy;

public sealed class MyAccessTests
{
    /// <summary>A line without a name would ask a person to open their file again to nobody in particular.</summary>
    [Theory, OnBothDatabases]
    public async Task WhoeverIsKeptOut_IsNamed_ACompanionByThePseudonym(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, companion) = (await world.ReadyAsync(), await world.CompanionAsync());
        foreach (var against in (Guid[])[companion.Id, world.Clinician.PersonId])
        {
            await world.KeepOutAsync(id, p => new Restriction { PersonId = p, AgainstPersonId = against, SetAt = world.Clock.Now, SetBy = p });
            world.Clock.Pass(TimeSpan.FromMinutes(1));
        }
        var patient = await world.PatientAsync(id);
        var view = (await world.In<MyAccess, MyAccessView?>(a => a.ShowAsync(patient, id)))!;
        Assert.Equal(["Ghislaine", "Sophie Tremblay"], view.Restrictions.Select(r => r.Person));
    }
}
