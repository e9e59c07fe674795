using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>
/// An emergency: somebody whom the ordinary rules keep out learned who a person is, because a life or somebody's safety was in danger. It is put before the privacy officer
/// at once. How often it was displayed stands in the access log and nowhere else.
/// </summary>
public sealed class Disclosure : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    /// <summary>By which file a patient was named; null for a companion.</summary>
    public Guid? ReferralId { get; init; }
    public required Guid FacilityId { get; init; }
    public required Guid AskedBy { get; init; }
    public required Role AskedAs { get; init; }
    public required DateTime AskedAt { get; init; }
    public required Danger Danger { get; init; }
    /// <summary>In words, sealed under the person's key.</summary>
    public required byte[] Reason { get; init; }
    public Guid? ReviewedBy { get; set; }
    public DateTime? ReviewedAt { get; set; }
    /// <summary>Null until it is reviewed.</summary>
    public bool? Justified { get; set; }
    /// <summary>What the reviewer wrote, sealed under the person's key.</summary>
    public byte[]? ReviewWords { get; set; }
    public int Version { get; set; }
}

/// <summary>Who is in danger, and from what.</summary>
public enum Danger
{
    /// <summary>The person's own life: they speak of ending it, or can't be reached after a sign of it.</summary>
    OwnLife,
    /// <summary>Violence or abuse against the person.</summary>
    OwnSafety,
    /// <summary>Somebody else: a child, a relative, anybody whom the person could harm.</summary>
    SomebodyElse,
}
