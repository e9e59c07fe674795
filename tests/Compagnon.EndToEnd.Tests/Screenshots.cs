using System.Globalization;
using System.Text;
using Compagnon.TestKit;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests;

/// <summary>Not a test: takes the pictures of docs/screenshots when asked to (tools/screenshots.sh).</summary>
[Collection(OneAtATime.Name)]
public sealed class Screenshots(Chrome chrome)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "screenshots");

    /// <summary>Who shows which pages: whoever comes first to a kind of page shows it.</summary>
    private static readonly string[] Cast =
        ["", "Sophie Tremblay", "Marianne Lavoie", "Ghislaine Roy", "Nadia", "Diane", "Louise", "Robert", "Hélène Dufour", "Bernard Fiset", "Chantal Mercure", "Olivier Parent"];

    /// <summary>Shown in English too: one page of each kind of work.</summary>
    private static readonly string[] InEnglish =
        ["accueil", "demander", "demander-un-ce-qui-compte", "depliant", "orienter-un", "mes-demandes", "journee", "demandes-un", "jumelage-un", "accueil-pa", "journal-un-un", "choisir-un", "mon-espace"];

    /// <summary>What the README shows: one screen of each, not the whole page.</summary>
    private static readonly string[] InReadme = ["accueil", "choisir-un", "jumelage-un"];

    [Fact(Explicit = true)]
    public async Task Retake()
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.GetFiles(Folder, "*.jpg")) File.Delete(old);
        await using var site = await Site.OnAsync(Db.Sqlite);
        var taken = new SortedDictionary<string, Taken>(StringComparer.Ordinal);
        foreach (var name in Cast) await WalkAsync(site, name, taken);
        foreach (var by in taken.Where(t => InEnglish.Contains(t.Key)).GroupBy(t => t.Value.Who).ToList()) await AgainInEnglishAsync(site, by);
        var index = new StringBuilder("# Every page, wide and narrow\n\nRetaken by `tools/screenshots.sh` from the demonstration: every page in French, the main ones in English too.\n");
        foreach (var (kind, t) in taken)
        {
            index.Append(CultureInfo.InvariantCulture, $"\n## {kind}\n\nSeen by {(t.Who.Length == 0 ? "everybody" : t.Who)}.\n\n| wide | narrow |\n|---|---|\n");
            foreach (var language in InEnglish.Contains(kind) ? new[] { "fr", "en" } : ["fr"])
                index.Append(CultureInfo.InvariantCulture, $"| ![{kind}, wide]({kind}-{language}-1280.jpg) | ![{kind}, narrow]({kind}-{language}-320.jpg) |\n");
        }
        await File.WriteAllTextAsync(Path.Combine(Folder, "README.md"), index.ToString());
    }

    private async Task WalkAsync(Site site, string name, SortedDictionary<string, Taken> taken)
    {
        var wide = await OpenAsync(site, name, "fr", 1280);
        var narrow = await OpenAsync(site, name, "fr", 320);
        var waiting = new Queue<string>([new Uri(wide.Page.Url).AbsolutePath]);
        if (name.Length == 0) waiting.Enqueue("/demo");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var path))
        {
            var kind = KindOf(path);
            if (!seen.Add(kind)) continue;
            await wide.Page.GotoAsync(path);
            foreach (var link in await wide.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0].split('?')[0])"))
                if (IsPage(link)) waiting.Enqueue(link);
            if (taken.ContainsKey(kind)) continue;
            taken[kind] = new(name, path);
            await ShootAsync(wide.Page, kind, "fr", 1280);
            if (InReadme.Contains(kind)) await ShowAsync(wide.Page, kind);
            await narrow.Page.GotoAsync(path);
            await ShootAsync(narrow.Page, kind, "fr", 320);
        }
        await wide.Page.Context.CloseAsync();
        await narrow.Page.Context.CloseAsync();
    }

    /// <summary>One screen: from the first candidate on, where there are any.</summary>
    private static async Task ShowAsync(IPage page, string kind)
    {
        await page.EvaluateAsync("document.querySelector('.cg-candidate')?.scrollIntoView()");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"readme-{kind}.jpg"), Type = ScreenshotType.Jpeg, Quality = 70 });
    }

    private async Task AgainInEnglishAsync(Site site, IGrouping<string, KeyValuePair<string, Taken>> pages)
    {
        foreach (var width in (int[])[1280, 320])
        {
            var person = await OpenAsync(site, pages.Key, "en", width);
            foreach (var (kind, page) in pages)
            {
                await person.Page.GotoAsync(page.Path);
                await ShootAsync(person.Page, kind, "en", width);
            }
            await person.Page.Context.CloseAsync();
        }
    }

    private async Task<Person> OpenAsync(Site site, string name, string language, int width)
    {
        var person = await chrome.PersonAsync(site, language, width: width);
        if (name.Length == 0) await person.Page.GotoAsync("/");
        else await person.EnterAsync(name);
        return person;
    }

    private static Task ShootAsync(IPage page, string kind, string language, int width) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Folder, $"{kind}-{language}-{width}.jpg"), Type = ScreenshotType.Jpeg, Quality = 40, FullPage = true,
    });

    /// <summary>/demandes/0193… is "demandes-un"; the root is "accueil".</summary>
    private static string KindOf(string path) => path == "/" ? "accueil"
        : string.Join('-', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => Guid.TryParse(p, out _) ? "un" : p));

    private static bool IsPage(string link) => !link.StartsWith("/langue", StringComparison.Ordinal) && !link.StartsWith("/quitter", StringComparison.Ordinal)
        && !link.StartsWith("/rester", StringComparison.Ordinal) && !link.StartsWith("/design", StringComparison.Ordinal) && !link.Contains('.', StringComparison.Ordinal);

    private sealed record Taken(string Who, string Path);
}
