using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Compagnon.App.Data;

/// <summary>Recognises, on both databases, that somebody else was faster.</summary>
public static class Conflicts
{
    /// <summary>A key that must be unique is there already: a form posted twice, a place taken twice.</summary>
    public static bool IsDuplicate(DbUpdateException e) => e.InnerException switch
    {
        SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 2067 or 1555 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    /// <summary>Saves; says whether it was done. False: another writer was faster (a version rose, or a unique key is there); nothing was written.</summary>
    public static async Task<bool> TrySaveAsync(this CompagnonDb db, CancellationToken stop = default)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
        catch (DbUpdateException e) when (IsDuplicate(e))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
