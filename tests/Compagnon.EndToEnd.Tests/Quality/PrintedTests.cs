using System.Text;
using System.Text.RegularExpressions;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Referrals;
using Compagnon.EndToEnd.Tests.Budgets;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Quality;

/// <summary>What is handed out on paper takes one sheet, in the language of whoever takes it home.</summary>
public sealed partial class PrintedTests(Chrome chrome)
{
    [Theory, InlineData("fr"), InlineData("en")]
    public async Task TheLeaflet_AndThePublicPage_TakeOneSheet_InOneLanguage(string language)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        // the reader at the screen has the other language: the paper does not follow them
        var reader = await chrome.PersonAsync(site, language == "fr" ? "en" : "fr");
        await reader.Page.GotoAsync($"/depliant?langue={language}");
        await OneSheetAsync(reader.Page, language);
        var visitor = await chrome.PersonAsync(site, language);
        await visitor.Page.GotoAsync("/");
        await OneSheetAsync(visitor.Page, language);
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task TheSheetWithALink_AndTheCardOfCodes_TakeOneSheet_AndTheFileIsInOneLanguage(string language)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var (guest, path) = (await Arrivals.AllAsync(site, language)).Single(a => a.Path == "/inscription/carte");
        var card = await Rounds.OpenAsync(chrome, site, guest, language, 1280);
        await card.GotoAsync(path);
        await OneSheetAsync(card, language);
        Assert.Equal(10, await card.Locator(".cg-card-codes__list li:visible").CountAsync());
        var sheet = (await chrome.EnterAsync(site, "Marianne Lavoie", language)).Page;
        var file = $"/demandes/{await SomebodyAsync(site)}";
        await sheet.GotoAsync(file);
        await InOneLanguageAsync(sheet, language);
        await sheet.EmulateMediaAsync(new() { Media = Media.Screen });
        await sheet.GotoAsync($"{file}/lien");
        await sheet.Locator($"label[for='{await sheet.Locator("input[value=paper]").GetAttributeAsync("id")}']").ClickAsync();
        await sheet.Locator("main form button[type=submit]").First.ClickAsync();
        await sheet.Locator(".cg-break").WaitForAsync();
        await OneSheetAsync(sheet, language);
        // the code is read out: it is never on the paper that carries the link
        Assert.Equal(0, await sheet.Locator(".cg-figure:visible").CountAsync());
    }

    /// <summary>At Marianne's facility, with a screen of their own.</summary>
    private static Task<Guid> SomebodyAsync(Site site) => site.Rows(db => (from r in db.Set<Referral>() join a in db.Set<Accompaniment>() on r.Id equals a.ReferralId join c in db.Set<Companion>() on a.CompanionId equals c.Id
                                                                          where c.Pseudonym == "Ghislaine" && r.Next == NextStep.Accompany && !r.TelephoneOnly select r.Id).FirstAsync());

    private static async Task InOneLanguageAsync(IPage page, string language)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Empty(OneLanguage.ForeignIn(await page.Locator("body").InnerTextAsync(), language));
        Assert.DoesNotContain(language == "fr" ? "English" : "Français", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task OneSheetAsync(IPage page, string language)
    {
        await InOneLanguageAsync(page, language);
        var sheets = Sheet().Count(Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "Letter", PreferCSSPageSize = true })));
        Assert.True(sheets == 1, $"{page.Url} takes {sheets} sheets");
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)", RegexOptions.None, 1000)]
    private static partial Regex Sheet();
}
