using Compagnon.App.Data;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Finds companions of a facility by the keyed hashes of who they are, without opening anybody.</summary>
public sealed class KnownCompanions(CompagnonDb db, Duplicates duplicates)
{
    /// <summary>Someone else with the same telephone or e-mail.</summary>
    public async Task<(Guid CompanionId, IndexKind Kind)?> SameContactAsync(Guid facilityId, IdentityFields fields, Guid except, CancellationToken stop = default)
    {
        foreach (var (kind, value) in new[] { (IndexKind.Telephone, fields.Telephone), (IndexKind.Email, fields.Email) })
        {
            if (string.IsNullOrEmpty(value)) continue;
            var found = (await FindAsync(facilityId, kind, value, stop)).Where(id => id != except).ToList();
            if (found.Count > 0) return (found[0], kind);
        }
        return null;
    }

    /// <summary>By the whole telephone or e-mail, however it is written: a hash knows no beginnings. Names are for the loader.</summary>
    public async Task<IReadOnlyCollection<Guid>> FindAsync(Guid facilityId, string text, CancellationToken stop = default)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        HashSet<Guid> found = [.. await FindAsync(facilityId, IndexKind.Email, text, stop)];
        if (digits.Length >= 10) found.UnionWith(await FindAsync(facilityId, IndexKind.Telephone, digits[^10..], stop));
        return found;
    }

    private async Task<List<Guid>> FindAsync(Guid facilityId, IndexKind kind, string value, CancellationToken stop)
    {
        var hash = duplicates.Hash(kind, facilityId, value);
        return await (from i in db.Set<IdentityIndex>()
                      where i.Kind == kind && i.Hash == hash
                      join c in db.Set<Companion>() on i.PersonId equals c.Id
                      where c.FacilityId == facilityId
                      select c.Id).ToListAsync(stop);
    }
}
