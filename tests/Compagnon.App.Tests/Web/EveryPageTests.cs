using System.IO.Compression;
using System.Net;
using System.Text;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Web;

/// <summary>
/// Walks the demonstration as its people, link by link, and asks each address as everybody else, too. What holds of every page is held here, so that a new page
/// is covered by existing.
/// </summary>
public sealed class EveryPageTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task EveryPage_Answers_InOneLanguage_WithinItsWeight_AndGivesNobodyAway(string language)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var secrets = await Secrets.OfAsync(site);
        var problems = new List<string>();
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        var people = await Visitors.AllAsync(site, language);
        foreach (var person in people) addresses.UnionWith(await WalkAsync(person, secrets, problems));
        // rights do not depend on the language: asked once
        foreach (var person in language == "fr" ? people : [])
            foreach (var address in addresses.Except(person.Walked, StringComparer.Ordinal))
                await AskAsync(person, address, secrets, problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct(StringComparer.Ordinal).Take(60)));
        Assert.True(addresses.Count > 25, $"Only {addresses.Count} addresses were found: {string.Join(' ', addresses)}");
    }

    /// <summary>Everything that a person reaches by links, at most a few of each kind of page.</summary>
    private static async Task<HashSet<string>> WalkAsync(Visitors.Known person, Secrets secrets, List<string> problems)
    {
        var waiting = new Queue<string>(["/", person.Home]);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var address))
        {
            var kind = KindOf(address);
            if (person.Walked.Contains(address) || kinds.GetValueOrDefault(kind) >= 3) continue;
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            person.Walked.Add(address);
            var page = await person.Visitor.GetAsync(address);
            // the public page has a door for clinicians; whoever acts in another role is told so behind it
            if (page.Status is not HttpStatusCode.OK && !(page.Status is HttpStatusCode.Forbidden && address == "/orienter")) problems.Add($"{person.Name}: {address} is linked but answers {(int)page.Status}");
            Check(person, address, page, secrets, problems);
            foreach (var link in page.Document.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(IsWalked)) waiting.Enqueue(link);
        }
        return person.Walked;
    }

    private static async Task AskAsync(Visitors.Known person, string address, Secrets secrets, List<string> problems)
    {
        var page = await person.Visitor.GetAsync(address);
        if ((int)page.Status >= 500) problems.Add($"{person.Name}: {address} fails with {(int)page.Status}");
        secrets.Check(person, address, page, problems);
    }

    private static void Check(Visitors.Known person, string address, Page page, Secrets secrets, List<string> problems)
    {
        var where = $"{person.Name} ({person.Language}): {address}";
        secrets.Check(person, address, page, problems);
        if (page.Document.DocumentElement.GetAttribute("lang")?.StartsWith(person.Language, StringComparison.Ordinal) is not true) problems.Add($"{where}: lang");
        if (page.Document.QuerySelectorAll("h1").Length != 1) problems.Add($"{where}: {page.Document.QuerySelectorAll("h1").Length} h1");
        if (page.Title.Length < 5) problems.Add($"{where}: title");
        var ids = page.Document.QuerySelectorAll("[id]").Select(e => e.Id!).GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        if (ids.Count > 0) problems.Add($"{where}: twice {string.Join(' ', ids)}");
        if (page.Document.QuerySelectorAll("[style], script:not([src]), [onclick]").Length > 0) problems.Add($"{where}: inline style or script");
        // what is typed never comes to stand in an address
        if (IsTypedIntoAddress(page.Document)) problems.Add($"{where}: typed text in an address");
        // sent twice it is done once; entering the demonstration begins a session and ends the one before
        foreach (var form in page.Document.QuerySelectorAll("form[method=post]:not([action='/demo'])").Where(f => !HasKey(f))) problems.Add($"{where}: a form without a key: {form.TextContent.Trim()}");
        foreach (var foreign in OneLanguage.Foreign(page.Document, person.Language).Take(3)) problems.Add($"{where}: other language: {foreign}");
        if (Compressed(page.Source) is > 12_000 and var weight) problems.Add($"{where}: weighs {weight} bytes");
    }

    private static bool HasKey(AngleSharp.Dom.IElement form) => Guid.TryParse(form.QuerySelector("input[type=hidden][name=Key]")?.GetAttribute("value"), out var key) && key != Guid.Empty;

    [Theory]
    [InlineData("<form method=post><input type=hidden name=Key value=6e1c2d3a-3b53-4f6e-9d5e-0d8f6a0b1c2d></form>", true)]
    [InlineData("<form method=post><input type=hidden name=Key></form>", false)]
    [InlineData("<form method=post><button>Envoyer</button></form>", false)]
    public void AFormWithoutAKey_IsSeen(string html, bool has) => Assert.Equal(has, HasKey(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("form")!));

    /// <summary>A form that is not posted and has a field to type in.</summary>
    private static bool IsTypedIntoAddress(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelectorAll("form")
        .Any(f => f.GetAttribute("method")?.Equals("post", StringComparison.OrdinalIgnoreCase) is not true
            && f.QuerySelectorAll("input, textarea").Any(e => e.GetAttribute("type") is not ("hidden" or "checkbox" or "radio" or "submit")));

    [Theory]
    [InlineData("<form method=get><input type=search name=cherche></form>", true)]
    [InlineData("<form><textarea name=q></textarea></form>", true)]
    [InlineData("<form method=get><select name=etat></select><button>Filtrer</button></form>", false)]
    [InlineData("<form method=post><input name=Input.What></form>", false)]
    public void AFieldToTypeIn_OfAFormThatIsNotPosted_IsSeen(string html, bool seen) => Assert.Equal(seen, IsTypedIntoAddress(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html)));

    /// <summary>What the next page costs: Brotli at the level a server uses for what it makes afresh.</summary>
    private static int Compressed(string text)
    {
        using var to = new MemoryStream();
        using (var brotli = new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(Encoding.UTF8.GetBytes(text));
        return (int)to.Length;
    }

    private static bool IsWalked(string link) => !link.Contains("langue=", StringComparison.Ordinal) && !link.StartsWith("/langue/", StringComparison.Ordinal) && !link.StartsWith("/quitter", StringComparison.Ordinal) && !link.StartsWith("/rester", StringComparison.Ordinal)
        && !link.StartsWith("/demo", StringComparison.Ordinal) && !link.StartsWith("/design", StringComparison.Ordinal) && !link.Contains('.', StringComparison.Ordinal);

    /// <summary>/demandes/0193…?page=2 is of the kind /demandes/*.</summary>
    private static string KindOf(string address) => string.Join('/', address.Split('?')[0].Split('/').Select(p => Guid.TryParse(p, out _) ? "*" : p)) + (address.Contains('?', StringComparison.Ordinal) ? "?" : "");
}
