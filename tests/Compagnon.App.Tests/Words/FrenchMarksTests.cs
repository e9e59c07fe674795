using System.Text.RegularExpressions;
using System.Xml.Linq;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Words;

/// <summary>In French a colon or a question mark stands apart from its word, and must not begin a line: the space between them doesn't break.</summary>
public sealed partial class FrenchMarksTests
{
    [Fact]
    public void EveryMark_KeepsToItsWord()
    {
        var broken = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.resx", SearchOption.AllDirectories).Where(f => !f.EndsWith(".en.resx", StringComparison.Ordinal))
            .SelectMany(f => XDocument.Load(f).Descendants("data").Where(d => Broken().IsMatch(d.Element("value")!.Value)).Select(d => $"{Path.GetRelativePath(Repository.Root, f)}: {d.Attribute("name")!.Value}"));
        Assert.Equal("", string.Join('\n', broken));
    }

    /// <summary>A colon is written as the reader's language writes it: what a link is about is said by a component, not by a page.</summary>
    [Fact]
    public void NoPage_WritesAColonOfItsOwn()
    {
        var own = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Compagnon.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(f => File.ReadLines(f).Where(l => OwnColon().IsMatch(l)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}"));
        Assert.Equal("", string.Join('\n', own));
    }

    [Theory, InlineData("Merci !"), InlineData("« oui »"), InlineData("Groupe : {0}")]
    public void AMarkThatMayBreak_IsSeen(string text) => Assert.Matches(Broken(), text);

    [GeneratedRegex(@"\S [:;?!»]|« ", RegexOptions.None, 1000)]
    private static partial Regex Broken();

    [GeneratedRegex(@"\$"" : \{|-hidden"">(@\("")? : ", RegexOptions.None, 1000)]
    private static partial Regex OwnColon();
}
