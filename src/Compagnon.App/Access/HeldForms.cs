using Compagnon.App.Data;
using Compagnon.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>Forms that were posted after their session had ended, kept for an hour until their owner has signed in again. The content is protected by the caller.</summary>
[UseCases]
public sealed class HeldForms(CompagnonDb db, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    public async Task<Guid> HoldAsync(string path, byte[] content, CancellationToken stop = default)
    {
        var form = new HeldForm { Path = path, Protected = content, ExpiresAt = clock.GetUtcNow().UtcDateTime + Lasts };
        db.Add(form);
        await db.SaveChangesAsync(stop);
        return form.Id;
    }

    public async Task<(string Path, byte[] Content)?> FindAsync(Guid id, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Set<HeldForm>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id && f.ExpiresAt > now, stop) is { } form ? (form.Path, form.Protected) : null;
    }

    public Task ForgetAsync(Guid id, CancellationToken stop = default) => db.Set<HeldForm>().Where(f => f.Id == id).ExecuteDeleteAsync(stop);
}
