using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests;

/// <summary>What holds of every page in every state.</summary>
internal sealed partial class Looking(IPage page, Manner manner, ConcurrentDictionary<string, bool> clean)
{
    /// <summary>It came, in one language, with one heading and a title that says when something went wrong; nothing scrolls sideways; axe finds nothing.</summary>
    public async Task AtThePageAsync(int status)
    {
        Assert.True(status < 400, string.Create(CultureInfo.InvariantCulture, $"{page.Url} answers {status}"));
        Assert.StartsWith(manner.Language, await page.Locator("html").GetAttributeAsync("lang"), StringComparison.Ordinal);
        Assert.True(await page.Locator("h1").CountAsync() == 1, $"{page.Url} has no heading, or several");
        var refused = await page.Locator(".govuk-error-summary").CountAsync() > 0;
        Assert.Equal(refused, (await page.TitleAsync()).StartsWith(manner.Language == "en" ? "Error:" : "Erreur", StringComparison.Ordinal));
        if (!manner.Script) return; // measuring needs script; the same pages are measured with it
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page.Url} scrolls sideways");
        await WithAxeAsync();
    }

    /// <summary>The summary has the focus, names every field once and leads to it; the field says what is wrong, too.</summary>
    public async Task AtTheErrorsAsync(string[] fields)
    {
        var links = await page.Locator(".govuk-error-summary a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href').slice(1))");
        Assert.True(links.Length >= fields.Length && links.Length > 0, $"{page.Url}: {links.Length} errors, not {fields.Length}");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.classList.contains('govuk-error-summary')"), $"{page.Url}: the summary has not the focus");
        var told = new List<string>();
        foreach (var id in links)
        {
            var field = page.Locator($"[id='{id}']");
            var (name, says) = (await field.GetAttributeAsync("name"), await field.EvaluateAsync<bool>("f => [f, f.closest('fieldset')].some(e => (e?.getAttribute('aria-describedby') ?? '').split(' ').some(d => document.getElementById(d)?.classList.contains('govuk-error-message')))"));
            Assert.True(says, $"{page.Url}: {name} does not say what is wrong");
            told.Add(name!["Input.".Length..]);
        }
        foreach (var field in fields) Assert.Contains(told, t => t == field || t.StartsWith(field + ".", StringComparison.Ordinal));
    }

    private async Task WithAxeAsync()
    {
        var shape = Shape(await page.ContentAsync());
        var key = string.Create(CultureInfo.InvariantCulture, $"{manner.Width} {shape}");
        if (clean.ContainsKey(key)) return;
        var found = await Axe.FindAsync(page);
        Assert.True(found.Length == 0, $"{page.Url}: {string.Join("; ", found)}");
        clean[key] = true;
    }

    /// <summary>The page without its words and ids: what axe judges of it.</summary>
    private static string Shape(string html) => Ids().Replace(Values().Replace(Words().Replace(html, ">t<"), ""), "#");

    [GeneratedRegex(">[^<]*[^<\\s][^<]*<", RegexOptions.None, 2000)]
    private static partial Regex Words();

    [GeneratedRegex(" value=\"[^\"]*\"", RegexOptions.None, 2000)]
    private static partial Regex Values();

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", RegexOptions.None, 2000)]
    private static partial Regex Ids();
}
