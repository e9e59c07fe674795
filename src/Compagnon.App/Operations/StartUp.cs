using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Operations;

/// <summary>What must be there before the first request, and whether the database answers.</summary>
[UseCases]
public sealed class StartUp(CompagnonDb db, NetworkScope network, IEnumerable<IJobHandler> handlers, TimeProvider clock)
{
    /// <summary>Each network gets its recurring jobs. Asking also builds EF's model, so that the first reader doesn't wait for it.</summary>
    public async Task PrepareAsync(CancellationToken stop = default)
    {
        foreach (var id in await db.Set<Network>().Select(n => n.Id).ToListAsync(stop))
        {
            network.Id = id;
            await JobRunner.EnsureRecurringAsync(db, handlers, clock.GetUtcNow().UtcDateTime, stop);
        }
    }

    public Task<bool> AnswersAsync(CancellationToken stop = default) => db.Database.CanConnectAsync(stop);
}
