using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Programme;

/// <summary>The database was filled with the invented programme: by this it is known as a demonstration.</summary>
public sealed record DemonstrationPrepared : AuditEvent
{
    public override Guid? Subject => null;
}
