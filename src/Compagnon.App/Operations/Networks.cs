using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Operations;

public sealed record NetworkName(int Id, string Name);

/// <summary>Which networks this database holds: commands do each in turn.</summary>
[UseCases]
public sealed class Networks(CompagnonDb db)
{
    public async Task<IReadOnlyList<NetworkName>> AllAsync(CancellationToken stop = default) =>
        await db.Set<Network>().OrderBy(n => n.Id).Select(n => new NetworkName(n.Id, n.Name)).ToListAsync(stop);
}

/// <param name="Fault">Null when the chain holds.</param>
/// <param name="Waiting">Events of the last seconds, not sealed yet.</param>
public sealed record AuditFound(AuditFault? Fault, long Sealed, long Waiting);

/// <summary>Walks the audit chain of the network in scope.</summary>
[UseCases]
public sealed class AuditCheck(CompagnonDb db, Seals seals)
{
    public async Task<AuditFound> RunAsync(CancellationToken stop = default)
    {
        var rows = db.Set<AuditRow>();
        return new AuditFound(await seals.VerifyAsync(stop), await rows.LongCountAsync(a => a.Number != null, stop), await rows.LongCountAsync(a => a.Number == null, stop));
    }
}
