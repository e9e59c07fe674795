using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Compagnon.Web.Forms;

/// <summary>
/// A page left open for long, or a sign-in in another tab, makes a form's token stale. Instead of an empty error the page is shown again
/// with what was typed and a new token. This is safe only because <see cref="FormPage{TInput}"/>, through which every form passes, refuses to act.
/// </summary>
public sealed class RefusedToken : IAntiforgeryValidationFeature
{
    public static readonly object Key = new();

    public bool IsValid => true;

    public Exception? Error => null;
}

public static class RefusedTokens
{
    public static void UseRefusedTokens(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            context.Items[RefusedToken.Key] = true;
            context.Features.Set<IAntiforgeryValidationFeature>(new RefusedToken());
        }
        return next(context);
    });
}
