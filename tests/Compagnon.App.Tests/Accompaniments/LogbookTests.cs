using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Privacy;
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

public sealed class LogbookTests
{
    private static LogbookCommand Entry(Accompaniment accompaniment, DateTime heldAt, Func<LogbookCommand, LogbookCommand>? change = null)
    {
        var command = new LogbookCommand
        {
            AccompanimentId = accompaniment.Id, ConversationId = Guid.CreateVersion7(), HeldAt = heldAt, Channel = Channel.Telephone, Minutes = 42, BothTookPart = true,
            Activities = [Activity.FormulatingQuestions, Activity.Listening], Seemed = Seemed.Better, HowAreYou = HowAreYou.OnMyMind,
            Reflection = "Cela m’a rappelé ma propre peur.", NextOn = new DateOnly(2026, 12, 3), NextNote = "Parler des ados.",
        };
        return change is null ? command : change(command);
    }

    private static async Task<(World World, Companion Companion, Accompaniment Accompaniment)> AccompaniedAsync(Db kind)
    {
        var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var accompaniment = await world.AccompanimentAsync(companion);
        world.Clock.PassDays(3);
        return (world, companion, accompaniment);
    }

    private static Task<Outcome<Guid>> WriteAsync(World world, Actor actor, LogbookCommand command) => world.In<Logbooks, Outcome<Guid>>(l => l.WriteAsync(actor, command));

    [Theory, OnBothDatabases]
    public async Task TheFirstConversationInWhichBothTookPart_IsTheFigure(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        var now = world.Clock.Now;
        await WriteAsync(world, companion.Acting(), Entry(accompaniment, now.AddDays(-2), e => e with { BothTookPart = false, Minutes = 0 }));
        var referral = await world.Rows(db => db.Set<Referral>().FirstAsync(r => r.Id == accompaniment.ReferralId));
        Assert.Equal((null, NextStep.Talk), (referral.FirstConversationAt, referral.Next));
        await WriteAsync(world, companion.Acting(), Entry(accompaniment, now.AddHours(-1)));
        await WriteAsync(world, companion.Acting(), Entry(accompaniment, now.AddDays(-1))); // written down later, held before
        referral = await world.Rows(db => db.Set<Referral>().FirstAsync(r => r.Id == accompaniment.ReferralId));
        Assert.Equal((now.AddDays(-1), NextStep.Accompany), (referral.FirstConversationAt, referral.Next));
    }

    [Theory, OnBothDatabases]
    public async Task PostedTwice_IsOneConversationAndOneEntry(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        var command = Entry(accompaniment, world.Clock.Now.AddHours(-1));
        var both = await Task.WhenAll(WriteAsync(world, companion.Acting(), command), WriteAsync(world, companion.Acting(), command));
        Assert.All(both, b => Assert.True(b.IsDone || b.Refusal is ChangedMeanwhile));
        Assert.True((await WriteAsync(world, companion.Acting(), command)).IsDone);
        Assert.Equal((1, 1), (await world.Rows(db => db.Set<Conversation>().CountAsync()), await world.Rows(db => db.Set<LogbookEntry>().CountAsync())));
    }

    [Theory, OnBothDatabases]
    public async Task APrivateReflection_IsReadByItsWriterAlone(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        var command = Entry(accompaniment, world.Clock.Now.AddHours(-1));
        await WriteAsync(world, companion.Acting(), command);
        Task<LogbookFile?> Open(Actor actor) => world.In<Files, LogbookFile?>(f => f.OpenLogbookAsync(actor, accompaniment.Id));
        Assert.Equal("Cela m’a rappelé ma propre peur.", (await Open(companion.Acting()))!.Lines.Single().Reflection);
        Assert.Null((await Open(world.Coordinator))!.Lines.Single().Reflection);
        Assert.Equal([Activity.Listening, Activity.FormulatingQuestions], (await Open(world.Coordinator))!.Lines.Single().Entry!.Activities);
        await WriteAsync(world, companion.Acting(), command with { ShareReflection = true });
        Assert.Equal("Cela m’a rappelé ma propre peur.", (await Open(world.Coordinator))!.Lines.Single().Reflection);
    }

