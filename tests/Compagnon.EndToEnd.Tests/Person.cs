using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests;

/// <summary>
/// A person with a browser, in the words of a story: they follow links and press buttons that they find on the page. Every page they come to is looked at
/// (<see cref="Looking"/>), in error states too.
/// </summary>
public sealed class Person
{
    private const string MainButton = "main form button[type=submit]:not([tabindex='-1'])";
    private readonly Looking looking;
    private int status = 200;

    public Person(IPage page, Manner manner, ConcurrentDictionary<string, bool> clean)
    {
        (Page, Manner, looking) = (page, manner, new Looking(page, manner, clean));
        page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest && response.Frame == page.MainFrame) status = response.Status;
        };
    }

    public IPage Page { get; }

    public Manner Manner { get; }

    /// <summary>Path of the page they are on.</summary>
    public string At => new Uri(Page.Url).AbsolutePath;

    public Task EnterAsync(string name) => EnterByAsync(Page.Locator("li", new() { HasText = name }).GetByRole(AriaRole.Button));

    /// <summary>The same by the person's id, for whom a story has only just learnt of.</summary>
    public Task EnterAsAsync(Guid personId) => EnterByAsync(Page.Locator($"button[value^='{personId}/']"));

    public Task OpensAsync(string path) => ComesToAsync(() => Page.GotoAsync(path));

    /// <summary>Follows a link that stands on the page: what no link leads to, nobody finds.</summary>
    public async Task FollowsAsync(string href)
    {
        var link = Page.Locator($"a[href='{href}']").Locator("visible=true").First;
        Assert.True(await link.CountAsync() > 0, $"{At} has no link to {href}, only {string.Join(' ', await Page.Locator("main a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"))}");
        await ComesToAsync(() => link.ClickAsync());
    }

    public Task FillsAsync(string field, string text) => Page.Locator($"[name='Input.{field}']").FillAsync(text);

    public async Task FillsAsync(string field, DateOnly day)
    {
        await FillsAsync($"{field}.Day", day.Day.ToString(CultureInfo.InvariantCulture));
        await FillsAsync($"{field}.Month", day.Month.ToString(CultureInfo.InvariantCulture));
        await FillsAsync($"{field}.Year", day.Year.ToString(CultureInfo.InvariantCulture));
    }

    public async Task PicksAsync(string field, string option) => await Page.Locator($"[name='Input.{field}']").SelectOptionAsync(option);

    /// <summary>Ticks a box, or chooses one of several answers, by its label, as one does with a mouse or a finger.</summary>
    public async Task TicksAsync(string field, string value)
    {
        var id = await Page.Locator($"[name='Input.{field}'][value='{value}']").GetAttributeAsync("id");
        await Page.Locator($"label[for='{id}']").ClickAsync();
        Assert.True(await Page.Locator($"[id='{id}']").IsCheckedAsync(), $"{field} {value} is not chosen at {At}");
    }

    /// <summary>Gives every question of the page that still has none an answer: yes, or the first.</summary>
    public async Task AnswersAsync()
    {
        foreach (var name in await Page.Locator("main input[type=radio]").EvaluateAllAsync<string[]>("all => [...new Set(all.map(r => r.name))].filter(n => !all.some(r => r.name === n && r.checked))"))
        {
            var yes = Page.Locator($"input[name='{name}'][value='oui']");
            var value = await (await yes.CountAsync() > 0 ? yes : Page.Locator($"input[name='{name}']").First).GetAttributeAsync("value");
            await TicksAsync(name["Input.".Length..], value!);
        }
    }

    /// <summary>Presses the page's main button, or another, and is taken on.</summary>
    public async Task SubmitsAsync(string button = MainButton)
    {
        await ComesToAsync(() => Page.Locator(button).First.ClickAsync());
        Assert.True(await Page.Locator(".govuk-error-summary").CountAsync() == 0, $"{At} refused: {string.Join(' ', await Page.Locator(".govuk-error-summary").AllInnerTextsAsync())}");
    }

    /// <summary>Presses the button and is told what to mend, each line leading to its field.</summary>
    public async Task IsRefusedAsync(params string[] fields)
    {
        await ComesToAsync(() => Page.Locator(MainButton).First.ClickAsync());
        await looking.AtTheErrorsAsync(fields);
    }

    public async Task ReadsAsync(string french, string? english = null) =>
        Assert.Contains(Manner.Language == "en" ? english ?? french : french, await TextAsync(), StringComparison.Ordinal);

    /// <summary>Nowhere on the page: not in what is shown, not in what is only in its source.</summary>
    public async Task DoesNotReadAsync(params string[] texts)
    {
        var source = await Page.ContentAsync();
        foreach (var text in texts) Assert.DoesNotContain(text, source, StringComparison.OrdinalIgnoreCase);
    }

    public async Task<string> TextAsync() => (await Page.Locator("main").InnerTextAsync()).Replace('\u00a0', ' ');

    public Task LooksAsync() => looking.AtThePageAsync(status);

    /// <summary>Does what leads to a page, waits until it is there, and looks at it.</summary>
    public async Task ComesToAsync(Func<Task> act)
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Navigated(object? sender, IFrame frame)
        {
            if (frame == Page.MainFrame) came.TrySetResult();
        }
        Page.FrameNavigated += Navigated;
        try
        {
            await act();
            await came.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"No page came after {At}", e);
        }
        finally
        {
            Page.FrameNavigated -= Navigated;
        }
        await IsThereAsync();
        await LooksAsync();
    }

    // The page itself is asked: between a navigation and its being told, DOMContentLoaded and Load can be lost, and a wait for them has no end.
    private async Task IsThereAsync()
    {
        for (var until = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < until; await Task.Delay(20))
            try
            {
                if (await Page.EvaluateAsync<string>("document.readyState") == "complete") return;
            }
            catch (PlaywrightException)
            {
                // on the way to the next page already
            }
        throw new TimeoutException($"{Page.Url} is not there after a minute");
    }

    private async Task EnterByAsync(ILocator button)
    {
        await OpensAsync("/demo");
        await ComesToAsync(() => button.First.ClickAsync());
    }
}
