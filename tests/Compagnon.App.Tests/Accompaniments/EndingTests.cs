using Compagnon.App.Accompaniments;
using Compagnon.App.Home;
using Compagnon.App.Messages;
using Compagnon.App.Tests.Matching;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

public sealed class EndingTests
{
    /// <summary>What is left when it is over.</summary>
    private sealed record Left(NextStep Next, Closing? Closing, EndedBy? By, int Places, int Consents, string CompanionLetters, string PatientLetters, string Trail);

    [Theory, OnBothDatabases]
    public async Task ThePersonStops_HoweverAndWhereverItIsSaid_TheSameIsLeft(Db db)
    {
        var byThemselves = await AfterAsync(db, async (world, pair) =>
            await world.In<CloseFile, Outcome<Done>>(async c => await c.StopAsync(await world.PatientAsync(pair.ReferralId), pair.ReferralId)));
        var onTheirPage = await AfterAsync(db, async (world, pair) => await EndAsync(world, await world.PatientAsync(pair.ReferralId), pair, Closing.StoppedByPatient));
        var toldToTheCoordinator = await AfterAsync(db, (world, pair) =>
            world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = pair.ReferralId, Closing = Closing.StoppedByPatient })));
        var withTheAccompaniment = await AfterAsync(db, (world, pair) => EndAsync(world, world.Coordinator, pair, Closing.StoppedByPatient));
        Assert.Equal(new Left(NextStep.Ended, Closing.StoppedByPatient, EndedBy.Patient, 0, 0, "Over", "", "AccompanimentEnded RequestEnded"), byThemselves);
        Assert.All([onTheirPage, toldToTheCoordinator, withTheAccompaniment], left => Assert.Equal(byThemselves, left));
    }

    [Theory, OnBothDatabases]
    public async Task ADeath_IsFollowedBySilence_AndNothingCanBeSentAnyMore(Db db)
    {
        foreach (var closing in (Func<World, Accompaniment, Task>[])
        [
            (world, pair) => world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = pair.ReferralId, Closing = Closing.Deceased })),
            (world, pair) => EndAsync(world, world.Coordinator, pair, Closing.Deceased),
        ])
        {
            var left = await AfterAsync(db, closing, async (world, pair) =>
            {
                Assert.False(await world.In<Outbox, bool>(o => o.AddAsync(pair.PatientId, "Over", world.Clock.Now, "514 555-0100")));
                Assert.Contains("DeathNoted", await world.TrailAsync(pair.PatientId));
            });
            Assert.Equal((0, "", "", NextStep.Ended), (left.Places, left.CompanionLetters, left.PatientLetters, left.Next));
        }
    }

    [Theory, OnBothDatabases]
    public async Task ACompanionWhoCantGoOn_LeavesTheRequestOpen_AndThePersonHearsNeutralWords(Db db)
    {
        var left = await AfterAsync(db, async (world, pair) =>
        {
            var companion = await world.Rows(rows => rows.Set<Companion>().SingleAsync(c => c.Id == pair.CompanionId));
            await EndAsync(world, companion.Acting(), pair, Closing.StoppedByCompanion);
        });
        Assert.Equal((NextStep.Match, EndedBy.Companion, 0, "", "Over"), (left.Next, left.By, left.Places, left.CompanionLetters, left.PatientLetters));
    }

    /// <summary>Neither a reason nor a death is ever read there.</summary>
    [Theory, OnBothDatabases]
    public async Task TheCompanionsHome_SaysForSomeDaysThatItIsOver_UnlessTheyEndedIt(Db db)
    {
        foreach (var (closing, said) in new[] { (Closing.StoppedByPatient, 1), (Closing.Completed, 1), (Closing.StoppedByCompanion, 0), (Closing.Deceased, 0) })
        {
            await using var world = await World.OnAsync(db);
            var companion = await world.CompanionAsync();
            var pair = await world.PairAsync(companion);
            Task<CompanionHomeView?> Home() => world.In<CompanionHome, CompanionHomeView?>(h => h.ShowAsync(companion.Acting()));
            Assert.Empty((await Home())!.Ended);
            await EndAsync(world, world.Coordinator, pair, closing);
            Assert.Equal(said, (await Home())!.Ended.Count(e => e.Pseudonym == "Nadia"));
            Assert.Empty((await Home())!.People);
            world.Clock.PassDays(9);
            Assert.Empty((await Home())!.Ended);
        }
    }

    [Theory, OnBothDatabases]
    public async Task WhoAsksForSomebodyElse_IsTold_AndTheRoadBeginsAgain_AndTheCompanionReadsNoReason(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var louise = await site.EnterAsync("Louise");
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        Assert.Equal(4, (await louise.GetAsync("/mon-espace")).Document.QuerySelectorAll(".cg-timeline li").Length);
        var space = await louise.SendAsync("/arreter", ("Another", "oui"));
        Assert.Contains("Nous cherchons quelqu’un d’autre pour vous", space.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("C’est noté", (await louise.GetAsync("/mon-espace")).Text, StringComparison.Ordinal);
        // a search that only begins, and nothing of the conversations with the other one
        Assert.Equal("Nous cherchons quelqu’un pour vous", space.H1);
        Assert.DoesNotMatch("[0-9]", space.Document.QuerySelectorAll(".cg-timeline li")[3].TextContent);
        var home = await ghislaine.GetAsync("/accueil-pa");
        Assert.Contains("Votre accompagnement avec Louise est terminé", home.Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task EndedByBothAtOnce_IsEndedOnce_AndTheOtherIsTold(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var patient = await world.PatientAsync(pair.ReferralId);
        await Task.WhenAll(EndAsync(world, companion.Acting(), pair, Closing.Completed), EndAsync(world, patient, pair, Closing.Completed), EndAsync(world, world.Coordinator, pair, Closing.Completed));
        Assert.Single(await world.TrailAsync(pair.ReferralId), t => t == nameof(AccompanimentEnded));
        Assert.Equal(0, await world.PlacesAsync(companion));
    }

    [Theory, OnBothDatabases]
    public async Task WhoIsNoPartOfIt_EndsNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var pair = await world.PairAsync(await world.CompanionAsync());
        var stranger = await world.CompanionAsync(name: "Rosa Mendes");
        foreach (var actor in new[] { stranger.Acting(), await world.PatientAsync(await world.ReadyAsync()), world.Clinician })
            Assert.IsType<NotThere>((await world.In<EndAccompaniment, Outcome<Ended>>(e => e.EndAsync(actor, new EndCommand { AccompanimentId = pair.Id, Closing = Closing.Completed }))).Refusal);
        Assert.Equal(NextStep.Talk, (await world.RequestAsync(pair.ReferralId)).Next);
    }

    private static Task<Outcome<Ended>> EndAsync(World world, Domain.Programme.Actor by, Accompaniment pair, Closing closing) =>
        world.In<EndAccompaniment, Outcome<Ended>>(e => e.EndAsync(by, new EndCommand { AccompanimentId = pair.Id, Closing = closing }));

    private static async Task<Left> AfterAsync(Db db, Func<World, Accompaniment, Task> ending, Func<World, Accompaniment, Task>? look = null)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        await world.EmailAsync(companion.Id, "ghislaine@exemple.test");
        await world.EmailAsync(pair.PatientId, "nadia@exemple.test");
        await world.ConsentAsync(pair.ReferralId, ConsentKind.Service);
        var before = (await world.TrailAsync(pair.ReferralId)).Count;
        await ending(world, pair);
        if (look is not null) await look(world, pair);
        var request = await world.RequestAsync(pair.ReferralId);
        var ended = await world.Rows(rows => rows.Set<Accompaniment>().AsNoTracking().SingleAsync(a => a.Id == pair.Id));
        return new Left(request.Next, request.Closing, ended.EndedBy, await world.PlacesAsync(companion),
            await world.Rows(rows => rows.Set<Consent>().CountAsync(c => c.ReferralId == pair.ReferralId && c.WithdrawnAt == null)),
            string.Join(' ', await world.LettersAsync(companion.Id)), string.Join(' ', await world.LettersAsync(pair.PatientId)),
            string.Join(' ', (await world.TrailAsync(pair.ReferralId)).Skip(before).Order(StringComparer.Ordinal)));
    }
}
