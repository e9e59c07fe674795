using System.Data;
using System.IO.Compression;
using Compagnon.App.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Compagnon.App.Operations;

/// <summary>
/// PostgreSQL: every table by COPY inside one repeatable-read transaction, which sees one moment. Needs no pg_dump of the server's version, and restores through
/// this program's own migrations.
/// </summary>
internal static class PostgreSqlBackup
{
    public static async Task<BackupManifest> WriteAsync(Database database, ZipArchive zip, CancellationToken stop)
    {
        var madeAt = DateTime.UtcNow;
        await using var connection = (NpgsqlConnection)await database.OpenAsync(stop);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var checksums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync(connection, stop))
        {
            rows[table] = await CountAsync(connection, table, stop);
            await BackupFile.AddAsync(zip, $"tables/{table}", checksums, async to =>
            {
                await using var from = await connection.BeginRawBinaryCopyAsync($"COPY {await ColumnsAsync(database, table, stop)} TO STDOUT (FORMAT BINARY)", stop);
                await from.CopyToAsync(to, stop);
            });
        }
        var migrations = await ListAsync(connection, "SELECT name || ' ' || checksum FROM schema_migration ORDER BY name", stop);
        return new BackupManifest(1, "postgresql", madeAt, migrations, rows, checksums);
    }

    public static async Task<bool> IsEmptyAsync(Database database, CancellationToken stop)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(stop);
        return (await TablesAsync(connection, stop)).Count == 0;
    }

    /// <summary>Makes the schema and fills it in one transaction; tables in the order in which they refer to each other.</summary>
    public static async Task UnpackAsync(Database database, ZipArchive zip, BackupManifest manifest, CancellationToken stop)
    {
        await using var db = Installation.Open(database);
        await Schema.ApplyAsync(db, stop);
        await using var connection = (NpgsqlConnection)await database.OpenAsync(stop);
        if (!(await ListAsync(connection, "SELECT name || ' ' || checksum FROM schema_migration ORDER BY name", stop)).SequenceEqual(manifest.Migrations, StringComparer.Ordinal))
            throw new BackupRefused(BackupProblem.OtherSchema);
        await using var filling = await connection.BeginTransactionAsync(stop);
        foreach (var table in InOrder(db).Where(manifest.Rows.ContainsKey))
        {
            await using (var from = await zip.GetEntry($"tables/{table}")!.OpenAsync(stop))
            await using (var to = await connection.BeginRawBinaryCopyAsync($"COPY {await ColumnsAsync(database, table, stop)} FROM STDIN (FORMAT BINARY)", stop))
                await from.CopyToAsync(to, stop);
            if (await CountAsync(connection, table, stop) != manifest.Rows[table]) throw new BackupRefused(BackupProblem.RowsMissing);
        }
        await filling.CommitAsync(stop);
    }

    /// <summary>Takes back what a restore that failed had made in a database that was empty before.</summary>
    public static async Task EmptyAsync(Database database, CancellationToken stop)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(stop);
        foreach (var table in await TablesAsync(connection, stop)) await ExecuteAsync(connection, $"DROP TABLE \"{table}\" CASCADE", stop);
    }

    private static List<string> InOrder(CompagnonDb db)
    {
        var left = db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null).ToDictionary(t => t.GetTableName()!,
            t => t.GetForeignKeys().Select(f => f.PrincipalEntityType.GetTableName()!).Where(p => p != t.GetTableName()).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var order = new List<string>();
        while (left.Count > 0)
        {
            var next = left.Where(t => t.Value.All(p => !left.ContainsKey(p))).Select(t => t.Key).Order(StringComparer.Ordinal).ToList();
            if (next.Count == 0) throw new InvalidOperationException("Tables refer to each other in a circle.");
            order.AddRange(next);
            next.ForEach(t => left.Remove(t));
        }
        return order;
    }

    private static Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken stop) =>
        ListAsync(connection, "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1", stop);

    /// <summary>"table" ("a", "b"), by name, so that the order of columns doesn't matter. On a connection of its own: the other one is copying.</summary>
    private static async Task<string> ColumnsAsync(Database database, string table, CancellationToken stop)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(stop);
        var columns = await ListAsync(connection, $"SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY column_name", stop);
        return $"\"{table}\" ({string.Join(", ", columns)})";
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM \"{table}\"", connection) { CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        var values = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) values.Add(reader.GetString(0));
        return values;
    }
}
