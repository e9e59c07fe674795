using Compagnon.App.Accompaniments;
using Compagnon.App.Data;
using Compagnon.App.Day;
using Compagnon.App.Privacy;
using Compagnon.App.Space;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Privacy;

/// <summary>A person asks from their space to be erased; the privacy officer decides.</summary>
public sealed class MyErasureTests
{
    [Theory, OnBothDatabases]
    public async Task Asked_WhatIsOpenEnds_TheOfficerReadsThatItWasThemselves_AndDecides(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var patient = await world.PatientAsync(pair.ReferralId);
        var officer = await world.StaffAsync(Role.PrivacyOfficer);
        Assert.True((await SpaceAsync(world, patient, pair.ReferralId)) is { IsOpen: true, Erasure: null });
        Assert.All(await Task.WhenAll(AskAsync(world, patient, pair.ReferralId), AskAsync(world, patient, pair.ReferralId)), o => Assert.True(o.IsDone));
        Assert.True((await AskAsync(world, patient, pair.ReferralId)).IsDone);
        // the same as after "stop"
        var request = await world.RequestAsync(pair.ReferralId);
        Assert.Equal((NextStep.Ended, (Closing?)Closing.StoppedByPatient, 0), (request.Next, request.Closing, await world.PlacesAsync(companion)));
        Assert.Single(await world.TrailAsync(pair.ReferralId), nameof(RequestEnded));
        Assert.Single(await world.TrailAsync(pair.PatientId), nameof(ErasureAsked));
        Assert.Equal(new ErasureWish(world.Clock.Now, IsMine: true, RefusedAt: null), (await SpaceAsync(world, patient, pair.ReferralId))!.Erasure);
        Assert.Equal(world.Clock.Now, (await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, pair.ReferralId)))!.ErasureAskedAt);
        Assert.IsType<ErasureIsAsked>((await world.In<ErasureRequests, Outcome<Done>>(r => r.AskForPatientAsync(world.Coordinator, pair.ReferralId, ErasureReason.RetentionOver))).Refusal);
        var line = Assert.Single(await WaitingAsync(world, officer));
        Assert.Equal((null, ErasureReason.AskedByPerson, request.FileNumber), (line.AskedBy, line.Reason, Assert.Single(line.FileNumbers)));
        Assert.True((await DecideAsync(world, officer, line.Id, erase: true)).IsDone);
        Assert.Equal(new IdentityFields(), (await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, pair.ReferralId)))!.File.Identity);
    }

    [Theory, OnBothDatabases]
    public async Task TakenBack_NobodyErasesAnyMore_AndItCanBeAskedAgain(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReadyAsync();
        var (patient, officer) = (await world.PatientAsync(id), await world.StaffAsync(Role.PrivacyOfficer));
        Assert.IsType<NotThere>((await TakeBackAsync(world, patient, id)).Refusal);
        await AskAsync(world, patient, id);
        var line = Assert.Single(await WaitingAsync(world, officer));
        Assert.True((await TakeBackAsync(world, patient, id)).IsDone);
        Assert.IsType<NotThere>((await TakeBackAsync(world, patient, id)).Refusal);
        Assert.Empty(await WaitingAsync(world, officer));
        Assert.True((await SpaceAsync(world, patient, id)) is { IsOpen: false, Erasure: null });
        Assert.Null((await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, id)))!.ErasureAskedAt);
        // on a page of before: neither is said to be done
        foreach (var erase in new[] { true, false }) Assert.IsType<ChangedMeanwhile>((await DecideAsync(world, officer, line.Id, erase)).Refusal);
        Assert.Equal("Nadia", (await SpaceAsync(world, patient, id))!.GivenName);
        world.Clock.PassDays(1);
        Assert.True((await AskAsync(world, patient, id)).IsDone);
        Assert.Equal([nameof(ErasureAsked), nameof(ErasureTakenBack), nameof(ErasureAsked)], await world.TrailAsync(patient.PersonId));
        Assert.True((await DecideAsync(world, officer, Assert.Single(await WaitingAsync(world, officer)).Id, erase: false)).IsDone);
        Assert.Equal(new ErasureWish(world.Clock.Now, IsMine: true, world.Clock.Now), (await SpaceAsync(world, patient, id))!.Erasure);
    }

    [Theory, OnBothDatabases]
    public async Task WhatTheProgrammeAsks_IsSaidToThePerson_AndNotTheirsToTakeBack(Db db)
    {
        await using var world = await World.OnAsync(db);
        var officer = await world.StaffAsync(Role.PrivacyOfficer);
        foreach (var (reason, mine) in new[] { (ErasureReason.RetentionOver, false), (ErasureReason.EnteredByMistake, false), (ErasureReason.AskedByPerson, true) })
        {
            var id = await world.ReadyAsync();
            var patient = await world.PatientAsync(id);
            await world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = id, Closing = Closing.Completed }));
            Assert.True((await world.In<ErasureRequests, Outcome<Done>>(r => r.AskForPatientAsync(world.Coordinator, id, reason))).IsDone);
            Assert.Equal(mine, (await SpaceAsync(world, patient, id))!.Erasure!.IsMine);
            Assert.Equal(mine, (await TakeBackAsync(world, patient, id)).IsDone);
            // refused to the programme, there is nothing left to tell
            foreach (var line in await WaitingAsync(world, officer)) await DecideAsync(world, officer, line.Id, erase: false);
            Assert.Null((await SpaceAsync(world, patient, id))!.Erasure);
        }
    }

    [Theory, OnBothDatabases]
    public async Task NobodyElse_AsksOrTakesBack(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var stranger = await world.PatientAsync(await world.ReadyAsync());
        foreach (var actor in (Actor[])[stranger, companion.Acting(), world.Clinician, world.Coordinator])
        {
            Assert.IsType<NotThere>((await AskAsync(world, actor, pair.ReferralId)).Refusal);
            Assert.IsType<NotThere>((await TakeBackAsync(world, actor, pair.ReferralId)).Refusal);
        }
        Assert.Null((await world.RequestAsync(pair.ReferralId)).EndedAt);
        Assert.False(await world.Rows(rows => rows.Set<ErasureRequest>().AnyAsync()));
    }

    /// <summary>The list outside the database erases again after a restore: whoever took it back while the officer decided must not stand on it.</summary>
    [Theory, OnBothDatabases]
    public async Task TakenBackWhileTheOfficerDecides_NobodyIsErased_NorOnTheList(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReadyAsync();
        var (patient, officer) = (await world.PatientAsync(id), await world.StaffAsync(Role.PrivacyOfficer));
        await AskAsync(world, patient, id);
        var path = Path.GetTempFileName();
        var list = new ErasureList(path);
        try
        {
            await world.In<IServiceProvider, Outcome<Done>>(async request =>
            {
                var rows = request.GetRequiredService<CompagnonDb>();
                var waiting = await rows.Set<ErasureRequest>().SingleAsync();
                Assert.True((await TakeBackAsync(world, patient, id)).IsDone);
                waiting.DecidedAt = world.Clock.Now;
                await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => new Erasure(rows, list, world.Clock).EraseAsync(officer, patient.PersonId));
                return Done.Yes;
            });
            Assert.Empty(list.Read(1));
            Assert.Equal("Nadia", (await SpaceAsync(world, patient, id))!.GivenName);
            Assert.True(await world.In<CompagnonDb, bool>(rows => new Erasure(rows, list, world.Clock).EraseAsync(officer, patient.PersonId)));
            Assert.Equal([patient.PersonId], list.Read(1));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("fr", "Ghislaine saura seulement", "Votre demande d’effacement est reçue", "Votre demande d’effacement est annulée", "La personne elle-même, en ligne")]
    [InlineData("en", "Ghislaine will only know", "Your request for erasure is received", "Your request for erasure is cancelled", "The person themselves, online")]
    public async Task PageByPage_AskedCancelledAskedAndDecided(string language, string with, string received, string cancelled, string themselves)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var louise = await site.EnterAsync("Louise", language);
        using var officer = await site.EnterAsync("Chantal Mercure", language);
        var stop = await louise.GetAsync("/arreter");
        Assert.NotNull(stop.Document.QuerySelector("main a[href='/mon-espace/effacement']"));
        var asks = await louise.GetAsync("/mon-espace/effacement");
        Assert.Contains(with, asks.Text, StringComparison.Ordinal);
        Assert.NotNull(asks.Document.QuerySelector("main a[href='/mon-espace/copie']"));
        var space = await louise.PostAsync(asks);
        Assert.Contains(received, space.Document.QuerySelector(".cg-notice")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(space.Document.QuerySelector("#effacement"));
        Assert.Null(space.Document.QuerySelector("a[href='/arreter']"));
        var number = (await louise.GetAsync("/mon-espace")).Document.QuerySelector("main .cg-nowrap")!.TextContent;
        Assert.Contains(themselves, (await officer.GetAsync("/effacements")).Text, StringComparison.Ordinal);
        var waits = await louise.GetAsync("/mon-espace/effacement");
        var another = await louise.GetAsync("/mon-espace/effacement");
        Assert.Contains(number, waits.Text, StringComparison.Ordinal);
        var back = await louise.PostAsync(waits, Typed.Fields(("Do", "annuler")));
        Assert.Contains(cancelled, back.Document.QuerySelector(".cg-notice")!.TextContent, StringComparison.Ordinal);
        // another window still offers to cancel
        var late = await louise.PostAsync(another, Typed.Fields(("Do", "annuler")));
        Assert.NotEmpty(late.Errors);
        Assert.DoesNotContain(themselves, (await officer.GetAsync("/effacements")).Text, StringComparison.Ordinal);
        await louise.PostAsync(await louise.GetAsync("/mon-espace/effacement"));
        var decides = await officer.GetAsync("/effacements");
        var refuse = decides.Document.QuerySelectorAll("button[name='Input.Decide']").Single(b => b.TextContent.Contains(number, StringComparison.Ordinal) && b.GetAttribute("value")!.StartsWith("non", StringComparison.Ordinal));
        await officer.PostAsync(decides, Typed.Fields(("Decide", refuse.GetAttribute("value")!)));
        Assert.NotNull((await louise.GetAsync("/mon-espace")).Document.QuerySelector("#effacement"));
        Assert.NotNull((await louise.GetAsync("/mon-espace/effacement")).Document.QuerySelector("#refus"));
    }

    private static Task<Outcome<Done>> AskAsync(World world, Actor actor, Guid id) => world.In<MyErasure, Outcome<Done>>(e => e.AskAsync(actor, id));

    private static Task<Outcome<Done>> TakeBackAsync(World world, Actor actor, Guid id) => world.In<MyErasure, Outcome<Done>>(e => e.TakeBackAsync(actor, id));

    private static Task<MySpaceView?> SpaceAsync(World world, Actor actor, Guid id) => world.In<MySpace, MySpaceView?>(s => s.ShowAsync(actor, id));

    private static Task<IReadOnlyList<ErasureLine>> WaitingAsync(World world, Actor officer) => world.In<ErasureRequests, IReadOnlyList<ErasureLine>>(r => r.WaitingAsync(officer));

    private static Task<Outcome<Done>> DecideAsync(World world, Actor officer, Guid id, bool erase) => world.In<ErasureRequests, Outcome<Done>>(r => r.DecideAsync(officer, id, erase, code: null));
}
