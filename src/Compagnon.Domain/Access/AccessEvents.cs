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
