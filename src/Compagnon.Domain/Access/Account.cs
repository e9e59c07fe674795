namespace Compagnon.Domain.Access;

/// <summary>How staff and companions sign in. The e-mail itself is identity and stands encrypted apart; here only its keyed hash.</summary>
public sealed class Account : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    public required byte[] EmailHash { get; set; }
    public string? PasswordHash { get; set; }
    public required string SecurityStamp { get; set; }
    /// <summary>Encrypted under the person's key.</summary>
    public byte[]? AuthenticatorKey { get; set; }
    /// <summary>Last 30-second step a code was used in: a code works once.</summary>
    public long LastStep { get; set; }
    public int AccessFailedCount { get; set; }
    public DateTime? LockoutEnd { get; set; }
    public DateTime? DisabledAt { get; set; }
    public int Version { get; set; }

    /// <summary>Has its authenticator given a right code? Until then its key is only offered.</summary>
    public bool IsEnrolled => AuthenticatorKey is not null && LastStep > 0;
}

/// <summary>One of the printed card's codes; works once.</summary>
public sealed class RecoveryCode : Row
{
    public required Guid AccountId { get; init; }
    public required byte[] Hash { get; init; }
    public DateTime? UsedAt { get; set; }
}

/// <summary>A browser that is signed in. A remembered device of a patient is a session that lasts.</summary>
public sealed class Session : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    public Guid? MembershipId { get; set; }
    /// <summary>Of a patient: the request the link was for.</summary>
    public Guid? ReferralId { get; init; }
    public required DateTime StartedAt { get; init; }
    public required DateTime SeenAt { get; set; }
    public required DateTime ExpiresAt { get; set; }
    public DateTime? EndedAt { get; set; }
    /// <summary>"Firefox on Windows": from the browser's name, shortened.</summary>
    public required string Device { get; init; }
    public bool IsShared { get; init; }
    public int Version { get; set; }
}

/// <summary>An invitation by e-mail to take a role; single use.</summary>
public sealed class Invitation : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required DateTime SentAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; set; }
    /// <summary>True when it re-enrols an account whose authenticator was lost.</summary>
    public bool ReEnrols { get; init; }
    public int Version { get; set; }
}

/// <summary>A patient's way in: a single-use link and a six-digit code that travels apart.</summary>
public sealed class PatientLink : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    public required Guid ReferralId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required byte[] CodeHash { get; init; }
    public required DateTime SentAt { get; init; }
    public required DateTime ExpiresAt { get; set; }
    public int WrongCodes { get; set; }
    public DateTime? UsedAt { get; set; }
    public int Version { get; set; }
}

/// <summary>A form that was posted after its session ended: kept, protected, until its owner has signed in again.</summary>
public sealed class HeldForm : Row
{
    public required string Path { get; init; }
    public required byte[] Protected { get; init; }
    public required DateTime ExpiresAt { get; init; }
}
