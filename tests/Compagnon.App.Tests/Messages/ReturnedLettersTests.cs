using Compagnon.App.Access;
using Compagnon.App.Day;
using Compagnon.App.Messages;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Messages;

public sealed class ReturnedLettersTests
{
    [Theory, OnBothDatabases]
    public async Task ACorrectedAddress_GetsTheLetterAgain_AndTheDayIsClear(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (message, patient) = await ReturnedAsync(world);
        Assert.Equal(message, Assert.Single((await DayAsync(world)).Bounced).MessageId);
        var shown = await world.In<ReturnedLetters, ReturnedLetter?>(r => r.ShowAsync(world.Coordinator, message));
        Assert.Equal(("Nadia", "nadia@exemple.tets"), (shown!.Name, shown.Address));
        Assert.True((await world.In<ReturnedLetters, Outcome<Done>>(r => r.SettleAsync(world.Coordinator, message, "nadia@exemple.test"))).IsDone);
        Assert.Empty((await DayAsync(world)).Bounced);
        var again = await world.Rows(rows => rows.Set<OutboxMessage>().SingleAsync(m => m.PersonId == patient && m.CancelledAt == null));
        Assert.Equal((null, null), (again.BouncedAt, again.SentAt));
        Assert.Contains("ReturnedLetterSettled", await world.TrailAsync(patient));
    }

    [Theory, OnBothDatabases]
    public async Task SettledOtherwise_ItLeavesTheDay_AndAnotherFacilityNeverSeesIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (message, patient) = await ReturnedAsync(world);
        var elsewhere = await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id);
        Assert.Null(await world.In<ReturnedLetters, ReturnedLetter?>(r => r.ShowAsync(elsewhere, message)));
        Assert.IsType<NotThere>((await world.In<ReturnedLetters, Outcome<Done>>(r => r.SettleAsync(elsewhere, message, email: null))).Refusal);
        await world.In<ReturnedLetters, Outcome<Done>>(r => r.SettleAsync(world.Coordinator, message, email: null));
        Assert.Empty((await DayAsync(world)).Bounced);
        Assert.Empty(await world.LettersAsync(patient));
    }

    /// <summary>A patient's or a companion's: without the right to the file there is no letter either, settled by telephone or not.</summary>
    [Theory, OnBothDatabases]
    public async Task OfSomebodyWhoKeepsTheCoordinatorOut_NothingIsListed_NorSettled(Db db)
    {
        await using var world = await World.OnAsync(db);
        var nicolas = await world.StaffAsync(Role.Coordinator, "Nicolas Gervais");
        var (ofPatient, patient) = await ReturnedAsync(world);
        var companion = await world.CompanionAsync();
        await world.EmailAsync(companion.Id, "ghislaine@exemple.tets");
        var ofCompanion = await ReturnedAsync(world, companion.Id);
        Assert.Equal(2, (await DayAsync(world)).Bounced.Count);
        foreach (var (message, person) in (ValueTuple<Guid, Guid>[])[(ofPatient, patient), (ofCompanion, companion.Id)])
        {
            await world.Rows(async rows =>
            {
                rows.Add(new Restriction { PersonId = person, AgainstPersonId = world.Coordinator.PersonId, SetAt = world.Clock.Now, SetBy = person });
                await rows.SaveChangesAsync();
            });
            Assert.DoesNotContain(message, (await DayAsync(world)).Bounced.Select(b => b.MessageId));
            Assert.Null(await world.In<ReturnedLetters, ReturnedLetter?>(r => r.ShowAsync(world.Coordinator, message)));
            foreach (var email in (string?[])[null, "nadia@exemple.test"])
                Assert.IsType<NotThere>((await world.In<ReturnedLetters, Outcome<Done>>(r => r.SettleAsync(world.Coordinator, message, email))).Refusal);
            Assert.True((await world.In<ReturnedLetters, Outcome<Done>>(r => r.SettleAsync(nicolas, message, email: null))).IsDone);
        }
    }

    private static Task<DayView> DayAsync(World world) => world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()));

    private static async Task<(Guid Message, Guid Patient)> ReturnedAsync(World world)
    {
        var patient = (await world.RequestAsync(await world.ReadyAsync())).PatientId;
        await world.EmailAsync(patient, "nadia@exemple.tets");
        return (await ReturnedAsync(world, patient), patient);
    }

    private static async Task<Guid> ReturnedAsync(World world, Guid person)
    {
        await world.Rows(async rows =>
        {
            Assert.True(await new Outbox(rows, new App.Privacy.Vault(world.Keys), new PublicAddress()).AddAsync(person, "Choice", world.Clock.Now, "514 555-0100"));
            await rows.SaveChangesAsync();
            await rows.Set<OutboxMessage>().ExecuteUpdateAsync(u => u.SetProperty(m => m.BouncedAt, world.Clock.Now));
        });
        return await world.Rows(rows => rows.Set<OutboxMessage>().Where(m => m.PersonId == person).Select(m => m.Id).SingleAsync());
    }
}
