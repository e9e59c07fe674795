using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Operations;

/// <summary>
/// A database with what belongs to it but lies outside: the keys, the head of the audit chain, the list of erased people. The three files lie beside each other
/// and never go into a backup of the database.
/// </summary>
public sealed record Installation(Database Database, KeyRing Keys, InstallationFiles Files)
{
    public AuditHead Head { get; } = new(Files.Head);

    /// <summary>Brings the database to this program's schema and opens its keys; makes new keys only for a database without people.</summary>
    /// <exception cref="KeyFileMissing">People are in the database, their keys are not there.</exception>
    /// <exception cref="KeysDoNotFit">The file is a key ring, but of another database.</exception>
    public static async Task<Installation> OpenAsync(Database database, InstallationFiles files, CancellationToken stop = default)
    {
        if (database.File is { } file) MakeForOwnerOnly(file);
        await using var db = Open(database);
        await Schema.ApplyAsync(db, stop);
        var people = db.Set<Person>().IgnoreQueryFilters().AsNoTracking();
        var keys = KeyRing.Open(files.Keys, create: !await people.AnyAsync(stop));
        var someone = await people.Where(p => p.ErasedAt == null).OrderBy(p => p.Id).FirstOrDefaultAsync(stop);
        return someone is null || new Vault(keys).Fits(someone) ? new Installation(database, keys, files) : throw new KeysDoNotFit(files.Keys);
    }

    internal static CompagnonDb Open(Database database, NetworkScope? scope = null)
    {
        var options = new DbContextOptionsBuilder<CompagnonDb>();
        database.Configure(options);
        return new CompagnonDb(options.Options, scope ?? new NetworkScope());
    }

    /// <summary>The write-ahead log takes its rights from the database file, so they must be right before SQLite opens it.</summary>
    private static void MakeForOwnerOnly(string file)
    {
        if (File.Exists(file)) return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var made = new FileStream(file, options);
    }
}

/// <summary>The files outside the database.</summary>
public sealed record InstallationFiles(string Keys)
{
    /// <summary>Last number and seal of the audit chain, to notice a cut tail.</summary>
    public string Head { get; init; } = Beside(Keys, ".head");

    /// <summary>Who was erased, so that a restored backup erases them again.</summary>
    public string Erased { get; init; } = Beside(Keys, ".erased");

    /// <summary>programme.keys → programme.head; a key file named otherwise gets the ending added.</summary>
    private static string Beside(string keys, string ending) => Path.GetExtension(keys) == ".keys" ? Path.ChangeExtension(keys, ending) : keys + ending;
}

/// <summary>The key file belongs to another database: nobody in this one can be read with it.</summary>
public sealed class KeysDoNotFit(string path) : Exception($"The key file {path} does not open this database.")
{
    public string Path { get; } = path;
}
