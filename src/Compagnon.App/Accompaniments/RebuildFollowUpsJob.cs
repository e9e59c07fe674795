using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Programme;
using Compagnon.Domain.Accompaniments;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>After a change of targets: from when on to ask how two people are getting on, in batches, so that nobody waits for it and no save is long.</summary>
public sealed class RebuildFollowUpsJob(CompagnonDb db, FollowUps followUps) : IJobHandler
{
    private const int Batch = 500;

    public string Kind => RebuildDueDates.FollowUpsKind;
    public int? EverySeconds => null;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        var facilityId = job.SubjectId!.Value;
        for (var after = Guid.Empty; ;)
        {
            db.ChangeTracker.Clear();
            var pairs = await db.Set<Accompaniment>().Where(a => a.FacilityId == facilityId && a.EndedAt == null && a.Id.CompareTo(after) > 0).OrderBy(a => a.Id).Take(Batch).ToListAsync(stop);
            if (pairs.Count == 0) return;
            await followUps.ProjectAsync(facilityId, pairs, stop);
            // Somebody changed one of them in this moment: theirs was projected with the new targets already or will be on the second look.
            if (await db.TrySaveAsync(stop)) after = pairs[^1].Id;
        }
    }
}
