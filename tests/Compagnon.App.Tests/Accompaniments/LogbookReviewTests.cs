using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

/// <summary>A patient may ask for the entries about them: released after review.</summary>
public sealed class LogbookReviewTests
{
    private const string Private = "Cela m’a rappelé ma propre peur.";
    private const string Shared = "Elle a trouvé les mots pour ses ados.";

    [Theory, OnBothDatabases]
    public async Task Asked_Reviewed_AndRead_WithoutThePrivateReflection_OnRecord(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        await world.EmailAsync(pair.PatientId, "nadia@exemple.ca");
        var patient = await world.PatientAsync(pair.ReferralId);
        world.Clock.PassDays(3);
        await WriteAsync(world, companion, pair, 2, Private, share: false);
        await WriteAsync(world, companion, pair, 1, Shared, share: true);
        await WriteAsync(world, companion, pair, 0, Private, share: false);
        var entries = await world.Rows(rows => rows.Set<LogbookEntry>().OrderBy(e => e.Id).Select(e => e.Id).ToListAsync());
        Assert.True(await MineAsync(world, patient, pair) is { Lines: [], MayAsk: true, AskedAt: null });
        Assert.True((await AskAsync(world, patient, pair)).IsDone);
        Assert.True((await AskAsync(world, patient, pair)).IsDone);
        Assert.Equal(world.Clock.Now, (await MineAsync(world, patient, pair))!.AskedAt);
        // it waits for the coordinator, on the day and on the file
        Assert.Equal(pair.Id, Assert.Single((await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()))).Logbooks).AccompanimentId);
        Assert.Equal(pair.Id, Assert.Single((await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, pair.ReferralId)))!.LogbooksAsked).AccompanimentId);
        var letters = (await world.LettersAsync(pair.PatientId)).Count;
        Assert.True((await ReviewAsync(world, world.Coordinator, pair, entries[..2])).IsDone);
        Assert.Equal(letters + 1, (await world.LettersAsync(pair.PatientId)).Count);
        Assert.Empty((await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()))).Logbooks);
        var mine = (await MineAsync(world, patient, pair))!;
        Assert.Null(mine.AskedAt);
        Assert.Equal([entries[1], entries[0]], mine.Lines.Select(l => l.EntryId));
        Assert.Equal([Shared, null], mine.Lines.Select(l => l.Reflection));
        Assert.All(mine.Lines, l => Assert.Equal("Parler des ados.", l.NextNote));
        Assert.NotEmpty(await world.Rows(rows => rows.Set<AccessEntry>().Where(e => e.ReaderId == patient.PersonId && e.PersonId == companion.Id && e.What == ReadWhat.Logbook).ToListAsync()));
        Assert.Equal([nameof(LogbookAsked), nameof(LogbookReviewed)], (await world.TrailAsync(pair.Id)).Where(t => t is nameof(LogbookAsked) or nameof(LogbookReviewed)));
        // taken back, nothing is left to read
        Assert.True((await ReviewAsync(world, world.Coordinator, pair, [])).IsDone);
        Assert.Empty((await MineAsync(world, patient, pair))!.Lines);
    }

    [Theory, OnBothDatabases]
    public async Task WhatIsCorrectedAfterItsRelease_IsReviewedAnew(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var patient = await world.PatientAsync(pair.ReferralId);
        world.Clock.PassDays(1);
        var conversation = await WriteAsync(world, companion, pair, 0, Shared, share: true);
        var entry = await world.Rows(rows => rows.Set<LogbookEntry>().Select(e => e.Id).SingleAsync());
        Assert.True((await ReviewAsync(world, world.Coordinator, pair, [entry])).IsDone);
        Assert.Single((await MineAsync(world, patient, pair))!.Lines);
        await WriteAsync(world, companion, pair, 0, "Je m’appelle Ghislaine Roy.", share: true, conversation);
        Assert.Empty((await MineAsync(world, patient, pair))!.Lines);
    }

    [Theory, OnBothDatabases]
    public async Task NobodyElse_Asks_Reviews_OrReads(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync(c => c.Capacity = 2);
        var pair = await world.PairAsync(companion);
        var stranger = await world.PatientAsync(await world.ReadyAsync());
        world.Clock.PassDays(1);
        await WriteAsync(world, companion, pair, 0, Shared, share: true);
        var entry = await world.Rows(rows => rows.Set<LogbookEntry>().Select(e => e.Id).SingleAsync());
        var elsewhere = await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", (await world.FacilityAsync()).Id);
        foreach (var actor in (Actor[])[stranger, companion.Acting(), world.Clinician, world.Coordinator, elsewhere])
        {
            Assert.IsType<NotThere>((await AskAsync(world, actor, pair)).Refusal);
            Assert.Null(await MineAsync(world, actor, pair));
        }
        foreach (var actor in (Actor[])[stranger, await world.PatientAsync(pair.ReferralId), companion.Acting(), world.Clinician, elsewhere])
            Assert.IsType<NotThere>((await ReviewAsync(world, actor, pair, [entry])).Refusal);
        Assert.Null(await world.Rows(rows => rows.Set<LogbookEntry>().Select(e => e.ReleasedAt).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task PageByPage_InThePatientsWords(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var louise = await site.EnterAsync("Louise");
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.NotNull((await louise.GetAsync("/mon-espace")).Document.QuerySelector("main a[href='/mon-espace/journal']"));
        var asked = await louise.PostAsync(await louise.GetAsync("/mon-espace/journal"));
        Assert.Contains("La coordination relit les notes", asked.Text, StringComparison.Ordinal);
        var day = await marianne.GetAsync("/journee");
        var review = await marianne.GetAsync(day.Document.QuerySelector("main a[href$='/journal/remettre']")!.GetAttribute("href")!);
        var boxes = review.Document.QuerySelectorAll("[name='Input.Release']").Select(b => b.GetAttribute("value")!).ToArray();
        Assert.True(boxes.Length > 3);
        var file = await marianne.PostAsync(review, lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Release"] = boxes[..2] });
        Assert.Contains("La relecture est notée", file.Text, StringComparison.Ordinal);
        var read = await louise.GetAsync("/mon-espace/journal");
        Assert.Equal(2, read.Document.QuerySelectorAll("main h2[id^='n-']").Length);
        Assert.Contains("Demander les notes plus récentes", read.Text, StringComparison.Ordinal);
    }

    private static async Task<Guid> WriteAsync(World world, Companion companion, Accompaniment pair, int daysAgo, string reflection, bool share, Guid? again = null) =>
        (await world.In<Logbooks, Outcome<Guid>>(l => l.WriteAsync(companion.Acting(), new LogbookCommand
        {
            AccompanimentId = pair.Id, ConversationId = again ?? Guid.CreateVersion7(), HeldAt = world.Clock.Now.AddDays(-daysAgo).AddHours(-1), Channel = Channel.Telephone, Minutes = 42,
            BothTookPart = true, Activities = [Activity.Listening], Seemed = Seemed.Better, HowAreYou = HowAreYou.OnMyMind, Reflection = reflection, ShareReflection = share, NextNote = "Parler des ados.",
        }))).Value;

    private static Task<MyLogbookView?> MineAsync(World world, Actor actor, Accompaniment pair) => world.In<LogbookReviews, MyLogbookView?>(r => r.MineAsync(actor, pair.ReferralId));

    private static Task<Outcome<Done>> AskAsync(World world, Actor actor, Accompaniment pair) => world.In<LogbookReviews, Outcome<Done>>(r => r.AskAsync(actor, pair.ReferralId));

    private static Task<Outcome<Done>> ReviewAsync(World world, Actor actor, Accompaniment pair, IReadOnlyCollection<Guid> released) =>
        world.In<LogbookReviews, Outcome<Done>>(r => r.ReviewAsync(actor, pair.Id, released));
}
