using Compagnon.TestKit;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Quality;

/// <summary>The interface's list of accessibility, asked of a page in the browser (look.js) and by axe.</summary>
internal static class Look
{
    private static readonly string Script = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Compagnon.EndToEnd.Tests", "Quality", "look.js"));

    public static Task PrepareAsync(IBrowserContext context) => context.AddInitScriptAsync(Script);

    public static async Task<List<string>> AtAsync(IPage page, params string[] points)
    {
        var found = new List<string>();
        foreach (var point in points) found.AddRange((await page.EvaluateAsync<string[]>($"look.{point}()")).Distinct(StringComparer.Ordinal).Take(3).Select(f => $"{point}: {f}"));
        return found;
    }

    public static async Task<IEnumerable<string>> AxeAsync(IPage page) => (await Axe.FindAsync(page)).Select(f => $"axe {f}");

    /// <summary>The first stop of the keyboard leads past the menu, into the page.</summary>
    public static async Task<IEnumerable<string>> SkipAsync(IPage page)
    {
        await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        await page.Keyboard.PressAsync("Tab");
        if (!await page.EvaluateAsync<bool>("document.activeElement.classList.contains('govuk-skip-link') || !!document.querySelector('.govuk-error-summary')")) return ["the first stop of the keyboard is no skip link"];
        if (await page.EvaluateAsync<bool>("!!document.querySelector('.govuk-error-summary')")) return [];
        await page.Keyboard.PressAsync("Enter");
        return await page.EvaluateAsync<bool>("document.activeElement.localName === 'main'") ? [] : ["the skip link does not move the focus"];
    }
}
