using System.Diagnostics;
using Compagnon.App.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Compagnon.TestKit;

public enum Db { Sqlite, PostgreSql }

/// <summary>A fresh database a test, on either kind, copied from a template that was made once. A missing server fails the test.</summary>
public static class TestDatabases
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> Server = new(StartServerAsync);
    private static readonly Lazy<Task> PostgreSqlTemplate = new(MakePostgreSqlTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);

    public static string Folder { get; } = FolderOfThisProgram();

    /// <summary>A new database with the schema, empty.</summary>
    public static async Task<Database> NewAsync(Db kind)
    {
        var name = $"t{Guid.NewGuid():N}";
        if (kind is Db.Sqlite)
        {
            var file = Path.Combine(Folder, name + ".db");
            File.Copy(await SqliteTemplate.Value, file);
            return Database.Parse($"Data Source={file}");
        }
        await PostgreSqlTemplate.Value;
        await OneCopyAtATime.WaitAsync(); // a template that another copy reads can't be copied
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE compagnon_template");
        }
        finally
        {
            OneCopyAtATime.Release();
        }
        return Database.Parse(new NpgsqlConnectionStringBuilder(await Server.Value) { Database = name, MaxPoolSize = 40 }.ConnectionString);
    }

    public static async Task DropAsync(Database database)
    {
        if (database.IsSqlite)
        {
            SqliteConnection.ClearAllPools();
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database.File!)!, Path.GetFileName(database.File!) + "*")) File.Delete(file);
            return;
        }
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(database.ConnectionString).Database} WITH (FORCE)");
    }

    /// <summary>An empty database without any schema: for tests of the migrations themselves.</summary>
    public static async Task<Database> BareAsync(Db kind)
    {
        var name = $"b{Guid.NewGuid():N}";
        if (kind is Db.Sqlite) return Database.Parse($"Data Source={Path.Combine(Folder, name + ".db")}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return Database.Parse(new NpgsqlConnectionStringBuilder(await Server.Value) { Database = name }.ConnectionString);
    }

    public static CompagnonDb Open(Database database)
    {
        var options = new DbContextOptionsBuilder<CompagnonDb>();
        database.Configure(options);
        return new CompagnonDb(options.Options, new NetworkScope());
    }

    /// <summary>Gone with the program: the template stays to its end.</summary>
    private static string FolderOfThisProgram()
    {
        var folder = Directory.CreateTempSubdirectory("compagnon-test-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var file = Path.Combine(Folder, "template.db");
        var database = Database.Parse($"Data Source={file}");
        await using (var db = Open(database)) await Schema.ApplyAsync(db);
        await using (var connection = new SqliteConnection(database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }
        SqliteConnection.ClearAllPools();
        return file;
    }

    private static async Task MakePostgreSqlTemplateAsync()
    {
        await ExecuteAsync("CREATE DATABASE compagnon_template");
        var database = Database.Parse(new NpgsqlConnectionStringBuilder(await Server.Value) { Database = "compagnon_template", Pooling = false }.ConnectionString);
        await using var db = Open(database);
        await Schema.ApplyAsync(db);
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Server.Value);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A server of this test program's own, for as long as it runs.</summary>
    private static async Task<string> StartServerAsync()
    {
        var output = await RunAsync("start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunAsync("stop", output[0]).GetAwaiter().GetResult();
        return output[1];
    }

    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "postgres.sh"), arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException("PostgreSQL could not be started.");
    }
}

/// <summary>The folder of the project, found from where the test runs.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Real input beside the project; a test that needs it fails without it.</summary>
    public static string Shared => Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string Find(string from) => File.Exists(Path.Combine(from, "Compagnon.slnx")) ? from
        : Find(Path.GetDirectoryName(from) ?? throw new DirectoryNotFoundException("Compagnon.slnx"));
}
