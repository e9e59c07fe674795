using System.Globalization;
using System.Text;

namespace Compagnon.Interop.Fhir;

/// <summary>Searching in what people wrote: small letters, no accents, single spaces round every word, so that " sein " finds a word and " canc" a beginning.</summary>
internal static class Words
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c) || c is '?') folded.Append(char.ToLowerInvariant(c));
            else if (folded[^1] != ' ') folded.Append(' ');
        }
        return (folded[^1] == ' ' ? folded : folded.Append(' ')).ToString();
    }

    public static bool HasAny(string folded, string[] parts) => Array.Exists(parts, p => folded.Contains(p, StringComparison.Ordinal));

    /// <summary>The value of the first row of which a part occurs.</summary>
    public static T? First<T>(string folded, (string[] Parts, T Value)[] rows)
        where T : struct
    {
        foreach (var (parts, value) in rows)
            if (HasAny(folded, parts)) return value;
        return null;
    }
}
