using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Programme;

/// <summary>They are on leave themselves: files handed to them would reach nobody.</summary>
public sealed record StandInIsAway(DateOnly Until) : Refusal;

/// <summary>A coordinator on leave, and the colleague who stands in: their files are then among "my files" of that colleague.</summary>
[UseCases]
public sealed class Absences(CompagnonDb db, WorkingCalendar calendar, TimeProvider clock)
{
    /// <param name="awayUntil">First day back is the day after; null: back already.</param>
    public async Task<Outcome<Done>> SetAsync(Actor actor, Guid personId, DateOnly? awayUntil, Guid? standInPersonId, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facilityId }) return new NotThere();
        var team = await db.Set<Membership>().Where(m => m.FacilityId == facilityId && m.Role == Role.Coordinator && m.EndedAt == null).ToListAsync(stop);
        if (team.Find(m => m.PersonId == personId) is not { } member) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var today = calendar.LocalDay(now);
        if (awayUntil < today) return Invalid.Field("AwayUntil", "Future");
        if (awayUntil > WorkingCalendar.LastAhead(today)) return Invalid.Field("AwayUntil", "TooFar");
        // without a day whoever is away is back; who is here stays, and nothing would be noted
        if (awayUntil is null && (standInPersonId is not null || !(member.AwayUntil >= today))) return Invalid.Field("AwayUntil", "Missing");
        var standIn = standInPersonId is { } id ? team.Find(m => m.PersonId == id) : null;
        if (awayUntil is not null && standInPersonId is not null && (standIn is null || standIn == member)) return Invalid.Field("StandIn", "Nobody");
        if (standIn?.AwayUntil is { } away && away >= today) return new StandInIsAway(away);
        (member.AwayUntil, member.StandInMembershipId) = (awayUntil, awayUntil is null ? null : standIn?.Id);
        db.Record(actor, new AbsenceSet(member.Id, member.AwayUntil, member.StandInMembershipId), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }
}
