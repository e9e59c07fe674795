using Compagnon.App.Accompaniments;
using Compagnon.App.Privacy;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Day;

/// <summary>Everything the coordinator's page of one file shows. Staff are named; companions by their pseudonym.</summary>
public sealed record FileView
{
    public required PatientFile File { get; init; }
    public required DateTime Now { get; init; }
    public required IReadOnlyList<AttemptLine> Attempts { get; init; }
    public required IReadOnlyList<ProposalLine> Proposals { get; init; }
    /// <summary>The one that lives, or the last.</summary>
    public required AccompanimentLine? Accompaniment { get; init; }
    /// <summary>Those before it, latest first.</summary>
    public required IReadOnlyList<AccompanimentLine> Earlier { get; init; }
    public required IReadOnlyList<RestrictionLine> Restrictions { get; init; }
    public required IReadOnlyList<PossibleDuplicate> Duplicates { get; init; }
    /// <summary>The person asks to read the logbook; it waits for the coordinator's review.</summary>
    public required IReadOnlyList<LogbookQuestion> LogbooksAsked { get; init; }
    /// <summary>Their erasure is asked, and not decided yet.</summary>
    public required DateTime? ErasureAskedAt { get; init; }
    public required IReadOnlyDictionary<Guid, string> Staff { get; init; }
    public required string? Clinic { get; init; }
    public required string Facility { get; init; }

    public Referral Referral => File.Referral;

    /// <summary>A member of the staff by name; null for the person themselves, or for somebody who has left.</summary>
    public string? NameOf(Guid? personId) => personId is { } id ? Staff.GetValueOrDefault(id) : null;
}

public sealed record AttemptLine(DateTime At, Guid By, ContactOutcome Outcome, string? Note);

public sealed record ProposalLine(Guid CompanionId, string Pseudonym, DateTime At, DateTime? AnsweredAt, ProposalState State)
{
    public TakenBackFor? TakenBackFor { get; init; }
}

public sealed record AccompanimentLine(Guid Id, string Companion, Guid CompanionId, DateTime AgreedAt, DateTime? FirstConversationAt, DateTime? PlannedAt, DateTime? EndedAt, EndedBy? EndedBy)
{
    public bool AnotherOffered { get; init; }
    /// <summary>It is time to ask how they are getting on.</summary>
    public bool IsToFollowUp { get; init; }
}

public sealed record RestrictionLine(Guid Id, Role? Role, ClinicianFunction? Function, string? Facility, string? Person, string? Substitute, DateTime SetAt, Guid SetBy)
{
    public string? Clinic { get; init; }
    public string? Group { get; init; }
}

/// <summary>Another file of the facility with the same telephone or the same name.</summary>
public sealed record PossibleDuplicate(Guid ReferralId, string FileNumber, string GivenName, bool SameTelephone, bool SameName);
