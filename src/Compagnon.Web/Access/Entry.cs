using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Compagnon.Web.Access;

/// <summary>Somebody between two steps of signing in: the password was right, the code has not come yet; or an account is being set up.</summary>
public sealed record Entry(Guid PersonId, bool MustEnrol, string? Return = null, IReadOnlyList<string>? Card = null);

/// <summary>Keeps an <see cref="Entry"/> in a protected cookie for as long as setting up a telephone takes.</summary>
public sealed class Entries(IDataProtectionProvider protection)
{
    private const string Name = "entree";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("entry").ToTimeLimitedDataProtector();

    public Entry? Find(HttpContext http) => Protected.Open(() => http.Request.Cookies[Name] is { } text ? JsonSerializer.Deserialize<Entry>(protector.Unprotect(text)) : null);

    public void Keep(HttpContext http, Entry entry) => http.Response.Cookies.Append(Name, protector.Protect(JsonSerializer.Serialize(entry), Lasts), Protected.Cookie(http));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Protected.Cookie(http));
}

internal static class Protected
{
    public static CookieOptions Cookie(HttpContext http) => new() { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/" };

    /// <summary>Null when it was not protected by us, is too old, or its keys are gone.</summary>
    public static T? Open<T>(Func<T?> open) where T : class
    {
        try
        {
            return open();
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
