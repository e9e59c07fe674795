using Compagnon.App;
using Compagnon.App.Data;
using Compagnon.App.Operations;
using Compagnon.App.Privacy;

namespace Compagnon.Web.Commands;

/// <summary>App's use cases without a web server, for the commands.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Workshop(ServiceProvider services) => this.services = services;

    public static Workshop Of(Installation installation) => new(new ServiceCollection()
        .AddLogging(l => l.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None))
        .AddSingleton(new ErasureList(installation.Files.Erased)).AddCompagnon(installation.Database, installation.Keys, installation.Head).AddLocalization().BuildServiceProvider());

    /// <summary>A scope that acts in this network.</summary>
    public AsyncServiceScope In(int networkId)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<NetworkScope>().Id = networkId;
        return scope;
    }

    public async Task<IReadOnlyList<NetworkName>> NetworksAsync(CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Networks>().AllAsync(stop);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
