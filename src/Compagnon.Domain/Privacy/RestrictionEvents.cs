namespace Compagnon.Domain.Privacy;

public sealed record RestrictionSet(Guid ReferralId, Guid RestrictionId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

public sealed record RestrictionLifted(Guid ReferralId, Guid RestrictionId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
