using System.Globalization;
using System.Text.RegularExpressions;

namespace Compagnon.Web.Forms;

/// <summary>What people type, as the reader's culture writes it; null when it can't be understood. The framework's own binding ignores the culture.</summary>
public static partial class Parse
{
    /// <summary>Ten digits of North America, however they are grouped, with or without +1: neither area code nor exchange begins with 0 or 1.</summary>
    public static string? Telephone(string text)
    {
        if (!TelephoneSigns().IsMatch(text)) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits is ['1', ..] && digits.Length == 11) digits = digits[1..];
        return digits.Length == 10 && digits[0] >= '2' && digits[3] >= '2' ? digits : null;
    }

    /// <summary>« 12,5 » in French, "12.5" in English; a point is understood in French too, as it can mean nothing else there. Spaces group digits.</summary>
    public static decimal? Number(string text)
    {
        var culture = CultureInfo.CurrentCulture;
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (culture.NumberFormat.NumberDecimalSeparator == ",") plain = plain.Replace(',', '.');
        else if (!EnglishNumber().IsMatch(plain)) return null;
        else plain = plain.Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) ? n : null;
    }

    public static decimal? Whole(string text) => Number(text) is { } n && decimal.Truncate(n) == n ? n : null;

    /// <summary>The month as a number or by its name, in either language, whole or cut short (« nov », "Nov.", « févr. »).</summary>
    public static DateOnly? Date(DateText text)
    {
        if (Digits(text.Day) is not { } day || Digits(text.Year) is not { } year || text.Year!.Trim().Length != 4 || year < 1) return null;
        var month = Digits(text.Month) ?? MonthNamed(text.Month ?? "");
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month.Value) ? new DateOnly(year, month.Value, day) : null;
    }

    /// <summary>« 14 h 30 », « 14h », "14:30", "2:30 p.m.", "2 pm".</summary>
    public static TimeOnly? Time(string text)
    {
        var m = TimeSigns().Match(text.Trim());
        if (!m.Success) return null;
        var hour = int.Parse(m.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = m.Groups["m"].Success ? int.Parse(m.Groups["m"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (m.Groups["half"].Success)
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (m.Groups["half"].Value is "p" or "P" ? 12 : 0);
        }
        return hour <= 23 && minute <= 59 ? new TimeOnly(hour, minute) : null;
    }

    public static string? Email(string text) => EmailSigns().IsMatch(text.Trim()) ? text.Trim() : null;

    private static int? Digits(string? text) => text?.Trim() is { Length: > 0 and <= 4 } t && t.All(char.IsAsciiDigit) ? int.Parse(t, CultureInfo.InvariantCulture) : null;

    private static int? MonthNamed(string typed)
    {
        var wanted = typed.Trim().TrimEnd('.');
        if (wanted.Length < 3) return null;
        int[] found = [.. from name in (string[])["fr-CA", "en-CA"]
                          from month in Enumerable.Range(1, 12)
                          let culture = CultureInfo.GetCultureInfo(name)
                          where culture.CompareInfo.IsPrefix(culture.DateTimeFormat.MonthNames[month - 1], wanted, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace)
                          select month];
        return found.Distinct().Count() == 1 ? found[0] : null;
    }

    [GeneratedRegex(@"^[\d\s().+\-\u2010\u2011]{10,24}$", RegexOptions.None, 200)]
    private static partial Regex TelephoneSigns();

    [GeneratedRegex(@"^[+-]?\d{1,3}(,\d{3})*(\.\d+)?$|^[+-]?\d*(\.\d+)?$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex EnglishNumber();

    [GeneratedRegex(@"^(?<h>\d{1,2})\s*(?:[h:]\s*(?<m>\d{2})?)?\s*(?:(?<half>[aApP])\.?\s*[mM]\.?)?$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex TimeSigns();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex EmailSigns();
}
