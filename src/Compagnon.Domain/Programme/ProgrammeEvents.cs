using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Programme;

/// <summary>The database was filled with the invented programme: by this it is known as a demonstration.</summary>
public sealed record DemonstrationPrepared : AuditEvent
{
    public override Guid? Subject => null;
}

/// <summary>A backup was put back.</summary>
/// <param name="MadeAt">When the backup was made; what happened after it is gone.</param>
/// <param name="ErasedAgain">People who had been erased since.</param>
/// <param name="AuditLost">Audit events that had been sealed since.</param>
public sealed record BackupRestored(DateTime MadeAt, int ErasedAgain, long AuditLost) : AuditEvent
{
    public override Guid? Subject => null;
}
