using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

public sealed class AgreeTests
{
    [Theory, OnBothDatabases]
    public async Task TheAgreement_TakesThePlaceThatWasHeld_AndTheyAreToTalk(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var id = await world.ChosenAsync(companion);
        Assert.True((await world.AgreeAsync(id)).IsDone);
        var place = await world.Rows(rows => rows.Set<Place>().SingleAsync(p => p.CompanionId == companion.Id));
        Assert.Equal((id, world.Clock.Now), (place.ReferralId, place.TakenAt));
        Assert.Equal(NextStep.Talk, (await world.RequestAsync(id)).Next);
        Assert.Equal(world.Clock.Now, await world.Rows(rows => rows.Set<Companion>().Where(c => c.Id == companion.Id).Select(c => c.LastMatchedAt).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AgreedTwice_IsAgreedOnce_AndOtherwise_IsTold(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ChosenAsync(await world.CompanionAsync());
        var patient = await world.PatientAsync(id);
        var all = await Task.WhenAll(world.AgreeAsync(id), world.AgreeAsync(id, by: patient), world.AgreeAsync(id));
        Assert.Single(all.Where(o => o.IsDone).Select(o => o.Value).Distinct());
        Assert.Single(await world.Rows(rows => rows.Set<Accompaniment>().ToListAsync()));
        var other = await world.AgreeAsync(id, new Agreement { PatientPseudonym = "Nadia", Rhythm = Rhythm.Weekly });
        Assert.Equal(new AlreadyAgreed(all.First(o => o.IsDone).Value), other.Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task BeforeAChoice_AndForSomebodyElse_ThereIsNothingToAgreeOn(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        Assert.IsType<NobodyChosen>((await world.AgreeAsync(id)).Refusal);
        var chosen = await world.ChosenAsync(companion);
        Assert.IsType<NotThere>((await world.AgreeAsync(chosen, by: await world.PatientAsync(id))).Refusal);
        Assert.IsType<NotThere>((await world.AgreeAsync(chosen, by: companion.Acting())).Refusal);
        Assert.IsType<NotThere>((await world.AgreeAsync(chosen, by: await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id))).Refusal);
    }

    [Theory]
    [InlineData(Db.Sqlite, false)]
    [InlineData(Db.Sqlite, true)]
    [InlineData(Db.PostgreSql, false)]
    [InlineData(Db.PostgreSql, true)]
    public async Task WhoeverWasChosen_AndIsKeptOutSince_IsLetGo_AndThereIsNothingToAgreeOn(Db db, bool viewed)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var id = await world.ChosenAsync(companion);
        await world.EmailAsync(companion.Id, "ghislaine@exemple.test");
        await world.KeepOutAsync(id, p => new Restriction { PersonId = p, AgainstPersonId = companion.Id, SetAt = world.Clock.Now, SetBy = p });
        if (viewed) Assert.Null(await world.In<App.Accompaniments.AccompanimentBoard, App.Accompaniments.AgreementView?>(b => b.AgreementAsync(world.Coordinator, id)));
        else Assert.IsType<NobodyChosen>((await world.AgreeAsync(id)).Refusal);
        Assert.Empty(await world.Rows(rows => rows.Set<Accompaniment>().ToListAsync()));
        Assert.Equal((NextStep.Match, 0), ((await world.RequestAsync(id)).Next, await world.PlacesAsync(companion)));
        // the neutral words, and nothing of an agreement
        Assert.Equal(["Released"], await world.LettersAsync(companion.Id));
    }

    [Theory]
    [InlineData("", "Missing")]
    [InlineData("Nadia 514", "Digits")]
    [InlineData("Un nom qui est beaucoup trop long pour qu’on le dise", "TooLong")]
    public async Task APseudonym_SaysNothingMoreThanAName(string name, string error)
    {
        await using var world = await World.OnAsync(Db.Sqlite);
        var id = await world.ChosenAsync(await world.CompanionAsync());
        var refused = Assert.IsType<Invalid>((await world.AgreeAsync(id, new Agreement { PatientPseudonym = name })).Refusal);
        Assert.Equal(error, refused.Errors[nameof(Agreement.PatientPseudonym)]);
    }

    [Theory, OnBothDatabases]
    public async Task TheNumber_IsShownOnlyWhereTheProgrammeAllowsIt_AndThePersonConsentedApart_EachTimeOnRecord(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var id = await world.ChosenAsync(companion);
        var shown = new Agreement { PatientPseudonym = "Nadia", FirstContact = FirstContact.NumberShown };
        Assert.IsType<NumberNotShown>((await world.AgreeAsync(id, shown, numberConsent: true)).Refusal);
        await world.Rows(async rows =>
        {
            rows.Add(new ProgrammeSettings { FacilityId = world.Facility.Id, NumberMayBeShown = true });
            await rows.SaveChangesAsync();
        });
        Assert.IsType<NumberNotShown>((await world.AgreeAsync(id, shown)).Refusal);
        var agreed = (await world.AgreeAsync(id, shown, numberConsent: true)).Value;
        Assert.Single(await world.Rows(rows => rows.Set<Consent>().Where(c => c.ReferralId == id && c.Kind == ConsentKind.NumberShown).ToListAsync()));
        Assert.Equal("5145550123", await NumberAsync(world, companion.Acting(), agreed));
        Assert.Null(await NumberAsync(world, (await world.CompanionAsync(name: "Rosa Mendes")).Acting(), agreed));
        Assert.Null(await NumberAsync(world, world.Coordinator, agreed));
        Assert.Single(await world.Rows(rows => rows.Set<AccessEntry>().Where(e => e.ReaderId == companion.Id && e.What == ReadWhat.Identity && e.Why == "number").ToListAsync()));
    }

    private static Task<string?> NumberAsync(World world, Actor actor, Guid accompanimentId) => world.In<App.Privacy.Files, string?>(f => f.NumberForCompanionAsync(actor, accompanimentId));
}
