using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Accompaniments;

/// <summary>Why the coordinator asks how the two are getting on.</summary>
public enum FollowUpReason
{
    /// <summary>They talked, and nothing stands in the logbook.</summary>
    Unwritten,
    /// <summary>They have not talked for longer than they agreed on.</summary>
    Silent,
    /// <summary>The time they agreed on is over.</summary>
    TimeIsUp,
}

/// <summary>A conversation in which both took part, as far as a follow-up goes by it.</summary>
/// <param name="NotedAt">When it was noted that they talked: perhaps days later.</param>
/// <param name="NextOn">When they meant to talk next.</param>
public sealed record Told(DateTime HeldAt, DateTime NotedAt, bool IsWritten, DateOnly? NextOn);

/// <summary>What two people agreed on, checked later: somebody who would rather not go on seldom says so, and the companion's place stays taken.</summary>
public static class FollowUp
{
    /// <summary>One conversation may fall away before anybody asks.</summary>
    private const int Rhythms = 2;
    private const int Week = 7;

    /// <summary>The earliest reason to ask; null before the first conversation, whose own target looks after it.</summary>
    public static (FollowUpReason Reason, DateTime DueAt)? NextOf(Accompaniment a, IReadOnlyCollection<Told> told, Targets targets, WorkingCalendar calendar) =>
        ReasonsOf(a, told, targets, calendar) is [var first, ..] ? first : null;

    /// <summary>All of them since the coordinator last asked, and from when on: who asks, asks for all that are due.</summary>
    public static IReadOnlyList<(FollowUpReason Reason, DateTime DueAt)> ReasonsOf(Accompaniment a, IReadOnlyCollection<Told> told, Targets targets, WorkingCalendar calendar)
    {
        if (told.Count == 0) return [];
        List<(FollowUpReason Reason, DateTime DueAt)> reasons = [.. told.Where(t => !t.IsWritten).Select(t => (FollowUpReason.Unwritten, (t.NotedAt > t.HeldAt ? t.NotedAt : t.HeldAt).AddDays(targets.LogbookDays)))];
        reasons.Add((FollowUpReason.Silent, HeardOf(a, told, calendar).AddDays(DaysOf(a.Agreement.Rhythm, targets))));
        if (a.Agreement.Months is { } months) reasons.Add((FollowUpReason.TimeIsUp, a.AgreedAt.AddMonths(months)));
        return [.. reasons.Where(r => !(r.DueAt <= a.FollowedUpAt)).OrderBy(r => r.DueAt)];
    }

    /// <summary>So long without a conversation is longer than agreed; where no rhythm was, the programme says.</summary>
    public static int DaysOf(Rhythm rhythm, Targets targets) => rhythm switch
    {
        Rhythm.Weekly => Rhythms * Week,
        Rhythm.EveryTwoWeeks => Rhythms * 2 * Week,
        Rhythm.AsNeeded or Rhythm.AroundAppointments => targets.SilentDays,
    };

    /// <summary>When they last talked, or will have by what they planned, or when the coordinator last asked.</summary>
    private static DateTime HeardOf(Accompaniment a, IReadOnlyCollection<Told> told, WorkingCalendar calendar)
    {
        var last = told.MaxBy(t => t.HeldAt)!;
        var planned = last.NextOn is { } day ? calendar.EndOf(day) : last.HeldAt;
        return new[] { last.HeldAt, planned, a.FollowedUpAt ?? last.HeldAt }.Max();
    }
}
