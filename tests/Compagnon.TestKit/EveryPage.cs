using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.TestKit;

/// <summary>Somebody of the demonstration, signed in; <paramref name="Button"/> is what their button on /demo posts, null for whoever is nobody yet.</summary>
public sealed record Guest(string Name, string? Button, Visitor Visitor, string Home);

/// <summary>A page as somebody reaches it.</summary>
/// <param name="Route">The page's own template: what makes two addresses one page.</param>
public sealed record Stop(Guest Guest, string Route, string Path);

/// <summary>
/// Every page of the application, found from its routes and its links as each role meets them, and by what leads to the few that no link leads to
/// (<see cref="Arrivals"/>): a new page is measured by existing. A route that nobody reaches is told, so that a test can say why.
/// </summary>
public sealed partial class EveryPage
{
    private static readonly string[] Aside = ["/langue/", "/quitter", "/rester", "/demo/", "/sante", "/mon-espace/copie/fichier"];

    /// <summary>Addresses that show nothing and go on to the page that is seen.</summary>
    public static readonly IReadOnlyList<string> LeadOn =
    [
        "/orienter", "/demander/{ReferralId:guid}", "/journal/{AccompanimentId:guid}/nouveau",
    ];

    /// <summary>Of the demonstration's people, those with most files and most to do.</summary>
    private static readonly string[] Busiest = ["Marianne Lavoie", "Sophie Tremblay", "Ghislaine Roy", "Nadia"];
    private readonly List<(string Raw, TemplateMatcher Matcher)> routes;
    private readonly List<Stop> stops = [];

    private EveryPage(IEnumerable<string> templates) => routes = [.. templates
        .OrderByDescending(t => t.Split('/').Count(p => !p.StartsWith('{')))
        .Select(t => (t, new TemplateMatcher(TemplateParser.Parse(t), [])))];

    /// <summary>One for each page; the homes of all guests, too, because the same page says other things to each.</summary>
    public IReadOnlyList<Stop> Stops => stops;

    public IEnumerable<string> NotReached => routes.Select(r => r.Raw).Except(stops.Select(s => s.Route), StringComparer.Ordinal);

    public static async Task<EveryPage> OfAsync(Site site, string language)
    {
        var found = new EveryPage(RoutesOf(site));
        foreach (var (guest, path) in await Arrivals.AllAsync(site, language)) found.Keep(guest, found.RouteOf(path) ?? throw new InvalidOperationException($"{path} is no page."), path);
        // a page that several reach is looked at as whoever has most to show sees it
        foreach (var guest in (await EverybodyAsync(site, language)).OrderBy(g => g.Button is not null).ThenByDescending(g => IsBusy(g.Name))) await found.WalkAsync(guest);
        return found;
    }

    /// <summary>Every address of a page, as its own template.</summary>
    public static IEnumerable<string> RoutesOf(Site site) => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'))
        .Where(t => !t.Contains('.', StringComparison.Ordinal) && !t.Contains("{*", StringComparison.Ordinal) && !t.StartsWith("/_framework", StringComparison.Ordinal) && !Aside.Any(a => t.StartsWith(a.TrimEnd('/'), StringComparison.Ordinal)))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Nobody, then several of each role: each stands at another step. Not all: entering is limited, too.</summary>
    public static async Task<List<Guest>> EverybodyAsync(Site site, string language)
    {
        var nobody = site.Visitor(language);
        var people = await nobody.GetAsync("/demo");
        var all = new List<Guest> { new("nobody", Button: null, nobody, "/") };
        foreach (var group in people.Document.QuerySelectorAll("section[aria-labelledby^='role-']"))
            foreach (var button in group.QuerySelectorAll("button[name='person']").OrderByDescending(b => IsBusy(b.TextContent)).Take(group.GetAttribute("aria-labelledby") switch { "role-Patient" => 9, "role-Coordinator" => 4, _ => 3 }))
                all.Add(await EnterAsync(site, language, (group.GetAttribute("aria-labelledby")!["role-".Length..], button.GetAttribute("value")!)));
        return all;
    }

    /// <summary>Presses the button of one person on /demo, of which <paramref name="person"/> says the role and what it posts.</summary>
    internal static async Task<Guest> EnterAsync(Site site, string language, (string Role, string Value) person)
    {
        var visitor = site.Visitor(language);
        var people = await visitor.GetAsync("/demo");
        var home = await visitor.PostAsync(people, new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = person.Value }, form: "form[action='/demo']");
        return new Guest($"{person.Role} {people.Document.QuerySelector($"button[value='{person.Value}']")?.TextContent.Trim()}", person.Value, visitor, home.Address.PathAndQuery);
    }

    private async Task WalkAsync(Guest guest)
    {
        var waiting = new Queue<string>([guest.Home, .. guest.Button is null ? [] : routes.Select(r => r.Raw).Where(r => !r.Contains('{', StringComparison.Ordinal))]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var mine = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = stops.Select(s => s.Route).ToHashSet(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var address))
        {
            if (RouteOf(address) is not { } route || !seen.Add(address.Split('?')[0]) || mine.GetValueOrDefault(route) >= 2) continue;
            // a list that another has seen may lead this one to a page that nobody has
            if (known.Contains(route) && route.Contains('{', StringComparison.Ordinal)) continue;
            var page = await guest.Visitor.GetAsync(address);
            if (page.Status is not HttpStatusCode.OK || RouteOf(page.Address.AbsolutePath) is not { } reached) continue;
            mine[route] = mine.GetValueOrDefault(route) + 1;
            Keep(guest, reached, page.Address.PathAndQuery);
            var links = page.Document.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(l => !Aside.Any(a => l.StartsWith(a, StringComparison.Ordinal))).ToList();
            foreach (var link in links.SelectMany(l => Siblings(l).Prepend(l)).Concat(Siblings(page.Address.AbsolutePath))) waiting.Enqueue(link);
        }
    }

    private static bool IsBusy(string name) => Array.Exists(Busiest, b => name.Trim().EndsWith(b, StringComparison.Ordinal));

    /// <summary>Pages that no link leads to at this moment, but that stand beside a linked one: /demander/0193…/sujets beside /demander/0193….</summary>
    private IEnumerable<string> Siblings(string link)
    {
        if (Numbered().Match(link) is not { Success: true } match) return [];
        var start = match.Groups["start"].Value;
        return routes.Where(r => r.Raw.StartsWith(start + "{", StringComparison.Ordinal) && r.Raw.Count(c => c == '{') == 1)
            .Select(r => start + match.Groups["id"].Value + r.Raw[(r.Raw.IndexOf('}', StringComparison.Ordinal) + 1)..]);
    }

    private void Keep(Guest guest, string route, string path)
    {
        if (stops.TrueForAll(s => s.Route != route || (path == guest.Home && s.Guest != guest && stops.Count(o => o.Route == route) < 3))) stops.Add(new Stop(guest, route, path));
    }

    private string? RouteOf(string address)
    {
        var path = address.Split('?')[0];
        return routes.Find(r => r.Matcher.TryMatch(path, [])).Raw;
    }

    [GeneratedRegex(@"^(?<start>/[a-z-]+/)(?<id>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbered();
}
