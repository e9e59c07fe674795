using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Compagnon.Web.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Words;

/// <summary>
/// Dates, times, telephone numbers, durations and counts as the reader's language writes them, with no-break spaces where a line must not break.
/// Moments are stored in UTC; <see cref="Zone"/> is the facility's.
/// </summary>
public sealed class Formats(IStringLocalizer<KitTexts> texts, TimeProvider clock)
{
    private const string Nbsp = "\u00a0";
    private static readonly Regex BlankInHour = new(@"(?<=\d) (?=h \d{2}|[ap]\.m\.)|(?<=\d h) (?=\d{2})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly string[] ShortFrench = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];
    private static readonly string[] ShortEnglish = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");

    private static bool French => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";

    private static DateTimeFormatInfo Names => CultureInfo.CurrentUICulture.DateTimeFormat;

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>The moment, UTC, of a day and an hour as somebody types them. The hour that spring skips is the one after it.</summary>
    public DateTime Utc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(local) ? local.AddHours(1) : local, Zone);
    }

    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>« 22 novembre 2026 », « 1er décembre 2026 »; "November 22, 2026".</summary>
    public static string Date(DateOnly d) => OfYear(MonthDay(d), d);

    /// <summary>« 22 novembre »; "November 22". Here and below, a year that isn't this one is said, too.</summary>
    public string DayMonth(DateOnly d) => Shown(MonthDay(d), d);

    private static string MonthDay(DateOnly d) =>
        French ? $"{FrenchDay(d)}{Nbsp}{Names.MonthNames[d.Month - 1]}" : $"{Names.MonthNames[d.Month - 1]}{Nbsp}{d.Day}";

    /// <summary>For a narrow column: « 24 nov. »; "Nov. 24".</summary>
    public string ShortDate(DateOnly d) =>
        Shown(French ? $"{FrenchDay(d)}{Nbsp}{ShortFrench[d.Month - 1]}" : $"{ShortEnglish[d.Month - 1]}{Nbsp}{d.Day}", d);

    /// <summary>« lundi 23 novembre »; "Monday, November 23". See <see cref="Capital"/> for the beginning of a sentence.</summary>
    public string WeekdayDate(DateOnly d) =>
        French ? $"{Names.DayNames[(int)d.DayOfWeek]} {DayMonth(d)}" : $"{Names.DayNames[(int)d.DayOfWeek]}, {DayMonth(d)}";

    /// <summary>« mardi »; "Tuesday".</summary>
    public static string Weekday(DateOnly d) => Names.DayNames[(int)d.DayOfWeek];

    /// <summary>« 14 h 30 », « 17 h »; "2:30 p.m.", "5 p.m.".</summary>
    public static string Time(TimeOnly t)
    {
        if (French) return t.Minute == 0 ? $"{t.Hour}{Nbsp}h" : $"{t.Hour}{Nbsp}h{Nbsp}{t.Minute:00}";
        var hour = t.Hour % 12 == 0 ? 12 : t.Hour % 12;
        var half = t.Hour < 12 ? "a.m." : "p.m.";
        return t.Minute == 0 ? $"{hour}{Nbsp}{half}" : $"{hour}:{t.Minute:00}{Nbsp}{half}";
    }

    /// <summary>« 8 h 30 », "4:30 p.m." in what people wrote: a line must not break in the middle of an hour.</summary>
    public static string HoursTogether(string written) => BlankInHour.Replace(written, $"{Nbsp}");

    public string Time(DateTime utc) => Time(TimeOnly.FromDateTime(Local(utc)));

    public string Date(DateTime utc) => Date(Day(utc));

    /// <summary>« mardi 24 novembre, 10 h »; "Tuesday, November 24, 10 a.m.".</summary>
    public string When(DateTime utc) => $"{WeekdayDate(Day(utc))}, {Time(utc)}";

    /// <summary>The last moment of a delay: one that ends at midnight ends with the day before, « jeudi 26 novembre, minuit ».</summary>
    public string Until(DateTime utc) =>
        TimeOnly.FromDateTime(Local(utc)) == TimeOnly.MinValue ? $"{WeekdayDate(Day(utc).AddDays(-1))}, {texts["Midnight"]}" : When(utc);

    /// <summary>« 514 555-0142 » from ten digits; anything else is shown as it is.</summary>
    public static string Telephone(string digits) =>
        digits.Length == 10 && digits.All(char.IsAsciiDigit) ? $"{digits[..3]}{Nbsp}{digits[3..6]}-{digits[6..]}" : digits;

    /// <summary>The link that dials ten digits of North America.</summary>
    public static string TelephoneHref(string digits) => digits.Length == 10 ? "tel:+1" + digits : "tel:" + digits;

    /// <summary>« 12 % »; "12%". From 0 to 1.</summary>
    public static string Percent(double share) => French ? $"{share * 100:0}{Nbsp}%" : $"{share * 100:0}%";

    /// <summary>« 4,5 »; "4.5". At most one decimal.</summary>
    public static string Number(double value) => value.ToString("#,0.#", CultureInfo.CurrentUICulture);

    /// <summary>Singular or plural: in French 0 and 1 (1,5 too) are singular, in English only 1 is. {0} in the text is the number.</summary>
    public static string Count(double n, string one, string many) =>
        string.Format(CultureInfo.CurrentUICulture, (French ? Math.Abs(n) < 2 : n is 1) ? one : many, Number(n));

    /// <summary>Up to ten in words, feminine in French because what is counted on screen is « une chose », « une personne ».</summary>
    public string CountWord(int n) => n is > 0 and <= 10 ? texts[$"Number.{n}"] : Number(n);

    public string Days(int n) => Count(n, texts["Days.One"], texts["Days.Many"]);

    /// <summary>« 35 minutes », « 1 heure 10 »; "1 hour 10".</summary>
    public string Duration(TimeSpan span)
    {
        var minutes = (int)Math.Round(span.TotalMinutes);
        if (minutes < 60) return Count(minutes, texts["Minutes.One"], texts["Minutes.Many"]);
        var hours = Count(minutes / 60, texts["Hours.One"], texts["Hours.Many"]);
        return minutes % 60 == 0 ? hours : $"{hours}{Nbsp}{minutes % 60:00}";
    }

    /// <summary>How long something has waited, for a narrow column: « 9 j », « 3 mois »; "9 d", "3 mo".</summary>
    public string Age(int days) => days < 60 ? texts["Age.Days", days] : texts["Age.Months", days / 30];

    /// <summary>« 52 ans »; "52 years old".</summary>
    public string Years(int age) => Count(age, texts["Years.One"], texts["Years.Many"]);

    /// <summary>« a, b et c »; "a, b and c".</summary>
    public string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} {texts["And"]} {items[^1]}";

    /// <summary>A name after « de »: « de Nadia », « d’Odile », « d’Yvon », « d’Hélène »; in English the name alone.</summary>
    public static string Of(string name) => !French ? name : Elides(name) ? $"d’{name}" : $"de {name}";

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.CurrentUICulture) + text[1..];

    /// <summary>Vowels and h of given names; y before a consonant (Yvon, not Yasmine). A file's number has no sound.</summary>
    private static bool Elides(string name)
    {
        if (name.Length < 2 || name.Any(char.IsAsciiDigit)) return false;
        var plain = name.Normalize(NormalizationForm.FormD).Where(char.IsLetter).Select(char.ToLowerInvariant).Take(2).ToArray();
        return plain is ['a' or 'e' or 'i' or 'o' or 'u' or 'œ' or 'h', ..] or ['y', not ('a' or 'e' or 'i' or 'o' or 'u')];
    }

    private string Shown(string day, DateOnly d) => d.Year == Day(clock.GetUtcNow().UtcDateTime).Year ? day : OfYear(day, d);

    private static string OfYear(string day, DateOnly d) => French ? $"{day}{Nbsp}{d.Year}" : $"{day}, {d.Year}";

    private static string FrenchDay(DateOnly d) => d.Day == 1 ? "1er" : d.Day.ToString(CultureInfo.InvariantCulture);
}
