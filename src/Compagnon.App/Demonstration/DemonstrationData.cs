using Compagnon.App.Accompaniments;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Demonstration;

/// <summary>Fills an empty database with the invented programme: five facilities, their people, and requests at every step, dated from now.</summary>
[UseCases]
public sealed class DemonstrationData(CompagnonDb db, Vault vault, Duplicates duplicates, Outbox outbox, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>False when the database holds somebody else's people: a demonstration never mixes with them.</summary>
    public async Task<bool> FillAsync(CancellationToken stop = default)
    {
        if (await db.Set<Network>().AnyAsync(stop)) return await IsDemonstrationAsync(stop);
        db.Add(new Network { Id = db.NetworkId, Name = "Réseau de démonstration" });
        var cast = new Cast(db, vault, duplicates, clock.GetUtcNow().UtcDateTime);
        var places = Places.Of(cast, db);
        new Stories(db, cast, places, Twelve.Of(cast, places)).Tell();
        Letters(cast, places);
        foreach (var referral in db.ChangeTracker.Entries<Referral>().Select(r => r.Entity)) referral.Project(new Targets(), calendar);
        FollowUps.Project(db, db.Set<Accompaniment>().Local.Where(a => a.EndedAt is null), new Targets(), calendar);
        db.Record(Actor.System(db.NetworkId), new DemonstrationPrepared(), cast.Now);
        await db.SaveChangesAsync(stop);
        return true;
    }

    public Task<bool> IsDemonstrationAsync(CancellationToken stop = default) => db.Set<AuditRow>().AnyAsync(a => a.Type == nameof(DemonstrationPrepared), stop);

    /// <summary>One letter that went out, one that waits, one that came back: the coordinator is shown the last.</summary>
    private void Letters(Cast cast, Places places)
    {
        outbox.Add(places.Karim.Person, places.Karim.Fields, "Invitation", cast.Ago(30), "Marianne Lavoie", "http://localhost:5000/invitation/demonstration");
        outbox.Add(places.OfLittoral.Person, places.OfLittoral.Fields, "Invitation", cast.Ago(2), "Lucie Tanguay", "http://localhost:5000/invitation/demonstration");
        outbox.Add(places.Emily.Person, places.Emily.Fields, "Invitation", cast.Now, "Josée Bouchard", "http://localhost:5000/invitation/demonstration");
        foreach (var letter in db.ChangeTracker.Entries<OutboxMessage>().Select(m => m.Entity))
        {
            letter.Attempts = letter.PersonId == places.Emily.Person.Id ? 0 : 1;
            if (letter.PersonId == places.Karim.Person.Id) letter.SentAt = cast.Ago(30, 10, 1);
            if (letter.PersonId == places.OfLittoral.Person.Id) (letter.BouncedAt, letter.LastError) = (cast.Ago(2, 10, 1), "550 5.1.1");
        }
    }
}
