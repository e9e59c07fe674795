using System.Net;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

/// <summary>The round, the cost of a choice and the missing experience over HTTP, as a browser without script, on both databases and in both languages.</summary>
public sealed class RoundPagesTests
{
    [Theory]
    [InlineData(Db.Sqlite, "fr")]
    [InlineData(Db.Sqlite, "en")]
    [InlineData(Db.PostgreSql, "fr")]
    [InlineData(Db.PostgreSql, "en")]
    public async Task TheRound_IsDecidedAndAccepted_LineByLine(Db db, string language)
    {
        await using var site = await Site.OnAsync(db);
        var marianne = await site.EnterAsync("Marianne Lavoie", language);
        var page = await marianne.GetAsync("/jumelages/tour");
        Assert.Equal(language == "fr" ? "Tour de jumelage" : "Matching round", page.H1);
        Assert.Contains(language == "fr" ? "Vérifié : aucun autre plan ne fait mieux." : "Verified: no other plan does better.", page.Text, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(page.Document, language));
        // who is to be called later is not silently left out; a line with little in common says so
        Assert.Contains(language == "fr" ? "1 personne est à rappeler plus tard" : "1 person is to be called later", page.Text, StringComparison.Ordinal);
        void WeakLinesSaySo(Page shown) => Assert.All(shown.Document.QuerySelectorAll("main form article"), a => Assert.Equal(FitOf(a) < new Weights().Good, a.TextContent.Contains(language == "fr" ? "Peu en commun" : "Little in common", StringComparison.Ordinal)));
        WeakLinesSaySo(page);
        var first = Token(page, 0);
        // nothing ticked: said, and nothing written
        var before = await ProposalsAsync(site);
        var refused = await marianne.PostAsync(page);
        Assert.Equal([language == "fr" ? "Cochez au moins une ligne" : "Tick at least one line"], refused.Errors);
        Assert.Equal(before, await ProposalsAsync(site));
        // set aside: the plan follows at once, and it can be put back
        var aside = await DecideAsync(marianne, page, page.Document.QuerySelectorAll("main form article")[0], language == "fr" ? "Mettre de côté" : "Set aside", first, Token(page, 1));
        Assert.DoesNotContain(first, Tokens(aside));
        WeakLinesSaySo(aside);
        Assert.Contains(aside.Document.QuerySelectorAll("main form article"), a => FitOf(a) < new Weights().Good);
        var heading = aside.Document.QuerySelector("#ecartes")!.ParentElement!;
        Assert.Equal(language == "fr" ? "Mises de côté pour ce tour" : "Set aside for this round", heading.QuerySelector("h2")!.TextContent.Trim());
        // whatever else was ticked stays ticked, as long as its line is there
        Assert.Equal(Tokens(aside).Where(t => t == Token(page, 1)), Ticked(aside));
        var back = await DecideAsync(marianne, aside, heading, language == "fr" ? "Remettre" : "Put back", Token(page, 1));
        Assert.Equal(Tokens(page), Tokens(back));
        Assert.Equal([Token(page, 1)], Ticked(back));
        // kept: it stays whatever else is decided, and so does what is ticked
        var kept = await DecideAsync(marianne, back, back.Document.QuerySelectorAll("main form article")[0], language == "fr" ? "Garder" : "Keep", first, Token(page, 1));
        Assert.Contains(first, Tokens(kept));
        Assert.Equal([first, Token(page, 1)], Ticked(kept));
        Assert.Contains(language == "fr" ? "Ne plus garder" : "Keep no longer", kept.Text, StringComparison.Ordinal);
        var free = await DecideAsync(marianne, kept, kept.Document.QuerySelectorAll("main form article")[0], language == "fr" ? "Ne plus garder" : "Keep no longer");
        Assert.DoesNotContain(language == "fr" ? "Ne plus garder" : "Keep no longer", free.Text, StringComparison.Ordinal);
        // what Enter presses asks, and decides nothing else; a button that isn't there decides nothing
        var enter = kept.Document.QuerySelector("main form button")!;
        Assert.Equal((null, "-1"), (enter.GetAttribute("name"), enter.GetAttribute("tabindex")));
        var nonsense = await marianne.PostAsync(kept, new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.Do"] = "garder.rien" });
        Assert.Equal((HttpStatusCode.OK, kept.Address.Query.Split('&')[0]), (nonsense.Status, nonsense.Address.Query));
        // accepted: one proposal, told; a line that somebody else took is told by itself
        var done = await marianne.PostAsync(kept, lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Line"] = [first] });
        Assert.Equal(before + 1, await ProposalsAsync(site));
        Assert.Contains(language == "fr" ? "1 personne accompagnatrice est sollicitée" : "1 accompanying patient has been asked", done.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(first, Tokens(done));
        Assert.Empty(OneLanguage.Foreign(done.Document, language));
    }

    [Theory]
    [InlineData(Db.Sqlite, "fr", "a déjà reçu cette demande", "1 ligne n’a pas pu être acceptée")]
    [InlineData(Db.PostgreSql, "en", "has already been asked", "1 line could not be accepted")]
    public async Task TwoCoordinators_TheSlowerOneIsToldWhichLineAndWhy(Db db, string language, string why, string title)
    {
        await using var site = await Site.OnAsync(db);
        var one = await site.EnterAsync("Marianne Lavoie", language);
        var two = await site.EnterAsync("Nicolas Gervais", language);
        var (mine, theirs) = (await one.GetAsync("/jumelages/tour"), await two.GetAsync("/jumelages/tour"));
        var line = Token(mine, 0);
        await one.PostAsync(mine, lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Line"] = [line] });
        var late = await two.PostAsync(theirs, lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Line"] = [line, Token(theirs, 1)] });
        Assert.Contains(title, late.Text, StringComparison.Ordinal);
        Assert.Contains(why, late.Text, StringComparison.Ordinal);
        Assert.Contains(language == "fr" ? "1 personne accompagnatrice est sollicitée" : "1 accompanying patient has been asked", late.Text, StringComparison.Ordinal);
    }

    /// <summary>What has come into the plan since was not seen by whoever presses the button.</summary>
    [Theory, OnBothDatabases]
    public async Task All_AreThoseThatThePageShowed(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var nicolas = await site.EnterAsync("Nicolas Gervais");
        var page = await marianne.GetAsync("/jumelages/tour");
        var shown = Tokens(page).Take(2).ToList();
        var before = await ProposalsAsync(site);
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.All"] = "oui" };
        await marianne.PostAsync(page, all, lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Shown"] = [.. shown] });
        Assert.Equal(before + shown.Count, await ProposalsAsync(site));
        var rest = await nicolas.GetAsync("/jumelages/tour");
        Assert.Equal(Tokens(rest), rest.Document.QuerySelectorAll("input[name='Input.Shown']").Select(i => i.GetAttribute("value")!));
    }

    [Theory, OnBothDatabases]
    public async Task BesideEachSuggestion_StandsWhatItCostsTheOthers(Db db)
    {
        await using var site = await Site.OnAsync(db);
        foreach (var (language, best) in new[] { ("fr", "ne laisse personne d’autre en attente"), ("en", "leaves nobody else waiting") })
        {
            var marianne = await site.EnterAsync("Marianne Lavoie", language);
            var line = (await marianne.GetAsync("/jumelages/tour")).Document.QuerySelector("main form article a[href^='/jumelage/']")!;
            var page = await marianne.GetAsync(line.GetAttribute("href")!);
            var costs = page.Document.QuerySelectorAll(".cg-candidate__cost strong").Select(c => c.TextContent).ToList();
            Assert.NotEmpty(costs);
            Assert.Contains(costs, c => c.Contains(best, StringComparison.Ordinal));
            Assert.All(costs, c => Assert.Matches("en attente|sans accompagnement|nobody else waiting|without anyone", c));
        }
    }

    [Theory]
    [InlineData(Db.Sqlite, "fr", "Expérience qui manque", "Qui chercher")]
    [InlineData(Db.Sqlite, "en", "Missing experience", "Whom to look for")]
    [InlineData(Db.PostgreSql, "fr", "Expérience qui manque", "Qui chercher")]
    [InlineData(Db.PostgreSql, "en", "Missing experience", "Whom to look for")]
    public async Task MissingExperience_ForCoordinatorsInFull_ForManagersRolledUp(Db db, string language, string title, string recruits)
    {
        await using var site = await Site.OnAsync(db);
        foreach (var role in new[] { Role.Coordinator, Role.Manager })
        {
            var visitor = role is Role.Coordinator ? await site.EnterAsync("Marianne Lavoie", language) : await EnterAsAsync(site, role, language);
            var page = await visitor.GetAsync("/experience-qui-manque");
            Assert.Equal((HttpStatusCode.OK, title), (page.Status, page.H1));
            Assert.Contains(recruits, page.Text, StringComparison.Ordinal);
            Assert.Empty(OneLanguage.Foreign(page.Document, language));
            var waiting = page.Document.QuerySelectorAll("tbody tr").Select(r => int.Parse(string.Concat(r.Children[1].TextContent.TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture)).ToList();
            if (role is Role.Coordinator) Assert.NotEmpty(waiting);
            else Assert.All(waiting, n => Assert.True(n >= ExperienceMap.Least));
            var calls = page.Document.QuerySelectorAll("button[formaction$='.txt']").Select(a => a.GetAttribute("formaction")!).ToList();
            Assert.Equal(2, calls.Count);
            foreach (var call in calls) await CallAsync(visitor, call);
        }
        foreach (var role in new[] { Role.Clinician, Role.Companion, Role.PrivacyOfficer })
        {
            var visitor = await EnterAsAsync(site, role, language);
            foreach (var address in new[] { "/experience-qui-manque", "/experience-qui-manque/appel-fr.txt", "/jumelages/tour" }) Assert.NotEqual(HttpStatusCode.OK, (await visitor.Client.GetAsync(address)).StatusCode);
        }
    }

    /// <summary>Whoever sees each file decides which profile a call names, also of those that fewer than five seek; nobody else can, and no address brings in another.</summary>
    [Theory, OnBothDatabases]
    public async Task ACall_NamesWhatTheCoordinatorTicked(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var marianne = await site.EnterAsync("Marianne Lavoie");
        var page = await marianne.GetAsync("/experience-qui-manque");
        var boxes = page.Document.QuerySelectorAll("[name='profil']");
        Assert.True(boxes.Length > 1);
        var rare = boxes.First(b => b.ParentElement!.QuerySelector(".cg-choices__hint") is not null);
        Assert.All(boxes, b => Assert.NotEqual(b.HasAttribute("checked"), b.ParentElement!.QuerySelector(".cg-choices__hint") is not null));
        var profile = rare.ParentElement!.QuerySelector("label")!.ChildNodes[0].TextContent.Trim();
        const string Call = "/experience-qui-manque/appel-fr.txt";
        var ticked = $"{Call}?choix=1&profil={Uri.EscapeDataString(rare.GetAttribute("value")!)}";
        var named = await marianne.Client.GetStringAsync(ticked);
        Assert.Equal("- " + profile, Assert.Single(named.Split("\r\n"), l => l.StartsWith("- ", StringComparison.Ordinal)));
        Assert.DoesNotMatch(@"\d+ personne", named);
        Assert.DoesNotContain("\n- ", await marianne.Client.GetStringAsync($"{Call}?choix=1"), StringComparison.Ordinal);
        Assert.DoesNotContain("\n- ", await marianne.Client.GetStringAsync($"{Call}?choix=1&profil=Breast.Chemotherapy.xx&profil="), StringComparison.Ordinal);
        var manager = await EnterAsAsync(site, Role.Manager, "fr");
        Assert.Empty((await manager.GetAsync("/experience-qui-manque")).Document.QuerySelectorAll("[name='profil']"));
        Assert.Equal(await manager.Client.GetStringAsync(Call), await manager.Client.GetStringAsync(ticked));
    }

    private static async Task CallAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.Client.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var english = address.EndsWith("-en.txt", StringComparison.Ordinal);
        Assert.StartsWith(english ? "We are looking for" : "Nous cherchons", text, StringComparison.Ordinal);
        // how many wait is nobody's business outside: the only digits are those of the telephone and the hours
        Assert.DoesNotMatch(english ? @"\d+ (more )?(person|people)" : @"\d+ personne", text);
    }

    private static async Task<Visitor> EnterAsAsync(Site site, Role role, string language)
    {
        var visitor = site.Visitor(language);
        var people = await visitor.GetAsync("/demo");
        var button = people.Document.QuerySelector($"section[aria-labelledby='role-{role}'] button[name='person']") ?? throw new InvalidOperationException($"Nobody is a {role} in the demonstration.");
        await visitor.PostAsync(people, new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = button.GetAttribute("value")! }, form: "form[action='/demo']");
        return visitor;
    }

    private static IReadOnlyList<string> Tokens(Page page) => [.. page.Document.QuerySelectorAll("[name='Input.Line']").Select(i => i.GetAttribute("value")!)];

    private static int FitOf(AngleSharp.Dom.IElement line) => int.Parse(line.QuerySelector(".cg-candidate__fit")!.TextContent.Split([' ', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).First(w => char.IsAsciiDigit(w[0])), System.Globalization.CultureInfo.InvariantCulture);

    private static string Token(Page page, int line) => Tokens(page)[line];

    private static IReadOnlyList<string> Ticked(Page page) => [.. page.Document.QuerySelectorAll("[name='Input.Line'][checked]").Select(i => i.GetAttribute("value")!)];

    private static Task<Page> DecideAsync(Visitor visitor, Page page, AngleSharp.Dom.IElement beside, string words, params string[] ticked) => visitor.PostAsync(
        page,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.Do"] = beside.QuerySelectorAll("button[name='Input.Do']").Single(b => b.TextContent.StartsWith(words, StringComparison.Ordinal)).GetAttribute("value")! },
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Line"] = ticked });

    private static Task<int> ProposalsAsync(Site site) => site.Rows(rows => rows.Set<Proposal>().CountAsync());
}
