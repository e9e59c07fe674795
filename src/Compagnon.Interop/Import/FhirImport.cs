using Compagnon.App.Referrals;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Interop.Fhir;

namespace Compagnon.Interop.Import;

/// <summary>What came of one person of one file.</summary>
/// <param name="Read">What the reader said.</param>
/// <param name="IsThere">Taken by the reader, but the programme has this person already.</param>
public sealed record Imported(ReadResult Read, bool IsThere = false);

/// <summary>FHIR bundles into offers: a file is stored whole or not at all.</summary>
public sealed class FhirImport(Offers offers)
{
    public async Task<IReadOnlyList<Imported>> StoreAsync(IReadOnlyList<ReadResult> results, int networkId, Guid facilityId, CancellationToken stop = default)
    {
        var people = results.OfType<Taken>().ToList();
        var made = await offers.MakeAsync(Actor.System(networkId), facilityId, [.. people.Select(t => OfferOf(t.Person))], stop);
        return [.. results.Select(r => new Imported(r, r is Taken taken && !made[people.IndexOf(taken)]))];
    }

    /// <summary>Needs no database: whoever has nobody to take opens none.</summary>
    public static async Task<IReadOnlyList<ReadResult>> ReadAsync(string path, TimeProvider clock, CancellationToken stop = default)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await new BundleReader(clock).ReadAsync(file, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new Refused(RefusalReason.Unreadable)];
        }
    }

    private static OfferCommand OfferOf(PersonFacts person)
    {
        var isTelephone = person.Telephone is { Length: 10 } digits && digits.All(char.IsAsciiDigit);
        return new OfferCommand
        {
            SourceKeys = person.Keys, Language = person.Language is Languages.English ? Languages.English : Languages.French,
            Identity = new IdentityFields
            {
                GivenName = person.GivenName, FamilyName = person.FamilyName, Telephone = isTelephone ? person.Telephone : null, Notes = isTelephone ? null : person.Telephone,
            },
            Situation = new Situation
            {
                Site = person.Leading.Site, Certainty = person.Leading.Certainty, Moment = person.Moment, Gender = person.Gender, BirthDecade = person.BirthDecade,
                OtherSites = [.. person.Cancers.Skip(1).Select(c => c.Site).Where(s => s != person.Leading.Site).Distinct()],
                Languages = person.Language is null ? [] : [person.Language], Municipality = person.Municipality,
                Treatments = [.. person.Treatments.Select(t => new PlannedTreatment { Treatment = t.Treatment, Year = t.ToYear ?? t.FromYear })],
            },
        };
    }
}
