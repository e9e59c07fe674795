using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Changes who a person is, together with the keyed hashes that find duplicates: the two never part.</summary>
public sealed class Identities(CompagnonDb db, Vault vault, Duplicates duplicates)
{
    public async Task ChangeAsync(Person person, Identity identity, IdentityFields fields, CancellationToken stop = default)
    {
        vault.Reseal(person, identity, fields);
        var stored = await db.Set<IdentityIndex>().Where(i => i.PersonId == person.Id && i.Kind != IndexKind.Source).ToListAsync(stop);
        var wanted = duplicates.IndexOf(person, fields).ToList();
        db.RemoveRange(stored.Where(s => !wanted.Exists(w => Same(s, w))));
        db.AddRange(wanted.Where(w => !stored.Exists(s => Same(s, w))));
    }

    private static bool Same(IdentityIndex one, IdentityIndex other) => one.Kind == other.Kind && one.Hash.AsSpan().SequenceEqual(other.Hash);
}
