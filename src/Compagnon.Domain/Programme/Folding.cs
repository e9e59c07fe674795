using System.Globalization;
using System.Text;

namespace Compagnon.Domain.Programme;

/// <summary>One spelling for what people type in many: "St-Félicien", "SAINT FÉLICIEN" and "saint-felicien" are one place.</summary>
public static class Folding
{
    /// <summary>Lower case, without accents, only letters and digits, words one space apart; St and Ste written out.</summary>
    public static string Fold(string? text)
    {
        if (text is null || IsFolded(text)) return text ?? "";
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(' ');
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word switch { "st" => "saint", "ste" => "sainte", _ => word });
        return string.Join(' ', words);
    }

    /// <summary>What was folded once is kept folded, and compared by the thousand.</summary>
    private static bool IsFolded(string text)
    {
        var before = ' ';
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && (c != ' ' || before == ' ')) return false;
            before = c;
        }

        return before != ' ' && !text.StartsWith("st", StringComparison.Ordinal) && !text.Contains(" st", StringComparison.Ordinal);
    }
}
