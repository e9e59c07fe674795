using System.Globalization;

namespace Compagnon.Web.Forms;

/// <summary>A date as typed: three texts, so that nothing typed is ever lost.</summary>
public sealed record DateText
{
    public string? Day { get; set; }

    public string? Month { get; set; }

    public string? Year { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day + Month + Year);

    public static DateText From(DateOnly? date) => date is not { } d ? new() : new()
    {
        Day = d.Day.ToString(CultureInfo.InvariantCulture),
        Month = d.Month.ToString(CultureInfo.InvariantCulture),
        Year = d.Year.ToString(CultureInfo.InvariantCulture),
    };
}
