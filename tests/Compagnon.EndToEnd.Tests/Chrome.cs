using System.Globalization;
using Compagnon.TestKit;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Compagnon.EndToEnd.Tests.Chrome))]

namespace Compagnon.EndToEnd.Tests;

/// <summary>One Chromium for all stories; each person in a story has a context of their own.</summary>
public sealed class Chrome : IAsyncLifetime
{
    /// <summary>The shell is the same Chromium without windows: a third of the processor time. The last is named in the error when none is there.</summary>
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(Paths, File.Exists) ?? Paths[^1],
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
        });
    }

    /// <summary>Somebody in front of a screen.</summary>
    public async Task<Person> PersonAsync(Site site, string language = "fr", bool script = true, int width = 1280)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = site.Root.ToString(), Locale = language == "en" ? "en-CA" : "fr-CA", JavaScriptEnabled = script, TimezoneId = "America/Toronto",
            ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 900 },
        });
        context.SetDefaultTimeout(15_000);
        return new Person(await context.NewPageAsync(), language, script);
    }

    /// <summary>Enters the demonstration as one of its people.</summary>
    public async Task<Person> EnterAsync(Site site, string name, string language = "fr", bool script = true, int width = 1280)
    {
        var person = await PersonAsync(site, language, script, width);
        await person.EnterAsync(name);
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>A person with a browser, in the words of a story. Every page they come to is looked at: accessibility, one language, no sideways scroll.</summary>
public sealed class Person(IPage page, string language, bool script)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public IPage Page { get; } = page;
    public string Language { get; } = language;

    public async Task EnterAsync(string name)
    {
        await Page.GotoAsync("/demo");
        await Page.Locator("li", new() { HasText = name }).GetByRole(AriaRole.Button).First.ClickAsync();
        await Page.WaitForURLAsync(u => !u.EndsWith("/demo", StringComparison.Ordinal));
    }

    /// <summary>The same by the person's id, for whom a story has only just learnt of.</summary>
    public async Task EnterAsAsync(Guid personId)
    {
        await Page.GotoAsync("/demo");
        await Page.Locator($"button[value^='{personId}/']").First.ClickAsync();
        await Page.WaitForURLAsync(u => !u.EndsWith("/demo", StringComparison.Ordinal));
    }

    public async Task OpensAsync(string path)
    {
        await Page.GotoAsync(path);
        await LooksAsync();
    }

    public Task FillsAsync(string field, string text) => Page.Locator($"[name='Input.{field}']").FillAsync(text);

    public Task TicksAsync(string field, string value) => Page.Locator($"[name='Input.{field}'][value='{value}']").CheckAsync(new() { Force = true });

    /// <summary>Gives every question of the page that still has none an answer: yes, or the first.</summary>
    public async Task AnswersAsync()
    {
        var names = await Page.Locator("main input[type=radio]").EvaluateAllAsync<string[]>("all => [...new Set(all.map(r => r.name))]");
        foreach (var name in names)
        {
            if (await Page.Locator($"input[name='{name}']:checked").CountAsync() > 0) continue;
            var yes = Page.Locator($"input[name='{name}'][value='oui']");
            await (await yes.CountAsync() > 0 ? yes : Page.Locator($"input[name='{name}']")).First.CheckAsync(new() { Force = true });
        }
    }

    /// <summary>Presses the page's main button.</summary>
    public async Task SubmitsAsync(string button = "main form button[type=submit]")
    {
        await Page.RunAndWaitForResponseAsync(() => Page.Locator(button).First.ClickAsync(), r => r.Request.IsNavigationRequest && r.Status is < 300 or >= 400);
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        await LooksAsync();
    }

    public async Task ReadsAsync(string text) =>
        Assert.Contains(text, (await Page.Locator("main").InnerTextAsync()).Replace('\u00a0', ' '), StringComparison.Ordinal);

    public async Task DoesNotReadAsync(params string[] texts)
    {
        var source = await Page.ContentAsync();
        foreach (var text in texts) Assert.DoesNotContain(text, source, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What holds of every page, in every state: error states too.</summary>
    public async Task LooksAsync()
    {
        var html = await Page.ContentAsync();
        if (!seen.Add(string.Create(CultureInfo.InvariantCulture, $"{Page.Url} {html.Contains("govuk-error-summary", StringComparison.Ordinal)}"))) return;
        Assert.StartsWith(Language, await Page.Locator("html").GetAttributeAsync("lang"), StringComparison.Ordinal);
        Assert.Equal(1, await Page.Locator("h1").CountAsync());
        if (!script) return; // measuring needs script; the same pages are measured with it
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{Page.Url} scrolls sideways");
        var axe = await Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        Assert.True(axe.Violations.Length == 0, $"{Page.Url}: " + string.Join("; ", axe.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
    }
}
