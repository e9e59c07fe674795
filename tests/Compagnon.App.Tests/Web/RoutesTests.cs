using Compagnon.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Web;

public sealed class RoutesTests
{
    /// <summary>Open to everybody, each for a reason. A new line here is a decision.</summary>
    private static readonly string[] Open =
    [
        "/", "/erreur", "/introuvable", "/refuse", "/deja-recu", "/sante", "/langue/", "/demo", "/design", "/entrer", "/quitter", "/lien/", "/invitation", "/inscription", "/demander", "/vie-privee", "/accessibilite",
        "/qui-nous-sommes", "/proche", "/devenir", "/depliant", "/oubli", "/aide",
    ];

    [Fact]
    public async Task EveryRoute_HasAPolicy_OrIsOpenOnPurpose()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        Assert.Empty(Unguarded(site.Services.GetRequiredService<EndpointDataSource>().Endpoints));
    }

    [Fact]
    public void APlantedRoute_IsSeen() =>
        Assert.NotEmpty(Unguarded([new RouteEndpoint(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/planted/{id}"), 0, new([]), "planted")]));

    /// <summary>Framework addresses serve no page. The fallback policy only asks for anybody who signed in: a page of ours says which role.</summary>
    private static IEnumerable<string> Unguarded(IEnumerable<Microsoft.AspNetCore.Http.Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        where !path.Contains('.', StringComparison.Ordinal) && !path.Contains("{*", StringComparison.Ordinal) && !path.StartsWith("/_framework/", StringComparison.Ordinal)
        let open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        let policy = endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy
        where open ? !Open.Any(o => o is "/" ? path is "/" : path.StartsWith(o, StringComparison.Ordinal)) : policy is null
        select $"{path} ({(open ? "open" : "no policy")})";
}
