using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Access;

/// <summary>A person signed in and a session began; for a patient, by their link and code.</summary>
public sealed record SessionStarted(Guid PersonId, Guid SessionId, Role? Role) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A session was ended by its owner.</summary>
public sealed record SessionEnded(Guid PersonId, Guid SessionId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A role was given to a person; the manager and the privacy officer are told.</summary>
public sealed record RoleGranted(Guid PersonId, Role Role, Guid? FacilityId, Guid? ClinicId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A role was taken from a person.</summary>
public sealed record RoleEnded(Guid PersonId, Guid MembershipId, Role Role) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>An invitation went out, or, for a lost telephone or card, an invitation to enrol again.</summary>
public sealed record InvitationSent(Guid PersonId, bool ReEnrols) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>An invitation was used: a password was set.</summary>
public sealed record InvitationUsed(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>The authenticator gave a right code for the first time: the account is complete.</summary>
public sealed record AuthenticatorEnrolled(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>Five wrong passwords or codes in a row: nobody enters for a while.</summary>
public sealed record AccountLocked(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

public sealed record PasswordChanged(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A new card of one-time codes was made; the old one no longer works.</summary>
public sealed record CodeCardMade(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>Somebody signed in with a code of their printed card.</summary>
public sealed record CardCodeUsed(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>An account was closed to its owner; their sessions end within a minute.</summary>
public sealed record AccountDisabled(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

public sealed record AccountEnabled(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A link to their space was made for a patient: sent to them, or handed over by the coordinator.</summary>
public sealed record PatientLinkMade(Guid ReferralId, bool ByMail) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>A link's code was guessed wrong too often: the link no longer works.</summary>
public sealed record PatientLinkLocked(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
