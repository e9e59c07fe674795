using System.Globalization;

namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>A moment ago, as people in Quebec write it.</summary>
internal static class Today
{
    private static DateTime Lately => TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow.AddMinutes(-2), TimeZoneInfo.FindSystemTimeZoneById("America/Toronto"));

    public static DateOnly Date => DateOnly.FromDateTime(Lately);

    public static string Time => Lately.ToString("HH:mm", CultureInfo.InvariantCulture);
}
