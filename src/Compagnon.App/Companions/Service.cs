using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Companions;

/// <summary>A pause must end later than today.</summary>
public sealed record PauseInThePast : Refusal;

/// <summary>A pause with a date ends within a year; a longer one has none.</summary>
public sealed record PauseTooLong : Refusal;

/// <summary>Pausing, coming back, ending the service.</summary>
[UseCases]
public sealed class Service(CompagnonDb db, Files files, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Nobody is asked why, so there is nothing to say but until when. Null is until they come back by themselves. Their people stay with them.</summary>
    public async Task<Outcome<Done>> PauseAsync(Actor actor, Guid companionId, DateOnly? until, CancellationToken stop = default)
    {
        if (await OpenAsync(actor, companionId, stop) is not { } companion) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var today = calendar.LocalDay(now);
        if (until <= today) return new PauseInThePast();
        if (until > WorkingCalendar.LastAhead(today)) return new PauseTooLong();
        if (companion.PausedAt is not null && companion.PausedUntil == until) return Done.Yes;
        companion.PausedAt ??= now;
        companion.PausedUntil = until;
        db.Record(actor, new CompanionPaused(companionId, until), now);
        return await SaveAsync(stop);
    }

    public async Task<Outcome<Done>> ComeBackAsync(Actor actor, Guid companionId, CancellationToken stop = default)
    {
        if (await OpenAsync(actor, companionId, stop) is not { } companion) return new NotThere();
        if (companion.PausedAt is null) return Done.Yes;
        (companion.PausedAt, companion.PausedUntil) = (null, null);
        db.Record(actor, new CompanionCameBack(companionId), clock.GetUtcNow().UtcDateTime);
        return await SaveAsync(stop);
    }

    /// <summary>Ends their service: only when nobody is with them, for nobody is left alone. Their role and sessions end with it.</summary>
    public async Task<Outcome<Done>> EndAsync(Actor actor, Guid companionId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await OpenAsync(actor, companionId, stop) is not { } companion) return new NotThere();
        if (companion.LeftAt is not null) return Done.Yes;
        var places = await db.Set<Place>().CountAsync(p => p.CompanionId == companionId, stop);
        if (places > 0) return new StillAccompanies(places);
        var now = clock.GetUtcNow().UtcDateTime;
        companion.LeftAt = now;
        foreach (var membership in await db.Set<Membership>().Where(m => m.PersonId == companionId && m.EndedAt == null).ToListAsync(stop)) membership.EndedAt = now;
        foreach (var session in await db.Set<Session>().Where(s => s.PersonId == companionId && s.EndedAt == null).ToListAsync(stop)) session.EndedAt = now;
        db.Record(actor, new CompanionLeft(companionId), now);
        return await SaveAsync(stop);
    }

    private async Task<Companion?> OpenAsync(Actor actor, Guid companionId, CancellationToken stop)
    {
        var file = await files.OpenCompanionForChangeAsync(actor, companionId, ReadWhat.Profile, stop: stop);
        return file is not null && actor.Role is Role.Coordinator or Role.Companion && file.Sight(Facet.CompanionProfile) is Sight.Full ? file.Companion : null;
    }

    private async Task<Outcome<Done>> SaveAsync(CancellationToken stop) => await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
}
