using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>
/// A human being, known to the rest of the model by a random id only. Carries the data key that encrypts who they are; erasing the key erases them.
/// A patient who becomes a companion is a new person, unlinked.
/// </summary>
public sealed class Person : Row, IVersioned
{
    public required PersonKind Kind { get; init; }
    public Guid? FacilityId { get; set; }
    /// <summary>The person's own data key, wrapped by the key ring outside the database. Empty once erased.</summary>
    public required byte[] WrappedKey { get; set; }
    /// <summary>Language of screens, letters and e-mails for them: fr or en.</summary>
    public string Language { get; set; } = Languages.French;
    public DateTime? ErasedAt { get; set; }
    public DateTime? DeceasedAt { get; set; }
    public int Version { get; set; }
}

public enum PersonKind { Patient, Companion, Staff }

/// <summary>Who a person is. Every field is encrypted under the person's own key; the table holds nothing readable.</summary>
public sealed class Identity : Row, IVersioned
{
    public byte[]? GivenName { get; set; }
    public byte[]? FamilyName { get; set; }
    public byte[]? Telephone { get; set; }
    public byte[]? Email { get; set; }
    public byte[]? BirthDate { get; set; }
    public byte[]? Notes { get; set; }
    public int Version { get; set; }
}

/// <summary>Who a person is, in clear: exists only in memory, only where the loader allowed it.</summary>
public sealed record IdentityFields
{
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    /// <summary>Ten digits.</summary>
    public string? Telephone { get; init; }
    public string? Email { get; init; }
    public DateOnly? BirthDate { get; init; }
    /// <summary>Free words that could give the person away: the clinician's note, directions for the telephone.</summary>
    public string? Notes { get; init; }
}

/// <summary>Finds duplicates without reading anyone: a keyed hash of a normalised telephone, e-mail or folded name, per facility.</summary>
public sealed class IdentityIndex : Row
{
    public required Guid PersonId { get; init; }
    public required IndexKind Kind { get; init; }
    public required byte[] Hash { get; init; }
}

public enum IndexKind { Telephone, Name, Email, Source }

public sealed class Consent : Row
{
    public required Guid PersonId { get; init; }
    public required Guid ReferralId { get; init; }
    public required ConsentKind Kind { get; init; }
    public required DateTime GivenAt { get; init; }
    public DateTime? WithdrawnAt { get; set; }
    public required ConsentHow How { get; init; }
    /// <summary>Who took it: a clinician, a coordinator, or the person alone at their screen.</summary>
    public required Guid TakenBy { get; init; }
    public bool OnBehalf { get; init; }
    public required string NoticeVersion { get; init; }
    public required string NoticeLanguage { get; init; }
}

/// <summary>Each is given and withdrawn apart.</summary>
public enum ConsentKind
{
    /// <summary>To be contacted: the clinician's tick.</summary>
    Contact,
    /// <summary>To be accompanied; no proposal goes out before it.</summary>
    Service,
    /// <summary>That the clinic hears how far the request has come.</summary>
    StatusToClinic,
    /// <summary>That two or three companions see the anonymous summary at once.</summary>
    SeveralCompanions,
    /// <summary>That their companion sees their number.</summary>
    NumberShown,
    Research,
}

public enum ConsentHow { Oral, Written, Online }

/// <summary>"No nurse of this clinic", "not my neighbour": the loader treats the file as absent for whom it names.</summary>
public sealed class Restriction : Row
{
    public required Guid PersonId { get; init; }
    public Role? Role { get; init; }
    public ClinicianFunction? Function { get; init; }
    public Guid? FacilityId { get; init; }
    public Guid? ClinicId { get; init; }
    /// <summary>Whoever is in this group when they come to read.</summary>
    public Guid? GroupId { get; init; }
    /// <summary>The substitute who still serves them when the restriction names everybody else.</summary>
    public Guid? ExceptPersonId { get; set; }
    /// <summary>The one person who is kept out.</summary>
    public Guid? AgainstPersonId { get; init; }
    public required DateTime SetAt { get; init; }
    public required Guid SetBy { get; init; }
    public DateTime? LiftedAt { get; set; }
}

/// <summary>One read of a person's file: who, whose, what, when, in which role, why. "Who saw my file" is this table.</summary>
public sealed class AccessEntry : Row
{
    public required DateTime At { get; init; }
    public required Guid ReaderId { get; init; }
    public required Role ReaderRole { get; init; }
    public Guid? ReaderFacilityId { get; init; }
    /// <summary>Whose file; null for a page of a list, which is one row.</summary>
    public Guid? PersonId { get; init; }
    public required ReadWhat What { get; init; }
    /// <summary>For a list: the people on the page, so that each can be told.</summary>
    public List<Guid> Listed { get; init; } = [];
    public string? Why { get; init; }
}

public enum ReadWhat
{
    File, List, Identity, Matching, Proposal, Choice, Accompaniment, Logbook, Profile, Reads, Message, Print, Export,
    /// <summary>Who a person is, disclosed in an emergency.</summary>
    Emergency,
    /// <summary>Why it was disclosed, for whoever reviews it; the identity is not shown.</summary>
    Review,
}

/// <summary>An audit event as stored: ids, or ciphertext under a person's key. Number and Seal are given once, by the sealing job.</summary>
public sealed class AuditRow : Row
{
    public required DateTime At { get; init; }
    public required Guid ActorId { get; init; }
    public required Role ActorRole { get; init; }
    public required string Type { get; init; }
    /// <summary>The file it belongs to: a referral, a companion, a facility.</summary>
    public Guid? SubjectId { get; init; }
    /// <summary>The event as JSON, exactly as hashed.</summary>
    public required string Data { get; init; }
    public long? Number { get; set; }
    public byte[]? Seal { get; set; }
}

/// <summary>What happened, as a typed record of a stage. docs/events.md lists all; a test keeps the list complete.</summary>
public abstract record AuditEvent
{
    /// <summary>The file it belongs to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public abstract Guid? Subject { get; }
}
