using Compagnon.EndToEnd.Tests.Budgets;
using Compagnon.TestKit;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Quality;

/// <summary>Every page, as each role meets it, held against the interface's list: wide in French, narrow in English, so that both languages and both layouts are seen.</summary>
public sealed class EveryPageIsForEverybody(Chrome chrome)
{
    /// <summary>One page at two addresses.</summary>
    private static readonly string[] Choosing = ["/choisir", "/choisir/{ReferralId:guid}"];

    [Theory]
    [InlineData("fr", 1280)]
    [InlineData("en", 320)]
    public async Task EveryPage_HoldsTheList(string language, int width)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var pages = await EveryPage.OfAsync(site, language);
        var (problems, titles) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        await Rounds.GoAsync(chrome, site, pages.Stops, language, width, async (page, stop) =>
        {
            await page.GotoAsync(stop.Path);
            var found = await LookAsync(page);
            var title = $"{stop.Guest.Name.Split(' ')[0]}: {await page.TitleAsync()}"; // nobody sees another role's pages; the guide in /design imitates all
            if (!stop.Route.StartsWith("/design", StringComparison.Ordinal) && !titles.TryAdd(title, stop.Route) && titles[title] != stop.Route && !(Choosing.Contains(stop.Route) && Choosing.Contains(titles[title]))) found.Add($"has the title of {titles[title]}: {title}");
            problems.AddRange(found.Select(f => $"{stop.Route} ({stop.Guest.Name}): {f}"));
        }, Look.PrepareAsync);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(80)));
    }

    [Fact]
    public async Task NoPageIsLeftOut()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        Assert.Equal(EveryPage.LeadOn.Order(StringComparer.Ordinal), (await EveryPage.OfAsync(site, "fr")).NotReached.Order(StringComparer.Ordinal));
    }

    /// <summary>The list above would notice: here a field loses its label.</summary>
    [Fact]
    public async Task AFieldWithoutALabel_IsFoundByAxe()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var anybody = await chrome.PersonAsync(site);
        await anybody.OpensAsync("/");
        Assert.Empty(await Look.AxeAsync(anybody.Page));
        await anybody.Page.EvaluateAsync("() => document.querySelector('main').append(document.createElement('input'))");
        Assert.Contains(await Look.AxeAsync(anybody.Page), f => f.StartsWith("axe label:", StringComparison.Ordinal));
    }

    private static async Task<List<string>> LookAsync(IPage page)
    {
        var found = new List<string>(await Look.SkipAsync(page)); // before anything moves the focus
        found.AddRange(await Look.AtAsync(page, "structure", "fields", "targets", "clipped", "large", "spaced", "focus"));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        found.AddRange(await Look.AtAsync(page, "forced", "still"));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None, ReducedMotion = ReducedMotion.NoPreference, Media = Media.Print });
        found.AddRange(await Look.AtAsync(page, "printed"));
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        found.AddRange(await Look.AxeAsync(page));
        return found;
    }
}
