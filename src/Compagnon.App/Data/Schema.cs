using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Data;

/// <summary>Brings a database to the schema of this program: numbered SQL files, in order, each once, under a lock, with a checksum.</summary>
public static class Schema
{
    private const long Lock = 0x434F4D5041474E4F; // "COMPAGNO"

    public static async Task ApplyAsync(CompagnonDb db, CancellationToken stop = default)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            var sqlite = db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            if (!sqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", stop);
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)", stop);
            var applied = await db.Database.SqlQueryRaw<string>("SELECT name || ' ' || checksum AS \"Value\" FROM schema_migration").ToListAsync(stop);
            foreach (var (name, sql) in Files(sqlite))
            {
                var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
                var known = applied.Find(a => a.StartsWith(name + " ", StringComparison.Ordinal));
                if (known is not null && !known.EndsWith(checksum, StringComparison.Ordinal)) throw new SchemaChanged(name);
                if (known is not null) continue;
                await RunAsync(db.Database.GetDbConnection(), transaction, sql, stop);
                await db.Database.ExecuteSqlAsync($"INSERT INTO schema_migration (name, checksum, applied_at) VALUES ({name}, {checksum}, {DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture)})", stop);
            }
            await transaction.CommitAsync(stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The SQL that makes the model from nothing: what migration 0001 holds until the first release.</summary>
    public static string CreateScript(CompagnonDb db) => db.Database.GenerateCreateScript().ReplaceLineEndings("\n").Trim() + "\n";

    private static async Task RunAsync(DbConnection connection, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction);
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(stop);
    }

    private static IEnumerable<(string Name, string Sql)> Files(bool sqlite)
    {
        var assembly = typeof(Schema).Assembly;
        var folder = $".Data.Migrations.{(sqlite ? "Sqlite" : "PostgreSql")}.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(resource.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..], reader.ReadToEnd());
        }
    }
}

/// <summary>A migration that was applied is not the one this program has: the program and the database do not belong together.</summary>
public sealed class SchemaChanged(string migration) : Exception($"Migration {migration} differs from the one that was applied.")
{
    public string Migration { get; } = migration;
}
