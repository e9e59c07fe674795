namespace Compagnon.Domain.Privacy;

/// <summary>Some of those who work or accompany at a facility, by a name that people there know: "those who sing in the hospital's choir". A restriction may name it.</summary>
public sealed class NamedGroup : Row, IVersioned
{
    public const int MostSigns = 80;

    public required Guid FacilityId { get; init; }
    public required string Name { get; set; }
    public DateTime? EndedAt { get; set; }
    /// <summary>Rises with every change of the name, of who is in it, and of whether a restriction names it: of two who decide by one of these, the second is told.</summary>
    public int Version { get; set; }
}

/// <summary>Is in the group, whatever role they act in, until the row is taken away.</summary>
public sealed class GroupMember : Row
{
    public required Guid GroupId { get; init; }
    public required Guid PersonId { get; init; }
}
