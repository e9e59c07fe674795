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
    public const string NoticeVersion = "2026-11";

    public async Task<Outcome<Guid>> ReferAsync(Actor actor, ReferCommand command, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Clinician, FacilityId: { } facilityId, ClinicId: not null }) return new NotThere();
        if (!command.Agreed) return new NotAgreed();
        if (await db.Set<Referral>().AnyAsync(r => r.Id == command.Key, stop)) return command.Key;
        var now = clock.GetUtcNow().UtcDateTime;
        var fields = new IdentityFields { GivenName = command.GivenName, Telephone = command.Telephone, Email = command.Email, Notes = command.Note };
        var person = vault.NewPerson(db.NetworkId, PersonKind.Patient, facilityId, command.Language);
        var referral = new Referral
        {
            Id = command.Key, PatientId = person.Id, FacilityId = facilityId, ClinicId = actor.ClinicId, Source = ReferralSource.Clinician, ReferredBy = actor.PersonId,
            FileNumber = FileNumbers.Next(), Situation = command.Situation, MayLeaveMessage = command.MayLeaveMessage, ReceivedAt = now,
            StatusRefusedAt = command.StatusRefused ? now : null,
        };
        referral.Project((await settings.FacilityAsync(facilityId, stop)).Targets, calendar);
        db.AddRange(person, vault.Seal(person, fields), referral, new Consent
        {
            PersonId = person.Id, ReferralId = referral.Id, Kind = ConsentKind.Contact, GivenAt = now, How = ConsentHow.Oral, TakenBy = actor.PersonId,
            NoticeVersion = NoticeVersion, NoticeLanguage = command.Language,
        });
        db.AddRange(duplicates.IndexOf(person, fields));
        db.Record(actor, new ReferralReceived(referral.Id, referral.Source, referral.ClinicId), now);
        // Saved twice at once is saved once: the key decides, and both are told the same.
        await db.TrySaveAsync(stop);
        return referral.Id;
    }
}

/// <summary>What people say on the telephone: six signs without 0, O, 1, I, L; random, so that it tells nothing of order or number.</summary>
public static class FileNumbers
{
    internal const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public static string Next() => System.Security.Cryptography.RandomNumberGenerator.GetString(Signs, 6);
}
