using Compagnon.App.Access;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Somebody is still with them, or a request is still open: that ends first.</summary>
public sealed record StillUnderWay : Refusal;

/// <summary>It is asked already, and waits for the privacy officer.</summary>
public sealed record ErasureIsAsked(DateTime At) : Refusal;

/// <summary>An erasure that waits for the privacy officer.</summary>
/// <param name="FileNumbers">Of a patient; none for a companion, of whom only the facility is said.</param>
/// <param name="AskedBy">Null: the person themselves.</param>
public sealed record ErasureLine(Guid Id, PersonKind Kind, IReadOnlyList<string> FileNumbers, string? Facility, ErasureReason Reason, string? AskedBy, DateTime AskedAt);

/// <summary>Asked by the coordinator once nothing is under way any more, or by the person themselves; decided by the privacy officer.</summary>
[UseCases]
public sealed class ErasureRequests(CompagnonDb db, Files files, Erasure erasure, Reauthentication again, TimeProvider clock)
{
    public async Task<Outcome<Done>> AskForPatientAsync(Actor actor, Guid referralId, ErasureReason reason, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file) return new NotThere();
        if (await db.Set<Referral>().AnyAsync(r => r.PatientId == file.PatientId && r.EndedAt == null, stop)) return new StillUnderWay();
        return await AddAsync(actor, file.Person, reason, stop);
    }

    public async Task<Outcome<Done>> AskForCompanionAsync(Actor actor, Guid companionId, ErasureReason reason, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenCompanionForChangeAsync(actor, companionId, ReadWhat.Profile, stop: stop) is not { } file) return new NotThere();
        if (file.Companion.LeftAt is null || await db.Set<Place>().AnyAsync(p => p.CompanionId == companionId, stop)) return new StillUnderWay();
        return await AddAsync(actor, file.Person, reason, stop);
    }

    /// <summary>What waits for a decision, oldest first: kinds, numbers and reasons, no name.</summary>
    public async Task<IReadOnlyList<ErasureLine>> WaitingAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not Role.PrivacyOfficer) return [];
        var rows = await (from r in db.Set<ErasureRequest>().AsNoTracking()
                          where r.DecidedAt == null
                          join p in db.Set<Person>() on r.PersonId equals p.Id
                          where p.ErasedAt == null
                          orderby r.AskedAt
                          select new { Request = r, p.Kind, p.FacilityId }).ToListAsync(stop);
        var people = rows.Select(r => r.Request.PersonId).ToList();
        var numbers = (await db.Set<Referral>().Where(r => people.Contains(r.PatientId)).Select(r => new { r.PatientId, r.FileNumber }).ToListAsync(stop)).ToLookup(r => r.PatientId, r => r.FileNumber);
        var staff = await files.StaffNamesAsync([.. rows.Select(r => r.Request.AskedBy).Distinct()], stop);
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        return [.. rows.Select(r => new ErasureLine(r.Request.Id, r.Kind, [.. numbers[r.Request.PersonId]], facilities.GetValueOrDefault(r.FacilityId ?? Guid.Empty), r.Request.Reason,
            r.Request.IsByThemselves ? null : staff.GetValueOrDefault(r.Request.AskedBy, ""), r.Request.AskedAt))];
    }

    /// <summary>Confirmed, it is done at once and for good.</summary>
    /// <param name="code">Asked to confirm; a refusal erases nobody.</param>
    public async Task<Outcome<Done>> DecideAsync(Actor actor, Guid requestId, bool erase, string? code, CancellationToken stop = default)
    {
        if (actor.Role is not Role.PrivacyOfficer || await db.Set<ErasureRequest>().FirstOrDefaultAsync(r => r.Id == requestId, stop) is not { } request) return new NotThere();
        // taken back, or decided otherwise: whoever decides on a page of before is not told that it was done
        if (request.DecidedAt is not null) return !request.IsTakenBack && request.Refused == !erase ? Done.Yes : new ChangedMeanwhile();
        if (erase && await db.Set<Referral>().AnyAsync(r => r.PatientId == request.PersonId && r.EndedAt == null, stop)) return new StillUnderWay();
        if (erase && await again.WhyNotAsync(actor, code, stop) is { } notProved) return notProved;
        var now = clock.GetUtcNow().UtcDateTime;
        (request.DecidedAt, request.DecidedBy, request.Refused) = (now, actor.PersonId, !erase);
        db.Record(actor, new ErasureDecided(request.PersonId, request.Id, erase), now);
        try
        {
            if (!erase || !await erasure.EraseAsync(actor, request.PersonId, stop)) await db.SaveChangesAsync(stop);
            return Done.Yes;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new ChangedMeanwhile();
        }
    }

    internal Task<ErasureRequest?> WaitingForAsync(Guid personId, CancellationToken stop) => db.Set<ErasureRequest>().FirstOrDefaultAsync(r => r.PersonId == personId && r.DecidedAt == null, stop);

    /// <summary>In the caller's save, which has seen that none waits.</summary>
    internal void Add(Actor actor, Person person, ErasureReason reason, DateTime now)
    {
        var request = new ErasureRequest { PersonId = person.Id, Reason = reason, AskedBy = actor.PersonId, AskedAt = now };
        db.Add(request);
        db.Record(actor, new ErasureAsked(person.Id, request.Id, reason), now);
    }

    private async Task<Outcome<Done>> AddAsync(Actor actor, Person person, ErasureReason reason, CancellationToken stop)
    {
        if (person.ErasedAt is not null) return Done.Yes;
        if (await WaitingForAsync(person.Id, stop) is { } asked) return new ErasureIsAsked(asked.AskedAt);
        Add(actor, person, reason, clock.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }
}
