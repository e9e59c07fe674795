using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Compagnon.Web.Access;

/// <summary>« Entrer comme … »: mapped only where the host says that this is the demonstration, so that it exists nowhere else.</summary>
public static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<Mode>().IsDemonstration) return;
        routes.MapGet("/demo", () => new RazorComponentResult<DemoDocument>()).AllowAnonymous().WithMetadata(new Framed());
        routes.MapPost("/demo", EnterAsync).AllowAnonymous();
    }

    /// <param name="http">The request.</param>
    /// <param name="signIns">Begins the session.</param>
    /// <param name="person">Person and, for a patient, "p", for others the membership: "person/p/referral" or "person/m/membership".</param>
    private static async Task<IResult> EnterAsync(HttpContext http, SignIns signIns, [FromForm(Name = "person")] string? person)
    {
        if (person?.Split('/') is not [var id, var kind, var other] || !Guid.TryParse(id, CultureInfo.InvariantCulture, out var personId) || !Guid.TryParse(other, CultureInfo.InvariantCulture, out var otherId))
            return TypedResults.NotFound();
        var entered = kind == "p" ? await signIns.StartAsync(http, personId, referralId: otherId) : await signIns.StartAsync(http, personId, otherId);
        return entered.IsDone ? TypedResults.LocalRedirect(entered.Value) : TypedResults.NotFound();
    }
}
