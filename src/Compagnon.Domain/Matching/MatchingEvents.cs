using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Matching;

/// <summary>A companion was asked. Why a better one was passed over stands, encrypted, in the proposal; for a line of a round the round is the reason.</summary>
public sealed record ProposalMade(Guid ReferralId, Guid ProposalId, Guid CompanionId, int Place, int? Rank, int Fit, bool PassedOver, IReadOnlyList<ExclusionRule> Lifted, bool OfRound = false) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record ProposalAnswered(Guid ReferralId, Guid ProposalId, Guid CompanionId, ProposalAnswer? Before, ProposalAnswer Answer) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>Nobody said no: the time was over.</summary>
public sealed record ProposalRanOut(Guid ReferralId, Guid ProposalId, Guid CompanionId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>A companion was let go, with the same neutral words whatever the reason; where the coordinator took it back, perhaps what for.</summary>
public sealed record CompanionLetGo(Guid ReferralId, Guid ProposalId, Guid CompanionId, Release Why, TakenBackFor? For = null) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>Everybody has answered, or the time is over: the patient chooses.</summary>
public sealed record PatientAskedToChoose(Guid ReferralId, int Companions, DateTime DueAt) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The patient chose, or had the programme choose; perhaps the coordinator on their behalf.</summary>
public sealed record CompanionChosen(Guid ReferralId, Guid ProposalId, Guid CompanionId, bool ForThem, bool OnBehalf) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>Back to the top of the list, for the n-th time.</summary>
public sealed record RequestReturned(Guid ReferralId, int Returns) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
