using System.Security.Cryptography;
using System.Text;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>The first answer of somebody nobody knows yet.</summary>
public sealed record BeginDraft
{
    /// <summary>The form's key, from its address.</summary>
    public required Guid Key { get; init; }
    /// <summary>Known to this browser alone: who only saw an address can't come in through it.</summary>
    public required string DeviceSecret { get; init; }
    public required string GivenName { get; init; }
    /// <summary>The language of the page: fr or en.</summary>
    public required string Language { get; init; }
    /// <summary>They said that they are at least this old.</summary>
    public required int AtLeastAge { get; init; }
}

/// <summary>Somebody asks by telephone; the coordinator writes it down.</summary>
public sealed record BeginByTelephone
{
    /// <summary>Made from the form's key and what it says: becomes the referral's id.</summary>
    public required Guid Key { get; init; }
    public required string GivenName { get; init; }
    /// <summary>Ten digits.</summary>
    public required string Telephone { get; init; }
    public required bool MayLeaveMessage { get; init; }
    /// <summary>The language of letters: fr or en.</summary>
    public required string Language { get; init; }
    public required int AtLeastAge { get; init; }
    /// <summary>The notice was read to them and they agree that the programme keeps this and calls.</summary>
    public required bool Agreed { get; init; }
    /// <summary>That somebody with this telephone has an open request was seen, and this is another one.</summary>
    public bool TwinSeen { get; init; }
}

public sealed record Begun(Guid ReferralId, Guid PersonId);

/// <summary>The facility accompanies from an age on; younger people are told whom to call.</summary>
public sealed record TooYoung(int MinimumAge) : Refusal;

/// <summary>Somebody with this telephone has an open request here: the same person, or somebody of the same house. Said once, then the coordinator decides.</summary>
public sealed record OpenAlready(Guid ReferralId, string FileNumber, string GivenName) : Refusal;

/// <summary>Nobody has set up a facility yet.</summary>
public sealed record NoFacility : Refusal;

/// <summary>How a request begins that no clinic made: by oneself online, as a draft that is one's own until sent, or by telephone with a coordinator.</summary>
[UseCases]
public sealed class SelfReferral(CompagnonDb db, Files files, Vault vault, Duplicates duplicates, Programme.SettingsOf settings, Projection projection, TimeProvider clock)
{
    /// <summary>Posted twice it begins once: the same key from the same browser is the same draft.</summary>
    public async Task<Outcome<Begun>> BeginAsync(BeginDraft command, CancellationToken stop = default)
    {
        if (await IntakeFacilityAsync(stop) is not { } facilityId) return new NoFacility();
        var minimum = (await settings.FacilityAsync(facilityId, stop)).MinimumAge;
        if (command.AtLeastAge < minimum) return new TooYoung(minimum);
        var id = IdOf(command.Key, command.DeviceSecret);
        if (await FindAsync(id, stop) is { } begun) return begun;
        var now = clock.GetUtcNow().UtcDateTime;
        var person = vault.NewPerson(db.NetworkId, PersonKind.Patient, facilityId, command.Language);
        var fields = new IdentityFields { GivenName = command.GivenName };
        var referral = new Referral
        {
            Id = id, PatientId = person.Id, FacilityId = facilityId, Source = ReferralSource.Self, ReferredBy = person.Id, FileNumber = FileNumbers.Next(),
            Intake = new Intake { AtLeastAge = command.AtLeastAge, PlaceUnknown = true, Answered = [IntakePage.Name, IntakePage.Age] },
        };
        await projection.WriteAsync(referral, stop);
        db.AddRange(person, vault.Seal(person, fields), referral);
        db.AddRange(duplicates.IndexOf(person, fields));
        db.Record(new Actor { NetworkId = db.NetworkId, PersonId = person.Id, Role = Role.Patient, FacilityId = facilityId }, new DraftBegun(id), now);
        if (await db.TrySaveAsync(stop)) return new Begun(id, person.Id);
        return await FindAsync(id, stop) is { } other ? other : new ChangedMeanwhile();
    }

    /// <summary>The draft that this form began in this browser; null when it has begun none.</summary>
    public async Task<Guid?> BegunAsync(Guid key, string deviceSecret, CancellationToken stop = default) => (await FindAsync(IdOf(key, deviceSecret), stop))?.ReferralId;

