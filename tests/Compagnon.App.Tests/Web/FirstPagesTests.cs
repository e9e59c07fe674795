using System.Net;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Web;

/// <summary>Where each role comes in, and the help that stands in the same place everywhere.</summary>
public sealed class FirstPagesTests
{
    [Theory, OnBothDatabases]
    public async Task EachRole_ComesInOnAPageOfItsOwn(Db db)
    {
        await using var site = await Site.OnAsync(db);
        foreach (var (name, home) in ((string, string)[])
        [
            ("Marianne Lavoie", "/journee"), ("Sophie Tremblay", "/orienter"), ("Hélène Dufour", "/vue-ensemble"), ("Bernard Fiset", "/vue-ensemble"),
            ("Chantal Mercure", "/journal-acces"), ("Olivier Parent", "/comptes"), ("Gilles Potvin", "/aide"),
        ])
        {
            using var visitor = await site.EnterAsync(name);
            var page = await visitor.GetAsync((await visitor.GetAsync("/journee")).Document.QuerySelector("a.cg-wordmark")!.GetAttribute("href")!);
            Assert.Equal((home, HttpStatusCode.OK), (home == "/orienter" ? "/orienter" : page.Address.AbsolutePath, page.Status));
            Assert.StartsWith(home, page.Address.AbsolutePath, StringComparison.Ordinal);
            // the help is the first link of the footer, and nothing but numbers is for managers
            Assert.Equal("/aide", page.Document.QuerySelector(".cg-footer__list a")!.GetAttribute("href"));
        }
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task TheOverview_ShowsNoSmallNumber(string language)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var bernard = await site.EnterAsync("Bernard Fiset", language);
        var page = await bernard.GetAsync("/vue-ensemble");
        var numbers = page.Document.QuerySelectorAll("td.cg-num").Select(t => t.TextContent.Trim()).ToList();
        Assert.Contains("–", numbers);
        Assert.DoesNotContain(numbers, n => n is "1" or "2" or "3" or "4");
        Assert.Empty(OneLanguage.Foreign(page.Document, language));
        Assert.Empty(page.Document.QuerySelectorAll("main a[href^='/demandes']"));
    }

    [Fact]
    public async Task TheMenu_HasAKeyEach_AndTheHelpListsThem()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var help = await marianne.GetAsync("/aide");
        var keys = help.Document.QuerySelectorAll("[accesskey]").Select(a => a.GetAttribute("accesskey")!).ToList();
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(help.Document.QuerySelectorAll(".cg-nav__link").Length + 1, keys.Count);
        Assert.Contains("Touche 1", help.Text, StringComparison.Ordinal);
    }
}
