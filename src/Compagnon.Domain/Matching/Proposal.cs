namespace Compagnon.Domain.Matching;

/// <summary>One companion asked about one referral. While it is open it holds one of their places.</summary>
public sealed class Proposal : Row, IVersioned
{
    public required Guid ReferralId { get; init; }
    public required Guid CompanionId { get; init; }
    public required Guid ProposedBy { get; init; }
    public required DateTime ProposedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    /// <summary>Asked only when a better-ranked eligible companion was passed over.</summary>
    public string? PassedOverReason { get; init; }
    /// <summary>Points of fit, 0 to 1000, when it was proposed: what was known then.</summary>
    public int Fit { get; init; }
    public DateTime? AnsweredAt { get; set; }
    public ProposalAnswer? Answer { get; set; }
    public DateTime? ExpiredAt { get; set; }
    /// <summary>The patient chose this companion.</summary>
    public DateTime? ChosenAt { get; set; }
    /// <summary>Let go with neutral words: another was chosen, the request ended, or the coordinator took it back.</summary>
    public DateTime? ReleasedAt { get; set; }
    public int Version { get; set; }
}

public enum ProposalAnswer { Yes, No, MayKnowPerson }

public enum ProposalState { Open, Accepted, Declined, Expired, Chosen, Released }

public static class Proposals
{
    /// <summary>Expired is not declined: nobody said no.</summary>
    public static ProposalState StateOf(Proposal p, DateTime now) => p switch
    {
        { ChosenAt: not null } => ProposalState.Chosen,
        { ReleasedAt: not null } => ProposalState.Released,
        { Answer: ProposalAnswer.Yes } => ProposalState.Accepted,
        { AnsweredAt: not null } => ProposalState.Declined,
        { ExpiredAt: not null } => ProposalState.Expired,
        _ => now >= p.ExpiresAt ? ProposalState.Expired : ProposalState.Open,
    };

    /// <summary>Does it hold a place?</summary>
    public static bool Holds(Proposal p, DateTime now) => StateOf(p, now) is ProposalState.Open or ProposalState.Accepted or ProposalState.Chosen;
}
