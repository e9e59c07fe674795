using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Programme;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>After a change of targets: every open file's next date, in batches, so that nobody waits for it and no save is long.</summary>
public sealed class RebuildDueDatesJob(CompagnonDb db, SettingsOf settings, WorkingCalendar calendar) : IJobHandler
{
    private const int Batch = 500;

    public string Kind => RebuildDueDates.JobKind;
    public int? EverySeconds => null;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        var facilityId = job.SubjectId!.Value;
        for (var after = Guid.Empty; ;)
        {
            db.ChangeTracker.Clear();
            var targets = (await settings.FacilityAsync(facilityId, stop)).Targets;
            var files = await db.Set<Referral>().Where(r => r.FacilityId == facilityId && r.EndedAt == null && r.Id.CompareTo(after) > 0).OrderBy(r => r.Id).Take(Batch).ToListAsync(stop);
            if (files.Count == 0) return;
            foreach (var file in files) file.Project(targets, calendar);
            // Somebody changed one of them in this moment: theirs was projected with the new targets already or will be on the second look.
            if (await db.TrySaveAsync(stop)) after = files[^1].Id;
        }
    }
}
