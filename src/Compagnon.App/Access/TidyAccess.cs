using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>Removes what no longer opens anything: forms held too long, receipts of three days, and sessions, links, invitations over for three months. What happened stays in the trail.</summary>
public sealed class TidyAccess(CompagnonDb db, TimeProvider clock) : IJobHandler
{
    private const int DaysKept = 90;

    public string Kind => "tidy-access";
    public int? EverySeconds => 3600;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = now.AddDays(-DaysKept);
        await db.Set<HeldForm>().Where(f => f.ExpiresAt < now).ExecuteDeleteAsync(stop);
        var received = now.AddDays(-Receipts.DaysKept);
        await db.Set<Receipt>().Where(r => r.At < received).ExecuteDeleteAsync(stop);
        await db.Set<Session>().Where(s => s.ExpiresAt < before).ExecuteDeleteAsync(stop);
        await db.Set<PatientLink>().Where(l => l.ExpiresAt < before).ExecuteDeleteAsync(stop);
        await db.Set<Invitation>().Where(i => i.ExpiresAt < before).ExecuteDeleteAsync(stop);
    }
}
