namespace Compagnon.TestKit;

/// <summary>Time that moves only when a test says so. Begins on a Monday morning: 23 November 2026, 9 h 30 in Montréal.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 23, 14, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;
    public DateTime Now => now.UtcDateTime;
    public void Pass(TimeSpan time) => now += time;
    public void PassDays(double days) => now += TimeSpan.FromDays(days);
    public void Set(DateTime utc) => now = new DateTimeOffset(utc, TimeSpan.Zero);
}
