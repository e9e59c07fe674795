using Compagnon.Domain;

namespace Compagnon.App.Data;

/// <summary>Where several people reach for the same thing: look again after having lost, so that whoever comes second sees what happened.</summary>
internal static class Again
{
    private const int Times = 8;

    /// <param name="attempt">Null: somebody else was faster and nothing was written.</param>
    public static async Task<Outcome<T>> UntilSettledAsync<T>(Func<Task<Outcome<T>?>> attempt)
    {
        for (var i = 0; i < Times; i++)
            if (await attempt() is { } outcome) return outcome;
        return new ChangedMeanwhile();
    }

    /// <summary>Done, with the value; or null when somebody else was faster.</summary>
    public static async Task<Outcome<T>?> SavedAsync<T>(this CompagnonDb db, T value, CancellationToken stop) =>
        await db.TrySaveAsync(stop) ? Outcome<T>.Done(value) : (Outcome<T>?)null;

    /// <summary>Two who decide about the same row meet here, even where none of its other values changes.</summary>
    public static void Touch<T>(this CompagnonDb db, T row) where T : class, IVersioned => db.Entry(row).Property(r => r.Version).IsModified = true;
}
