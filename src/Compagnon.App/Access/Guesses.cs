using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>
/// Counts guesses at passwords and codes. Each is paid for before it is looked at, in one statement of the database, so that a hundred at once are no more than five.
/// </summary>
[UseCases]
public sealed class Guesses(CompagnonDb db, TimeProvider clock)
{
    public const int Most = 5;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>False: locked; the guess must not be looked at.</summary>
    public async Task<bool> PayAsync(Guid accountId, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Set<Account>().Where(a => a.Id == accountId && a.AccessFailedCount < Most && (a.LockoutEnd == null || a.LockoutEnd <= now))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1), stop) == 1;
    }

    /// <summary>It was right, but the sign-in goes on: this guess does not count. The others do, until the last step is right.</summary>
    public Task GiveBackAsync(Guid accountId, CancellationToken stop) => db.Set<Account>().Where(a => a.Id == accountId && a.AccessFailedCount > 0)
        .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount - 1), stop);

    public Task ForgetAsync(Guid accountId, CancellationToken stop) => db.Set<Account>().Where(a => a.Id == accountId)
        .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, (DateTime?)null), stop);

    /// <summary>It was wrong. The fifth in a row locks.</summary>
    public async Task WrongAsync(Account account, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now + Lockout;
        var locked = await db.Set<Account>().Where(a => a.Id == account.Id && a.AccessFailedCount >= Most)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, until), stop);
        if (locked == 0) return;
        db.Record(Actor.System(db.NetworkId), new AccountLocked(account.PersonId), now);
        await db.SaveChangesAsync(stop);
    }
}
