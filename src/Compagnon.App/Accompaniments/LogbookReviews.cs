using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>What a patient reads of the logbooks written of them.</summary>
/// <param name="MayAsk">Somebody accompanies or accompanied them.</param>
/// <param name="AskedAt">Since when their question waits; null when none does.</param>
public sealed record MyLogbookView(IReadOnlyList<ReleasedLine> Lines, bool MayAsk, DateTime? AskedAt);

/// <summary>A patient's question to read the logbook, which waits for the coordinator.</summary>
public sealed record LogbookQuestion(Guid AccompanimentId, Guid ReferralId, DateTime At);

/// <summary>A patient may ask for the entries about them: the coordinator reviews and releases, the patient reads. The private reflection stays its writer's.</summary>
[UseCases]
public sealed class LogbookReviews(CompagnonDb db, Files files, RoundKeeper rounds, TimeProvider clock)
{
    private const int Longest = 20;

    public async Task<MyLogbookView?> MineAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Patient || await files.OpenReleasedAsync(actor, referralId, stop) is not { } lines) return null;
        var all = await db.Set<Accompaniment>().AsNoTracking().Where(a => a.ReferralId == referralId).ToListAsync(stop);
        return new MyLogbookView(lines, all.Count > 0, all.Where(Logbook.WaitsForReview).Min(a => a.LogbookAskedAt));
    }

    /// <summary>Of everybody who accompanies or accompanied them on this request. Asked twice is asked once.</summary>
    public async Task<Outcome<Done>> AskAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Patient || await files.OpenForChangeAsync(actor, referralId, ReadWhat.Accompaniment, stop: stop) is null) return new NotThere();
        var all = await db.Set<Accompaniment>().Where(a => a.ReferralId == referralId).ToListAsync(stop);
        if (all.Count == 0) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var accompaniment in all.Where(a => !Logbook.WaitsForReview(a)))
        {
            accompaniment.LogbookAskedAt = now;
            db.Record(actor, new LogbookAsked(accompaniment.Id), now);
        }
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>These entries the patient may read, no others; and they are told that something waits for them.</summary>
    public async Task<Outcome<Done>> ReviewAsync(Actor actor, Guid accompanimentId, IReadOnlyCollection<Guid> released, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenLogbookForChangeAsync(actor, accompanimentId, stop: stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        // what is no conversation of theirs is not handed over, whoever it was with
        var entries = file.Lines.Where(l => l.Conversation.SetAside is null).Select(l => l.Entry).OfType<LogbookEntry>().ToList();
        foreach (var entry in entries) entry.ReleasedAt = released.Contains(entry.Id) ? entry.ReleasedAt ?? now : null;
        var waited = Logbook.WaitsForReview(file.Accompaniment);
        file.Accompaniment.LogbookReviewedAt = now;
        List<Guid> open = [.. entries.Where(e => e.ReleasedAt is not null).Select(e => e.Id)];
        db.Record(actor, new LogbookReviewed(accompanimentId, open, entries.Count - open.Count), now);
        if (waited || entries.Exists(e => e.ReleasedAt == now)) await rounds.TellPatientAsync(file.Referral, "Choice", now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>What waits at this facility, oldest first, or of one request. No name: the caller asks the loader.</summary>
    public async Task<IReadOnlyList<LogbookQuestion>> WaitingAsync(Guid facilityId, Guid? referralId = null, CancellationToken stop = default) =>
        await db.Set<Accompaniment>().AsNoTracking().Where(a => a.FacilityId == facilityId && a.LogbookAskedAt != null && (a.LogbookReviewedAt == null || a.LogbookReviewedAt < a.LogbookAskedAt)
            && (referralId == null || a.ReferralId == referralId)).OrderBy(a => a.LogbookAskedAt).Take(Longest)
            .Select(a => new LogbookQuestion(a.Id, a.ReferralId, a.LogbookAskedAt!.Value)).ToListAsync(stop);
}
