using System.Text.RegularExpressions;
using System.Xml.Linq;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Words;

/// <summary>docs/glossary.md says what the code and the screens say.</summary>
public sealed partial class GlossaryTests
{
    private static readonly List<(string Code, string English, string French)> Entries = [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "glossary.md"))).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))];

    [Fact]
    public void EveryWord_IsOneOfTheCodes()
    {
        var known = new[] { typeof(Row), typeof(CompagnonDb) }.SelectMany(t => t.Assembly.GetTypes())
            .SelectMany(t => t.GetProperties().Select(p => p.Name).Concat(t.IsEnum ? Enum.GetNames(t) : []).Prepend(t.Name)).ToHashSet(StringComparer.Ordinal);
        Assert.True(Entries.Count > 40, $"Only {Entries.Count} entries were read.");
        Assert.Equal("", string.Join(' ', Entries.Select(e => e.Code).Where(c => !known.Contains(c))));
    }

    [Theory, InlineData(".en.resx"), InlineData(".resx")]
    public void EveryWord_StandsOnAScreen(string ending)
    {
        var said = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*" + ending, SearchOption.AllDirectories)
            .Where(f => ending == ".en.resx" || !f.EndsWith(".en.resx", StringComparison.Ordinal)).SelectMany(f => XDocument.Load(f).Descendants("value").Select(v => v.Value)));
        Assert.Equal("", string.Join(", ", Entries.Select(e => ending == ".resx" ? e.French : e.English).Where(w => !said.Contains(w, StringComparison.OrdinalIgnoreCase))));
    }

    [GeneratedRegex(@"^\| `(\w+)`(?: \*)? \| ([^|]+) \| ([^|]+) \|", RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
