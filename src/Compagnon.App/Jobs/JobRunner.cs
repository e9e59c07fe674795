using Compagnon.App.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compagnon.App.Jobs;

/// <summary>Does one kind of job. Handlers must bear being run twice: a node may die between doing and saying so.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>Seconds between runs for a job of the whole network; null for one made by a use case.</summary>
    int? EverySeconds { get; }

    Task RunAsync(Job job, CancellationToken stop);
}

/// <summary>Claims due jobs with a lease and does them, one after another.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly string node = $"{Environment.MachineName}-{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RunOneAsync(stoppingToken)) { }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The database could not be asked for jobs; trying again");
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes sure that each recurring kind has its job.</summary>
    public static async Task EnsureRecurringAsync(CompagnonDb db, IEnumerable<IJobHandler> handlers, DateTime now, CancellationToken stop = default)
    {
        var known = await db.Set<Job>().Where(j => j.SubjectId == null && j.DoneAt == null).Select(j => j.Kind).ToListAsync(stop);
        foreach (var handler in handlers.Where(h => h.EverySeconds is not null && !known.Contains(h.Kind, StringComparer.Ordinal)))
            db.Add(new Job { Kind = handler.Kind, DueAt = now, EverySeconds = handler.EverySeconds });
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Claims and does one due job; false when none is due.</summary>
    public async Task<bool> RunOneAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CompagnonDb>();
        var now = clock.GetUtcNow().UtcDateTime;
        var job = await db.Set<Job>().IgnoreQueryFilters().Where(j => j.DoneAt == null && j.DueAt <= now && (j.LeasedUntil == null || j.LeasedUntil < now))
            .OrderBy(j => j.DueAt).FirstOrDefaultAsync(stop);
        if (job is null) return false;
        scope.ServiceProvider.GetRequiredService<NetworkScope>().Id = job.NetworkId;
        (job.LeasedBy, job.LeasedUntil, job.Attempts) = (node, now + Lease, job.Attempts + 1);
        if (!await db.TrySaveAsync(stop)) return true; // another node was faster
        await DoAsync(scope.ServiceProvider, job.Id, stop);
        return true;
    }

    private async Task DoAsync(IServiceProvider services, Guid id, CancellationToken stop)
    {
        var db = services.GetRequiredService<CompagnonDb>();
        var job = await db.Set<Job>().FirstAsync(j => j.Id == id, stop);
        var handler = services.GetServices<IJobHandler>().FirstOrDefault(h => string.Equals(h.Kind, job.Kind, StringComparison.Ordinal));
        string? error = null;
        try
        {
            if (handler is null) error = "No handler.";
            else await handler.RunAsync(job, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Job {Kind} failed", job.Kind);
            error = e.GetType().Name;
        }
        await FinishAsync(db, id, error, stop);
    }

    private async Task FinishAsync(CompagnonDb db, Guid id, string? error, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        var job = await db.Set<Job>().FirstAsync(j => j.Id == id, stop);
        var now = clock.GetUtcNow().UtcDateTime;
        (job.LeasedBy, job.LeasedUntil, job.LastError) = (null, null, error);
        if (job.EverySeconds is { } seconds) (job.DueAt, job.Attempts) = (now.AddSeconds(seconds), 0);
        else if (error is null) job.DoneAt = now;
        else job.DueAt = now.AddSeconds(Math.Min(3600, 5 << Math.Min(job.Attempts, 9)));
        await db.TrySaveAsync(stop);
    }
}