    /// <summary>The person is on the line: received and reached at once.</summary>
    public async Task<Outcome<Begun>> BeginByTelephoneAsync(Actor actor, BeginByTelephone command, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facilityId }) return new NotThere();
        if (!command.Agreed) return new NotAgreed();
        var minimum = (await settings.FacilityAsync(facilityId, stop)).MinimumAge;
        if (command.AtLeastAge < minimum) return new TooYoung(minimum);
        if (await FindAsync(command.Key, stop) is { } begun) return begun;
        if (!command.TwinSeen && await OpenAlreadyAsync(actor, facilityId, command.Telephone, stop) is { } already) return already;
        var now = clock.GetUtcNow().UtcDateTime;
        var person = vault.NewPerson(db.NetworkId, PersonKind.Patient, facilityId, command.Language);
        var fields = new IdentityFields { GivenName = command.GivenName, Telephone = command.Telephone };
        var referral = new Referral
        {
            Id = command.Key, PatientId = person.Id, FacilityId = facilityId, Source = ReferralSource.Telephone, ReferredBy = actor.PersonId, CoordinatorId = actor.PersonId,
            FileNumber = FileNumbers.Next(), MayLeaveMessage = command.MayLeaveMessage, TelephoneOnly = true, ReceivedAt = now, ReachedAt = now,
            Intake = new Intake { AtLeastAge = command.AtLeastAge, OnBehalf = true, Answered = [IntakePage.Name, IntakePage.Telephone, IntakePage.Age] },
        };
        await projection.WriteAsync(referral, stop);
        var consent = new Consent
        {
            PersonId = person.Id, ReferralId = referral.Id, Kind = ConsentKind.Contact, GivenAt = now, How = ConsentHow.Oral, TakenBy = actor.PersonId, OnBehalf = true,
            NoticeVersion = CollectionNotice.Version, NoticeLanguage = command.Language,
        };
        db.AddRange(person, vault.Seal(person, fields), referral, consent);
        db.AddRange(duplicates.IndexOf(person, fields));
        db.Record(actor, new ReferralReceived(referral.Id, referral.Source, ClinicId: null), now);
        db.Record(actor, new ConsentGiven(referral.Id, consent.Id, consent.Kind, consent.How), now);
        if (await db.TrySaveAsync(stop)) return new Begun(referral.Id, person.Id);
        return await FindAsync(command.Key, stop) is { } other ? other : new ChangedMeanwhile();
    }

    /// <summary>By keyed hash; whoever keeps the coordinator out is not told of.</summary>
    private async Task<OpenAlready?> OpenAlreadyAsync(Actor actor, Guid facilityId, string telephone, CancellationToken stop)
    {
        var hash = duplicates.Hash(IndexKind.Telephone, facilityId, telephone);
        var alike = await (from i in db.Set<IdentityIndex>()
                           where i.Kind == IndexKind.Telephone && i.Hash == hash
                           join r in db.Set<Referral>() on i.PersonId equals r.PatientId
                           where r.FacilityId == facilityId && r.EndedAt == null && (r.ReceivedAt != null || r.OfferedAt != null)
                           orderby r.Id descending
                           select new { r.Id, r.FileNumber }).Take(5).ToListAsync(stop);
        if (alike.Count == 0) return null;
        var names = await files.NamesOfReferralsAsync(actor, [.. alike.Select(a => a.Id)], stop);
        return alike.Find(a => names.ContainsKey(a.Id)) is { } twin ? new OpenAlready(twin.Id, twin.FileNumber, names[twin.Id]) : null;
    }

    /// <summary>From which age somebody nobody knows yet is accompanied; null before any facility is there.</summary>
    public async Task<int?> MinimumAgeAsync(Guid? facilityId = null, CancellationToken stop = default) =>
        (facilityId ?? await IntakeFacilityAsync(stop)) is { } id ? (await settings.FacilityAsync(id, stop)).MinimumAge : null;

    /// <summary>Where somebody goes who does not know where they are treated.</summary>
    internal async Task<Guid?> IntakeFacilityAsync(CancellationToken stop) =>
        await db.Set<Facility>().OrderByDescending(f => f.IsIntake).ThenBy(f => f.Id).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(stop);

    private Task<Begun?> FindAsync(Guid id, CancellationToken stop) =>
        db.Set<Referral>().Where(r => r.Id == id).Select(r => new Begun(r.Id, r.PatientId)).FirstOrDefaultAsync(stop);

    /// <summary>The key's time, and bits that only this browser's secret gives: whoever knows an id can't find the pair that leads to it.</summary>
    private static Guid IdOf(Guid key, string secret)
    {
        var bytes = key.ToByteArray(bigEndian: true);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key:N}:{secret}"));
        hash.AsSpan(0, 10).CopyTo(bytes.AsSpan(6));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
