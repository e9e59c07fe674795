using Compagnon.App.Access;
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

/// <summary>The coordinator enters companions, who are invited in the same save; both the coordinator and the companion change the profile, each what is theirs to change.</summary>
[UseCases]
public sealed class Profiles(CompagnonDb db, Files files, Vault vault, Duplicates duplicates, Identities identities, KnownCompanions known, Invitations invitations, Reauthentication again, TimeProvider clock)
{
    public async Task<Outcome<Guid>> EnterAsync(Actor actor, EnterCompanion command, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facilityId }) return new NotThere();
        if (await db.Set<Companion>().AnyAsync(c => c.Id == command.Key, stop)) return command.Key;
        var fields = FieldsOf(command.Identity, new IdentityFields());
        if (Wrong(command.Lived, command.Life, command.Availability, command.Words, fields) is { } invalid) return invalid;
        if (!command.DuplicateSeen && await SameContactAsync(actor, facilityId, fields, command.Key, stop) is { } same) return same;
        if (!Grants.MayGrant(actor, Role.Companion, facilityId, clinicId: null)) return new NotThere();
        if (await WhyNotAddressAsync(actor, command.Key, fields.Email, command.Code, stop) is { } refusal) return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        var person = vault.NewPerson(db.NetworkId, PersonKind.Companion, facilityId, command.Identity.Language, command.Key);
        var companion = new Companion
        {
            Id = person.Id, FacilityId = facilityId, Pseudonym = command.Words.Pseudonym, JoinedAt = now, ClearedUntil = command.Clearance.Until,
            BirthDecade = command.Identity.BirthDate is { } born ? Profile.DecadeOf(born) : null,
        };
        Apply(companion, command.Lived, command.Life, command.Availability, command.Words);
        db.AddRange(person, vault.Seal(person, fields), companion);
        db.AddRange(duplicates.IndexOf(person, fields));
        await invitations.AddAsync(actor, person, fields, new Grant(Role.Companion, facilityId), stop);
        db.Record(actor, new CompanionEntered(person.Id, facilityId), now);
        if (companion.ClearedUntil is { } until) db.Record(actor, new CompanionCleared(person.Id, Before: null, until), now);
        // Saved twice at once is saved once: the key decides, and both are told the same. Of what is saved, only the address can be somebody else's by now.
        return await db.TrySaveAsync(stop) || await db.Set<Companion>().AnyAsync(c => c.Id == command.Key, stop) ? command.Key : new AddressInUse();
    }

    public async Task<Outcome<Guid>> ChangeAsync(Actor actor, ProfileChange change, CancellationToken stop = default)
    {
        if (await files.OpenCompanionForChangeAsync(actor, change.CompanionId, ReadWhat.Profile, stop: stop) is not { } file || !MayChange(file, actor, change))
            return new NotThere();
        var companion = file.Companion;
        if (change.Version is { } seen && seen != companion.Version) return new ChangedMeanwhile();
        var fields = FieldsOf(change, file.Identity!);
        if (Wrong(change.Lived, change.Life, change.Availability, change.Words, fields) is { } invalid) return invalid;
        if (!change.DuplicateSeen && (change.Identity is not null || change.Contact is not null)
            && await SameContactAsync(actor, companion.FacilityId, fields, companion.Id, stop) is { } same) return same;
        var otherAddress = fields.Email is not null && !string.Equals(fields.Email, file.Identity!.Email, StringComparison.OrdinalIgnoreCase);
        if (otherAddress && await WhyNotAddressAsync(actor, companion.Id, fields.Email, change.Code, stop) is { } refusal) return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        Apply(companion, change.Lived, change.Life, change.Availability, change.Words);
        if (otherAddress) await invitations.FollowAddressAsync(actor, file.Person, fields, stop);
        if (fields != file.Identity) await identities.ChangeAsync(file.Person, file.StoredIdentity, fields, stop);
        if (change.Identity is { } identity) companion.BirthDecade = identity.BirthDate is { } born ? Profile.DecadeOf(born) : null;
        file.Person.Language = change.Identity?.Language ?? change.Contact?.Language ?? file.Person.Language;
        if (change.Clearance is { } clearance && clearance.Until != companion.ClearedUntil)
        {
            db.Record(actor, new CompanionCleared(companion.Id, companion.ClearedUntil, clearance.Until), now);
            companion.ClearedUntil = clearance.Until;
        }
        // Lists inside the profile don't raise the row's version by themselves.
        db.Entry(companion).Property(c => c.Version).IsModified = true;
        db.Record(actor, new CompanionProfileChanged(companion.Id, PartsOf(change)), now);
        return await db.TrySaveAsync(stop) ? companion.Id : new ChangedMeanwhile();
    }

    /// <summary>Nobody learns without a code whether an address is somebody's; one that is costs no code.</summary>
    private async Task<Refusal?> WhyNotAddressAsync(Actor actor, Guid companionId, string? email, string? code, CancellationToken stop) =>
        await again.WhyNotLookAsync(actor, code, stop) ?? await invitations.WhyNotAsync(companionId, email, stop) ?? await again.WhyNotAsync(actor, code, stop);

    /// <summary>Clearance and who they are belong to the coordinator, who has seen the papers; how to reach them, to the companion.</summary>
    private static bool MayChange(CompanionFile file, Actor actor, ProfileChange change) => file.Sight(Facet.CompanionProfile) is Sight.Full && file.Identity is not null && actor.Role switch
    {
        Role.Coordinator => true,
        Role.Companion => actor.PersonId == change.CompanionId && change.Identity is null && change.Clearance is null,
        _ => false,
    };

    private async Task<SameContact?> SameContactAsync(Actor actor, Guid facilityId, IdentityFields fields, Guid except, CancellationToken stop)
    {
        // A companion is not told that somebody else has their number: that is for the coordinator.
        if (actor.Role is not Role.Coordinator || await known.SameContactAsync(facilityId, fields, except, stop) is not var (id, kind)) return null;
        var names = await files.NamesOfCompanionsAsync(actor, [id], stop);
        return new SameContact(id, names.GetValueOrDefault(id, ""), kind);
    }

    private static Invalid? Wrong(LivedPart? lived, LifePart? life, AvailabilityPart? availability, WordsPart? words, IdentityFields fields)
    {
        var errors = new Dictionary<string, string>(words is null ? new Dictionary<string, string>(StringComparer.Ordinal) : Profile.Check(words, fields), StringComparer.Ordinal);
        if (lived is { Experiences.Count: 0 }) errors[nameof(lived.Experiences)] = "Missing";
        if (life is not null && !(life.Languages.Count > 0 && life.Languages.All(Languages.IsKnown))) errors[nameof(life.Languages)] = "Missing";
        if (availability is not null && availability.Capacity is < 1 or > Profile.MostPlaces) errors[nameof(availability.Capacity)] = "Range";
        if (availability is { Channels.Count: 0 }) errors[nameof(availability.Channels)] = "Missing";
        return errors.Count == 0 ? null : new Invalid(errors);
    }

    private static void Apply(Companion companion, LivedPart? lived, LifePart? life, AvailabilityPart? availability, WordsPart? words)
    {
        if (lived is not null)
        {
            companion.Experiences = [.. lived.Experiences];
            // What they would rather avoid wins over what they lived.
            (companion.LivedTopics, companion.AvoidedTopics) = ([.. lived.LivedTopics.Except(lived.AvoidedTopics)], [.. lived.AvoidedTopics]);
        }
        if (life is not null)
            (companion.Gender, companion.Languages, companion.Life, companion.Culture, companion.Municipality) = (life.Gender, [.. life.Languages], [.. life.Life], life.Culture, life.Municipality);
        if (availability is not null)
            (companion.Availability, companion.Channels, companion.Capacity) = ([.. availability.Availability], [.. availability.Channels], availability.Capacity);
        if (words is not null) (companion.Pseudonym, companion.OwnWords) = (words.Pseudonym.Trim(), words.OwnWords);
    }

    private static IdentityFields FieldsOf(ProfileChange change, IdentityFields now) => change switch
    {
        { Identity: { } identity } => FieldsOf(identity, now),
        { Contact: { } contact } => now with { Telephone = contact.Telephone },
        _ => now,
    };

    private static IdentityFields FieldsOf(IdentityPart part, IdentityFields now) => now with
    {
        GivenName = part.GivenName, FamilyName = part.FamilyName, Telephone = part.Telephone, Email = part.Email, BirthDate = part.BirthDate,
    };

    private static List<string> PartsOf(ProfileChange change) =>
    [
        .. new (string Name, object? Part)[]
        {
            (nameof(change.Identity), change.Identity), (nameof(change.Contact), change.Contact), (nameof(change.Lived), change.Lived), (nameof(change.Life), change.Life),
            (nameof(change.Availability), change.Availability), (nameof(change.Words), change.Words), (nameof(change.Clearance), change.Clearance),
        }.Where(p => p.Part is not null).Select(p => p.Name),
    ];
}
