using System.Globalization;
using System.Text;

namespace Compagnon.Domain.Programme;

/// <summary>One spelling for what people type in many: "St-Félicien", "SAINT FÉLICIEN" and "saint-felicien" are one place.</summary>
public static class Folding
{
    /// <summary>Lower case, without accents, only letters and digits, words one space apart; St and Ste written out.</summary>
    public static string Fold(string? text)
    {
        var folded = new StringBuilder(text?.Length ?? 0);
        foreach (var c in (text ?? "").Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(' ');
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word switch { "st" => "saint", "ste" => "sainte", _ => word });
        return string.Join(' ', words);
    }
}
