using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Matching;

/// <summary>A companion answered; no reason is asked for a no.</summary>
public sealed record ProposalAnswered(Guid ReferralId, Guid ProposalId, ProposalAnswer Answer) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
