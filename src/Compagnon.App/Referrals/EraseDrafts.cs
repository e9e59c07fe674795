using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>As the notice says: a request that was begun and never sent is erased with everything in it after thirty days.</summary>
public sealed class EraseDrafts(CompagnonDb db, Erasure erasure, TimeProvider clock) : IJobHandler
{
    private const int Days = 30;

    public string Kind => "erase-drafts";
    public int? EverySeconds => 24 * 3600;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var system = Actor.System(db.NetworkId);
        var drafts = await db.Set<Referral>().Where(r => r.ReceivedAt == null && r.OfferedAt == null && db.Set<Domain.Privacy.Person>().Any(p => p.Id == r.PatientId && p.ErasedAt == null)).ToListAsync(stop);
        foreach (var draft in drafts.Where(d => BegunAt(d.Id).AddDays(Days) < now))
        {
            var personId = draft.PatientId;
            // What was answered is health, too: it goes with the person.
            (draft.Situation, draft.Intake, draft.EndedAt, draft.Closing) = (new Situation(), new Intake(), draft.EndedAt ?? now, draft.Closing ?? Closing.OfferExpired);
            db.Record(system, new DraftErased(draft.Id), now);
            await erasure.EraseAsync(system, personId, stop);
        }
        await db.SaveChangesAsync(stop);
    }

    /// <summary>An id of version 7 begins with the milliseconds at which it was made.</summary>
    private static DateTime BegunAt(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        long milliseconds = 0;
        foreach (var b in bytes.AsSpan(0, 6)) milliseconds = (milliseconds << 8) | b;
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
    }
}
