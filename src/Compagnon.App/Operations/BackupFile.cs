using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Compagnon.App.Operations;

/// <summary>What a backup says about itself: the first thing in the file, and what a restore holds it to.</summary>
/// <param name="Format">1.</param>
/// <param name="Kind">"sqlite" or "postgresql": a backup goes back to the kind it came from.</param>
/// <param name="MadeAt">UTC; everything committed before it is in.</param>
/// <param name="Migrations">"name checksum" of each migration that was applied.</param>
/// <param name="Rows">Rows of each table.</param>
/// <param name="Checksums">SHA-256 of each part, in hexadecimal.</param>
public sealed record BackupManifest(int Format, string Kind, DateTime MadeAt, IReadOnlyList<string> Migrations, SortedDictionary<string, long> Rows, SortedDictionary<string, string> Checksums)
{
    public long AllRows => Rows.Values.Sum();
}

public enum BackupProblem { NotABackup, Damaged, OtherKind, OtherSchema, TargetInUse, RowsMissing, NotSound, KeysDoNotOpen }

/// <summary>The backup can't be restored; nothing was left behind.</summary>
public sealed class BackupRefused(BackupProblem problem, Exception? inner = null) : Exception(problem.ToString(), inner)
{
    public BackupProblem Problem { get; } = problem;
}

/// <summary>One file: a zip with manifest.json and the parts it names.</summary>
internal static class BackupFile
{
    private const string ManifestName = "manifest.json";

    /// <summary>Adds a part and notes its checksum.</summary>
    public static async Task AddAsync(ZipArchive zip, string name, IDictionary<string, string> checksums, Func<Stream, Task> write)
    {
        using var hash = SHA256.Create();
        await using (var part = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync())
        await using (var through = new CryptoStream(part, hash, CryptoStreamMode.Write))
            await write(through);
        checksums[name] = Convert.ToHexStringLower(hash.Hash!);
    }

    public static async Task SignAsync(ZipArchive zip, BackupManifest manifest)
    {
        await using var part = await zip.CreateEntry(ManifestName).OpenAsync();
        await JsonSerializer.SerializeAsync(part, manifest);
    }

    /// <summary>Reads the manifest and proves every part whole before anything is done with it.</summary>
    /// <exception cref="BackupRefused">It is no backup, or a part is missing or was changed.</exception>
    public static async Task<BackupManifest> CheckAsync(ZipArchive zip, CancellationToken stop)
    {
        try
        {
            if (zip.GetEntry(ManifestName) is not { } first) throw new BackupRefused(BackupProblem.NotABackup);
            await using var text = await first.OpenAsync(stop);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(text, cancellationToken: stop);
            if (manifest is not { Format: 1 }) throw new BackupRefused(BackupProblem.NotABackup);
            foreach (var (name, checksum) in manifest.Checksums)
            {
                if (zip.GetEntry(name) is not { } entry) throw new BackupRefused(BackupProblem.Damaged);
                await using var part = await entry.OpenAsync(stop);
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(part, stop)) != checksum) throw new BackupRefused(BackupProblem.Damaged);
            }
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new BackupRefused(BackupProblem.Damaged, e);
        }
    }

    public static FileStream NewForOwnerOnly(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
