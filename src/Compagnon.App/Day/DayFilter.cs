using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Day;

/// <summary>Narrows the day and the list. Nothing set is the whole facility.</summary>
public sealed record DayFilter
{
    public const int PageSize = 50;

    public NextStep? Step { get; init; }
    public CancerSite? Site { get; init; }
    public Whose Whose { get; init; }
    /// <summary>With <see cref="Whose.Colleague"/>.</summary>
    public Guid? CoordinatorId { get; init; }
    /// <summary>The list alone: as they came in, not by when they are due.</summary>
    public bool Newest { get; init; }
    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int Skip => (Math.Max(1, Page) - 1) * PageSize;

    /// <summary>Null where the rows are not counted.</summary>
    public static int? PagesOf(int? rows) => (rows + PageSize - 1) / PageSize;

    /// <summary>The last page there is, for whoever asked for one past the end; the first where the rows are not counted.</summary>
    public DayFilter AtTheEnd(int? rows) => this with { Page = Math.Max(1, PagesOf(rows) ?? 1) };
}

/// <summary>Mine are also those of a colleague on leave for whom I stand in.</summary>
public enum Whose { Everybody, Mine, Nobody, Colleague }

/// <summary>When something is due, seen from now.</summary>
public enum DueGroup { Late, Today, Week, Later }

/// <summary>How many of one kind wait, by when they are due.</summary>
public sealed record StepCount(NextStep Step, int Late, int Today, int Week, int Later)
{
    public int Total => Late + Today + Week + Later;

    public int Of(DueGroup group) => group switch
    {
        DueGroup.Late => Late,
        DueGroup.Today => Today,
        DueGroup.Week => Week,
        DueGroup.Later => Later,
    };

    public static StepCount operator -(StepCount a, StepCount b) => a with { Late = a.Late - b.Late, Today = a.Today - b.Today, Week = a.Week - b.Week, Later = a.Later - b.Later };
}

/// <summary>The moments between late, today, this week and later, in the facility's time: late is <c>due &lt;= Now</c>.</summary>
public sealed record DueLimits(DateTime Now, DateTime EndOfToday, DateTime EndOfWeek)
{
    public bool IsWeekend { get; init; }

    public static DueLimits At(DateTime now, WorkingCalendar calendar)
    {
        var today = calendar.LocalDay(now);
        var sunday = today.AddDays((7 - (int)today.DayOfWeek) % 7);
        // on a Saturday or Sunday the week people plan is the one that comes
        return new DueLimits(now, calendar.EndOf(today), calendar.EndOf(today.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? sunday.AddDays(7) : sunday))
        {
            IsWeekend = today.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday,
        };
    }

    public DueGroup GroupOf(DateTime due) => due <= Now ? DueGroup.Late : due <= EndOfToday ? DueGroup.Today : due <= EndOfWeek ? DueGroup.Week : DueGroup.Later;
}
