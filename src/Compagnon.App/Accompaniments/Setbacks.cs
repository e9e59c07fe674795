using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>
/// A companion's own illness comes back, or a companion dies. Those who talk with them are never left in the dark: after a recurrence they are offered somebody else
/// and may also wait; after a death the coordinator tells them in person, and the search begins anew.
/// </summary>
[UseCases]
public sealed class Setbacks(CompagnonDb db, Files files, RoundKeeper rounds, Endings endings, TimeProvider clock)
{
    /// <summary>By the companion, or by the coordinator whom they told. They pause until they come back by themselves; nothing is kept about why.</summary>
    public Task<Outcome<Done>> IllAgainAsync(Actor actor, Guid companionId, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => IllAgainOnceAsync(actor, companionId, stop));

    /// <summary>Nothing goes out any more, to them or about it.</summary>
    public Task<Outcome<Done>> DiedAsync(Actor actor, Guid companionId, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => DiedOnceAsync(actor, companionId, stop));

    /// <summary>The patient, or the coordinator on their behalf: they would rather wait for their companion.</summary>
    public async Task<Outcome<Done>> WaitAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Patient or Role.Coordinator) || await files.OpenForChangeAsync(actor, referralId, ReadWhat.Accompaniment, stop: stop) is null) return new NotThere();
        if (await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.ReferralId == referralId && a.EndedAt == null, stop) is not { } living) return new AlreadyEnded();
        if (living.AnotherOfferedAt is null) return Done.Yes;
        living.AnotherOfferedAt = null;
        db.Record(actor, new AnotherDeclined(referralId, living.Id), clock.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    private async Task<Outcome<Done>?> IllAgainOnceAsync(Actor actor, Guid companionId, CancellationToken stop)
    {
        if (await OpenAsync(actor, companionId, stop) is not { } companion || (actor.Role is Role.Companion && actor.PersonId != companionId)) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        if (companion.PausedAt is null || companion.PausedUntil is not null) db.Record(actor, new CompanionPaused(companionId, Until: null), now);
        (companion.PausedAt, companion.PausedUntil) = (companion.PausedAt ?? now, null);
        await LetGoAsync(actor, companionId, now, stop);
        foreach (var (living, referral) in await PeopleAsync(companionId, stop))
        {
            if (living.AnotherOfferedAt is not null) continue;
            living.AnotherOfferedAt = now;
            db.Record(actor, new AnotherOffered(referral.Id, living.Id), now);
            await rounds.TellPatientAsync(referral, "Choice", now);
        }
        return await db.SavedAsync(default(Done), stop);
    }

    private async Task<Outcome<Done>?> DiedOnceAsync(Actor actor, Guid companionId, CancellationToken stop)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenCompanionForChangeAsync(actor, companionId, ReadWhat.Profile, stop: stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        await endings.NoteDeathAsync(actor, file.Person, now, stop);
        await LetGoAsync(actor, companionId, now, stop);
        foreach (var (living, referral) in await PeopleAsync(companionId, stop))
        {
            await endings.PartAsync(actor, referral, living, Closing.StoppedByCompanion, newMatch: true, silent: true, now, stop);
            await endings.BeginAnewAsync(referral, now, stop);
        }
        file.Companion.LeftAt ??= now;
        foreach (var membership in await db.Set<Membership>().Where(m => m.PersonId == companionId && m.EndedAt == null).ToListAsync(stop)) membership.EndedAt = now;
        foreach (var session in await db.Set<Session>().Where(s => s.PersonId == companionId && s.EndedAt == null).ToListAsync(stop)) session.EndedAt = now;
        return await db.SavedAsync(default(Done), stop);
    }

    private async Task<Companion?> OpenAsync(Actor actor, Guid companionId, CancellationToken stop) =>
        actor.Role is Role.Coordinator or Role.Companion && await files.OpenCompanionForChangeAsync(actor, companionId, ReadWhat.Profile, stop: stop) is { } file
            && file.Sight(Facet.CompanionProfile) is Sight.Full ? file.Companion : null;

    private async Task<List<(Accompaniment Living, Referral Referral)>> PeopleAsync(Guid companionId, CancellationToken stop) =>
        [.. (await (from a in db.Set<Accompaniment>()
                    where a.CompanionId == companionId && a.EndedAt == null
                    join r in db.Set<Referral>() on a.ReferralId equals r.Id
                    select new { Living = a, Referral = r }).ToListAsync(stop)).Select(p => (p.Living, p.Referral))];

    /// <summary>Whoever they were asked about, or said yes to, goes back to the coordinator; nothing has failed.</summary>
    private async Task LetGoAsync(Actor actor, Guid companionId, DateTime now, CancellationToken stop)
    {
        var held = (await db.Set<Proposal>().Where(p => p.CompanionId == companionId && p.ReleasedAt == null && p.ExpiredAt == null && p.AgreedAt == null).ToListAsync(stop)).Where(Proposals.HoldsPlace);
        foreach (var proposal in held.ToList())
        {
            if (await files.OpenForChangeAsync(actor, proposal.ReferralId, ReadWhat.Matching, stop: stop) is not { } file) continue;
            await rounds.ReleaseAsync(actor, file.Entity, [proposal], Release.TakenBack, now, silent: true, stop);
            await rounds.SettleAsync(actor, file, await rounds.ProposalsOfAsync(proposal.ReferralId, stop), now, takenBack: true, stop: stop);
        }
    }
}
