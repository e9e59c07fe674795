using System.IO.Compression;
using Compagnon.App.Data;

namespace Compagnon.App.Operations;

/// <summary>
/// Copies a database while it serves: one moment of it, whole. The keys are not in it, nor the list of erased people: whoever finds a backup reads nobody, and a
/// restore erases again whom the backup still had.
/// </summary>
public static class Backup
{
    /// <exception cref="IOException">The file is there already: a backup never overwrites.</exception>
    public static async Task<BackupManifest> WriteAsync(Database database, string path, CancellationToken stop = default)
    {
        if (File.Exists(path)) throw new IOException(path);
        var part = path + ".part";
        File.Delete(part);
        try
        {
            BackupManifest manifest;
            await using (var file = BackupFile.NewForOwnerOnly(part))
            {
                await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                {
                    manifest = database.IsSqlite ? await SqliteBackup.WriteAsync(database, zip, part + ".db", stop) : await PostgreSqlBackup.WriteAsync(database, zip, stop);
                    await BackupFile.SignAsync(zip, manifest);
                }
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path);
            return manifest;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
