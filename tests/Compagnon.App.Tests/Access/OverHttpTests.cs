using System.Net;
using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Access;

/// <summary>The doors as a browser without script meets them.</summary>
public sealed class OverHttpTests
{
    [Fact]
    public async Task TheDemonstrationsPage_ExistsNowhereElse()
    {
        await using var site = await Site.OnAsync(Db.Sqlite, demonstration: false);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().GetAsync("/demo")).Status);
        var posted = await site.Visitor().Client.PostAsync("/demo", new FormUrlEncodedContent([new("person", "x/m/y")]));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }

    [Theory, OnBothDatabases]
    public async Task FromTheInvitation_ToTheFirstPage_ThenByPasswordAndCode(Db kind)
    {
        await using var site = await Site.OnAsync(kind);
        var (link, person) = await InvitedAsync(site);
        var lea = site.Visitor();
        await lea.GetAsync(link); // a mail scanner opens it, too
        var password = await lea.GetAsync(link);
        var tooShort = await lea.PostAsync(password, Passwords("trop court", "trop court"));
        Assert.Contains("15\u00a0caractères", Assert.Single(tooShort.Errors), StringComparison.Ordinal);
        var enrol = await lea.PostAsync(tooShort, Passwords(Doors.Password, Doors.Password));
        Assert.Equal("/inscription", enrol.Address.AbsolutePath);
        Assert.NotNull(enrol.Document.QuerySelector("svg.cg-qr"));
        Assert.Single((await lea.PostAsync(enrol, One("Input.Code", "000000"))).Errors);
        var card = await lea.PostAsync(enrol, One("Input.Code", await CodeAsync(site, person, stepsAgo: 1)));
        Assert.Equal(10, card.Document.QuerySelectorAll(".cg-card-codes__list li").Length);
        var home = await lea.PostAsync(card, One("Input.Kept", "oui"));
        Assert.StartsWith("/comptes", HomeOf(home), StringComparison.Ordinal);
        Assert.Equal("Cette invitation n’est plus bonne", (await lea.GetAsync(link)).H1);

        var again = site.Visitor();
        var code = await again.PostAsync(await again.GetAsync("/entrer?retour=%2Fcompte%2Fcarte"), Both(Doors.Email, Doors.Password));
        Assert.Equal("/entrer/code", code.Address.AbsolutePath);
        var entered = await again.PostAsync(code, One("Input.Code", await CodeAsync(site, person)));
        Assert.Equal("/compte/carte", entered.Address.AbsolutePath);
    }

    [Fact]
    public async Task AnUnknownAddress_AndAWrongPassword_GetTheSamePage()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        await InvitedAsync(site);
        var visitor = site.Visitor();
        var page = await visitor.GetAsync("/entrer");
        var known = await visitor.PostAsync(page, Both(Doors.Email, "pas le bon du tout"));
        var unknown = await visitor.PostAsync(page, Both("personne@exemple.test", "pas le bon du tout"));
        Assert.Single(known.Errors);
        Assert.Equal(known.Text, unknown.Text);
        Assert.Equal(known.Status, unknown.Status);
    }

    [Theory, OnBothDatabases]
    public async Task APatientsLink_ShowsNothingOfHealth_IsNotUsedByLooking_AndOpensOnce(Db kind)
    {
        await using var site = await Site.OnAsync(kind);
        var made = await LinkAsync(site);
        var path = new Uri(made.Link!).AbsolutePath;
        using var scanner = site.Visitor();
        for (var i = 0; i < 3; i++) await scanner.GetAsync(path);
        await scanner.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        using var patient = site.Visitor();
        var page = await patient.GetAsync(path);
        foreach (var word in new[] { "cancer", "santé", "hôpital", "patient", "accompagn" }) Assert.DoesNotContain(word, page.Text, StringComparison.OrdinalIgnoreCase);
        var wrong = await patient.PostAsync(page, One("Input.Code", made.Code == "000000" ? "111111" : "000000"));
        Assert.Single(wrong.Errors);
        var inside = await patient.PostAsync(wrong, One("Input.Code", made.Code));
        Assert.Equal("/mon-espace", inside.Address.AbsolutePath);
        using var thief = site.Visitor();
        foreach (var late in new[] { await thief.GetAsync(path), await thief.PostAsync(page, One("Input.Code", made.Code)) }) Assert.Equal("Ce lien ne s’ouvre plus", late.H1);
        // on the device where it was opened, it leads on
        Assert.NotNull((await patient.GetAsync(path)).Document.QuerySelector("main a[href='/mon-espace']"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task ARememberedDevice_KeepsItsCookie_ASharedOneDoesNot(bool shared, bool kept)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var made = await LinkAsync(site);
        var path = new Uri(made.Link!).AbsolutePath;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = site.Root };
        var page = await client.GetAsync(path);
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        List<KeyValuePair<string, string>> fields = [new("_handler", "form"), new("__RequestVerificationToken", token), new("Input.Code", made.Code)];
        if (shared) fields.Add(new("Input.Shared", "oui"));
        var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("seance=", StringComparison.Ordinal));
        Assert.Equal(kept, cookie.Contains("expires=", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnBothDatabases]
    public async Task AFormPostedAfterTheSessionEnded_IsStillThere_ForTheSamePersonOnly(Db kind)
    {
        await using var site = await Site.OnAsync(kind);
        using var visitor = site.Visitor();
        await EnterAsync(site, visitor, Role.Coordinator, 0);
        var form = await visitor.GetAsync("/comptes/inviter");
        await EndAllAsync(site);
        var turnedAway = await visitor.PostAsync(form, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Input.GivenName"] = "Léa", ["Input.FamilyName"] = "d’Été", ["Input.Email"] = "lea@exemple.test", ["Input.Role"] = "Clinician", ["Input.Language"] = "en",
        });
        Assert.Equal("/entrer", turnedAway.Address.AbsolutePath);
        Assert.Contains("Ce que vous aviez écrit est gardé", turnedAway.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("est gardé", (await site.Visitor().GetAsync("/entrer")).Text, StringComparison.Ordinal);
        var other = await EnterAsync(site, visitor, Role.Coordinator, 1);
        Assert.NotEqual(form.Address.AbsolutePath, other.Address.AbsolutePath);
        Assert.DoesNotContain("d’Été", (await visitor.GetAsync(form.Address.AbsolutePath)).Source, StringComparison.Ordinal);
        var back = await EnterAsync(site, visitor, Role.Coordinator, 0);
        Assert.Equal(form.Address.AbsolutePath, back.Address.AbsolutePath);
        Assert.Equal("d’Été", back.Document.QuerySelector("[name='Input.FamilyName']")!.GetAttribute("value"));
        Assert.NotNull(back.Document.QuerySelector("[name='Input.Role'][value=Clinician][checked]"));
        Assert.NotNull(back.Document.QuerySelector("[name='Input.Language'][value=en][checked]"));
        Assert.Contains("Rien n’a été envoyé", back.Text, StringComparison.Ordinal);
        Assert.Equal(0, await site.Rows(db => db.Set<Account>().CountAsync()));
        // sent anew, it has served
        await visitor.PostAsync(back, One("Input.Email", "pas une adresse"));
        Assert.Equal(0, await site.Rows(db => db.Set<HeldForm>().CountAsync()));
    }

    [Fact]
    public async Task ASessionEndedFromAnotherDevice_IsOutAtTheNextPage()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var tablet = site.Visitor();
        using var office = site.Visitor();
        await EnterAsync(site, tablet, Role.Coordinator, 0);
        await EnterAsync(site, office, Role.Coordinator, 0);
        var list = await office.GetAsync("/sessions");
        var end = Assert.Single(list.Document.QuerySelectorAll("button[name='Input.End']"));
        await office.PostAsync(list, One("Input.End", end.GetAttribute("value")!));
        Assert.Equal("/entrer", (await tablet.GetAsync("/sessions")).Address.AbsolutePath);
        Assert.Equal("/sessions", (await office.GetAsync("/sessions")).Address.AbsolutePath);
    }

    [Fact]
    public async Task WhoeverGuessesTooOften_IsToldToWait_InWords()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = site.Visitor();
        var page = await visitor.GetAsync(new Uri((await LinkAsync(site)).Link!).AbsolutePath);
        var answer = page;
        for (var i = 0; i <= new Compagnon.Web.Access.Limits().Guesses; i++) answer = await visitor.PostAsync(page, One("Input.Code", "12345"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.NotEqual("", answer.H1);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/lien/nulle-part")).Status);
    }

    [Fact]
    public async Task Leaving_AsksALinkFromElsewhere_AndEndsTheSession()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = site.Visitor();
        await EnterAsync(site, visitor, Role.Coordinator, 0);
        var asked = await visitor.GetAsync("/quitter");
        Assert.Equal("Voulez-vous quitter\u00a0?", asked.H1);
        Assert.Equal("/sessions", (await visitor.GetAsync("/sessions")).Address.AbsolutePath);
        Assert.Equal("Vous avez quitté Compagnon", (await visitor.PostAsync(asked)).H1);
        Assert.Equal("/entrer", (await visitor.GetAsync("/sessions")).Address.AbsolutePath);
    }

    /// <summary>Wrong, used up, or never there: each page says what is true, and none whether a code was right.</summary>
    [Fact]
    public async Task ALinkThatIsOfNoUseAnyMore_SaysSo_AndWhomToCall()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = site.Visitor();
        var made = await LinkAsync(site);
        var path = new Uri(made.Link!).AbsolutePath;
        var page = await visitor.GetAsync(path);
        Assert.Contains("à l’écran", page.Text, StringComparison.Ordinal);
        var wrong = await visitor.PostAsync(page, One("Input.Code", "12345"));
        Assert.Contains("Vérifiez chaque chiffre", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        for (var i = 1; i < PatientLinks.MostWrongCodes; i++) wrong = await visitor.PostAsync(page, One("Input.Code", $"1234{i}"));
        var late = await visitor.PostAsync(page, One("Input.Code", made.Code));
        var never = await visitor.GetAsync("/lien/nulle-part");
        foreach (var gone in new[] { wrong, late, never })
        {
            Assert.Equal("Ce lien ne s’ouvre plus", gone.H1);
            Assert.Empty(gone.Errors);
            Assert.NotNull(gone.Document.QuerySelector("main a[href^='tel:']"));
        }
        Assert.Equal(late.Text, never.Text);
    }

    [Fact]
    public async Task WhoCameByALink_IsToldBefore_ThatAnotherIsNeeded_AndMayGoBack()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var louise = await site.EnterAsync("Louise");
        // the click comes from their own page: they are asked all the same
        louise.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var asked = await louise.GetAsync("/quitter");
        Assert.Equal("Voulez-vous quitter\u00a0?", asked.H1);
        Assert.Contains("il vous faudra un nouveau lien", asked.Text, StringComparison.Ordinal);
        Assert.NotNull(asked.Document.QuerySelector("main a[href='/mon-espace']"));
        Assert.Equal("/mon-espace", (await louise.GetAsync("/mon-espace")).Address.AbsolutePath);
        var left = await louise.PostAsync(asked);
        Assert.Contains("il faut un nouveau lien", left.Text, StringComparison.Ordinal);
        Assert.NotNull(left.Document.QuerySelector("main a[href^='tel:']"));
        Assert.Null(left.Document.QuerySelector("main a[href='/entrer']"));
        Assert.NotNull((await louise.GetAsync("/entrer")).Document.QuerySelector("main a[href='#lien']"));
    }

    private static Dictionary<string, string> One(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, string> Passwords(string one, string again) => new(StringComparer.Ordinal) { ["Input.Password"] = one, ["Input.Again"] = again };

    private static Dictionary<string, string> Both(string email, string password) => new(StringComparer.Ordinal) { ["Input.Email"] = email, ["Input.Password"] = password };

    private static string HomeOf(Page page) => page.Document.QuerySelectorAll(".cg-nav__link").First().GetAttribute("href")!;

    /// <summary>An administrator, because their pages are all access's own.</summary>
    private static async Task<(string Path, Guid Person)> InvitedAsync(Site site)
    {
        var link = await site.In<Accounts, Outcome<string>>(a => a.CreateAdministratorAsync("Léa", "Roy", Doors.Email, "fr"));
        return (new Uri(link.Value).AbsolutePath, await site.Rows(db => db.Set<Account>().Select(a => a.PersonId).SingleAsync()));
    }

    private static Task<string> CodeAsync(Site site, Guid person, int stepsAgo = 0) => site.In<AccountStore, string>(async accounts =>
        Totp.Code(await accounts.KeyOfAsync((await accounts.OfPersonAsync(person, default))!, default), Totp.StepOf(DateTime.UtcNow) - stepsAgo));

    private static async Task<MadeLink> LinkAsync(Site site)
    {
        var referral = await site.Rows(db => db.Set<Referral>().Where(r => r.ReceivedAt != null && r.EndedAt == null && !r.TelephoneOnly).OrderBy(r => r.Id).FirstAsync());
        var coordinator = await site.Rows(db => db.Set<Membership>().FirstAsync(m => m.Role == Role.Coordinator && m.FacilityId == referral.FacilityId && m.EndedAt == null));
        var actor = new Actor { NetworkId = 1, PersonId = coordinator.PersonId, Role = Role.Coordinator, FacilityId = coordinator.FacilityId, MembershipId = coordinator.Id };
        return (await site.In<PatientLinks, Outcome<MadeLink>>(l => l.SendAsync(actor, referral.Id, handOver: true))).Value;
    }

    private static async Task<Page> EnterAsync(Site site, Visitor visitor, Role role, int number)
    {
        var people = await site.In<DemoCast, IReadOnlyList<DemoPerson>>(c => c.ListAsync());
        var page = await visitor.GetAsync("/demo");
        return await visitor.PostAsync(page, One("person", people.Where(p => p.Role == role).ElementAt(number).Value), form: "form[action='/demo']");
    }

    private static async Task EndAllAsync(Site site)
    {
        var cache = site.Services.GetRequiredService<SessionCache>();
        await site.Rows(async db =>
        {
            foreach (var id in await db.Set<Session>().Select(s => s.Id).ToListAsync()) cache.Forget(id);
            return await db.Set<Session>().ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, DateTime.UtcNow));
        });
    }
}
