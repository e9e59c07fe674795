using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Home;
using Compagnon.App.Jobs;
using Compagnon.App.Programme;
using Compagnon.App.Tests.Matching;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Accompaniments;

/// <summary>What two people agreed on, checked later.</summary>
public sealed class FollowUpTests
{
    [Theory, OnBothDatabases]
    public async Task ASilenceLongerThanAgreed_IsInTheDay_UntilTheCoordinatorHasAsked(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var pair = await TalkedAsync(world, companion);
        Assert.Equal(0, await InTheDayAsync(world));
        world.Clock.PassDays(14.1);
        Assert.Equal(1, await InTheDayAsync(world));
        var view = (await ShowAsync(world, pair))!;
        Assert.Equal((FollowUpReason.Silent, "Nadia", "5145550123", "Ghislaine", "5145550177"), (view.Reasons.Single(), view.GivenName, view.Telephone, view.Companion, view.CompanionTelephone));
        Assert.Equal(FollowUpReason.Silent, Assert.Single((await world.In<AccompanimentBoard, IReadOnlyList<AccompanimentRow>>(b => b.ListAsync(world.Coordinator)))).FollowUp);
        Assert.Equal(DueReason.Silent, Assert.Single((await world.In<CompanionHome, CompanionHomeView?>(h => h.ShowAsync(companion.Acting())))!.Due).Reason);
        Assert.True((await NoteAsync(world, pair)).IsDone);
        Assert.True((await NoteAsync(world, pair)).IsDone);
        Assert.Equal(0, await InTheDayAsync(world));
        Assert.Null(await ShowAsync(world, pair));
        Assert.Single(await world.TrailAsync(pair.ReferralId), nameof(FollowedUp));
        world.Clock.PassDays(14.1);
        Assert.Equal(1, await InTheDayAsync(world));
        // They talked after all: the companion writes it down, and nobody asks any more.
        await WriteAsync(world, companion, pair, world.Clock.Now.AddDays(-1));
        Assert.Equal(0, await InTheDayAsync(world));
    }

    [Theory, OnBothDatabases]
    public async Task ALogbookThatIsMissing_IsSaid_UntilItIsWritten(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        world.Clock.PassDays(2);
        var held = Guid.CreateVersion7();
        Assert.True((await world.In<RecordConversation, Outcome<Guid>>(r => r.RecordAsync(world.Coordinator, new ConversationCommand
        {
            AccompanimentId = pair.Id, Key = held, HeldAt = world.Clock.Now.AddHours(-1), Channel = Channel.Telephone, Minutes = 20, BothTookPart = true,
        }))).IsDone);
        world.Clock.PassDays(3);
        Assert.Equal(FollowUpReason.Unwritten, (await ShowAsync(world, pair))!.Reasons.Single());
        await WriteAsync(world, companion, pair, world.Clock.Now.AddDays(-3), held);
        Assert.Null(await ShowAsync(world, pair));
    }

    [Theory, OnBothDatabases]
    public async Task AnotherAgreementOrAnotherTarget_CountsAtOnce(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var pair = await TalkedAsync(world, companion);
        world.Clock.PassDays(20);
        Assert.Equal(1, await InTheDayAsync(world));
        Assert.True((await world.In<AgreeOn, Outcome<Guid>>(a => a.ChangeAsync(world.Coordinator, new AgreeCommand { ReferralId = pair.ReferralId, Agreement = new Agreement { PatientPseudonym = "Nadia" } }))).IsDone);
        Assert.Equal(0, await InTheDayAsync(world));
        Assert.True((await world.In<ChangeSettings, Outcome<Done>>(c => c.SetTargetsAsync(world.Coordinator, 0, new Targets { SilentDays = 19 }))).IsDone);
        await RunJobsAsync(world);
        Assert.Equal(1, await InTheDayAsync(world));
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverKeepsTheCoordinatorOut_AndWhatIsOver_AreNotCounted(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync(c => c.Capacity = 2);
        var pair = await TalkedAsync(world, companion);
        world.Clock.PassDays(20);
        Assert.Equal(1, await InTheDayAsync(world));
        await world.KeepOutAsync(pair.ReferralId, person => new Restriction { PersonId = person, AgainstPersonId = world.Coordinator.PersonId, SetBy = person, SetAt = world.Clock.Now });
        Assert.Equal(0, await InTheDayAsync(world));
        Assert.Null(await ShowAsync(world, pair));
        Assert.IsType<NotThere>((await NoteAsync(world, pair)).Refusal);
        var other = await TalkedAsync(world, companion);
        world.Clock.PassDays(20);
        Assert.Equal(1, await InTheDayAsync(world));
        foreach (var actor in new[] { companion.Acting(), world.Clinician, await world.PatientAsync(other.ReferralId), await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id) })
        {
            Assert.Null(await ShowAsync(world, other, actor));
            Assert.IsType<NotThere>((await NoteAsync(world, other, actor)).Refusal);
        }
        Assert.True((await world.In<EndAccompaniment, Outcome<Ended>>(e => e.EndAsync(world.Coordinator, new EndCommand { AccompanimentId = other.Id, Closing = Domain.Referrals.Closing.Completed }))).IsDone);
        Assert.Equal(0, await InTheDayAsync(world));
        Assert.IsType<AlreadyEnded>((await NoteAsync(world, other)).Refusal);
    }

