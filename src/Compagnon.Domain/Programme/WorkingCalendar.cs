using System.Globalization;

namespace Compagnon.Domain.Programme;

/// <summary>
/// Working days of a Quebec facility: not Saturday, not Sunday, not a holiday. The statutory ones follow the Act respecting labour standards
/// (s. 60) and the National Holiday Act; Good Friday and Easter Monday both count, since the health network closes on both.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>Days off beside the statutory ones, as Quebec's public bodies keep them (for instance J-3, r. 3, s. 3).</summary>
    public static IReadOnlyList<string> UsualExtraDaysOff { get; } = ["01-02", "12-24", "12-26", "12-31"];

    /// <summary>Quebec keeps Toronto's clock; America/Montreal is only a link to it and missing on some systems.</summary>
    public static TimeZoneInfo Quebec { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");

    private readonly TimeZoneInfo zone;
    private readonly IReadOnlyList<string> extra;
    private readonly HashSet<(int Month, int Day)> yearly = [];
    private readonly HashSet<DateOnly> once = [];

    /// <summary>Quebec, with the usual extra days off.</summary>
    public WorkingCalendar() : this(UsualExtraDaysOff, Quebec)
    {
    }

    // private, or dependency injection would hand in an empty list
    private WorkingCalendar(IReadOnlyList<string> extra, TimeZoneInfo zone)
    {
        (this.extra, this.zone) = (extra, zone);
        foreach (var text in extra)
        {
            if (!TryParse(text, out var date, out var everyYear)) throw new FormatException($"'{text}' is not a day off: 12-26 or 2027-03-08");
            if (everyYear) yearly.Add((date.Month, date.Day));
            else once.Add(date);
        }
    }

    /// <summary>The same clock with a facility's own extra days off: "12-26" for every year, "2027-03-08" for once.</summary>
    /// <exception cref="FormatException">An entry is neither a day of the year nor a date.</exception>
    public WorkingCalendar With(IReadOnlyList<string> extraDaysOff) => extraDaysOff.SequenceEqual(extra, StringComparer.Ordinal) ? this : new([.. extraDaysOff], zone);

    public WorkingCalendar In(TimeZoneInfo facilityZone) => new(extra, facilityZone);

    /// <summary>Is this text a day off as the settings keep it?</summary>
    public static bool IsDayOff(string text) => TryParse(text, out _, out _);

    public bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !yearly.Contains((day.Month, day.Day)) && !once.Contains(day) && !IsStatutory(day);

    /// <summary>
    /// When something is due that was received at <paramref name="utc"/>: the last moment of the n-th working day after the local day of receipt.
    /// The day of receipt never counts, whatever the hour; what comes in on a weekend counts from the next working day as if it had come on the day
    /// before it. The answer is the UTC instant at which the next local day begins, so that "late" is <c>now &gt;= due</c>; a day of 23 or 25 hours
    /// shifts nothing.
    /// </summary>
    public DateTime AddWorkingDays(DateTime utc, int days) => EndOf(AddWorkingDays(LocalDay(utc), days));

    /// <summary>The n-th working day after this day; with 0 the day itself, or the next working day when it is none.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        for (var left = days; left > 0; left--)
        {
            do day = day.AddDays(1);
            while (!IsWorkingDay(day));
        }

        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="to"/>; negative when it lies before.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from) return -WorkingDaysBetween(to, from);
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1)) count += IsWorkingDay(day) ? 1 : 0;
        return count;
    }

    /// <summary>The facility's local day of an instant.</summary>
    public DateOnly LocalDay(DateTime utc) => utc.Kind == DateTimeKind.Utc
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone))
        : throw new ArgumentException($"{utc:o} is not UTC", nameof(utc));

    /// <summary>How long something has waited, in days as people count them: what came in yesterday evening is a day old this morning.</summary>
    public int DaysSince(DateTime since, DateTime now) => Math.Max(0, LocalDay(now).DayNumber - LocalDay(since).DayNumber);

    /// <summary>The last day that anything is put off to, be it a call, a leave or a pause: later is a slip of the pen.</summary>
    public static DateOnly LastAhead(DateOnly today) => today.AddYears(1);

    /// <summary>The UTC instant at which the local day is over.</summary>
    public DateTime EndOf(DateOnly day) => StartOf(day.AddDays(1));

    /// <summary>The UTC instant at which the local day begins.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // some zones skip midnight in spring: the day begins when the clock jumps
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, zone);
    }

    /// <summary>Statutory holidays of a year, in order, on the day on which they are taken.</summary>
    public static IReadOnlyList<DateOnly> StatutoryHolidays(int year)
    {
        var easter = EasterSunday(year);
        return
        [
            new(year, 1, 1),
            easter.AddDays(-2),
            easter.AddDays(1),
            LastMondayBefore(new DateOnly(year, 5, 25)),
            MovedFromSunday(new DateOnly(year, 6, 24)),
            MovedFromSunday(new DateOnly(year, 7, 1)),
            NthMonday(year, 9, 1),
            NthMonday(year, 10, 2),
            new(year, 12, 25),
        ];
    }

    private static bool IsStatutory(DateOnly day) => day.Month switch
    {
        2 or 8 or 11 => false,
        _ => StatutoryHolidays(day.Year).Contains(day),
    };

    /// <summary>On a Sunday the National Holiday (for those who don't work Sundays) and Canada Day are taken on the Monday.</summary>
    private static DateOnly MovedFromSunday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;

    private static DateOnly LastMondayBefore(DateOnly day)
    {
        do day = day.AddDays(-1);
        while (day.DayOfWeek != DayOfWeek.Monday);
        return day;
    }

    private static DateOnly NthMonday(int year, int month, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    /// <summary>Gregorian Easter, by the anonymous algorithm (Meeus, Jones, Butcher).</summary>
    private static DateOnly EasterSunday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    private static bool TryParse(string text, out DateOnly date, out bool everyYear)
    {
        everyYear = text.Length == 5;
        // 2000 was a leap year, so that 02-29 can be a day off, too
        return DateOnly.TryParseExact(everyYear ? "2000-" + text : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }
}
