using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>A person to whom the service could be offered, as another system knows them.</summary>
public sealed record OfferCommand
{
    /// <summary>What names the person in the source, at least one; kept as keyed hashes only.</summary>
    public required IReadOnlyList<string> SourceKeys { get; init; }
    public required IdentityFields Identity { get; init; }
    public required Situation Situation { get; init; }
    /// <summary>Language of letters and screens: fr or en.</summary>
    public required string Language { get; init; }
}

/// <summary>Offers from other systems: the person has agreed to nothing yet, so there is no consent, and the file waits for somebody to ask them.</summary>
[UseCases]
public sealed class Offers(CompagnonDb db, Vault vault, Duplicates duplicates, Projection projection, TimeProvider clock)
{
    /// <summary>Stores what is new of these, all of them in one save. The answer follows the order given: true for an offer made, false for somebody who is there already.</summary>
    public async Task<IReadOnlyList<bool>> MakeAsync(Actor actor, Guid facilityId, IReadOnlyList<OfferCommand> commands, CancellationToken stop = default)
    {
        if (!actor.IsSystem) throw new InvalidOperationException("Offers come from an import.");
        var now = clock.GetUtcNow().UtcDateTime;
        var made = new List<bool>(commands.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var command in commands)
        {
            var hashes = command.SourceKeys.Select(k => duplicates.Hash(IndexKind.Source, facilityId, k)).ToList();
            var isNew = !hashes.Exists(h => seen.Contains(Convert.ToHexString(h))) && !await db.Set<IdentityIndex>().AnyAsync(i => i.Kind == IndexKind.Source && hashes.Contains(i.Hash), stop);
            hashes.ForEach(h => seen.Add(Convert.ToHexString(h)));
            made.Add(isNew);
            if (isNew) await AddAsync(actor, facilityId, command, hashes, now, stop);
        }
        await db.SaveChangesAsync(stop);
        return made;
    }

    private async Task AddAsync(Actor actor, Guid facilityId, OfferCommand command, List<byte[]> hashes, DateTime now, CancellationToken stop)
    {
        var person = vault.NewPerson(db.NetworkId, PersonKind.Patient, facilityId, command.Language);
        var referral = new Referral
        {
            PatientId = person.Id, FacilityId = facilityId, Source = ReferralSource.Import, ReferredBy = actor.PersonId, FileNumber = FileNumbers.Next(),
            Situation = command.Situation, OfferedAt = now,
        };
        await projection.WriteAsync(referral, stop);
        db.AddRange(person, vault.Seal(person, command.Identity), referral);
        db.AddRange(duplicates.IndexOf(person, command.Identity));
        db.AddRange(hashes.Select(h => new IdentityIndex { PersonId = person.Id, Kind = IndexKind.Source, Hash = h }));
        db.Record(actor, new OfferMade(referral.Id, referral.Source), now);
    }
}
