using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace Compagnon.Web.Forms;

/// <summary>
/// While a form stood open, what it was for was settled by somebody else: the page has it no longer, and the framework answers with one bare line.
/// Instead the page is shown as it is by now, and says so (<see cref="Components.PageHead"/>).
/// </summary>
public static class GoneForm
{
    internal const string InAddress = "entretemps";

    public static bool IsTold(HttpContext http) => HttpMethods.IsGet(http.Request.Method) && http.Request.Query.ContainsKey(InAddress);

    public static void UseGoneForms(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            http.Response.OnStarting(() => LeadBackAsync(http));
        return next(http);
    });

    // what is refused for another reason has no body of its own, and by now the page for that is shown instead
    private static Task LeadBackAsync(HttpContext http)
    {
        if (http.Response.StatusCode == StatusCodes.Status400BadRequest && http.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = http.Request.PathBase + http.Request.Path + QueryString.Create(http.Request.Query.Append(new(InAddress, "1")));
        }
        return Task.CompletedTask;
    }
}
