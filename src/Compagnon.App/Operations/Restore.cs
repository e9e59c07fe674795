using System.IO.Compression;
using System.Security.Cryptography;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Operations;

/// <param name="Manifest">What the backup said of itself.</param>
/// <param name="Opened">People of whom a field was decrypted to prove that the keys fit.</param>
/// <param name="ErasedAgain">People erased since the backup was made.</param>
/// <param name="AuditLost">Audit events sealed after the backup, by the head kept outside: they are gone.</param>
public sealed record Restored(BackupManifest Manifest, int Opened, int ErasedAgain, long AuditLost);

/// <summary>Puts a backup into a database that does not exist yet, or is empty; proves it before it is there, and erases again whom the list outside says.</summary>
public static class Restore
{
    private const int Sample = 200;

    /// <exception cref="BackupRefused">Why it was not done. Nothing is left behind.</exception>
    public static async Task<Restored> ReadAsync(Database target, InstallationFiles files, string path, TimeProvider clock, CancellationToken stop = default)
    {
        await using var file = File.OpenRead(path);
        await using var zip = OpenZip(file);
        var manifest = await BackupFile.CheckAsync(zip, stop);
        if (manifest.Kind != (target.IsSqlite ? "sqlite" : "postgresql")) throw new BackupRefused(BackupProblem.OtherKind);
        var keys = KeyRing.Open(files.Keys, create: false);
        return target.File is { } database ? await IntoFileAsync(database, zip, manifest, keys, files, clock, stop) : await IntoServerAsync(target, zip, manifest, keys, files, clock, stop);
    }

    private static async Task<Restored> IntoFileAsync(string database, ZipArchive zip, BackupManifest manifest, KeyRing keys, InstallationFiles files, TimeProvider clock, CancellationToken stop)
    {
        if (File.Exists(database)) throw new BackupRefused(BackupProblem.TargetInUse);
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        var beside = database + ".restoring";
        try
        {
            File.Delete(beside);
            await SqliteBackup.UnpackAsync(zip, manifest, beside, stop);
            var done = await ProveAsync(Database.Parse($"Data Source={beside};Pooling=False"), manifest, keys, files, clock, stop);
            File.Move(beside, database);
            return done;
        }
        finally
        {
            foreach (var rest in Directory.GetFiles(Path.GetDirectoryName(database)!, Path.GetFileName(beside) + "*")) File.Delete(rest);
        }
    }

    private static async Task<Restored> IntoServerAsync(Database target, ZipArchive zip, BackupManifest manifest, KeyRing keys, InstallationFiles files, TimeProvider clock, CancellationToken stop)
    {
        if (!await PostgreSqlBackup.IsEmptyAsync(target, stop)) throw new BackupRefused(BackupProblem.TargetInUse);
        try
        {
            await PostgreSqlBackup.UnpackAsync(target, zip, manifest, stop);
            return await ProveAsync(target, manifest, keys, files, clock, stop);
        }
        catch
        {
            await PostgreSqlBackup.EmptyAsync(target, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Do the keys open it, does the trail hold? Then the erased are erased again and the trail goes on from here.</summary>
    private static async Task<Restored> ProveAsync(Database target, BackupManifest manifest, KeyRing keys, InstallationFiles files, TimeProvider clock, CancellationToken stop)
    {
        var scope = new NetworkScope();
        await using var db = Installation.Open(target, scope);
        var opened = await OpenSomeAsync(db, new Vault(keys), stop);
        var head = new AuditHead(files.Head);
        var (erased, lost) = (0, 0L);
        foreach (var network in await db.Set<Network>().OrderBy(n => n.Id).ToListAsync(stop))
        {
            scope.Id = network.Id;
            if (await new Seals(db, keys, new AuditHead(path: null)).VerifyAsync(stop) is not null) throw new BackupRefused(BackupProblem.NotSound);
            var again = await new Erasure(db, new ErasureList(files.Erased), clock).ReplayAsync(stop);
            var last = await db.Set<AuditRow>().AsNoTracking().Where(a => a.Number != null).OrderByDescending(a => a.Number).FirstOrDefaultAsync(stop);
            var gone = Math.Max(0, (head.Read(network.Id)?.Number ?? 0) - (last?.Number ?? 0));
            db.Record(Actor.System(network.Id), new BackupRestored(manifest.MadeAt, again, gone), clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(stop);
            head.Write(network.Id, last?.Number ?? 0, last?.Seal ?? []);
            (erased, lost) = (erased + again, lost + gone);
        }
        return new Restored(manifest, opened, erased, lost);
    }

    private static async Task<int> OpenSomeAsync(CompagnonDb db, Vault vault, CancellationToken stop)
    {
        var some = await (from p in db.Set<Person>().IgnoreQueryFilters().AsNoTracking()
                          where p.ErasedAt == null
                          join i in db.Set<Identity>().IgnoreQueryFilters().AsNoTracking() on new { p.NetworkId, p.Id } equals new { i.NetworkId, i.Id }
                          orderby p.Id
                          select new { Person = p, Identity = i }).Take(Sample).ToListAsync(stop);
        try
        {
            return some.Count(s => vault.OpenGivenName(s.Person, s.Identity) is not null);
        }
        catch (CryptographicException e)
        {
            throw new BackupRefused(BackupProblem.KeysDoNotOpen, e);
        }
    }

    private static ZipArchive OpenZip(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw new BackupRefused(BackupProblem.NotABackup, e);
        }
    }
}
