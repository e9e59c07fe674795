using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Companions;

/// <summary>A coordinator entered someone who wants to accompany others.</summary>
public sealed record CompanionEntered(Guid CompanionId, Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => CompanionId;
}

/// <summary>Which parts of a profile changed; the values are health information and stay in the profile.</summary>
public sealed record CompanionProfileChanged(Guid CompanionId, IReadOnlyList<string> Parts) : AuditEvent
{
    public override Guid? Subject => CompanionId;
}

/// <summary>The hard rule was set: cleared to accompany until this day, or not cleared any more.</summary>
public sealed record CompanionCleared(Guid CompanionId, DateOnly? Before, DateOnly? Until) : AuditEvent
{
    public override Guid? Subject => CompanionId;
}

/// <summary>No reason is asked, so none is kept.</summary>
public sealed record CompanionPaused(Guid CompanionId, DateOnly? Until) : AuditEvent
{
    public override Guid? Subject => CompanionId;
}

public sealed record CompanionCameBack(Guid CompanionId) : AuditEvent
{
    public override Guid? Subject => CompanionId;
}

public sealed record CompanionLeft(Guid CompanionId) : AuditEvent
{
    public override Guid? Subject => CompanionId;
}
