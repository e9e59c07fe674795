using Compagnon.App.Access;
using Compagnon.App.Companions;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Companions;

public sealed class ProfilesTests
{
    internal static EnterCompanion Enter(string given = "Ghislaine", string family = "Roy", string telephone = "5145550177", string words = "J’ai eu la chimio avec deux ados à la maison.") => new()
    {
        Key = Guid.CreateVersion7(),
        Identity = new IdentityPart
        {
            GivenName = given, FamilyName = family, Telephone = telephone, Email = $"{given.ToLowerInvariant()}@exemple.ca", BirthDate = new DateOnly(1964, 3, 2), Language = "fr",
        },
        Lived = new LivedPart
        {
            Experiences =
            [
                new LivedExperience { Site = CancerSite.Breast, Year = 2015, Treatments = [new LivedTreatment { Treatment = Treatment.Chemotherapy, Year = 2015, Regimen = "AC-T" }] },
                new LivedExperience { Site = CancerSite.Thyroid, Year = 2021 },
            ],
            LivedTopics = [Topic.Fatigue, Topic.Fear], AvoidedTopics = [Topic.EndOfLife, Topic.Fear],
        },
        Life = new LifePart { Gender = Gender.Woman, Languages = ["fr", "en"], Life = [LifeSituation.Teenagers], Municipality = "Sainte-Rosalie" },
        Availability = new AvailabilityPart { Availability = [DayPart.Evening], Channels = [Channel.Telephone], Capacity = 2 },
        Words = new WordsPart { Pseudonym = given, OwnWords = words },
        Clearance = new ClearancePart(new DateOnly(2027, 11, 30)), Code = null,
    };

