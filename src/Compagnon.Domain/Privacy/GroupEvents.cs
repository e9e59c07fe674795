namespace Compagnon.Domain.Privacy;

/// <summary>A group that restrictions may name was entered.</summary>
public sealed record GroupEntered(Guid GroupId, Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

public sealed record GroupRenamed(Guid GroupId, Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

/// <summary>From now on, what restrictions say of the group they say of this person.</summary>
public sealed record GroupJoined(Guid GroupId, Guid FacilityId, Guid PersonId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

public sealed record GroupLeft(Guid GroupId, Guid FacilityId, Guid PersonId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

/// <summary>No restriction can name the group any more.</summary>
public sealed record GroupEnded(Guid GroupId, Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}
