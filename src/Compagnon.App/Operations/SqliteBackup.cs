using System.Data.Common;
using System.IO.Compression;
using Compagnon.App.Data;
using Microsoft.Data.Sqlite;

namespace Compagnon.App.Operations;

/// <summary>SQLite: VACUUM INTO reads one moment of the database while others write, and leaves out what was deleted.</summary>
internal static class SqliteBackup
{
    private const string Part = "programme.db";

    public static async Task<BackupManifest> WriteAsync(Database database, ZipArchive zip, string copy, CancellationToken stop)
    {
        try
        {
            // an empty file is overwritten, and keeps its rights
            await BackupFile.NewForOwnerOnly(copy).DisposeAsync();
            var madeAt = DateTime.UtcNow;
            await using (var source = await database.OpenAsync(stop)) await ExecuteAsync(source, $"VACUUM INTO '{copy.Replace("'", "''", StringComparison.Ordinal)}'", stop);
            SortedDictionary<string, long> rows;
            IReadOnlyList<string> migrations;
            await using (var connection = await OpenAsync(copy, stop))
            {
                rows = await RowsAsync(connection, stop);
                migrations = await ListAsync(connection, "SELECT name || ' ' || checksum FROM schema_migration ORDER BY name", stop);
            }
            var checksums = new SortedDictionary<string, string>(StringComparer.Ordinal);
            await BackupFile.AddAsync(zip, Part, checksums, async to =>
            {
                await using var from = File.OpenRead(copy);
                await from.CopyToAsync(to, stop);
            });
            return new BackupManifest(1, "sqlite", madeAt, migrations, rows, checksums);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Unpacks beside the target and proves it sound; the caller moves it into place once it has proved the rest.</summary>
    public static async Task UnpackAsync(ZipArchive zip, BackupManifest manifest, string file, CancellationToken stop)
    {
        await using (var to = BackupFile.NewForOwnerOnly(file))
        await using (var from = await zip.GetEntry(Part)!.OpenAsync(stop))
            await from.CopyToAsync(to, stop);
        await using var connection = await OpenAsync(file, stop);
        if (await ListAsync(connection, "PRAGMA integrity_check", stop) is not ["ok"]) throw new BackupRefused(BackupProblem.NotSound);
        if ((await ListAsync(connection, "PRAGMA foreign_key_check", stop)).Count > 0) throw new BackupRefused(BackupProblem.NotSound);
        if (!(await RowsAsync(connection, stop)).SequenceEqual(manifest.Rows)) throw new BackupRefused(BackupProblem.RowsMissing);
    }

    private static async Task<SqliteConnection> OpenAsync(string file, CancellationToken stop)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task<SortedDictionary<string, long>> RowsAsync(DbConnection connection, CancellationToken stop)
    {
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await ListAsync(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", stop))
            rows[table] = long.Parse((await ListAsync(connection, $"SELECT count(*) FROM \"{table}\"", stop))[0], System.Globalization.CultureInfo.InvariantCulture);
        return rows;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<List<string>> ListAsync(DbConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        var values = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) values.Add(reader.GetValue(0).ToString()!);
        return values;
    }
}