    [Theory, OnBothDatabases]
    public async Task NobodyElse_OpensTheLogbook(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        var other = await world.CompanionAsync(name: "Rosa Mendes");
        var elsewhere = await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id);
        var patient = new Actor { NetworkId = companion.NetworkId, PersonId = accompaniment.PatientId, Role = Role.Patient };
        foreach (var actor in new[] { other.Acting(), elsewhere, world.Clinician, patient, await world.StaffAsync(Role.Manager), await world.StaffAsync(Role.PrivacyOfficer) })
            Assert.Null(await world.In<Files, LogbookFile?>(f => f.OpenLogbookAsync(actor, accompaniment.Id)));
        Assert.IsType<NotThere>((await WriteAsync(world, world.Coordinator, Entry(accompaniment, world.Clock.Now))).Refusal);
        Assert.IsType<NotThere>((await WriteAsync(world, other.Acting(), Entry(accompaniment, world.Clock.Now))).Refusal);
        Assert.Equal(0, await world.Rows(db => db.Set<AccessEntry>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task ARestriction_HidesTheLogbookFromTheCompanion(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        await world.Rows(async db =>
        {
            db.Add(new Restriction { PersonId = accompaniment.PatientId, AgainstPersonId = companion.Id, SetAt = world.Clock.Now, SetBy = world.Coordinator.PersonId });
            await db.SaveChangesAsync();
        });
        Assert.Null(await world.In<Files, LogbookFile?>(f => f.OpenLogbookAsync(companion.Acting(), accompaniment.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task AnEntry_IsCorrectedForSevenDays_AndTheTrailKeepsBoth(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        var command = Entry(accompaniment, world.Clock.Now.AddHours(-1));
        await WriteAsync(world, companion.Acting(), command);
        world.Clock.PassDays(6);
        var earlier = command.HeldAt.AddDays(-1);
        Assert.True((await WriteAsync(world, companion.Acting(), command with { HeldAt = earlier, Seemed = Seemed.Worse })).IsDone);
        Assert.Equal(earlier, await world.Rows(db => db.Set<Referral>().Where(r => r.Id == accompaniment.ReferralId).Select(r => r.FirstConversationAt).FirstAsync()));
        var data = await world.Rows(db => db.Set<AuditRow>().Where(a => a.Type == nameof(LogbookEntryEdited)).Select(a => a.Data).SingleAsync());
        Assert.Contains("\"SeemedBefore\":\"Better\"", data, StringComparison.Ordinal);
        Assert.DoesNotContain("peur", data, StringComparison.Ordinal);
        world.Clock.PassDays(2);
        Assert.IsType<TooLateToEdit>((await WriteAsync(world, companion.Acting(), command)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task AConversation_CantLieAhead_NorBeforeTheAgreement(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        Assert.Equal("Ahead", ((Invalid)(await WriteAsync(world, companion.Acting(), Entry(accompaniment, world.Clock.Now.AddHours(1)))).Refusal!).Errors["HeldAt"]);
        Assert.Equal("BeforeAgreement", ((Invalid)(await WriteAsync(world, companion.Acting(), Entry(accompaniment, world.Clock.Now.AddDays(-9)))).Refusal!).Errors["HeldAt"]);
    }

    [Theory, OnBothDatabases]
    public async Task ADraft_IsKeptSealed_AndGoneOnceTheEntryIsWritten(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        foreach (var typed in (string[])["Un début", "Un début, et la suite"])
            Assert.True((await world.In<Logbooks, Outcome<DateTime>>(l => l.KeepDraftAsync(companion.Acting(), accompaniment.Id, typed))).IsDone);
        Assert.Equal("Un début, et la suite", (await world.In<Logbooks, (string Typed, DateTime)?>(l => l.DraftAsync(companion.Acting(), accompaniment.Id)))!.Value.Typed);
        var stored = await world.Rows(db => db.Set<LogbookDraft>().Select(d => d.Typed).SingleAsync());
        Assert.DoesNotContain("début", System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
        await WriteAsync(world, companion.Acting(), Entry(accompaniment, world.Clock.Now.AddHours(-1)));
        Assert.Null(await world.In<Logbooks, (string, DateTime)?>(l => l.DraftAsync(companion.Acting(), accompaniment.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task AfterTheEnd_TheLastConversationCanStillBeWrittenDown(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        await world.Rows(db => db.Set<Accompaniment>().Where(a => a.Id == accompaniment.Id).ExecuteUpdateAsync(u => u.SetProperty(a => a.EndedAt, world.Clock.Now)));
        Assert.True((await WriteAsync(world, companion.Acting(), Entry(accompaniment, world.Clock.Now.AddHours(-1)))).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task WhoWouldLikeACall_StandsInTheCoordinatorsDay_UntilTheyWereCalled(Db kind)
    {
        var (world, companion, accompaniment) = await AccompaniedAsync(kind);
        await using var _ = world;
        var elsewhere = await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", (await world.FacilityAsync()).Id);
        Task<DayView> Day(Actor actor) => world.In<CoordinatorDay, DayView>(d => d.ShowAsync(actor, new DayFilter()));
        await WriteAsync(world, companion.Acting(), Entry(accompaniment, world.Clock.Now.AddHours(-2)));
        Assert.Empty((await Day(world.Coordinator)).Calls);
        await WriteAsync(world, companion.Acting(), Entry(accompaniment, world.Clock.Now.AddHours(-1), e => e with { HowAreYou = HowAreYou.CallMe }));
        var entry = await world.Rows(db => db.Set<LogbookEntry>().SingleAsync(e => e.HowAreYou == HowAreYou.CallMe));
        var call = Assert.Single((await Day(world.Coordinator)).Calls);
        Assert.Equal((accompaniment.Id, entry.ConversationId, world.Clock.Now, new WorkingCalendar().AddWorkingDays(world.Clock.Now, 1)), (call.AccompanimentId, call.ConversationId, call.At, call.DueAt));
        Assert.NotEqual("", call.Companion);
        Assert.Empty((await Day(elsewhere)).Calls);
        Assert.True((await world.In<Logbooks, Outcome<Done>>(l => l.CalledBackAsync(world.Coordinator, accompaniment.Id, entry.Id))).IsDone);
        Assert.Empty((await Day(world.Coordinator)).Calls);
    }

    [Theory, OnBothDatabases]
    public async Task WhoWouldLikeACall_IsToldThatItComes_AndTheCoordinatorNotesIt(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var write = (await ghislaine.GetAsync("/accueil-pa")).Document.QuerySelector("main a[href^='/journal/'][href$='/nouveau']")!.GetAttribute("href")!;
        var told = await ghislaine.SendAsync(write, ("Together", "non"), ("HowAreYou", nameof(HowAreYou.CallMe)));
        Assert.Contains("va vous appeler", told.Text, StringComparison.Ordinal);
        Assert.NotNull(told.Document.QuerySelector("main a[href^='tel:']"));
        var asked = Assert.Single((await marianne.GetAsync("/journee")).Document.QuerySelectorAll(".cg-alert a[href*='/journal#c-']"));
        var book = asked.GetAttribute("href")!.Split('#')[0];
        var page = await marianne.GetAsync(book);
        await marianne.PostAsync(page, Typed.Fields(("Entry", page.Document.QuerySelector("button[name='Input.Entry']")!.GetAttribute("value")!)));
        Assert.Null((await marianne.GetAsync("/journee")).Document.QuerySelector(".cg-alert a[href*='/journal#c-']"));
    }
}
