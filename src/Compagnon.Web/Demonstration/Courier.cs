using Compagnon.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compagnon.Web.Demonstration;

/// <summary>The letters that would have been sent. Mapped only in the demonstration, so that the page exists nowhere else.</summary>
public static class Courier
{
    public static void MapCourier(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<Mode>().IsDemonstration) return;
        routes.MapGet("/demo/courrier", () => new RazorComponentResult<DemoDocument>(new { Page = typeof(Letters) })).AllowAnonymous().WithMetadata(new Framed());
    }
}
