using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Compagnon.TestKit;

/// <summary>A page as it came: where, with what status, and its document.</summary>
public sealed record Page(Uri Address, HttpStatusCode Status, IHtmlDocument Document, string Source)
{
    public string Title => Document.Title ?? "";
    public string H1 => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>Main text with white space folded: what a person reads.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main") ?? Document.Body!).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<string> Errors => [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(l => l.TextContent.Trim())];
}

/// <summary>A browser without script: keeps cookies, follows redirects, posts forms with everything they hold.</summary>
public sealed class Visitor : IDisposable
{
    private readonly HttpClient client;
    private readonly CookieContainer cookies = new();

    public Visitor(Uri root, string language)
    {
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = root };
        client.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    public HttpClient Client => client;

    /// <summary>What this browser holds: with it another one goes on where this one stands.</summary>
    public IEnumerable<Cookie> Cookies => cookies.GetAllCookies();

    public Task<Page> GetAsync(string path) => ReadAsync(client.GetAsync(path));

    /// <summary>Posts a form of the page with what it holds, changed by <paramref name="fields"/>; a field of several values is given by <paramref name="lists"/>.</summary>
    public Task<Page> PostAsync(Page page, IReadOnlyDictionary<string, string>? fields = null, IReadOnlyDictionary<string, string[]>? lists = null, string form = "main form")
    {
        var element = FormOf(page, form);
        return ReadAsync(client.PostAsync(ActionOf(page, element), new FormUrlEncodedContent(Filled(element, fields, lists))));
    }

    /// <summary>Posts this form of the page, of several.</summary>
    public Task<Page> PostAsync(Page page, IHtmlFormElement form, IReadOnlyDictionary<string, string> fields) => ReadAsync(client.PostAsync(ActionOf(page, form), new FormUrlEncodedContent(Filled(form, fields))));

    /// <summary>What goes over the wire when the page's form is sent.</summary>
    public static Task<string> BodyAsync(Page page, IReadOnlyDictionary<string, string> fields) => new FormUrlEncodedContent(Filled(FormOf(page, "main form"), fields)).ReadAsStringAsync();

    private static IHtmlFormElement FormOf(Page page, string form) => (IHtmlFormElement?)page.Document.QuerySelector(form) ?? throw new InvalidOperationException($"No {form} at {page.Address}: {page.Text}");

    private static Uri ActionOf(Page page, IHtmlFormElement form) => form.GetAttribute("action") is { Length: > 0 } action ? new Uri(page.Address, action) : page.Address;

    private static List<KeyValuePair<string, string>> Filled(IHtmlFormElement element, IReadOnlyDictionary<string, string>? fields, IReadOnlyDictionary<string, string[]>? lists = null)
    {
        var posted = Held(element).Where(f => fields?.ContainsKey(f.Key) is not true && lists?.ContainsKey(f.Key) is not true).ToList();
        foreach (var (name, value) in fields ?? new Dictionary<string, string>(StringComparer.Ordinal)) posted.Add(new(name, value));
        foreach (var (name, values) in lists ?? new Dictionary<string, string[]>(StringComparer.Ordinal)) posted.AddRange(values.Select(v => new KeyValuePair<string, string>(name, v)));
        return posted;
    }

    public void Dispose() => client.Dispose();

    /// <summary>What the form would send as it stands: typed, chosen and hidden; no button.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Held(IHtmlFormElement form)
    {
        foreach (var element in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "image" or "button" }: break;
                case IHtmlInputElement input: yield return new(name, input.Value); break;
                case IHtmlSelectElement select: yield return new(name, select.Value ?? ""); break;
                case IHtmlTextAreaElement area: yield return new(name, area.Value); break;
            }
        }
    }

    private static async Task<Page> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        var source = await answer.Content.ReadAsStringAsync();
        return new Page(answer.RequestMessage!.RequestUri!, answer.StatusCode, new HtmlParser().ParseDocument(source), source);
    }
}
