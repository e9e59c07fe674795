using Compagnon.TestKit;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Budgets;

/// <summary>Goes to every page of the application, each as the one who reaches it.</summary>
internal static class Rounds
{
    public static async Task GoAsync(Chrome chrome, Site site, IEnumerable<Stop> stops, string language, int width, Func<IPage, Stop, Task> look, Func<IBrowserContext, Task>? prepare = null)
    {
        foreach (var group in stops.GroupBy(s => s.Guest))
        {
            var page = await OpenAsync(chrome, site, group.Key, language, width, prepare);
            foreach (var stop in group) await look(page, stop);
            await page.Context.CloseAsync();
        }
    }

    public static async Task<IPage> OpenAsync(Chrome chrome, Site site, Guest guest, string language, int width, Func<IBrowserContext, Task>? prepare = null)
    {
        var context = await chrome.Browser.NewContextAsync(new()
        {
            BaseURL = site.Root.ToString(), Locale = language == "en" ? "en-CA" : "fr-CA", TimezoneId = "America/Toronto", ViewportSize = new() { Width = width, Height = width < 600 ? 640 : 900 },
        });
        context.SetDefaultTimeout(30_000);
        if (prepare is not null) await prepare(context);
        // they have entered already: to enter again and again is limited
        await context.AddCookiesAsync(guest.Visitor.Cookies.Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        return await context.NewPageAsync();
    }
}
