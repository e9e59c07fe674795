using System.Globalization;
using System.Text;
using Compagnon.EndToEnd.Tests.Budgets;
using Compagnon.TestKit;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests;

/// <summary>The pictures of docs/screenshots: taken when asked to (tools/screenshots.sh), of the same pages that the tests of quality walk.</summary>
[Collection(OneAtATime.Name)]
public sealed class Screenshots(Chrome chrome)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "screenshots");

    /// <summary>Names of pictures to retake alone, with blanks between; all when none is given.</summary>
    private static readonly string[] Only = (Environment.GetEnvironmentVariable("COMPAGNON_PICTURES") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Shown in English too: one page of each kind of work.</summary>
    private static readonly string[] InEnglish =
        ["accueil", "demander", "demander-un-ce-qui-compte", "depliant", "orienter-un", "mes-demandes", "journee", "demandes-un", "jumelage-un", "accueil-pa", "journal-un-un", "choisir-un", "mon-espace"];

    /// <summary>What the README shows: one screen of each, not the whole page.</summary>
    private static readonly string[] InReadme = ["orienter-un", "jumelage-un", "choisir-un"];

    /// <summary>Beside the pages: the demonstration's own, and the last one.</summary>
    private static readonly string[] Beside = ["/demo", "/demo/courrier", "/quitter"];

    private static readonly (string Language, int Width)[] Views = [("fr", 1280), ("fr", 320), ("en", 1280), ("en", 320)];

    [Fact(Explicit = true)]
    public async Task Retake()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var pages = await EveryPage.OfAsync(site, "fr");
        var stops = pages.Stops.Where(s => !IsOfTheGuide(s.Route)).Concat(Beside.Select(b => new Stop(new Guest("nobody", Button: null, site.Visitor(), "/"), b, b))).DistinctBy(s => NameOf(s.Route))
            .Where(s => Only.Length == 0 || Only.Contains(NameOf(s.Route))).ToList();
        if (Only.Length == 0)
            foreach (var old in Directory.GetFiles(Folder, "*.jpg")) File.Delete(old);
        foreach (var (language, width) in Views)
            await Rounds.GoAsync(chrome, site, stops.Where(s => language == "fr" || InEnglish.Contains(NameOf(s.Route))), language, width, (page, stop) => ShootAsync(page, stop, language, width));
        if (Only.Length > 0) return;
        await File.WriteAllTextAsync(Path.Combine(Folder, "README.md"), Index(stops));
        Assert.Empty(WithoutPicture(EveryPage.RoutesOf(site)));
    }

    [Fact]
    public async Task EveryPage_HasItsPictures()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        Assert.Empty(WithoutPicture(EveryPage.RoutesOf(site)));
    }

    private static IEnumerable<string> WithoutPicture(IEnumerable<string> routes) => routes.Except(EveryPage.LeadOn, StringComparer.Ordinal).Where(r => !IsOfTheGuide(r))
        .SelectMany(r => new[] { 1280, 320 }.Select(w => FileOf(NameOf(r), "fr", w))).Where(f => !File.Exists(Path.Combine(Folder, f)));

    private static async Task ShootAsync(IPage page, Stop stop, string language, int width)
    {
        var (name, screen) = (NameOf(stop.Route), width < 600 ? 740 : 900);
        await page.SetViewportSizeAsync(width, screen);
        await page.GotoAsync(stop.Path);
        if (language == "fr" && width > 600 && InReadme.Contains(name)) await ShowAsync(page, name);
        // as on a screen that is long enough, so that what stays at its lower edge does not lie across the page; a long list goes on as it begins
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await page.SetViewportSizeAsync(width, Math.Min(height, width < 600 ? 2600 : 2000));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, FileOf(name, language, width)), Type = ScreenshotType.Jpeg, Quality = 40 });
    }

    /// <summary>One screen: from the first candidate on, where there are any.</summary>
    private static async Task ShowAsync(IPage page, string name)
    {
        await page.EvaluateAsync("document.querySelector('.cg-candidate')?.scrollIntoView()");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"readme-{name}.jpg"), Type = ScreenshotType.Jpeg, Quality = 70 });
        await page.EvaluateAsync("scrollTo(0, 0)");
    }

    private static string Index(IEnumerable<Stop> stops)
    {
        var index = new StringBuilder("# Every page, wide and narrow\n\nRetaken by `tools/screenshots.sh` from the demonstration, as the first who comes to a page sees it: every page in French, the main ones in English too. A long page is cut. "
            + "A picture is named after its page's address, with `un` for what changes; `tools/screenshots.sh NAME…` retakes those alone.\n");
        foreach (var stop in stops.OrderBy(s => NameOf(s.Route), StringComparer.Ordinal))
        {
            var name = NameOf(stop.Route);
            index.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\nSeen by {(stop.Guest.Name == "nobody" ? "everybody" : stop.Guest.Name)}.\n\n| wide | narrow |\n|---|---|\n");
            foreach (var language in InEnglish.Contains(name) ? new[] { "fr", "en" } : ["fr"])
                index.Append(CultureInfo.InvariantCulture, $"| ![{name}, wide]({FileOf(name, language, 1280)}) | ![{name}, narrow]({FileOf(name, language, 320)}) |\n");
        }
        return index.ToString();
    }

    private static string FileOf(string name, string language, int width) => string.Create(CultureInfo.InvariantCulture, $"{name}-{language}-{width}.jpg");

    /// <summary>/demandes/{Id:guid}/appel is "demandes-un-appel"; the root is "accueil".</summary>
    private static string NameOf(string route) => route == "/" ? "accueil" : string.Join('-', route.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => p.StartsWith('{') ? "un" : p));

    /// <summary>The guide to the components imitates all pages.</summary>
    private static bool IsOfTheGuide(string route) => route.StartsWith("/design", StringComparison.Ordinal);
}
