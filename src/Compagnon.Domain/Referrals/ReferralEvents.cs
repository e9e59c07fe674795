using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Referrals;

/// <summary>A clinician, a patient or a coordinator made a request; the person agreed to be contacted.</summary>
public sealed record ReferralReceived(Guid ReferralId, ReferralSource Source, Guid? ClinicId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>Somebody began to ask for a companion, online, and has not sent it yet.</summary>
public sealed record DraftBegun(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>A page was answered. What was answered stands in the file, not here.</summary>
public sealed record IntakeAnswered(Guid ReferralId, IntakePage Page, bool OnBehalf) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>All is there that the matching needs.</summary>
public sealed record IntakeCompleted(Guid ReferralId, bool OnBehalf) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>A draft that was never sent was erased with everything in it.</summary>
public sealed record DraftErased(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The person was asked, and said no.</summary>
public sealed record ConsentRefused(Guid ReferralId, ConsentKind Kind) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The clinic gave another telephone number. Neither number stands here.</summary>
public sealed record NumberCorrected(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The clinic wrote its note anew, or took it away. Neither text stands here.</summary>
public sealed record NoteChanged(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The clinic took its referral back, before the person's own consent to the service.</summary>
public sealed record ReferralWithdrawn(Guid ReferralId, Guid? ClinicId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
