using Compagnon.App.Privacy;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Privacy;

/// <summary>A disclosure in the words of its reviewer: a number or a profile, never a name.</summary>
internal static class DisclosureWords
{
    public static string What(DisclosureLine line, IStringLocalizer<Texts> texts) => line.FileNumber is { } number ? texts["Erasures.File", number] : texts["Erasures.Profile"];

    public static string Meta(DisclosureLine line, IStringLocalizer<Texts> texts, EnumWords words) =>
        string.Join(", ", Who(line, words), CardWords.Lower(words[line.Danger]), Displays(line, texts));

    /// <summary>Who asked, in which role, where.</summary>
    public static string Who(DisclosureLine line, EnumWords words)
    {
        List<string> parts = [line.AskedBy, CardWords.Lower(words[line.AskedAs])];
        if (line.Facility is { } facility) parts.Add(facility);
        return string.Join(", ", parts);
    }

    /// <summary>The last day on which its review is in time.</summary>
    public static DateOnly LastDay(DisclosureLine line, Formats formats) => formats.Day(line.DueAt.AddTicks(-1));

    public static string Displays(DisclosureLine line, IStringLocalizer<Texts> texts) =>
        line.Displays == 0 ? texts["Disclosures.Displays.None"] : Formats.Count(line.Displays, texts["Disclosures.Displays.One"], texts["Disclosures.Displays.Many"]);
}
