using Compagnon.App.Data;
using Compagnon.App.Demonstration;
using Compagnon.App.Operations;
using Compagnon.App.Privacy;
using Compagnon.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compagnon.App.Tests.Operations;

/// <summary>A whole installation with its files outside the database, filled with the demonstration's people.</summary>
internal sealed class Programme : IAsyncDisposable
{
    private readonly List<Database> databases = [];

    private Programme(Installation installation, string folder) => (Installation, Folder) = (installation, folder);

    public Installation Installation { get; }
    public string Folder { get; }

    public static async Task<Programme> OnAsync(Db kind)
    {
        var folder = Directory.CreateTempSubdirectory("compagnon-ops-").FullName;
        var database = await TestDatabases.NewAsync(kind);
        var programme = new Programme(await Installation.OpenAsync(database, new InstallationFiles(Path.Combine(folder, "programme.keys"))), folder);
        programme.databases.Add(database);
        await programme.In<DemonstrationData, bool>(d => d.FillAsync());
        return programme;
    }

    /// <summary>A database that isn't there yet (SQLite) or is empty (PostgreSQL).</summary>
    public async Task<Database> BareAsync(Db kind)
    {
        var database = await TestDatabases.BareAsync(kind);
        databases.Add(database);
        return database;
    }

    public string At(string name) => Path.Combine(Folder, name);

    public Task<TResult> In<T, TResult>(Func<T, Task<TResult>> act) where T : notnull => InAsync(Installation, act);

    public static async Task<TResult> InAsync<T, TResult>(Installation installation, Func<T, Task<TResult>> act) where T : notnull
    {
        await using var services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning)).AddSingleton(new ErasureList(installation.Files.Erased))
            .AddCompagnon(installation.Database, installation.Keys, installation.Head).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases) await TestDatabases.DropAsync(database);
        Directory.Delete(Folder, recursive: true);
    }
}
