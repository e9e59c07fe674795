using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

public sealed partial class Files
{
    internal const string ReasonPurpose = "proposal-reason";
    internal const string EndNotePurpose = "end-note";

    /// <summary>What a coordinator wrote about this file: why somebody was passed over, why it ended. Null without the right to it.</summary>
    internal string? OpenNote(PatientFile file, string purpose, byte[]? box) =>
        file.Sight(Facet.Proposal) is Sight.Full ? vault.Open(file.Person, purpose, box) : null;

    /// <summary>The companion who is this very patient, by the keyed index: two of telephone, e-mail and name must agree.</summary>
    internal async Task<Guid?> SamePersonAsync(Guid patientId, IReadOnlyCollection<Guid> companionIds, CancellationToken stop = default)
    {
        var same = await (from mine in db.Set<IdentityIndex>()
                          where mine.PersonId == patientId
                          join other in db.Set<IdentityIndex>() on new { mine.Kind, mine.Hash } equals new { other.Kind, other.Hash }
                          where companionIds.Contains(other.PersonId)
                          select new { other.PersonId, other.Kind }).Distinct().ToListAsync(stop);
        return same.GroupBy(s => s.PersonId).Where(g => g.Count() > 1).Select(g => (Guid?)g.Key).FirstOrDefault();
    }

    /// <summary>Companions who keep this patient out of what concerns them.</summary>
    internal async Task<IReadOnlyList<Guid>> CompanionsKeepingOutAsync(Actor patient, IReadOnlyCollection<Guid> companionIds, CancellationToken stop = default)
    {
        var restrictions = await RestrictionsOfAsync(companionIds, stop);
        return [.. companionIds.Where(id => AccessRules.To(Facet.CompanionProfile, patient, new Subject
        {
            PersonId = id, FacilityId = null, Counterparts = [patient.PersonId], Restrictions = [.. restrictions[id]],
        }) is Sight.None)];
    }
}
