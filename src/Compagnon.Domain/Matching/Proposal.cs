namespace Compagnon.Domain.Matching;

/// <summary>One companion asked about one referral. While it is open it holds one of their places.</summary>
public sealed class Proposal : Row, IVersioned
{
    public required Guid ReferralId { get; init; }
    public required Guid CompanionId { get; init; }
    public required Guid ProposedBy { get; init; }
    public required DateTime ProposedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    /// <summary>Asked only when a better-ranked eligible companion was passed over, or a rule was lifted. Encrypted under the patient's key.</summary>
    public byte[]? Reason { get; init; }
    public bool PassedOver { get; init; }
    /// <summary>Rules the coordinator lifted for this proposal.</summary>
    public List<ExclusionRule> Lifted { get; init; } = [];
    /// <summary>Place among those who could be proposed then, the best first; null when a rule was lifted.</summary>
    public int? Rank { get; init; }
    /// <summary>Points of fit, 0 to 1000, when it was proposed: what was known then.</summary>
    public int Fit { get; init; }
    public DateTime? AnsweredAt { get; set; }
    public ProposalAnswer? Answer { get; set; }
    public DateTime? ExpiredAt { get; set; }
    /// <summary>The patient chose this companion.</summary>
    public DateTime? ChosenAt { get; set; }
    /// <summary>Let go with neutral words: another was chosen, the request ended, or the coordinator took it back.</summary>
    public DateTime? ReleasedAt { get; set; }
    public Release? Release { get; set; }
    /// <summary>Taken back by the coordinator, who may have said what for. Nobody else reads it.</summary>
    public TakenBackFor? TakenBackFor { get; set; }
    /// <summary>The two agreed: from here on the accompaniment has the place.</summary>
    public DateTime? AgreedAt { get; set; }
    public int Version { get; set; }
}

public enum ProposalAnswer { Yes, No, MayKnowPerson }

/// <summary>Why a companion was let go. They hear the same neutral words whatever it was.</summary>
public enum Release { AnotherChosen, NoneChosen, PatientMayKnow, ChoiceExpired, TakenBack, RequestEnded }

/// <summary>What a coordinator takes a proposal back for, if they like to say; of nobody's health, and never told to the companion or the patient.</summary>
public enum TakenBackFor { Mistake, SituationChanged, SomebodyNearer, NotReached, Other }

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

    /// <summary>Does it hold a place? Until the expiry is written down it does, whatever the clock says; the database's ledger follows this.</summary>
    public static bool HoldsPlace(Proposal p) =>
        p is { ReleasedAt: null, ExpiredAt: null, AgreedAt: null } && (p.AnsweredAt is null || p.Answer is ProposalAnswer.Yes);

    public static bool IsOpen(Proposal p) => HoldsPlace(p) && p.AnsweredAt is null;

    /// <summary>Said yes and waits for the patient's choice.</summary>
    public static bool IsAccepted(Proposal p) => HoldsPlace(p) && p.AnsweredAt is not null;

    /// <summary>Was this companion asked already? One whom the coordinator took back before any answer was not.</summary>
    public static bool CountsAsAsked(Proposal p) => p is not { Release: Matching.Release.TakenBack, AnsweredAt: null };

    /// <summary>Either of the two said that they may know the other.</summary>
    public static bool SaysAcquainted(Proposal p) => p.Answer is ProposalAnswer.MayKnowPerson || p.Release is Matching.Release.PatientMayKnow;
}
