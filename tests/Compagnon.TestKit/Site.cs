using System.Net;
using Compagnon.App.Data;
using Compagnon.App.Demonstration;
using Compagnon.App.Operations;
using Compagnon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compagnon.TestKit;

/// <summary>
/// The real program on a real socket, over a fresh database: the demonstration's people, entered through its own page. A browser and an HTTP client meet the same.
/// <code>await using var site = await Site.OnAsync(db); var marianne = await site.EnterAsync("Marianne Lavoie"); var day = await marianne.GetAsync("/journee");</code>
/// </summary>
public sealed class Site : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private Site(WebApplication app, Installation installation, string folder)
    {
        (this.app, Installation, this.folder) = (app, installation, folder);
        // the browser's rules for passkeys and cookies want the name, not the number
        Root = new Uri(app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
    }

    public Uri Root { get; }
    public Installation Installation { get; }
    public IServiceProvider Services => app.Services;

    public static async Task<Site> OnAsync(Db kind, bool demonstration = true, Func<IServiceProvider, Task>? prepare = null)
    {
        var database = await TestDatabases.NewAsync(kind);
        var folder = Directory.CreateTempSubdirectory("compagnon-site-").FullName;
        var installation = await Installation.OpenAsync(database, new InstallationFiles(Path.Combine(folder, "programme.keys")));
        var root = Path.Combine(Repository.Root, "src", "Compagnon.Web");
        var app = Server.Build(["--urls", "http://127.0.0.1:0", "--environment", "Development", "--contentRoot", root, "--applicationName", "Compagnon.Web"], installation, new Mode(demonstration));
        app.Services.GetRequiredService<ILoggerFactory>();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            if (demonstration) await scope.ServiceProvider.GetRequiredService<DemonstrationData>().FillAsync();
            if (prepare is not null) await prepare(scope.ServiceProvider);
            await scope.ServiceProvider.GetRequiredService<StartUp>().PrepareAsync();
        }
        await app.StartAsync();
        return new Site(app, installation, folder);
    }

    /// <summary>A browser without script, with cookies of its own.</summary>
    public Visitor Visitor(string language = "fr") => new(Root, language);

    /// <summary>Enters as one of the demonstration's people, by the name on its page.</summary>
    public async Task<Visitor> EnterAsync(string name, string language = "fr")
    {
        var visitor = Visitor(language);
        var people = await visitor.GetAsync("/demo");
        var button = people.Document.QuerySelectorAll("li").FirstOrDefault(l => l.QuerySelector("strong")?.TextContent.Trim() == name)?.QuerySelector("button")
            ?? throw new InvalidOperationException($"Nobody called {name} on /demo: " + string.Join(", ", people.Document.QuerySelectorAll("li strong").Select(s => s.TextContent)));
        var home = await visitor.PostAsync(people, new Dictionary<string, string> { ["person"] = button.GetAttribute("value")! }, form: "form[action='/demo']");
        return home.Status is HttpStatusCode.OK ? visitor : throw new InvalidOperationException($"{name} could not enter: {home.Status} at {home.Address}");
    }

    /// <summary>Looks at, or prepares, rows directly.</summary>
    public async Task<T> Rows<T>(Func<CompagnonDb, Task<T>> look)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<CompagnonDb>());
    }

    public async Task<TResult> In<T, TResult>(Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await TestDatabases.DropAsync(Installation.Database);
        Directory.Delete(folder, recursive: true);
    }
}
