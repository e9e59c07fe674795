using Compagnon.EndToEnd.Tests.Budgets;
using Compagnon.TestKit;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Quality;

/// <summary>Every form, sent empty by each role that meets it: what a refusal shows is held against the interface's list.</summary>
public sealed class EveryRefusalIsForEverybody(Chrome chrome)
{
    /// <summary>Some forms are obeyed when they are empty, and one of them ends an access: whoever could end somebody else's comes last.</summary>
    private static readonly string[] Last = ["Coordinator", "Manager", "Administrator"];

    [Theory]
    [InlineData("fr", 320)]
    [InlineData("en", 1280)]
    public async Task EveryRefusedForm_HoldsTheList(string language, int width)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var pages = await EveryPage.OfAsync(site, language);
        var (problems, refused) = (new List<string>(), 0);
        await Rounds.GoAsync(chrome, site, pages.Stops.OrderBy(s => Array.IndexOf(Last, s.Guest.Name.Split(' ')[0])), language, width, async (page, stop) =>
        {
            await page.GotoAsync(stop.Path);
            if (!await RefusedAsync(page)) return;
            refused++;
            problems.AddRange((await ErrorsAsync(page)).Select(f => $"{stop.Route} ({stop.Guest.Name}): {f}"));
        }, Look.PrepareAsync);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(80)));
        Assert.True(refused > 30, $"Only {refused} forms were refused.");
    }

    private static async Task<List<string>> ErrorsAsync(IPage page)
    {
        var found = await Look.AtAsync(page, "structure", "targets", "clipped");
        if (!await page.EvaluateAsync<bool>("document.activeElement.classList.contains('govuk-error-summary')")) found.Add("the summary has not the focus");
        found.AddRange(await Look.AxeAsync(page));
        return found;
    }

    /// <summary>Empties the page's form and sends it, as nobody would on purpose; true when it was refused. A form without fields would be obeyed, and is left.</summary>
    private static async Task<bool> RefusedAsync(IPage page)
    {
        var sent = await page.EvaluateAsync<bool>("""
            () => {
              const form = document.querySelector("main form[method=post]"), fields = form ? [...form.querySelectorAll("[name^='Input.']:not([type=hidden])")] : [];
              for (const f of fields) { if (f.type === "radio" || f.type === "checkbox") f.checked = false; else f.value = ""; }
              if (fields.length === 0) return false;
              self.before = true;
              form.requestSubmit();
              return true;
            }
            """);
        if (!sent) return false;
        await page.WaitForFunctionAsync("() => !self.before && document.readyState === 'complete'");
        return await page.Locator(".govuk-error-summary").CountAsync() > 0;
    }
}
