using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

public sealed partial class Files
{
    /// <summary>
    /// Pseudonyms of those whom a patient chose or talked with, also after the end: as they know them already. One who was erased has none any more, and one who keeps the
    /// patient out is not named. A read of each, recorded by the caller's save.
    /// </summary>
    internal async Task<IReadOnlyDictionary<Guid, string>> PseudonymsAsync(Actor actor, PatientFile file, IReadOnlyCollection<Guid> companionIds, CancellationToken stop)
    {
        var names = new Dictionary<Guid, string>();
        if (file.PatientId != actor.PersonId || file.Sight(Facet.Accompaniment) is not Sight.Full) return names;
        foreach (var companion in await db.Set<Companion>().AsNoTracking().Where(c => companionIds.Contains(c.Id) && c.Pseudonym != "").ToListAsync(stop))
        {
            if (AccessRules.IsRestricted(actor, await SubjectOfAsync(companion, stop))) continue;
            Record(actor, companion.Id, ReadWhat.Accompaniment, why: null);
            names[companion.Id] = companion.Pseudonym;
        }
        return names;
    }
}