    [Theory, OnBothDatabases]
    public async Task Entering_KeepsTheDecadeAndNotTheName(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var id = (await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, Enter()))).Value;
        var companion = await world.Rows(db => db.Set<Companion>().FirstAsync(c => c.Id == id));
        Assert.Equal(1960, companion.BirthDecade);
        Assert.Equal("AC-T", companion.Experiences.Single(e => e.Site == CancerSite.Breast).Treatments.Single().Regimen);
        Assert.Equal([Topic.Fatigue], companion.LivedTopics); // what they would rather avoid wins
        Assert.Equal(1, await world.Rows(db => db.Set<Membership>().CountAsync(m => m.PersonId == id && m.Role == Role.Companion)));
    }

    [Theory, OnBothDatabases]
    public async Task Entering_PostedTwice_MakesOne(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var command = Enter();
        await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, command));
        Assert.Equal(command.Key, (await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, command))).Value);
        Assert.Equal(1, await world.Rows(db => db.Set<Companion>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Entering_TwoWithOneAddressAtOnce_TellsTheSecond(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, Enter() with { DuplicateSeen = true }))));
        var entered = await world.Rows(db => db.Set<Companion>().Select(c => c.Id).SingleAsync());
        Assert.Equal(entered, Assert.Single(done, d => d.IsDone).Value);
        Assert.All(done.Where(d => !d.IsDone), d => Assert.IsType<AddressInUse>(d.Refusal));
    }

    /// <summary>What is saved after a refusal, such as the record of reads, must not bring along what was refused.</summary>
    [Theory, OnBothDatabases]
    public async Task AnAddressInUse_IsSaidBeforeAnythingIsChanged(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var ghislaine = (await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, Enter()))).Value;
        var rosa = Enter("Rosa", "Mendes", "5145550178");
        var taken = rosa with { Key = Guid.CreateVersion7(), DuplicateSeen = true, Identity = rosa.Identity with { Email = "ghislaine@exemple.ca" } };
        Assert.True((await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, rosa))).IsDone);
        var before = await StateAsync();
        await RefusedAsync(p => p.EnterAsync(world.Coordinator, taken));
        await RefusedAsync(p => p.ChangeAsync(world.Coordinator, new ProfileChange { CompanionId = rosa.Key, Identity = taken.Identity, Words = rosa.Words with { Pseudonym = "Rose" }, DuplicateSeen = true }));
        Assert.Equal(before, await StateAsync());
        Assert.NotEqual(ghislaine, rosa.Key);

        async Task RefusedAsync(Func<Profiles, Task<Outcome<Guid>>> act)
        {
            await using var request = world.Services.CreateAsyncScope();
            Assert.IsType<AddressInUse>((await act(request.ServiceProvider.GetRequiredService<Profiles>())).Refusal);
            await request.ServiceProvider.GetRequiredService<CompagnonDb>().SaveChangesAsync();
        }

        Task<(int, string)> StateAsync() => world.Rows(async db => (await db.Set<Person>().CountAsync(), string.Join(' ', await db.Set<Companion>().OrderBy(c => c.Id).Select(c => c.Pseudonym).ToListAsync())));
    }

    [Theory, OnBothDatabases]
    public async Task Entering_TheSameTelephone_IsSaidOnceAndThenAllowed(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, Enter()));
        var again = Enter("Rosa", "Mendes");
        var refusal = Assert.IsType<SameContact>((await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, again))).Refusal);
        Assert.Equal(("Ghislaine Roy", IndexKind.Telephone), (refusal.Name, refusal.Kind));
        Assert.True((await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, again with { DuplicateSeen = true }))).IsDone);
    }

    [Theory]
    [InlineData("Appelez-moi au 514 555-0123", "Telephone")]
    [InlineData("Écrivez à ghis@exemple.ca", "Email")]
    [InlineData("Chez les roy, on se parle", "FamilyName")]
    [InlineData("Le soir, au 514.555.01.23", "Telephone")]
    [InlineData("C’est le 5 1 4 5 5 5 0 1 2 3, ou le 1 (514) 555 - 0123", "Telephone")]
    [InlineData("ghis arobase gmail point com", "Email")]
    [InlineData("ghis (at) exemple.ca", "Email")]
    [InlineData("Je suis au 123, rue des Lilas", "Address")]
    [InlineData("I am at 12 Old Mill Road", "Address")]
    [InlineData("Mon code : H2X 1Y4", "Address")]
    [InlineData("J’ai eu un cancer en 2015-2018 et en 2021", null)]
    [InlineData("Opérée le 12.05.2019, puis 25 séances de 2 Gy, 6 cycles de FEC-100 et 5 ans de tamoxifène 20 mg", null)]
    [InlineData("After 2 years on the road, 4 AC and 12 Taxol, I walk 10 km at a time", null)]
    [InlineData("En cas de danger : 911. Sinon le 988, jour et nuit. 500 mg le matin", null)]
    public async Task OwnWords_NeverGiveTheWriterAway(string words, string? error)
    {
        await using var world = await World.OnAsync(Db.Sqlite);
        var refusal = (await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, Enter(words: words)))).Refusal;
        Assert.Equal(error, (refusal as Invalid)?.Errors["OwnWords"]);
    }

    [Theory, OnBothDatabases]
    public async Task ACompanion_ChangesTheirProfile_ButNotTheirClearanceOrName(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var me = companion.Acting();
        var words = new ProfileChange { CompanionId = companion.Id, Words = new WordsPart { Pseudonym = "Ghis", OwnWords = "Je sais écouter." } };
        Assert.True((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(me, words))).IsDone);
        var clearance = new ProfileChange { CompanionId = companion.Id, Clearance = new ClearancePart(new DateOnly(2040, 1, 1)) };
        Assert.IsType<NotThere>((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(me, clearance))).Refusal);
        var name = new ProfileChange { CompanionId = companion.Id, Identity = Enter().Identity };
        Assert.IsType<NotThere>((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(me, name))).Refusal);
        var other = await world.CompanionAsync(name: "Rosa Mendes");
        Assert.IsType<NotThere>((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(other.Acting(), words))).Refusal);
        Assert.Equal("Ghis", await world.Rows(db => db.Set<Companion>().Where(c => c.Id == companion.Id).Select(c => c.Pseudonym).FirstAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AnotherFacilitysCoordinator_FindsNobody(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var elsewhere = await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id);
        Assert.Empty((await world.In<Roster, RosterView>(r => r.ShowAsync(elsewhere, new RosterFilter()))).Rows);
        var change = new ProfileChange { CompanionId = companion.Id, Clearance = new ClearancePart(null) };
        Assert.IsType<NotThere>((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(elsewhere, change))).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task TwoAtOnce_TheSecondIsTold(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var seen = await world.Rows(db => db.Set<Companion>().Where(c => c.Id == companion.Id).Select(c => c.Version).FirstAsync());
        var change = new ProfileChange { CompanionId = companion.Id, Version = seen, Clearance = new ClearancePart(new DateOnly(2027, 1, 1)) };
        Assert.True((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(world.Coordinator, change))).IsDone);
        Assert.IsType<ChangedMeanwhile>((await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(world.Coordinator, change))).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task ANewTelephone_IsFoundAndTheOldOneIsNot(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var id = (await world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(world.Coordinator, Enter()))).Value;
        await world.In<Profiles, Outcome<Guid>>(p => p.ChangeAsync(world.Coordinator, new ProfileChange { CompanionId = id, Contact = new ContactPart("4505550188", "en") }));
        Task<RosterView> Search(string text) => world.In<Roster, RosterView>(r => r.ShowAsync(world.Coordinator, new RosterFilter { Search = text }));
        Assert.Equal(id, (await Search("450 555-0188")).Rows.Single().Id);
        Assert.Empty((await Search("514 555-0177")).Rows);
        Assert.Equal(id, (await Search("ghislaine ROY")).Rows.Single().Id);
        foreach (var words in (string[])["ghis", "Roy", "roy ghislaine", "ROY G"]) Assert.Equal(id, (await Search(words)).Rows.Single().Id);
        Assert.Empty((await Search("oy")).Rows);
    }
}
