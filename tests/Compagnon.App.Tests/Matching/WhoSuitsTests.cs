using System.Globalization;
using System.Text.RegularExpressions;
using Compagnon.App.Matching;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

/// <summary>What the pages say of those who suit, who are busy and who are missing doesn’t contradict itself, nor from one page to the next.</summary>
public sealed class WhoSuitsTests
{
    private const string Saules = "Hôpital des Trois-Saules";
    private static readonly Regex Places = new(@"(?<free>\d+)\splaces? libres? sur (?<all>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static async Task<MatchBoardView> ShowAsync(World world, Guid referralId) =>
        (await world.In<MatchBoard, MatchBoardView?>(b => b.ShowAsync(world.Coordinator, referralId)))!;

    [Theory, OnBothDatabases]
    public async Task WhoIsBeingAsked_IsStillAGoodMatch_AndNothingIsMissing(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var good = await world.CompanionAsync();
        await world.CompanionAsync(c => c.Experiences = [new LivedExperience { Site = CancerSite.Lung, Year = 2010 }], "Line Côté");
        var request = await world.ReadyAsync();
        var before = await ShowAsync(world, request);
        Assert.Equal((true, true, 0), (before.HasGoodMatch, before.HasGoodCandidate, before.Missing.Count));
        Assert.True((await world.ProposeAsync(request, good)).IsDone);
        var after = await ShowAsync(world, request);
        Assert.Equal((true, false, 0), (after.HasGoodMatch, after.HasGoodCandidate, after.Missing.Count));
    }

    [Theory, OnBothDatabases]
    public async Task WhoIsFullOrPausing_IsNotMissing_AndNoRuleKeepsThemOut(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await world.AccompanimentAsync(await world.CompanionAsync());
        var request = await world.ReadyAsync();
        var full = await ShowAsync(world, request);
        Assert.Equal((false, true), (full.HasGoodMatch, full.HasGoodButBusy));
        Assert.All(full.Missing, m => Assert.Equal((0, 0, 1, 0, false), (m.Excluded, m.Asked, m.Full, m.Paused, m.IsNobodys)));
        await world.CompanionAsync(c => c.PausedAt = world.Clock.Now, "Line Côté");
        await world.CompanionAsync(c => c.ClearedUntil = null, "Odile Roy");
        Assert.All((await ShowAsync(world, request)).Missing, m => Assert.Equal((1, 0, 1, 1, false), (m.Excluded, m.Asked, m.Full, m.Paused, m.IsNobodys)));
    }

    [Theory, OnBothDatabases]
    public async Task BelowTheThreshold_TheyMayBeProposed_AndNobodyIsSaidToSuit(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var page = $"/jumelage/{await site.WaitingAsync(Saules, NextStep.Match)}";
        Assert.Empty((await marianne.SendAsync("/reglages/jumelage", ("Good", "100"))).Errors);
        var far = (await marianne.GetAsync(page)).Text;
        Assert.Contains("Aucune bonne concordance", far, StringComparison.Ordinal);
        Assert.Contains("assez proche.", far, StringComparison.Ordinal);
        Assert.DoesNotContain("convenir", far, StringComparison.Ordinal);
        Assert.Empty((await marianne.SendAsync("/reglages/jumelage", ("Good", "1"))).Errors);
        var near = (await marianne.GetAsync(page)).Text;
        Assert.Contains("convenir", near, StringComparison.Ordinal);
        Assert.DoesNotContain("Aucune bonne concordance", near, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task WithoutAFreePlace_PlacesAreMissing_NotExperience(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.DoesNotContain("Toutes les places sont prises.", (await marianne.GetAsync("/experience-qui-manque")).Text, StringComparison.Ordinal);
        await site.Rows(rows => rows.Set<Companion>().ExecuteUpdateAsync(u => u.SetProperty(c => c.Capacity, 0)));
        var round = await marianne.GetAsync("/jumelages/tour");
        Assert.Contains("Aucune place n’est libre.", round.Text, StringComparison.Ordinal);
        Assert.Null(round.Document.QuerySelector("#sans ~ * a[href='/experience-qui-manque']"));
        var missing = await marianne.GetAsync("/experience-qui-manque");
        Assert.Contains("Toutes les places sont prises.", missing.Text, StringComparison.Ordinal);
        Assert.Contains("Il manque des places", missing.Text, StringComparison.Ordinal);
        // the programme's name needs no article
        Assert.Contains($"Notre programme ({Saules}) offre", await marianne.Client.GetStringAsync("/experience-qui-manque/appel-fr.txt"), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task WhoWaitsSinceLastNight_WaitsADay_OnEveryPage_AndWhoHasSomebodyWaitsForNobody(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Match);
        var calendar = new WorkingCalendar();
        var night = calendar.StartOf(calendar.LocalDay(DateTime.UtcNow)).AddMinutes(-1);
        await site.Rows(rows => rows.Set<Referral>().Where(r => r.Id == id).ExecuteUpdateAsync(u => u.SetProperty(r => r.ReceivedAt, night)));
        var match = await marianne.GetAsync($"/jumelage/{id}");
        Assert.Contains("Attend depuis 1 jour", match.Document.QuerySelector("#personne")!.ParentElement!.TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        var row = (await marianne.GetAsync("/jumelages")).Document.QuerySelectorAll(".cg-queue__row").Single(r => r.QuerySelector($"a[href='/jumelage/{id}']") is not null);
        Assert.StartsWith("1\u00a0j", row.QuerySelector(".cg-queue__age")!.TextContent, StringComparison.Ordinal);
        // the verb once, and whom it is about after a colon that stays with it
        Assert.Matches("^Jumeler\u00a0: \\S+$", row.QuerySelector(".cg-queue__do a")!.TextContent);
        var busy = match.Document.QuerySelectorAll("article.cg-candidate").Where(c => Places.Match(c.TextContent) is { Success: true } m
            && int.Parse(m.Groups["free"].Value, CultureInfo.InvariantCulture) < int.Parse(m.Groups["all"].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(busy);
        Assert.All(busy.Where(c => !c.TextContent.Contains("N’a encore accompagné personne", StringComparison.Ordinal)), c => Assert.Matches("Dernier jumelage (il y a|aujourd’hui)", c.TextContent));
    }
}
