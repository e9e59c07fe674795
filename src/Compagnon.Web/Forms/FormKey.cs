using System.Security.Cryptography;
using System.Text.Json;
using Compagnon.Web.Access;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace Compagnon.Web.Forms;

/// <summary>
/// What every form carries, hidden, so that sent twice it is done once. A page shows a new key at each visit, or the one in its
/// address (<see cref="KeyInAddressAttribute"/>), and keeps it while the form comes back to be corrected.
/// </summary>
public static class FormKey
{
    public const string Name = "Key";

    private const string InAddress = "cle";

    private const string Token = "__RequestVerificationToken";
    private static readonly object Kept = new();

    /// <summary>The key that the form on this page shows.</summary>
    public static Guid Of(HttpContext http) => http.Items[Kept] as Guid? ?? PostedIn(http.Request) ?? WrittenIn(http) ?? Guid.CreateVersion7();

    /// <summary>A form that waited until its sender signed in again is still the same.</summary>
    public static void Keep(HttpContext http, Guid? key) => http.Items[Kept] = key;

    public static Guid? PostedIn(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.HasFormContentType && Guid.TryParse(request.Form[Name], out var key) ? key : null;

    /// <summary>Where a visit without a key is led: null where the page needs none in its address (<see cref="KeyInAddressAttribute"/>), or has one.</summary>
    public static string? AddressWithKey(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) || !StandsInAddress(http) || WrittenIn(http) is not null ? null
        : http.Request.PathBase + http.Request.Path + QueryString.Create(http.Request.Query.Where(q => q.Key != InAddress).Append(new(InAddress, Guid.CreateVersion7().ToString())));

    /// <summary>The address that a form is shown at and sent to, whatever the page tells once.</summary>
    public static string AddressOf(HttpRequest request) => ToldOnce.Without(request.PathBase + request.Path + request.QueryString);

    /// <summary>
    /// Fingerprints of the post and of its form. Null: not a page's form, or without a key, or of nobody. Who has not signed in leaves none: what they do is to sign in, with
    /// what works once, and whoever sends that again needs the cookie, which no receipt could give. Files are in no fingerprint, so a form that brings one has none.
    /// </summary>
    public static (Guid Id, Guid FormId)? MarksOf(HttpContext http)
    {
        // the form is read last: it may be what cannot be read
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null || SignIns.Of(http)?.Actor is null || http.Items.ContainsKey(RefusedToken.Key)
            || IsShownInstead(http) || PostedIn(http.Request) is not { } key || BringsFiles(http.Request)) return null;
        return (MarkOf([.. FormOf(http, key), SaidIn(http.Request)]), MarkOf(FormOf(http, key)));
    }

    /// <summary>The id of what the post makes, ordered in time by its form; without a key, any.</summary>
    public static Guid RowOf(HttpContext http)
    {
        if (!StandsInAddress(http)) throw new InvalidOperationException($"{http.GetEndpoint()?.DisplayName} makes something new: it needs [KeyInAddress]");
        if (PostedIn(http.Request) is not { } key || BringsFiles(http.Request)) return Guid.CreateVersion7();
        var bytes = MarkOf([.. FormOf(http, key), SaidIn(http.Request), "row"]).ToByteArray(bigEndian: true);
        key.ToByteArray(bigEndian: true).AsSpan(0, 6).CopyTo(bytes);
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x70), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes, bigEndian: true);
    }

    private static bool StandsInAddress(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<KeyInAddressAttribute>() is not null;

    private static Guid? WrittenIn(HttpContext http) => StandsInAddress(http) && Guid.TryParse(http.Request.Query[InAddress], out var key) ? key : null;

    /// <summary>An error's page answers the same post: it needs no receipt, and asking for one may be what failed.</summary>
    private static bool IsShownInstead(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private static bool BringsFiles(HttpRequest request) => request.Form.Files.Count > 0;

    /// <summary>Another role, or another request of the same person, is another sender.</summary>
    private static object?[] FormOf(HttpContext http, Guid key) =>
        SignIns.Of(http) is var facts && facts?.Actor is { } actor ? [key, AddressOf(http.Request), actor.NetworkId, actor.PersonId, actor.MembershipId, facts.ReferralId] : [key, AddressOf(http.Request)];

    /// <summary>But for the framework's token, which is made anew for each page.</summary>
    private static object SaidIn(HttpRequest request) =>
        request.Form.Where(f => f.Key != Token).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new { f.Key, Values = f.Value.ToArray() });

    /// <summary>The key is a part, and is not kept beside it: nobody can try what else would give the same.</summary>
    private static Guid MarkOf(object?[] parts) => new(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)).AsSpan(0, 16));
}
