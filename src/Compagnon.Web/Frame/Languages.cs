using System.Globalization;
using Compagnon.Web.Forms;
using Compagnon.Web.Words;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using StringWithQualityHeaderValue = Microsoft.Net.Http.Headers.StringWithQualityHeaderValue;

namespace Compagnon.Web.Frame;

/// <summary>French or English: what the reader chose, else what their browser prefers, else French.</summary>
public static class Languages
{
    public const string CookieName = "langue";

    public static readonly IReadOnlyList<(string Code, string Name)> Names = [("fr", "Français"), ("en", "English")];

    /// <summary>The same page in the other language; on an error page, the page that was asked for.</summary>
    public static string Href(string code, HttpRequest request)
    {
        var asked = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var address = asked is null ? request.PathBase + request.Path + request.QueryString : asked.OriginalPathBase + asked.OriginalPath + asked.OriginalQueryString;
        return $"/langue/{code}?retour={Uri.EscapeDataString(address)}";
    }

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<ResourceManagerStringLocalizerFactory>();
        services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory, RoleTexts>());
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.DefaultRequestCulture = new RequestCulture("fr-CA");
            o.SupportedCultures = o.SupportedUICultures = [.. Names.Select(n => CultureInfo.GetCultureInfo(n.Code + "-CA"))];
            // the framework's own provider gives French to a browser that says en-US, because only en-CA is supported
            o.RequestCultureProviders = [new CustomRequestCultureProvider(c => Task.FromResult(Of(c.Request)))];
        });
    }

    public static void MapLanguages(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/langue/{code:regex(^(fr|en)$)}", [HttpMethods.Get, HttpMethods.Post], Choose).AllowAnonymous();

    /// <summary>An address inside this site, or "/": never one that leads to another site, or has a page say what nobody did.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.All(c => char.IsAscii(c) && !char.IsControl(c)) ? ToldOnce.Without(address) : "/";

    private static RedirectHttpResult Choose(string code, HttpContext context, [FromQuery(Name = "retour")] string? address)
    {
        context.Response.Cookies.Append(CookieName, code, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return TypedResults.LocalRedirect(Local(address));
    }

    private static ProviderCultureResult? Of(HttpRequest request)
    {
        // a leaflet is printed in the language of whoever takes it home, not of the clinician at the screen
        var asked = request.Path.StartsWithSegments("/depliant", StringComparison.Ordinal) ? Known(request.Query[CookieName]) : null;
        var code = asked ?? Known(request.Cookies[CookieName]) ?? Preferred(request);
        return code is null ? null : new ProviderCultureResult(code + "-CA");
    }

    private static string? Preferred(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var wanted)
            ? wanted.Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.Value)).FirstOrDefault(l => l is not null)
            : null;

    private static string? Known(string? language) =>
        Names.Select(n => n.Code).FirstOrDefault(c => language is not null && (language.Equals(c, StringComparison.OrdinalIgnoreCase) || language.StartsWith(c + "-", StringComparison.OrdinalIgnoreCase)));
}
