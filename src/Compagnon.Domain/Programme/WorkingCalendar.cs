namespace Compagnon.Domain.Programme;

/// <summary>Stands in until the calendar of Quebec lands.</summary>
public sealed class WorkingCalendar
{
    public DateTime AddWorkingDays(DateTime utc, int days) => utc.AddDays(days);
    public DateTime StartOf(DateOnly day) => day.ToDateTime(default, DateTimeKind.Utc);
}
