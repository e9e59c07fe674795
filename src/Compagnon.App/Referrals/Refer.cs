using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>What a clinician says in thirty seconds.</summary>
public sealed record ReferCommand
{
    /// <summary>The form's key, from its address: becomes the referral's id, so that a form posted twice makes one.</summary>
    public required Guid Key { get; init; }
    public required string GivenName { get; init; }
    /// <summary>Ten digits.</summary>
    public required string Telephone { get; init; }
    public string? Email { get; init; }
    public required bool MayLeaveMessage { get; init; }
    public required Situation Situation { get; init; }
    /// <summary>For the coordinator, who calls; without clinical data.</summary>
    public string? Note { get; init; }
    /// <summary>The language of letters and screens: fr or en.</summary>
    public required string Language { get; init; }
    /// <summary>The person agreed to be contacted. Without it there is no referral.</summary>
    public required bool Agreed { get; init; }
    /// <summary>The person does not want the clinic to hear how it goes on.</summary>
    public bool StatusRefused { get; init; }
}

/// <summary>Without the person's own yes nothing is sent.</summary>
public sealed record NotAgreed : Refusal;

/// <summary>A clinician refers; the person has agreed to be contacted, and to nothing else yet.</summary>
[UseCases]
public sealed class Refer(CompagnonDb db, Vault vault, Duplicates duplicates, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>The notice a consent given today is given under.</summary>
    public const string NoticeVersion = CollectionNotice.Version;
    private const int MostTries = 4;

    public async Task<Outcome<Guid>> ReferAsync(Actor actor, ReferCommand command, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Clinician, FacilityId: { } facilityId, ClinicId: not null }) return new NotThere();
        if (!command.Agreed) return new NotAgreed();
        if (Anonymity.HasHealthNumber(command.Note ?? "")) return Invalid.Field(nameof(command.Note), nameof(Revealing.HealthNumber));
        var id = await IdForAsync(facilityId, command, stop);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await db.Set<Referral>().AnyAsync(r => r.Id == id, stop)) return id;
            await AddAsync(actor, facilityId, id, command, stop);
            // Not saved: posted twice at once, and the other was faster (both are told the same); or a file number that is taken, and another is drawn.
            if (await db.TrySaveAsync(stop)) return id;
        }
        return await db.Set<Referral>().AnyAsync(r => r.Id == id, stop) ? id : throw new InvalidOperationException("The referral could not be saved.");
    }

    /// <summary>When the person will have been called at the latest, if the clinic refers them now.</summary>
    public async Task<DateTime> ReachByAsync(Actor actor, CancellationToken stop = default)
    {
        var targets = actor.FacilityId is { } id ? (await settings.FacilityAsync(id, stop)).Targets : new Targets();
        return calendar.With(targets.ExtraDaysOff).AddWorkingDays(clock.GetUtcNow().UtcDateTime, targets.ReachWorkingDays);
    }

    /// <summary>
    /// The form's key. Whoever goes back in the browser and writes about somebody else in the same form gets another one, always the same for the same person:
    /// the second patient must not be lost behind the first one's confirmation.
    /// </summary>
    private async Task<Guid> IdForAsync(Guid facilityId, ReferCommand command, CancellationToken stop)
    {
        var owner = await db.Set<Referral>().Where(r => r.Id == command.Key).Select(r => new { r.PatientId, r.ReferredBy, r.FacilityId }).FirstOrDefaultAsync(stop);
        if (owner is null) return command.Key;
        var (name, telephone) = (duplicates.Hash(IndexKind.Name, facilityId, command.GivenName), duplicates.Hash(IndexKind.Telephone, facilityId, command.Telephone));
        var known = await db.Set<IdentityIndex>().Where(i => i.PersonId == owner.PatientId && (i.Kind == IndexKind.Name || i.Kind == IndexKind.Telephone)).Select(i => i.Hash).ToListAsync(stop);
        if (owner.FacilityId == facilityId && known.Exists(h => h.AsSpan().SequenceEqual(name)) && known.Exists(h => h.AsSpan().SequenceEqual(telephone))) return command.Key;
        return new Guid(duplicates.Hash(IndexKind.Source, facilityId, $"{command.Key:N} {command.GivenName} {command.Telephone}").AsSpan(0, 16));
    }

    private async Task AddAsync(Actor actor, Guid facilityId, Guid id, ReferCommand command, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var fields = new IdentityFields { GivenName = command.GivenName, Telephone = command.Telephone, Email = command.Email, Notes = command.Note };
        var person = vault.NewPerson(db.NetworkId, PersonKind.Patient, facilityId, command.Language);
        var referral = new Referral
        {
            Id = id, PatientId = person.Id, FacilityId = facilityId, ClinicId = actor.ClinicId, Source = ReferralSource.Clinician, ReferredBy = actor.PersonId,
            FileNumber = FileNumbers.Next(), Situation = command.Situation, MayLeaveMessage = command.MayLeaveMessage, ReceivedAt = now,
            StatusRefusedAt = command.StatusRefused ? now : null,
        };
        referral.Project((await settings.FacilityAsync(facilityId, stop)).Targets, calendar);
        db.AddRange(person, vault.Seal(person, fields), referral, new Consent
        {
            PersonId = person.Id, ReferralId = referral.Id, Kind = ConsentKind.Contact, GivenAt = now, How = ConsentHow.Oral, TakenBy = actor.PersonId,
            NoticeVersion = CollectionNotice.Version, NoticeLanguage = command.Language,
        });
        db.AddRange(duplicates.IndexOf(person, fields));
        db.Record(actor, new ReferralReceived(referral.Id, referral.Source, referral.ClinicId), now);
    }
}

/// <summary>What people say on the telephone: six signs without 0, O, 1, I, L; random, so that it tells nothing of order or number.</summary>
public static class FileNumbers
{
    internal const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public static string Next() => System.Security.Cryptography.RandomNumberGenerator.GetString(Signs, 6);

    /// <summary>« h7 pajk » is H7PAJK; null for what can't be a number.</summary>
    public static string? Read(string text) =>
        string.Concat(text.Where(c => c is not '-' && !char.IsWhiteSpace(c))).ToUpperInvariant() is { Length: 6 } number && number.All(char.IsAsciiLetterOrDigit) ? number : null;
}
