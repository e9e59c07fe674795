namespace Compagnon.Domain.Privacy;

/// <summary>
/// A coordinator asks that a person be erased, or the person asks it from their own space; the privacy officer, who sees no content, confirms or refuses. Two people,
/// so that nobody erases alone. Whoever asked for themselves may take it back while it waits.
/// </summary>
public sealed class ErasureRequest : Row, IVersioned
{
    public required Guid PersonId { get; init; }
    public required ErasureReason Reason { get; init; }
    public required Guid AskedBy { get; init; }
    public required DateTime AskedAt { get; init; }
    public Guid? DecidedBy { get; set; }
    public DateTime? DecidedAt { get; set; }
    public bool Refused { get; set; }
    public int Version { get; set; }

    public bool IsByThemselves => AskedBy == PersonId;
    /// <summary>The person decided, not the officer: nothing was refused.</summary>
    public bool IsTakenBack => DecidedBy == PersonId;
}

public enum ErasureReason { AskedByPerson, RetentionOver, EnteredByMistake }
