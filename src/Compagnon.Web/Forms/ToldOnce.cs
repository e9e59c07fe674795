using System.Security.Cryptography;
using System.Text;
using Compagnon.Web.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Compagnon.Web.Forms;

/// <summary>
/// What was done stands in the address that a form leads to, and the page there says it: once, and only to the browser that was led there. An address that somebody
/// typed, sent or loads again says nothing. Pages know nothing of it: for them the address has no such part.
/// </summary>
internal sealed class ToldOnce(RequestDelegate next, IDataProtectionProvider protection)
{
    private const string CookieName = "annonce";
    private static readonly string[] Keys = ["fait", "faits", "refus", GoneForm.InAddress];

    private readonly IDataProtector protector = protection.CreateProtector("told once");

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (Tells(request.Query))
        {
            var isTold = HttpMethods.IsGet(request.Method) && IsNoted(request);
            if (isTold) http.Response.Cookies.Delete(CookieName, Protected.Cookie(http));
            else request.QueryString = Without(request.Query);
        }
        http.Response.OnStarting(() => NoteAsync(http));
        return next(http);
    }

    /// <summary>The same address without what it would tell: for an address that comes from outside, or is asked for again.</summary>
    public static string Without(string address) => PartsOf(address) is var (path, query, fragment) && Tells(query) ? path + Without(query) + fragment : address;

    private static QueryString Without(IEnumerable<KeyValuePair<string, StringValues>> query) => QueryString.Create(query.Where(q => !IsKey(q.Key)));

    private static bool Tells(IEnumerable<KeyValuePair<string, StringValues>> query) => query.Any(q => IsKey(q.Key));

    private static bool IsKey(string name) => Keys.Contains(name, StringComparer.OrdinalIgnoreCase);

    private Task NoteAsync(HttpContext http)
    {
        if (http.Response.StatusCode is StatusCodes.Status302Found or StatusCodes.Status303SeeOther && SentOnce.Inside(http.Response.Headers.Location.ToString()) is { } address
            && PartsOf(address) is var (path, query, _) && Tells(query))
            http.Response.Cookies.Append(CookieName, protector.Protect(MarkOf(path, query)), Protected.Cookie(http));
        return Task.CompletedTask;
    }

    private bool IsNoted(HttpRequest request) => request.Cookies[CookieName] is { } cookie
        && Protected.Open(() => protector.Unprotect(cookie)) == MarkOf(request.PathBase + request.Path, request.Query);

    // an address may be longer than a cookie
    private static string MarkOf(string path, IEnumerable<KeyValuePair<string, StringValues>> query) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', query.Where(q => IsKey(q.Key)).Select(q => $"{q.Key}={q.Value}").Order(StringComparer.Ordinal).Prepend(Uri.UnescapeDataString(path))))));

    private static (string Path, Dictionary<string, StringValues> Query, string Fragment) PartsOf(string address)
    {
        var fragment = address.IndexOf('#', StringComparison.Ordinal) is var h and >= 0 ? address[h..] : "";
        var whole = address[..^fragment.Length];
        var q = whole.IndexOf('?', StringComparison.Ordinal);
        return q < 0 ? (whole, [], fragment) : (whole[..q], QueryHelpers.ParseQuery(whole[q..]), fragment);
    }
}
