using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Compagnon.App.Data;

/// <summary>Where the programme is kept: "Data Source=FILE" is SQLite, "Host=…" is PostgreSQL.</summary>
public sealed class Database
{
    private Database(string connectionString, bool isSqlite) => (ConnectionString, IsSqlite) = (connectionString, isSqlite);

    public string ConnectionString { get; }
    public bool IsSqlite { get; }

    /// <summary>The database file; null on PostgreSQL.</summary>
    public string? File => IsSqlite ? Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource) : null;

    /// <summary>Tells the two apart by their first word.</summary>
    /// <exception cref="FormatException">It is neither of the two; the message says what is expected.</exception>
    public static Database Parse(string connectionString)
    {
        DbConnectionStringBuilder parts;
        try
        {
            parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException e)
        {
            throw new FormatException("database", e);
        }
        if (parts.ContainsKey("Data Source")) return new Database(connectionString, isSqlite: true);
        if (parts.ContainsKey("Host")) return new Database(connectionString, isSqlite: false);
        throw new FormatException("database");
    }

    public void Configure(DbContextOptionsBuilder options)
    {
        if (IsSqlite) options.UseSqlite(ConnectionString).AddInterceptors(SqliteSetUp.Instance);
        else options.UseNpgsql(ConnectionString);
        options.AddInterceptors(Held.Instance);
    }

    /// <summary>Opens a connection outside EF: backups, locks.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken stop = default)
    {
        DbConnection connection = IsSqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    /// <summary>One connection for all that a request asks, given back when its context goes: not taken, set up and returned again for each of twenty questions.</summary>
    private sealed class Held : DbConnectionInterceptor
    {
        public static readonly Held Instance = new();
        public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
        public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());
    }

    /// <summary>What was acknowledged survives a power cut: every commit reaches the disk.</summary>
    private sealed class SqliteSetUp : DbConnectionInterceptor
    {
        public static readonly SqliteSetUp Instance = new();
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000; PRAGMA secure_delete=ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
