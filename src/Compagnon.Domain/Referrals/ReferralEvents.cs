using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Referrals;

/// <summary>A clinician, a patient or a coordinator made a request; the person agreed to be contacted.</summary>
public sealed record ReferralReceived(Guid ReferralId, ReferralSource Source, Guid? ClinicId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
