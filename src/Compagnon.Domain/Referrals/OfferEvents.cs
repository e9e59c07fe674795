using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Referrals;

/// <summary>Another system named somebody to whom the service could be offered.</summary>
public sealed record OfferMade(Guid ReferralId, ReferralSource Source) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
