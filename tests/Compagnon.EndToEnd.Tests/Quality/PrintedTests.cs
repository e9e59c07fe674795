using System.Text;
using System.Text.RegularExpressions;
using Compagnon.TestKit;
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

    private static async Task OneSheetAsync(IPage page, string language)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Empty(OneLanguage.ForeignIn(await page.Locator("body").InnerTextAsync(), language));
        Assert.DoesNotContain(language == "fr" ? "English" : "Français", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        var sheets = Sheet().Count(Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "Letter", PreferCSSPageSize = true })));
        Assert.True(sheets == 1, $"{page.Url} takes {sheets} sheets");
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)", RegexOptions.None, 1000)]
    private static partial Regex Sheet();
}
