using Compagnon.App.Day;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Privacy;

/// <summary>Lists ask in SQL whom a restriction names, the loader asks the rule: in random worlds of restrictions both let the same people see the same files, counted or shown.</summary>
public sealed class ListsAgreeWithTheLoader
{
    private const int Files = 8;

    [Theory, OnBothDatabases]
    public async Task TheSameFiles_AndTheSameCounts(Db db)
    {
        var (open, shut) = (0, 0);
        for (var seed = 0; seed < 5; seed++)
        {
            await using var world = await World.OnAsync(db);
            var r = new Random(seed);
            var another = await world.ClinicAsync("Clinique du poumon");
            Actor[] staff =
            [
                world.Coordinator, await world.StaffAsync(Role.Coordinator, "Nicolas Gervais"), world.Clinician, await world.StaffAsync(Role.Clinician, "Luce Morin"),
                await world.StaffAsync(Role.Clinician, "Karim Haddad", clinicId: another.Id),
            ];
            List<Guid> files = [];
            for (var i = 0; i < Files; i++) files.Add(await world.ReferralAsync());
            foreach (var id in files)
                for (var i = r.Next(3); i > 0; i--) await BarAsync(world, r, id, staff, another.Id);
            foreach (var actor in staff)
            {
                HashSet<Guid> loaded = [];
                foreach (var id in files)
                    if (await world.In<App.Privacy.Files, PatientFile?>(f => f.OpenAsync(actor, id, ReadWhat.File)) is not null) loaded.Add(id);
                (open, shut) = (open + loaded.Count, shut + files.Count - loaded.Count);
                if (actor.Role is Role.Coordinator) await SeesInListsAsync(world, actor, loaded);
                else await SeesInClinicAsync(world, actor, loaded);
            }
        }
        Assert.True(open > 40 && shut > 60, $"{open} open and {shut} shut: the worlds show too little");
    }

    private static async Task SeesInListsAsync(World world, Actor actor, HashSet<Guid> loaded)
    {
        var day = await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(actor, new DayFilter()));
        Assert.Equal(loaded.Order(), day.Rows.Select(x => x.ReferralId).Order());
        Assert.Equal(loaded.Count, day.Counts.Sum(c => c.Total));
        var list = await world.In<FileList, FileListView>(f => f.ShowAsync(actor, new DayFilter()));
        Assert.Equal(loaded.Order(), list.Rows.Select(x => x.ReferralId).Order());
        Assert.Equal(loaded.Count, list.Total);
    }

    private static async Task SeesInClinicAsync(World world, Actor actor, HashSet<Guid> loaded)
    {
        var clinic = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(actor, new ClinicFilter { Stage = ReferralStage.Received })))!;
        Assert.Equal(loaded.Order(), clinic.Rows.Select(x => x.ReferralId).Order());
        Assert.Equal((loaded.Count, loaded.Count), (clinic.Found, clinic.Year.Waiting));
    }

    /// <summary>Of everything that a restriction can say, one or two things; now and then somebody is excepted, or it was lifted.</summary>
    private static async Task BarAsync(World world, Random r, Guid referralId, Actor[] staff, Guid anotherClinic)
    {
        var kind = r.Next(7);
        var members = staff.Where(_ => r.Next(2) == 0).Select(a => a.PersonId).ToArray();
        var group = kind == 0 || r.Next(4) == 0 ? await world.GroupAsync($"Groupe {Guid.NewGuid()}", members) : (Guid?)null;
        await world.KeepOutAsync(referralId, patient => new Restriction
        {
            PersonId = patient, GroupId = group, Role = kind == 1 ? Pick(Role.Coordinator, Role.Clinician, Role.Manager) : null, Function = kind == 2 ? Pick(ClinicianFunction.NurseNavigator, ClinicianFunction.Physician) : null,
            FacilityId = kind == 3 ? Pick(world.Facility.Id, Guid.NewGuid()) : null, ClinicId = kind == 4 ? Pick(world.Clinic.Id, anotherClinic) : null, AgainstPersonId = kind == 5 ? Someone() : null,
            ExceptPersonId = r.Next(3) == 0 ? Someone() : null, SetAt = world.Clock.Now, SetBy = patient, LiftedAt = r.Next(6) == 0 ? world.Clock.Now : null,
        });

        T Pick<T>(params T[] of) => of[r.Next(of.Length)];
        Guid Someone() => Pick(staff).PersonId;
    }
}
