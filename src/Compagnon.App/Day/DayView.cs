using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Day;

/// <summary>One file that waits.</summary>
public sealed record DayRow
{
    public required Guid ReferralId { get; init; }
    public required string FileNumber { get; init; }
    public required string GivenName { get; init; }
    public required NextStep Step { get; init; }
    public required DateTime? DueAt { get; init; }
    /// <summary>Since when the person waits; for "agreed, not yet talked", since they agreed.</summary>
    public required DateTime Since { get; init; }
    /// <summary>Since when it stands at this step; null where the file doesn't say.</summary>
    public required DateTime? StepSince { get; init; }
    public required Situation Situation { get; init; }
    public required bool TelephoneOnly { get; init; }
    public required bool NumberIsWrong { get; init; }
    /// <summary>The clinic is asked for the right number. Otherwise, no clinic or one that may not hear it, the coordinator finds it.</summary>
    public required bool ClinicCorrects { get; init; }
    /// <summary>It was corrected, and nobody has reached the person yet.</summary>
    public required bool NumberIsNew { get; init; }
    public required DateOnly? NotBefore { get; init; }
    /// <summary>Since when it is back at the top: all declined, nobody answered, none was chosen.</summary>
    public required DateTime? BackSince { get; init; }
    public required Guid? CoordinatorId { get; init; }
    public required string? UrgentReason { get; init; }
}

public sealed record DayView
{
    public required DueLimits Limits { get; init; }
    /// <summary>First name of who reads it.</summary>
    public required string GivenName { get; init; }
    /// <summary>By kind, in the order of the thread; only those that wait. Under the filter of whose, not of kind.</summary>
    public required IReadOnlyList<StepCount> Counts { get; init; }
    /// <summary>Under every filter; null where a cancer is chosen, which is not counted.</summary>
    public required StepCount? Shown { get; init; }
    public required IReadOnlyList<DayRow> Rows { get; init; }
    /// <summary>More pages follow.</summary>
    public required bool HasMore { get; init; }
    public required IReadOnlyList<DayRow> Urgent { get; init; }
    public required IReadOnlyList<BouncedMail> Bounced { get; init; }
    /// <summary>Taken back by their clinic in the last days: nobody is to be called.</summary>
    public required IReadOnlyList<WithdrawnRow> Withdrawn { get; init; }
    /// <summary>Patients who ask to read the logbook, and wait for its review.</summary>
    public required IReadOnlyList<LogbookRow> Logbooks { get; init; }
    /// <summary>Companions who asked in a logbook to be called, and have not been.</summary>
    public required IReadOnlyList<CallRow> Calls { get; init; }
    /// <summary>Of how many accompaniments somebody should ask how they are getting on.</summary>
    public required int FollowUps { get; init; }
    /// <summary>Who keeps their own companion out: the two can't go on as they are.</summary>
    public required IReadOnlyList<KeptApartRow> KeptApart { get; init; }
    public required CompanionsToday Companions { get; init; }
    public required FirstConversationFigure Figure { get; init; }
    public required IReadOnlyList<Colleague> Colleagues { get; init; }
    public required Targets Targets { get; init; }

    public int Count(DueGroup group) => Counts.Sum(c => c.Of(group));
}

/// <summary>A coordinator of the facility.</summary>
public sealed record Colleague(Guid PersonId, string Name, DateOnly? AwayUntil, Guid? StandInPersonId);

/// <summary>A referral that its clinic took back.</summary>
public sealed record WithdrawnRow(Guid ReferralId, string FileNumber, string GivenName, DateTime At);

/// <summary>A patient asked to read the logbook.</summary>
public sealed record LogbookRow(Guid AccompanimentId, string GivenName, DateTime At);

/// <summary>A companion asked to be called, after this conversation.</summary>
public sealed record CallRow(Guid AccompanimentId, Guid ConversationId, string Companion, DateTime At, DateTime DueAt);

/// <summary>A patient's file is closed to the companion who accompanies them.</summary>
public sealed record KeptApartRow(Guid AccompanimentId, string GivenName, string Companion);

/// <summary>An e-mail that was refused where it was sent.</summary>
/// <param name="ReferralId">The patient's newest file; null when the receiver is no patient.</param>
public sealed record BouncedMail(Guid MessageId, Guid? ReferralId, Guid? CompanionId, DateTime At);

/// <summary>Companions who wait for somebody, longest first, and how many can take nobody more.</summary>
public sealed record CompanionsToday(int Idle, int Full, int Active, IReadOnlyList<IdleCompanion> Longest)
{
    /// <summary>There are companions, and none can be asked: paused, or not cleared.</summary>
    public bool AllAway { get; init; }
}

public sealed record IdleCompanion(Guid CompanionId, string Pseudonym, CancerSite? Site, int? Year, int Days);

/// <summary>From the request to the first conversation in which both took part, in days, over the last thirty. Null while there is none.</summary>
/// <param name="Waiting">How many still wait for theirs.</param>
/// <param name="LongestDays">How long the one has waited who waits longest.</param>
public sealed record FirstConversationFigure(double? Median, int Of, int Waiting, int LongestDays);
