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
    private static readonly string[] Cast = ["", "Sophie Tremblay", "Marianne Lavoie", "Ghislaine Roy", "Nadia"];

    [Fact(Explicit = true)]
    public async Task Retake()
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.GetFiles(Folder, "*.jpg")) File.Delete(old);
        await using var site = await Site.OnAsync(Db.Sqlite);
        var taken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Cast) await WalkAsync(site, name, taken);
        var index = new StringBuilder("# Every page, wide and narrow\n\nRetaken by `tools/screenshots.sh` from the demonstration, in French.\n");
        foreach (var (kind, who) in taken)
            index.Append(CultureInfo.InvariantCulture, $"\n## {kind}\n\nSeen by {who}.\n\n| wide | narrow |\n|---|---|\n| ![{kind}, wide]({kind}-fr-1280.jpg) | ![{kind}, narrow]({kind}-fr-320.jpg) |\n");
        await File.WriteAllTextAsync(Path.Combine(Folder, "README.md"), index.ToString());
    }

    private async Task WalkAsync(Site site, string name, SortedDictionary<string, string> taken)
    {
        var wide = await OpenAsync(site, name, 1280);
        var narrow = await OpenAsync(site, name, 320);
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
            taken[kind] = name.Length == 0 ? "everybody" : name;
            await ShootAsync(wide.Page, kind, 1280);
            await narrow.Page.GotoAsync(path);
            await ShootAsync(narrow.Page, kind, 320);
        }
        await wide.Page.Context.CloseAsync();
        await narrow.Page.Context.CloseAsync();
    }

    private async Task<Person> OpenAsync(Site site, string name, int width)
    {
        var person = await chrome.PersonAsync(site, width: width);
        if (name.Length == 0) await person.Page.GotoAsync("/");
        else await person.EnterAsync(name);
        return person;
    }

    private static Task ShootAsync(IPage page, string kind, int width) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Folder, $"{kind}-fr-{width}.jpg"), Type = ScreenshotType.Jpeg, Quality = 55, FullPage = true,
    });

    /// <summary>/demandes/0193… is "demandes-un"; the root is "accueil".</summary>
    private static string KindOf(string path) => path == "/" ? "accueil"
        : string.Join('-', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => Guid.TryParse(p, out _) ? "un" : p));

    private static bool IsPage(string link) => !link.StartsWith("/langue", StringComparison.Ordinal) && !link.StartsWith("/quitter", StringComparison.Ordinal)
        && !link.StartsWith("/rester", StringComparison.Ordinal) && !link.StartsWith("/design", StringComparison.Ordinal) && !link.Contains('.', StringComparison.Ordinal);
}
