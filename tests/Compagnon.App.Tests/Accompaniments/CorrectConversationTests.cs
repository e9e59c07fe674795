using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Home;
using Compagnon.App.Messages;
using Compagnon.App.Referrals;
using Compagnon.App.Tests.Matching;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

/// <summary>The programme is judged by when two people first talked: what was noted in error is put right, and nothing of it goes away.</summary>
public sealed class CorrectConversationTests
{
    private const string Reflection = "Cela m’a rappelé ma propre peur.";

    [Theory, OnBothDatabases]
    public async Task NotedInError_TheFigureTheNextStepAndItsDay_Follow_AndTheTrailKeepsBoth(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        var first = await WriteAsync(world, companion, pair, daysAgo: 2);
        var second = await WriteAsync(world, companion, pair, daysAgo: 1);
        var request = await world.RequestAsync(pair.ReferralId);
        Assert.Equal((NextStep.Accompany, world.Clock.Now.AddDays(-2)), (request.Next, request.FirstConversationAt));
        Assert.True((await CorrectAsync(world, pair, first, SetAside.SomebodyElse)).IsDone);
        Assert.Equal(world.Clock.Now.AddDays(-1), (await world.RequestAsync(pair.ReferralId)).FirstConversationAt);
        Assert.True((await CorrectAsync(world, pair, second, SetAside.NeverHeld)).IsDone);
        request = await world.RequestAsync(pair.ReferralId);
        Assert.Equal((NextStep.Talk, pair.AgreedAt.AddDays(7), null), (request.Next, request.NextDueAt, request.FirstConversationAt));
        Assert.Null((await world.Rows(rows => rows.Set<Accompaniment>().SingleAsync(a => a.Id == pair.Id))).FirstConversationAt);
        // what was written of it is still there
        Assert.Equal(2, await world.Rows(rows => rows.Set<LogbookEntry>().CountAsync(e => e.Reflection != null)));
        var trail = await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.Type == nameof(ConversationCorrected) && a.SubjectId == pair.Id).OrderBy(a => a.Id).Select(a => a.Data).ToListAsync());
        Assert.Contains("\"SetAside\":\"SomebodyElse\"", trail[0], StringComparison.Ordinal);
        Assert.Contains("\"BothTookPart\":true", trail[0].Split("\"After\"")[0], StringComparison.Ordinal);
        Assert.Contains("\"BothTookPart\":false", trail[0].Split("\"After\"")[1], StringComparison.Ordinal);
        Assert.All(trail, t => Assert.DoesNotContain("peur", t, StringComparison.Ordinal));
        // it was held after all, another day
        var held = world.Clock.Now.AddDays(-3);
        Assert.True((await CorrectAsync(world, pair, first, held: h => h with { At = held, Channel = Channel.Video, BothTookPart = true })).IsDone);
        request = await world.RequestAsync(pair.ReferralId);
        Assert.Equal((NextStep.Accompany, held, null), (request.Next, request.FirstConversationAt, request.NextDueAt));
        Assert.Null((await ConversationAsync(world, first)).SetAside);
    }

    [Theory, OnBothDatabases]
    public async Task WhatCannotBe_IsRefused_AndWhoeverComesSecond_SeesFirstWhatStands(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        var id = await WriteAsync(world, companion, pair, daysAgo: 1);
        Assert.Equal("Ahead", ErrorOf(await CorrectAsync(world, pair, id, held: h => h with { At = world.Clock.Now.AddMinutes(1) }), "HeldAt"));
        Assert.Equal("BeforeAgreement", ErrorOf(await CorrectAsync(world, pair, id, held: h => h with { At = pair.AgreedAt.AddDays(-2) }), "HeldAt"));
        foreach (var minutes in (int[])[0, -1, 481]) Assert.Equal("Range", ErrorOf(await CorrectAsync(world, pair, id, held: h => h with { Minutes = minutes }), "Minutes"));
        var elsewhere = await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id);
        foreach (var actor in new[] { companion.Acting(), world.Clinician, elsewhere, await world.PatientAsync(pair.ReferralId), await world.StaffAsync(Role.Manager) })
            Assert.IsType<NotThere>((await CorrectAsync(world, pair, id, SetAside.NeverHeld, by: actor)).Refusal);
        var other = await world.PairAsync(await world.CompanionAsync(name: "Rosa Mendes"));
        Assert.IsType<NotThere>((await CorrectAsync(world, other, id, SetAside.NeverHeld)).Refusal);
        Assert.DoesNotContain(nameof(ConversationCorrected), await world.TrailAsync(pair.Id));
        var shown = (await ConversationAsync(world, id)).Version;
        Assert.True((await CorrectAsync(world, pair, id, held: h => h with { Minutes = 20 })).IsDone);
        Assert.IsType<ChangedMeanwhile>((await CorrectAsync(world, pair, id, SetAside.NeverHeld, version: shown)).Refusal);
        // the same again is done already
        Assert.True((await CorrectAsync(world, pair, id, held: h => h with { Minutes = 20 }, version: shown)).IsDone);
        Assert.Single(await world.TrailAsync(pair.Id), t => t == nameof(ConversationCorrected));
    }

    [Theory, OnBothDatabases]
    public async Task TwoWhoCorrectAtOnce_LeaveNoFigureBehind(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        List<Guid> all = [];
        for (var day = 1; day <= 4; day++) all.Add(await WriteAsync(world, companion, pair, day));
        Assert.All(await Task.WhenAll(all.Select(id => CorrectAsync(world, pair, id, SetAside.NotedTwice))), o => Assert.True(o.IsDone));
        Assert.Equal((null, NextStep.Talk), ((await world.RequestAsync(pair.ReferralId)).FirstConversationAt, (await world.RequestAsync(pair.ReferralId)).Next));
    }

    [Theory, OnBothDatabases]
    public async Task WhoWroteIt_SeesThatItIsCorrected_WritesOn_AndDoesNotUndoIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        Task<CompanionHomeView?> Home() => world.In<CompanionHome, CompanionHomeView?>(h => h.ShowAsync(companion.Acting()));
        var id = await WriteAsync(world, companion, pair, daysAgo: 2);
        Assert.Empty((await Home())!.Corrected);
        var held = world.Clock.Now.AddDays(-1);
        Assert.True((await CorrectAsync(world, pair, id, held: h => h with { At = held })).IsDone);
        Assert.Equal(pair.Id, Assert.Single((await Home())!.Corrected).AccompanimentId);
        // a page that was open since before says the old day
        Assert.Equal(id, (await TryWriteAsync(world, companion, pair, daysAgo: 2, again: id, seemed: Seemed.Worse)).Value);
        Assert.Equal(held, (await world.RequestAsync(pair.ReferralId)).FirstConversationAt);
        Assert.Equal(Seemed.Worse, await world.Rows(rows => rows.Set<LogbookEntry>().Select(e => e.Seemed).SingleAsync()));
        Assert.True((await CorrectAsync(world, pair, id, SetAside.SomebodyElse)).IsDone);
        Assert.IsType<NoConversation>((await TryWriteAsync(world, companion, pair, daysAgo: 2, again: id, seemed: Seemed.Same)).Refusal);
        var home = (await Home())!;
        Assert.Equal((0, null, null), (home.People[0].Conversations, home.People[0].LastHeldAt, home.People[0].NextNote));
        world.Clock.PassDays(9);
        Assert.Empty((await Home())!.Corrected);
    }

    [Theory, OnBothDatabases]
    public async Task ACallThatTheCoordinatorNotedInError_IsNotAskedOfTheCompanion(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        var id = (await world.In<RecordConversation, Outcome<Guid>>(r => r.RecordAsync(world.Coordinator, new ConversationCommand
        {
            AccompanimentId = pair.Id, Key = Guid.CreateVersion7(), HeldAt = world.Clock.Now.AddHours(-1), Channel = Channel.Telephone, Minutes = 30, BothTookPart = true,
        }))).Value;
        Task<CompanionHomeView?> Home() => world.In<CompanionHome, CompanionHomeView?>(h => h.ShowAsync(companion.Acting()));
        Assert.Single((await Home())!.Due, d => d.ConversationId == id);
        Assert.True((await CorrectAsync(world, pair, id, SetAside.NeverHeld)).IsDone);
        var home = (await Home())!;
        Assert.DoesNotContain(home.Due, d => d.ConversationId == id);
        // they wrote nothing of it: there is nothing to tell them
        Assert.Empty(home.Corrected);
    }

    [Theory, OnBothDatabases]
    public async Task WhatWasHandedOverOfIt_IsTakenBack_AndNotHandedOverAgain(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        var patient = await world.PatientAsync(pair.ReferralId);
        var id = await WriteAsync(world, companion, pair, daysAgo: 1);
        var entry = await world.Rows(rows => rows.Set<LogbookEntry>().Select(e => e.Id).SingleAsync());
        async Task<int> ReadableAsync()
        {
            Assert.True((await world.In<LogbookReviews, Outcome<Done>>(r => r.ReviewAsync(world.Coordinator, pair.Id, [entry]))).IsDone);
            return (await world.In<LogbookReviews, MyLogbookView?>(r => r.MineAsync(patient, pair.ReferralId)))!.Lines.Count;
        }
        Assert.Equal(1, await ReadableAsync());
        Assert.True((await CorrectAsync(world, pair, id, SetAside.SomebodyElse)).IsDone);
        Assert.Empty((await world.In<LogbookReviews, MyLogbookView?>(r => r.MineAsync(patient, pair.ReferralId)))!.Lines);
        Assert.Equal(0, await ReadableAsync());
    }

    [Theory, OnBothDatabases]
    public async Task TheClinicHears_WhenTheyTalked_Once_AndWhenThatWasAnError(Db db)
    {
        await using var world = await World.OnAsync(db);
        await world.EmailAsync(world.Clinician.PersonId, "sophie@exemple.ca");
        Assert.True((await world.In<ClinicNews, Outcome<Done>>(n => n.PreferAsync(world.Clinician, wanted: true))).IsDone);
        var (companion, pair) = await TalkedAsync(world);
        async Task<int> NewsAsync() => await world.Rows(async rows =>
        {
            var unsent = await rows.Set<OutboxMessage>().Where(m => m.Letter == "ClinicNews" && m.SentAt == null).ToListAsync();
            unsent.ForEach(m => m.SentAt = world.Clock.Now);
            await rows.SaveChangesAsync();
            return unsent.Count;
        });
        await NewsAsync();
        var id = await WriteAsync(world, companion, pair, daysAgo: 2);
        Assert.Equal(1, await NewsAsync());
        Assert.Equal(ReferralStage.FirstConversation, HeardSteps.Of(await world.RequestAsync(pair.ReferralId)).Stage);
        Assert.True((await CorrectAsync(world, pair, id, held: h => h with { At = world.Clock.Now.AddDays(-1) })).IsDone);
        Assert.Equal(0, await NewsAsync());
        Assert.True((await CorrectAsync(world, pair, id, SetAside.NeverHeld)).IsDone);
        Assert.Equal(1, await NewsAsync());
        Assert.Equal(ReferralStage.Matched, HeardSteps.Of(await world.RequestAsync(pair.ReferralId)).Stage);
    }

    [Theory, OnBothDatabases]
    public async Task AfterANewMatch_TheFormerOne_IsCorrectedFromTheFile_AndTheFigureIsTheSecond(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (companion, pair) = await TalkedAsync(world);
        var wrong = await WriteAsync(world, companion, pair, daysAgo: 1);
        var patient = await world.PatientAsync(pair.ReferralId);
        Assert.True((await world.In<EndAccompaniment, Outcome<Ended>>(e => e.AnotherAsync(patient, pair.ReferralId))).IsDone);
        var next = await world.CompanionAsync(name: "Rosa Mendes");
        Assert.True((await world.ProposeAsync(pair.ReferralId, [next], "Une autre", lifting: false)).IsDone);
        await world.AnswerAsync(pair.ReferralId, next, Domain.Matching.ProposalAnswer.Yes);
        Assert.True((await world.ChooseAsync(pair.ReferralId, next)).IsDone);
        world.Clock.PassDays(1);
        var second = (await world.AgreeAsync(pair.ReferralId)).Value;
        var file = (await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, pair.ReferralId)))!;
        Assert.Equal((second, pair.Id), (file.Accompaniment!.Id, Assert.Single(file.Earlier).Id));
        Assert.True((await CorrectAsync(world, pair, wrong, SetAside.NeverHeld)).IsDone);
        Assert.Equal((NextStep.Talk, null), ((await world.RequestAsync(pair.ReferralId)).Next, (await world.RequestAsync(pair.ReferralId)).FirstConversationAt));
        world.Clock.PassDays(1);
        var living = await world.Rows(rows => rows.Set<Accompaniment>().AsNoTracking().SingleAsync(a => a.Id == second));
        await WriteAsync(world, next, living, daysAgo: 0);
        var request = await world.RequestAsync(pair.ReferralId);
        Assert.Equal((NextStep.Accompany, world.Clock.Now, world.Clock.Now), (request.Next, request.FirstConversationAt, request.TalkedAgainAt));
    }

    [Theory, OnBothDatabases]
    public async Task OnThePages_ItIsPutRight_InWordsWithoutBlame_AndNothingTypedIsLost(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var write = (await ghislaine.GetAsync("/accueil-pa")).Document.QuerySelector("main a[href^='/journal/'][href$='/nouveau']")!.GetAttribute("href")!;
        var id = write.Split('/')[2];
        await ghislaine.SendAsync(write, ("Together", "oui"), ("Minutes", "38"), ("Seemed", nameof(Seemed.Better)), ("HowAreYou", nameof(HowAreYou.Well)), ("Reflection", Reflection));
        var pair = await marianne.GetAsync($"/accompagnements/{id}");
        var correct = pair.Document.QuerySelectorAll(".cg-list__row").Single(r => r.TextContent.Contains("38\u00a0minutes", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        var (shown, late) = (await marianne.GetAsync(correct), await marianne.GetAsync(correct));
        Assert.DoesNotContain("peur", shown.Text, StringComparison.Ordinal);
        Assert.Equal("Donnez un moment passé", Assert.Single((await marianne.PostAsync(shown, Typed.Fields(Typed.In(3, "Day")))).Errors));
        var refused = await marianne.PostAsync(shown, Typed.Fields(("Minutes", "999"), ("Time", "")));
        Assert.Equal(2, refused.Errors.Count);
        Assert.Equal("999", refused.Document.QuerySelector("[name='Input.Minutes']")!.GetAttribute("value"));
        var done = await marianne.PostAsync(shown, Typed.Fields(("What", nameof(SetAside.NeverHeld))));
        Assert.Contains("La conversation est corrigée", done.Text, StringComparison.Ordinal);
        Assert.Contains("N’a pas eu lieu", done.Text, StringComparison.Ordinal);
        // whoever had the page open is told, sees what stands, and decides
        var moved = await marianne.PostAsync(late, Typed.Fields(("Minutes", "12")));
        Assert.Contains("rien n’est enregistré", Assert.Single(moved.Errors), StringComparison.Ordinal);
        Assert.Contains("N’a pas eu lieu", moved.Document.QuerySelector("article[aria-labelledby=note]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("12", moved.Document.QuerySelector("[name='Input.Minutes']")!.GetAttribute("value"));
        // for whoever wrote it
        var home = await ghislaine.GetAsync("/accueil-pa");
        Assert.Contains("est précisé", home.Document.QuerySelector($"#corrige-{Guid.Parse(id):N}")!.TextContent, StringComparison.Ordinal);
        var book = await ghislaine.GetAsync($"/journal/{id}");
        Assert.Contains("La coordination a noté que cet échange n’a pas eu lieu", book.Text, StringComparison.Ordinal);
        Assert.Contains(Reflection, book.Text, StringComparison.Ordinal);
        var entry = $"/journal/{id}/{correct.Split('/')[^1]}";
        Assert.Null(book.Document.QuerySelector($"main a[href='{entry}']"));
        Assert.Null((await ghislaine.GetAsync(entry)).Document.QuerySelector("main form"));
        // saved again it is a decision: they did talk, and the moment is the coordinator's from then on
        Assert.Contains("12 minutes", (await marianne.PostAsync(moved)).Text, StringComparison.Ordinal);
        var form = await ghislaine.GetAsync(entry);
        Assert.Null(form.Document.QuerySelector("[name='Input.Minutes']"));
        Assert.Contains("C’est corrigé", (await ghislaine.PostAsync(form, Typed.Fields(("Reflection", "Une autre pensée")))).Text, StringComparison.Ordinal);
        Assert.Contains("12 minutes", (await marianne.GetAsync($"/accompagnements/{id}")).Text, StringComparison.Ordinal);
    }

    private static async Task<(Companion Companion, Accompaniment Pair)> TalkedAsync(World world)
    {
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        world.Clock.PassDays(5);
        return (companion, pair);
    }

    private static string ErrorOf(Outcome<Done> outcome, string field) => Assert.IsType<Invalid>(outcome.Refusal).Errors[field];

    private static Task<Conversation> ConversationAsync(World world, Guid id) => world.Rows(rows => rows.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id));

    private static async Task<Outcome<Done>> CorrectAsync(World world, Accompaniment pair, Guid id, SetAside? aside = null, Func<Held, Held>? held = null, Actor? by = null, int? version = null)
    {
        var stands = await ConversationAsync(world, id);
        return await world.In<CorrectConversation, Outcome<Done>>(c => c.CorrectAsync(by ?? world.Coordinator, new CorrectionCommand
        {
            AccompanimentId = pair.Id, ConversationId = id, Version = version ?? stands.Version, SetAside = aside, Held = held?.Invoke(Held.Of(stands)) ?? Held.Of(stands),
        }));
    }

    private static async Task<Guid> WriteAsync(World world, Companion companion, Accompaniment pair, int daysAgo) => (await TryWriteAsync(world, companion, pair, daysAgo)).Value;

    private static Task<Outcome<Guid>> TryWriteAsync(World world, Companion companion, Accompaniment pair, int daysAgo, Guid? again = null, Seemed seemed = Seemed.Better) =>
        world.In<Logbooks, Outcome<Guid>>(l => l.WriteAsync(companion.Acting(), new LogbookCommand
        {
            AccompanimentId = pair.Id, ConversationId = again ?? Guid.CreateVersion7(), HeldAt = world.Clock.Now.AddDays(-daysAgo), Channel = Channel.Telephone, Minutes = 42, BothTookPart = true,
            Activities = [Activity.Listening], Seemed = seemed, HowAreYou = HowAreYou.Well, Reflection = Reflection, NextNote = "Parler des ados.",
        }));
}
