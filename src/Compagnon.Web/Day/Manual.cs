using System.Globalization;
using System.Text.RegularExpressions;

namespace Compagnon.Web.Day;

/// <summary>A piece of the coordinator's guide, as its file says it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lines">A heading or paragraph: one; a list: its items, those of an inner list begun with a dash; a table: its rows, cells divided by bars.</param>
internal sealed record ManualPart(ManualKind Kind, IReadOnlyList<string> Lines);

internal enum ManualKind { Title, Heading, Text, List, Numbered, Table }

/// <summary>
/// The printed guide for coordinators stands once, in docs, for readers of the sources and of the product alike. Only what its two files use of Markdown is known
/// here: headings, paragraphs, lists, a table, **strong** and *stressed*.
/// </summary>
internal static partial class Manual
{
    private static readonly Dictionary<string, IReadOnlyList<ManualPart>> Guides = new(StringComparer.Ordinal) { ["fr"] = Read("fr"), ["en"] = Read("en") };

    public static IReadOnlyList<ManualPart> Here => Guides[CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "fr"];

    /// <summary>Words with their weight: 2 strong, 1 stressed, 0 as they are.</summary>
    public static IEnumerable<(int Weight, string Words)> Spans(string line)
    {
        foreach (var part in Marked().Split(line).Where(p => p.Length > 0))
        {
            var weight = part.StartsWith("**", StringComparison.Ordinal) ? 2 : part.StartsWith('*') ? 1 : 0;
            yield return (weight, part[weight..^weight]);
        }
    }

    internal static IReadOnlyList<ManualPart> Parts(string text) => [.. text.Replace("\r", "", StringComparison.Ordinal).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(PartOf)];

    private static ManualPart PartOf(string block)
    {
        var lines = block.Split('\n');
        if (block.StartsWith("## ", StringComparison.Ordinal)) return new(ManualKind.Heading, [block[3..]]);
        if (block.StartsWith("# ", StringComparison.Ordinal)) return new(ManualKind.Title, [block[2..]]);
        if (block.StartsWith('|')) return new(ManualKind.Table, [.. lines.Where(l => !l.StartsWith("|-", StringComparison.Ordinal)).Select(l => l.Trim('|', ' '))]);
        if (block.StartsWith("- ", StringComparison.Ordinal)) return new(ManualKind.List, [.. lines.Select(l => l[2..])]);
        if (char.IsAsciiDigit(block[0])) return new(ManualKind.Numbered, [.. lines.Select(l => Number().Replace(l, "").TrimStart())]);
        return new(ManualKind.Text, [string.Join(' ', lines)]);
    }

    private static IReadOnlyList<ManualPart> Read(string language)
    {
        using var stream = typeof(Manual).Assembly.GetManifestResourceStream($"guide.{language}.md") ?? throw new InvalidOperationException($"The guide in {language} is missing.");
        using var reader = new StreamReader(stream);
        // a quotation mark or a colon never begins a line
        return Parts(Loose().Replace(reader.ReadToEnd(), "\u00a0"));
    }

    [GeneratedRegex(@"(?<marked>\*\*[^*]+\*\*|\*[^*]+\*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"(?<=«) | (?=[»:;?!])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loose();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
