using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>Reminded less than a day ago: nobody is hurried.</summary>
public sealed record RemindedAlready(DateTime At) : Refusal;

/// <summary>They have no e-mail address: one calls.</summary>
public sealed record NoAddress : Refusal;

/// <summary>Whom a file waits for.</summary>
/// <param name="Name">A companion's full name, or the patient's first name: the coordinator calls them.</param>
public sealed record Awaited(Guid PersonId, bool IsCompanion, string Name, string? Telephone, bool HasEmail, DateTime Since, DateTime? RemindedAt);

/// <summary>A neutral letter to whoever is awaited: the companions asked, the patient who is to choose, or the two who have not talked yet.</summary>
[UseCases]
public sealed class Reminders(CompagnonDb db, Files files, Outbox outbox, TimeProvider clock)
{
    public const string Letter = "Reminder";
    private static readonly TimeSpan Apart = TimeSpan.FromHours(24);

    public async Task<IReadOnlyList<Awaited>?> AwaitedAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || actor.Role is not Role.Coordinator) return null;
        var awaited = new List<Awaited>();
        foreach (var (id, since) in await CompanionsAsync(file, stop))
        {
            if (await files.OpenCompanionAsync(actor, id, ReadWhat.Profile, stop: stop) is not { Identity: { } identity }) continue;
            awaited.Add(new Awaited(id, IsCompanion: true, $"{identity.GivenName} {identity.FamilyName}".Trim(), identity.Telephone, identity.Email is not null, since, await LastAsync(id, stop)));
        }
        if (PatientSince(file.Referral) is { } asked)
        {
            awaited.Add(new Awaited(file.PatientId, IsCompanion: false, file.Identity?.GivenName ?? "", file.Identity?.Telephone,
                file.Identity?.Email is not null && !file.Referral.TelephoneOnly, asked, await LastAsync(file.PatientId, stop)));
        }
        return awaited;
    }

    public async Task<Outcome<Done>> RemindAsync(Actor actor, Guid referralId, Guid personId, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || actor.Role is not Role.Coordinator) return new NotThere();
        var isPatient = personId == file.PatientId && PatientSince(file.Referral) is not null;
        if (!isPatient && !(await CompanionsAsync(file, stop)).Exists(c => c.Id == personId)) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        if (await LastAsync(personId, stop) is { } last && now - last < Apart) return new RemindedAlready(last);
        if (await files.ReceiverAsync(personId, stop) is not { Identity.Email: not null } to) return new NoAddress();
        var facility = await db.Set<Facility>().FirstAsync(f => f.Id == file.Referral.FacilityId, stop);
        outbox.Add(to.Person, to.Identity, Letter, now, facility.ContactName, Spaced(facility.Telephone));
        db.Record(actor, new ReminderSent(referralId, personId), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    private async Task<List<(Guid Id, DateTime Since)>> CompanionsAsync(PatientFile file, CancellationToken stop)
    {
        var referral = file.Referral;
        if (referral.Next is NextStep.Talk)
        {
            return [.. (await db.Set<Accompaniment>().Where(a => a.ReferralId == referral.Id && a.EndedAt == null).Select(a => new { a.CompanionId, a.AgreedAt }).ToListAsync(stop))
                .Select(a => (a.CompanionId, a.AgreedAt))];
        }
        if (referral.Next is not NextStep.Answer) return [];
        return [.. (await db.Set<Proposal>().Where(p => p.ReferralId == referral.Id && p.AnsweredAt == null && p.ReleasedAt == null && p.ExpiredAt == null)
            .OrderBy(p => p.ProposedAt).Select(p => new { p.CompanionId, p.ProposedAt }).ToListAsync(stop)).Select(p => (p.CompanionId, p.ProposedAt))];
    }

    private static DateTime? PatientSince(Referral referral) => referral.Next switch
    {
        NextStep.Choose => referral.ChoiceAskedAt,
        NextStep.Talk => referral.AgreedAt,
        _ => null,
    };

    private Task<DateTime?> LastAsync(Guid personId, CancellationToken stop) =>
        db.Set<OutboxMessage>().Where(m => m.PersonId == personId && m.Letter == Letter && m.CancelledAt == null).OrderByDescending(m => m.CreatedAt)
            .Select(m => (DateTime?)m.CreatedAt).FirstOrDefaultAsync(stop);

    private static string Spaced(string digits) => digits.Length == 10 ? $"{digits[..3]}\u00a0{digits[3..6]}-{digits[6..]}" : digits;
}
