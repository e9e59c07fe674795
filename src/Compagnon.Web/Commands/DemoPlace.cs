using Compagnon.App.Data;
using Compagnon.App.Operations;

namespace Compagnon.Web.Commands;

/// <summary>
/// Where the demonstration keeps its database. Its own, data/demo.db, is made anew at each start, because everything in it is dated from now; a database the user
/// names is never emptied.
/// </summary>
internal sealed class DemoPlace : IDisposable
{
    private FileStream? taken;
    private string? passing;

    private DemoPlace(Database database, InstallationFiles files) => (Database, Files) = (database, files);

    public Database Database { get; }
    public InstallationFiles Files { get; }

    public static DemoPlace Named(Setting setting)
    {
        var database = setting.Database();
        return new DemoPlace(database, setting.Files(database));
    }

    /// <summary>In data/ of the current folder, or, where that can't be written or another demonstration runs in it, in a passing one.</summary>
    public static DemoPlace Own(bool keep)
    {
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(Directory.CreateDirectory("data").FullName, "demo.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var folder = Directory.CreateTempSubdirectory("compagnon-demo-").FullName;
            var other = At(folder);
            other.passing = folder;
            return other;
        }
        if (!keep)
            foreach (var old in Directory.GetFiles("data", "demo.db*").Concat(Directory.GetFiles("data", "demo.db.*"))) File.Delete(old);
        var place = At("data");
        place.taken = held;
        return place;
    }

    public void Dispose()
    {
        taken?.Dispose();
        if (passing is not null) Directory.Delete(passing, recursive: true);
    }

    private static DemoPlace At(string folder)
    {
        var file = Path.GetFullPath(Path.Combine(folder, "demo.db"));
        return new DemoPlace(Database.Parse($"Data Source={file}"), new InstallationFiles(file + ".keys"));
    }
}
