using Compagnon.Domain.Programme;
using FsCheck;
using FsCheck.Fluent;

namespace Compagnon.Domain.Tests.Programme;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Quebec = new();

    private static DateTime Utc(string text) => DateTime.Parse(text, null, System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal);
    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);

    // dates as published for these years
    [Theory]
    [InlineData(2025, "2025-01-01 2025-04-18 2025-04-21 2025-05-19 2025-06-24 2025-07-01 2025-09-01 2025-10-13 2025-12-25")]
    [InlineData(2026, "2026-01-01 2026-04-03 2026-04-06 2026-05-18 2026-06-24 2026-07-01 2026-09-07 2026-10-12 2026-12-25")]
    [InlineData(2027, "2027-01-01 2027-03-26 2027-03-29 2027-05-24 2027-06-24 2027-07-01 2027-09-06 2027-10-11 2027-12-25")]
    [InlineData(2028, "2028-01-01 2028-04-14 2028-04-17 2028-05-22 2028-06-24 2028-07-01 2028-09-04 2028-10-09 2028-12-25")]
    public void StatutoryHolidays_AreThosePublished(int year, string dates) =>
        Assert.Equal(dates, string.Join(' ', WorkingCalendar.StatutoryHolidays(year).Select(d => $"{d:yyyy-MM-dd}")));

    [Fact]
    public void NationalHolidayAndCanadaDay_OnASunday_AreTakenOnTheMonday()
    {
        Assert.Equal(DayOfWeek.Sunday, Day("2029-06-24").DayOfWeek);
        Assert.Equal(DayOfWeek.Sunday, Day("2029-07-01").DayOfWeek);
        Assert.False(Quebec.IsWorkingDay(Day("2029-07-02")));
        Assert.False(Quebec.IsWorkingDay(Day("2029-06-25")));
        Assert.True(Quebec.IsWorkingDay(Day("2029-06-26")));
    }

    [Theory]
    // received on Monday, two working days: Wednesday ends at midnight in Montreal
    [InlineData("2026-11-16T15:00Z", 2, "2026-11-19T05:00Z")]
    // late in the evening it is still Monday in Montreal, already Tuesday in UTC
    [InlineData("2026-11-17T03:30Z", 2, "2026-11-19T05:00Z")]
    // Friday: the weekend doesn't count
    [InlineData("2026-11-20T15:00Z", 2, "2026-11-25T05:00Z")]
    // Saturday counts from Monday
    [InlineData("2026-11-21T15:00Z", 1, "2026-11-24T05:00Z")]
    // Thursday before Good Friday 2026, over Easter Monday
    [InlineData("2026-04-02T15:00Z", 1, "2026-04-08T04:00Z")]
    // clocks go forward on 8 March 2026, back on 1 November 2026
    [InlineData("2026-03-06T20:00Z", 1, "2026-03-10T04:00Z")]
    [InlineData("2026-10-30T20:00Z", 1, "2026-11-03T05:00Z")]
    // 23 December 2026 to the first working day of the new year: 24, 25, 26, 31 December, 1 and 2 January are off
    [InlineData("2026-12-23T15:00Z", 4, "2027-01-05T05:00Z")]
    // nothing to count: by the end of the day
    [InlineData("2026-11-16T15:00Z", 0, "2026-11-17T05:00Z")]
    public void AddWorkingDays_IsDueByTheEndOfThatLocalDay(string received, int days, string due) => Assert.Equal(Utc(due), Quebec.AddWorkingDays(Utc(received), days));

    [Fact]
    public void AddWorkingDays_RefusesLocalTime() =>
        Assert.Throws<ArgumentException>(() => Quebec.AddWorkingDays(new DateTime(2026, 11, 16, 9, 0, 0, DateTimeKind.Local), 1));

    [Fact]
    public void ExtraDaysOff_AreASetting()
    {
        Assert.False(Quebec.IsWorkingDay(Day("2026-12-31")));
        Assert.True(Quebec.With([]).IsWorkingDay(Day("2026-12-31")));
        var own = Quebec.With(["03-08", "2027-02-02"]);
        Assert.False(own.IsWorkingDay(Day("2028-03-08")));
        Assert.False(own.IsWorkingDay(Day("2027-02-02")));
        Assert.True(own.IsWorkingDay(Day("2028-02-02")));
        Assert.Throws<FormatException>(() => Quebec.With(["8 mars"]));
        Assert.True(WorkingCalendar.IsDayOff("02-29"));
        Assert.False(WorkingCalendar.IsDayOff("13-01"));
    }

    [Fact]
    public void WorkingDaysBetween_TurnsAddWorkingDaysRound() => Prop.ForAll<uint, byte>((start, days) =>
    {
        var day = Day("2020-01-01").AddDays((int)(start % 7000));
        var due = Quebec.AddWorkingDays(day, days);
        var counted = Quebec.WorkingDaysBetween(day, due);
        Assert.True(Quebec.IsWorkingDay(due));
        Assert.Equal(days == 0 && !Quebec.IsWorkingDay(day) ? 1 : days, counted);
        Assert.Equal(-counted, Quebec.WorkingDaysBetween(due, day));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("2026-11-23T04:59:00Z", "2026-11-23T14:30:00Z", 1)]
    [InlineData("2026-11-23T05:00:00Z", "2026-11-23T14:30:00Z", 0)]
    [InlineData("2026-11-23T14:30:00Z", "2026-11-22T14:30:00Z", 0)]
    public void DaysSince_AreDaysOfTheCalendar(string since, string now, int days) => Assert.Equal(days, Quebec.DaysSince(Utc(since), Utc(now)));

    [Fact]
    public void EveryLocalDay_BeginsWhenTheOneBeforeEnds()
    {
        for (var day = Day("2025-01-01"); day < Day("2029-01-01"); day = day.AddDays(1))
        {
            Assert.Equal(day, Quebec.LocalDay(Quebec.StartOf(day)));
            Assert.Equal(day, Quebec.LocalDay(Quebec.EndOf(day).AddTicks(-1)));
        }
    }

    [Theory]
    [InlineData("St-Félicien", "SAINT FELICIEN")]
    [InlineData("Sainte-Anne-de-Bellevue", "ste anne de bellevue")]
    [InlineData("L’Île-Perrot", "l'ile perrot")]
    [InlineData("Sacré-Cœur", "sacre coeur")]
    public void Fold_GivesOneSpelling(string one, string other) => Assert.Equal(Folding.Fold(one), Folding.Fold(other));
}
