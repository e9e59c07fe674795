using Compagnon.App.Access;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace Compagnon.Web.Access;

/// <summary>What the server needs for signing in: services, middleware in their place, and the addresses that are no pages.</summary>
public static class AccessPipeline
{
    public static IServiceCollection AddAccess(this IServiceCollection services, bool secureOnly)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureAll<CookieAuthenticationOptions>(o =>
        {
            o.LoginPath = "/entrer";
            o.AccessDeniedPath = "/refuse";
            o.ReturnUrlParameter = "retour";
            o.SlidingExpiration = false;
            Harden(o.Cookie, secureOnly);
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, o =>
        {
            o.Cookie.Name = "seance";
            o.EventsType = typeof(SessionCheck);
        });
        services.AddScoped<SessionCheck>().AddScoped<SignIns>().AddScoped<Who>().AddScoped<CodeAgain>().AddScoped<HeldPosts>().AddSingleton<Entries>();
        services.AddDataProtection().SetApplicationName("Compagnon");
        // it warns that nothing encrypts the keys: the repository does
        services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddSingleton<ProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((o, keys) => o.XmlRepository = keys);
        Limits.AddTo(services);
        // deny by default: a public page says [AllowAnonymous]
        Policies.AddTo(services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        return services;
    }

    /// <summary>After routing.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<FrameFiller>();
    }

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        // being asked is the sign of life: the check of the cookie has noted it
        routes.MapGet("/rester", () => Results.NoContent()).RequireAuthorization(Policies.SignedIn);
        routes.MapDemo();
    }

    public static void Harden(CookieBuilder cookie, bool secureOnly)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = secureOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
