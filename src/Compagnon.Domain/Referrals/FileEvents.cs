using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Referrals;

/// <summary>Somebody tried to reach the person.</summary>
public sealed record ContactAttempted(Guid ReferralId, Guid AttemptId, ContactOutcome Outcome, DateOnly? NotBefore) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The person to whom accompaniment was offered agreed to be contacted: the offer is a referral from now on.</summary>
public sealed record OfferAccepted(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record OfferExpired(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record CoordinatorAssigned(Guid ReferralId, Guid? Before, Guid? After) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <param name="Since">Null when it is no longer urgent.</param>
public sealed record UrgencySet(Guid ReferralId, DateTime? Since) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record CallPostponed(Guid ReferralId, DateOnly? Before, DateOnly? After) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record ConsentGiven(Guid ReferralId, Guid ConsentId, ConsentKind Kind, ConsentHow How) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record ConsentWithdrawn(Guid ReferralId, Guid ConsentId, ConsentKind Kind) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The file went to another facility, because nobody of the first could serve the person any more.</summary>
public sealed record FileMoved(Guid ReferralId, Guid FromFacilityId, Guid ToFacilityId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
