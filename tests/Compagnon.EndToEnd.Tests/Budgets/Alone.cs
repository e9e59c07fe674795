using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests.Budgets;

/// <summary>Whatever is measured in time runs by itself, after everything that may run at once.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<Ground>
{
    public const string Name = "Measured alone";
}

/// <summary>The demonstration, warm, with every page found: nothing that is measured changes it.</summary>
public sealed class Ground : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;
    public IReadOnlyList<Stop> Stops { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Site = await Site.OnAsync(Db.Sqlite);
        Stops = (await EveryPage.OfAsync(Site, "fr")).Stops;
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
