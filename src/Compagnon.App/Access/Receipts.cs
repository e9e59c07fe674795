using Compagnon.App.Data;
using Compagnon.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>What was received of forms, for three days: a computer shut on Friday sends again on Monday.</summary>
[UseCases]
public sealed class Receipts(CompagnonDb db)
{
    public const int DaysKept = 3;

    /// <summary>Null: not received yet.</summary>
    public Task<Receipt?> FindAsync(Guid id, CancellationToken stop = default) => db.Set<Receipt>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, stop);

    /// <summary>
    /// Notes where it led. What was said before by the same form no longer counts: whoever goes back from the second answer to the first means the first.
    /// </summary>
    public async Task LeadsToAsync(Guid id, Guid formId, string address)
    {
        await db.Set<Receipt>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.LeadsTo, address));
        await db.Set<Receipt>().Where(r => r.FormId == formId && r.Id != id).ExecuteDeleteAsync();
    }

    /// <summary>It ended on the page itself, refused or with something that is shown once: sent again, it is looked at again.</summary>
    public Task TakeBackAsync(Guid id) => db.Set<Receipt>().Where(r => r.Id == id).ExecuteDeleteAsync();
}
