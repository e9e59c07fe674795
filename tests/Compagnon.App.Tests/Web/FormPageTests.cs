using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Compagnon.App.Tests.Web;

/// <summary>The style guide's form, over HTTP as a browser without script would use it.</summary>
public sealed class FormPageTests(FormPageTests.Site site) : IClassFixture<FormPageTests.Site>
{
    [Fact]
    public async Task EachVisit_HasAKeyOfItsOwn_AndARefusedFormKeepsIt()
    {
        var client = site.Client();
        var (first, second) = (await KeyAsync(client.GetAsync("/design/formulaire")), await KeyAsync(client.GetAsync("/design/formulaire")));
        Assert.NotEqual(first, second);
        Assert.Equal(first, await KeyAsync(Post("fr", [("Key", first)], keepToken: true)));
        Assert.Equal(first, await KeyAsync(Post("fr", [("Key", first)], keepToken: false)));
        Assert.True(Guid.TryParse(await KeyAsync(Post("fr", [("Key", "<b>")], keepToken: true)), out _));
    }

    private static async Task<string> KeyAsync(Task<HttpResponseMessage> answer) => Value(new HtmlParser().ParseDocument(await (await answer).Content.ReadAsStringAsync()), "Key")!;

    [Theory]
    [InlineData("en-US,fr;q=0.5", "en-CA", "Error: Refer someone – Compagnon", "Six things to correct")]
    [InlineData("de, fr;q=0.9, en;q=0.8", "fr-CA", "Erreur\u00a0: Orienter une personne – Compagnon", "Six choses à corriger")]
    public async Task RefusedForm_KeepsWhatWasTyped_AndLeadsToEachField(string accept, string lang, string title, string summary)
    {
        var page = await Send(accept, Wrong, keepToken: true);
        Assert.Equal(lang, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(title, page.Title);
        Assert.Equal(summary, page.QuerySelector(".govuk-error-summary__title")!.TextContent);
        Assert.NotNull(page.QuerySelector(".govuk-error-summary[autofocus]"));
        Assert.Equal("514 555-01", Value(page, "Input.Telephone"));
        Assert.Equal("novembre", Value(page, "Input.Born.Month"));
        Assert.Equal("abc", Value(page, "Input.Weight"));
        Assert.Equal("Préfère <le> soir", page.QuerySelector("[name='Input.Note']")!.TextContent.TrimStart('\n'));
        Assert.Equal("before after", string.Join(' ', page.QuerySelectorAll("[name='Input.Moments'][checked]").Select(c => c.GetAttribute("value"))));
        foreach (var link in page.QuerySelectorAll(".govuk-error-summary__list a"))
        {
            var field = page.GetElementById(link.GetAttribute("href")![1..])!;
            Assert.True(field.LocalName is "input" or "select" or "textarea");
            var described = (field.GetAttribute("aria-describedby") ?? field.Closest("fieldset")?.GetAttribute("aria-describedby"))!;
            Assert.Contains(described.Split(' '), id => page.GetElementById(id)!.TextContent.EndsWith(link.TextContent, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task StaleToken_ShowsThePageAgain_AndDoesNotSave()
    {
        var page = await Send("fr", Right, keepToken: false);
        Assert.Equal("Une chose à corriger", page.QuerySelector(".govuk-error-summary__title")!.TextContent);
        Assert.Equal("Nadia", Value(page, "Input.FirstName"));
    }

    [Fact]
    public async Task AcceptedForm_Redirects()
    {
        var answer = await Post("fr", Right, keepToken: true);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.EndsWith("?fait=true", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/design")]
    [InlineData("/design/formulaire")]
    [InlineData("/design/equipe")]
    public async Task Page_HasOneTitle_NoDuplicateId_NothingInline(string path)
    {
        var answer = await site.Client().GetAsync(path);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("[style], script:not([src]), [onclick], [src^=data]"));
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(page.QuerySelectorAll("input:not([type=hidden]), select, textarea").Where(c => page.QuerySelector($"label[for='{c.Id}']") is null).Select(c => c.Id));
    }

    [Fact]
    public async Task UnknownAddress_IsNotFound_NotASignIn() =>
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client().GetAsync("/nulle-part")).StatusCode);

    private static readonly (string, string)[] Right =
        [("FirstName", "Nadia"), ("Telephone", "514 555-0123"), ("Message", "oui"), ("Site", "breast"), ("Consent", "oui")];

    private static readonly (string, string)[] Wrong =
        [("Telephone", "514 555-01"), ("FirstName", "Nadia"), ("Born.Day", "31"), ("Born.Month", "novembre"), ("Born.Year", "1968"), ("Weight", "abc"), ("Moments", "before"), ("Moments", "after"), ("Note", "Préfère <le> soir")];

    private static string? Value(IParentNode page, string name) => page.QuerySelector($"[name='{name}']")!.GetAttribute("value");

    private async Task<IDocument> Send(string accept, (string, string)[] fields, bool keepToken)
    {
        var answer = await Post(accept, fields, keepToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> Post(string accept, (string, string)[] fields, bool keepToken)
    {
        var client = site.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", accept);
        const string path = "/design/formulaire";
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync(path));
        var token = keepToken ? Value(page, "__RequestVerificationToken")! : "périmé";
        KeyValuePair<string, string>[] all = [new("_handler", "form"), new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Item1 is "Key" ? f.Item1 : "Input." + f.Item1, f.Item2))];
        return await client.PostAsync(path, new FormUrlEncodedContent(all));
    }

    public sealed class Site : WebApplicationFactory<Program>
    {
        public HttpClient Client() => CreateClient(new() { AllowAutoRedirect = false });

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Development");
    }
}
