using Compagnon.App;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Compagnon.TestKit;

/// <summary>
/// A programme in a database of its own, with one facility, one clinic, a coordinator and a clinician. Each <see cref="In{T}"/> is a request of its own.
/// <code>await using var world = await World.OnAsync(db); var id = await world.ReferralAsync(); …</code>
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private World(Database database, ServiceProvider services, FakeClock clock) => (Database, this.services, Clock) = (database, services, clock);

    public Database Database { get; }
    public FakeClock Clock { get; }
    public KeyRing Keys => services.GetRequiredService<KeyRing>();
    public IServiceProvider Services => services;

    public Facility Facility { get; private set; } = null!;
    public Clinic Clinic { get; private set; } = null!;
    public Actor Coordinator { get; private set; } = null!;
    public Actor Clinician { get; private set; } = null!;

    public static async Task<World> OnAsync(Db kind)
    {
        var database = await TestDatabases.NewAsync(kind);
        var clock = new FakeClock();
        var all = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning)).AddCompagnon(database, KeyRing.InMemory(), new AuditHead(path: null));
        all.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        var world = new World(database, all.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true }), clock);
        await world.FoundAsync();
        return world;
    }

    /// <summary>One request: a scope of its own, disposed at the end.</summary>
    public async Task<TResult> In<T, TResult>(Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task In<T>(Func<T, Task> act) where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Looks at, or prepares, rows directly.</summary>
    public Task<TResult> Rows<TResult>(Func<CompagnonDb, Task<TResult>> look) => In(look);

    public Task Rows(Func<CompagnonDb, Task> prepare) => In(prepare);

    /// <summary>Somebody of the staff, with a membership of this facility unless another is given.</summary>
    public Task<Actor> StaffAsync(Role role, string name = "Sophie Tremblay", Guid? facilityId = null, Guid? clinicId = null) => Rows(async db =>
    {
        var vault = new Vault(Keys);
        var facility = Roles.IsOfNetwork(role) ? (Guid?)null : facilityId ?? Facility.Id;
        var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, facility, Languages.French);
        var names = name.Split(' ', 2);
        var membership = new Membership
        {
            PersonId = person.Id, Role = role, FacilityId = facility, ClinicId = role is Role.Clinician ? clinicId ?? Clinic.Id : null, GrantedAt = Clock.Now,
            Function = role is Role.Clinician ? ClinicianFunction.NurseNavigator : null,
        };
        db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = names[0], FamilyName = names.ElementAtOrDefault(1) }), membership);
        await db.SaveChangesAsync();
        return new Actor
        {
            NetworkId = db.NetworkId, PersonId = person.Id, Role = role, FacilityId = facility, ClinicId = membership.ClinicId, MembershipId = membership.Id,
            Function = membership.Function,
        };
    });

    public Task<Facility> FacilityAsync(string name = "Hôpital du Littoral") => Rows(async db =>
    {
        var facility = new Facility
        {
            Name = name, Region = "Côte-Nord", Municipality = "Baie-des-Loutres", Telephone = "4185550142", HoursFr = "Du lundi au vendredi, de 8 h 30 à 16 h 30.",
            HoursEn = "Monday to Friday, 8:30 a.m. to 4:30 p.m.", ContactName = "Marianne",
        };
        db.Add(facility);
        await db.SaveChangesAsync();
        return facility;
    });

    /// <summary>A clinic of this facility.</summary>
    public Task<Clinic> ClinicAsync(string name) => Rows(async db =>
    {
        var clinic = new Clinic { FacilityId = Facility.Id, Name = name };
        db.Add(clinic);
        await db.SaveChangesAsync();
        return clinic;
    });

    private async Task FoundAsync()
    {
        await Rows(async db =>
        {
            db.Add(new Network { Id = db.NetworkId, Name = "Réseau d’essai" });
            await db.SaveChangesAsync();
        });
        Facility = await FacilityAsync("Hôpital des Trois-Saules");
        Clinic = await ClinicAsync("Clinique du sein");
        Coordinator = await StaffAsync(Role.Coordinator, "Marianne Lavoie");
        Clinician = await StaffAsync(Role.Clinician);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await TestDatabases.DropAsync(Database);
    }
}
