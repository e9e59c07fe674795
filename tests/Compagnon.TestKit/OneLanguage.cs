using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Compagnon.TestKit;

/// <summary>
/// Finds words of the other language: every text that the project knows in both, and that differs, gives the wrong page away; so do the names of months and days,
/// the way of writing hours and per cent, and small words that stand in every sentence.
/// </summary>
public static partial class OneLanguage
{
    private static readonly string[] Spoken = ["aria-label", "alt", "title", "placeholder"];
    private static readonly Lazy<(HashSet<string> French, HashSet<string> English)> Texts = new(() => Read(Pieces));
    private static readonly Lazy<(HashSet<string> French, HashSet<string> English)> Labels = new(() => Read(Whole));

    /// <summary>Sentences of the other language; parts that are marked with their own language, as the language link is, and people's own words do not count.</summary>
    public static IReadOnlyList<string> Foreign(IHtmlDocument page, string language)
    {
        var copy = (IHtmlDocument)page.Clone();
        foreach (var marked in copy.QuerySelectorAll("body [lang], blockquote, script").ToList()) marked.Remove();
        var parts = copy.Body!.Descendants<IText>().Select(t => t.Data).Concat(copy.Body!.QuerySelectorAll("*").SelectMany(e => Spoken.Select(e.GetAttribute).OfType<string>()))
            .Prepend(copy.Title ?? "").Select(Fold).Where(t => t.Length > 1).ToList();
        var (french, english) = Labels.Value;
        var labels = language == "fr" ? english : french;
        return [.. ForeignIn(string.Join(' ', parts), language), .. parts.Where(labels.Contains), .. parts.SelectMany(p => Written(p, language))];
    }

    /// <summary>What a program says: there every small word of the other language counts, whoever wrote it.</summary>
    public static IReadOnlyList<string> ForeignInProse(string text, string language) =>
        [.. ForeignIn(text, language), .. Written(text, language), .. (language == "fr" ? EnglishWords() : FrenchWords()).Matches(text).Select(m => m.Value)];

    private static IEnumerable<string> Written(string text, string language) => (language == "fr" ? EnglishDates() : FrenchDates()).Matches(text).Select(m => m.Value);

    public static IReadOnlyList<string> ForeignIn(string text, string language)
    {
        var folded = Fold(text);
        var (french, english) = Texts.Value;
        return [.. (language == "fr" ? english : french).Where(t => folded.Contains(t, StringComparison.Ordinal))];
    }

    /// <summary>Resource files whose two languages do not have the same keys, or leave one empty.</summary>
    public static IEnumerable<string> Unequal()
    {
        foreach (var (french, english) in Files())
        {
            var (fr, en) = (Load(french), Load(english));
            foreach (var key in fr.Keys.Except(en.Keys, StringComparer.Ordinal)) yield return $"{english}: no {key}";
            foreach (var key in en.Keys.Except(fr.Keys, StringComparer.Ordinal)) yield return $"{french}: no {key}";
            foreach (var key in fr.Keys.Intersect(en.Keys, StringComparer.Ordinal).Where(k => Holes(fr[k]) != Holes(en[k]))) yield return $"{french}: {key} has other placeholders than the English";
        }
    }

    private static string Holes(string text) => string.Join(',', Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static (HashSet<string>, HashSet<string>) Read(Func<string, IEnumerable<string>> cut)
    {
        var (french, english) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (fr, en) in Files())
        {
            french.UnionWith(Load(fr).Values.SelectMany(cut));
            english.UnionWith(Load(en).Values.SelectMany(cut));
        }
        var same = cut == Whole ? french.Intersect(english, StringComparer.OrdinalIgnoreCase).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : french.Where(f => english.Any(e => e.Contains(f, StringComparison.Ordinal))).Concat(english.Where(e => french.Any(f => f.Contains(e, StringComparison.Ordinal)))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        french.RemoveWhere(same.Contains);
        english.RemoveWhere(same.Contains);
        return (french, english);
    }

    /// <summary>What stands between placeholders, where it is long enough to be a phrase of one language.</summary>
    private static IEnumerable<string> Pieces(string text) => Placeholder().Replace(text, "\n").Split('\n').Select(Fold).Where(p => p.Length >= 12 && p.Contains(' ', StringComparison.Ordinal));

    private static IEnumerable<string> Whole(string text) => Placeholder().IsMatch(text) || text.Length < 3 ? [] : [Fold(text)];

    private static IEnumerable<(string French, string English)> Files() =>
        from english in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.en.resx", SearchOption.AllDirectories)
        where !english.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select (english.Replace(".en.resx", ".resx", StringComparison.Ordinal), english);

    private static Dictionary<string, string> Load(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")?.Value ?? "", StringComparer.Ordinal);

    private static string Fold(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"\{(\d+)[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b(janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|\d+\s?h\s\d\d|\d\s%", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FrenchDates();

    [GeneratedRegex(@"\b(January|February|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\d\s?[ap]\.?m\.?\b|\d%", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EnglishDates();

    [GeneratedRegex(@"\b(le|la|les|des|du|un|une|est|sont|pas|avec|pour|dans|fichier|vous)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FrenchWords();

    [GeneratedRegex(@"\b(the|is|are|was|not|and|of|with|for|this|that|cannot|missing|required|unrecognized|you|your)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex EnglishWords();
}