    [Fact]
    public async Task TheCoordinatorAsks_FromTheDayToTheAnswer()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.NotNull((await marianne.GetAsync("/journee")).Document.QuerySelector("a[href='/accompagnements#nouvelles']"));
        var list = await marianne.GetAsync("/accompagnements");
        var ask = list.Document.QuerySelectorAll("a[href$='/nouvelles']").Select(a => a.GetAttribute("href")!).ToList();
        var pairs = await site.Rows(db => db.Set<Accompaniment>().Where(a => a.EndedAt == null && a.FollowUpDueAt < DateTime.UtcNow).ToListAsync());
        Assert.Equal([FollowUpReason.Unwritten, FollowUpReason.Silent], pairs.Select(a => a.FollowUpReason!.Value).Order());
        Assert.Equal(pairs.Select(a => $"/accompagnements/{a.Id}/nouvelles").Order(), ask.Order());
        Assert.NotNull((await marianne.GetAsync($"/demandes/{pairs[0].ReferralId}")).Document.QuerySelector($"a.govuk-button[href='/accompagnements/{pairs[0].Id}/nouvelles']"));
        var unanswered = await marianne.PostAsync(await marianne.GetAsync(ask[0]), Typed.Fields());
        Assert.Contains("Choisissez une réponse", unanswered.Errors);
        Assert.EndsWith("/fin", (await marianne.SendAsync(ask[0], ("Answer", "Over"))).Address.AbsolutePath, StringComparison.Ordinal);
        Assert.EndsWith("/entente", (await marianne.SendAsync(ask[0], ("Answer", "OnOtherTerms"))).Address.AbsolutePath, StringComparison.Ordinal);
        var said = await marianne.SendAsync(ask[1], ("Answer", "GoesOn"));
        Assert.Equal("/accompagnements", said.Address.AbsolutePath);
        Assert.Contains("C’est noté", said.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(said.Document.QuerySelectorAll("a[href$='/nouvelles']"));
        // an old address: there is nothing to ask any more
        Assert.Equal(ask[1].Replace("/nouvelles", "", StringComparison.Ordinal), (await marianne.GetAsync(ask[1])).Address.AbsolutePath);
        Assert.Null((await marianne.GetAsync("/journee")).Document.QuerySelector("a[href='/accompagnements#nouvelles']"));
    }

    private static async Task<Accompaniment> TalkedAsync(World world, Companion companion)
    {
        var pair = await world.AccompanimentAsync(companion);
        world.Clock.PassDays(1);
        await WriteAsync(world, companion, pair, world.Clock.Now);
        return pair;
    }

    private static async Task WriteAsync(World world, Companion companion, Accompaniment pair, DateTime heldAt, Guid? conversation = null) =>
        Assert.True((await world.In<Logbooks, Outcome<Guid>>(l => l.WriteAsync(companion.Acting(), new LogbookCommand
        {
            AccompanimentId = pair.Id, ConversationId = conversation ?? Guid.CreateVersion7(), HeldAt = heldAt, Channel = Channel.Telephone, Minutes = 30, BothTookPart = true,
            Activities = [Activity.Listening], Seemed = Seemed.Same, HowAreYou = HowAreYou.Well,
        }))).IsDone);

    private static async Task<int> InTheDayAsync(World world) => (await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()))).FollowUps;

    private static Task<FollowUpView?> ShowAsync(World world, Accompaniment pair, Actor? by = null) => world.In<FollowUps, FollowUpView?>(f => f.ShowAsync(by ?? world.Coordinator, pair.Id));

    private static Task<Outcome<Done>> NoteAsync(World world, Accompaniment pair, Actor? by = null) => world.In<FollowUps, Outcome<Done>>(f => f.NoteAsync(by ?? world.Coordinator, pair.Id));

    private static async Task RunJobsAsync(World world)
    {
        foreach (var job in await world.Rows(db => db.Set<Job>().Where(j => RebuildDueDates.Kinds.Contains(j.Kind)).ToListAsync()))
        {
            await using var scope = world.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == job.Kind).RunAsync(job, CancellationToken.None);
        }
    }
}
