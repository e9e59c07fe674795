using System.Net;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Day;

/// <summary>The coordinator's guide says the same in both languages, and is found from Help.</summary>
public sealed class ManualTests
{
    [Fact]
    public void BothGuides_HaveTheSameParts() => Assert.Equal(ShapeOf("guide-coordonnatrice.md"), ShapeOf("guide-coordinator.md"));

    [Theory, InlineData("fr", "À jumeler"), InlineData("en", "To match")]
    public async Task TheGuide_IsFoundFromHelp_ByCoordinatorsAlone(string language, string row)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie", language);
        Assert.NotNull((await marianne.GetAsync("/aide")).Document.QuerySelector("a[href='/guide']"));
        var guide = await marianne.GetAsync("/guide");
        Assert.Equal(12, guide.Document.QuerySelectorAll("h2").Length - guide.Document.QuerySelectorAll("footer h2").Length);
        Assert.Contains(guide.Document.QuerySelectorAll("main th[scope=row]"), t => t.TextContent == row);
        Assert.Equal(2, guide.Document.QuerySelectorAll("main ol ul li").Length);
        // as many keys as the menu has
        Assert.Matches($"1 (à|to) {guide.Document.QuerySelectorAll("nav a[accesskey]").Length} ", guide.Text);
        Assert.DoesNotContain("**", guide.Text, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(guide.Document, language));
        using var ghislaine = await site.EnterAsync("Ghislaine Roy", language);
        Assert.Null((await ghislaine.GetAsync("/aide")).Document.QuerySelector("a[href='/guide']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ghislaine.GetAsync("/guide")).Status);
    }

    private static IEnumerable<string> ShapeOf(string file) => File.ReadLines(Path.Combine(Repository.Root, "docs", file)).Select(l => l.Length == 0 ? "" : l.StartsWith('|') ? "|" : l.TrimStart()[..1] is "#" or "-" or "1" or "2" or "3" ? l.TrimStart()[..2] : "text");
}
