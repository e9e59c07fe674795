using System.Reflection;
using System.Text.Json;
using Compagnon.App.Access;
using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;

namespace Compagnon.Web.Access;

/// <summary>Never kept, even protected: a page on which secrets are typed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotHeldAttribute : Attribute;

/// <summary>
/// What was typed into a form whose session had ended is kept for an hour and shown again once the same person has signed in on this browser. It is never sent by
/// itself. Another person who signs in here sees nothing of it.
/// </summary>
public sealed class HeldPosts(HeldForms forms, IDataProtectionProvider protection)
{
    private const string OwnerCookie = "derniere";
    private const string FormCookie = "gardee";
    /// <summary>Old by the time the form is sent anew.</summary>
    private const string OneTimeCode = "Input.Code";
    private const long Largest = 256 * 1024;
    private readonly IDataProtector owners = protection.CreateProtector("owner");
    private readonly IDataProtector contents = protection.CreateProtector("held");

    private sealed record Held(Guid Owner, Guid? Key, Dictionary<string, string?[]> Fields);

    /// <summary>Remembers who uses this browser, for as long as the browser is open; says nothing about them.</summary>
    public void Owner(HttpContext http, Guid personId) => http.Response.Cookies.Append(OwnerCookie, owners.Protect(personId.ToString()), Protected.Cookie(http));

    public static void ForgetOwner(HttpContext http) => http.Response.Cookies.Delete(OwnerCookie, Protected.Cookie(http));

    /// <summary>Called when a post was turned away because nobody is signed in any more.</summary>
    public async Task HoldAsync(HttpContext http)
    {
        var request = http.Request;
        var page = http.GetEndpoint()?.Metadata;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || request.ContentLength is null or > Largest) return;
        if (page?.GetMetadata<ComponentTypeMetadata>() is null || page.GetMetadata<NotHeldAttribute>() is not null) return;
        if (Protected.Open(() => request.Cookies[OwnerCookie] is { } c ? owners.Unprotect(c) : null) is not { } owner) return;
        var form = await request.ReadFormAsync(http.RequestAborted);
        var fields = form.Where(f => f.Key.StartsWith("Input.", StringComparison.Ordinal) && f.Key != OneTimeCode).ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);
        if (fields.Count == 0) return;
        var content = contents.Protect(JsonSerializer.SerializeToUtf8Bytes(new Held(Guid.Parse(owner), FormKey.PostedIn(request), fields)));
        var id = await forms.HoldAsync(FormKey.AddressOf(request), content, http.RequestAborted);
        var cookie = Protected.Cookie(http);
        cookie.MaxAge = HeldForms.Lasts;
        http.Response.Cookies.Append(FormCookie, id.ToString(), cookie);
    }

    /// <summary>Whether something typed on this browser within the hour waits for its writer, who has not said yet who they are.</summary>
    public static bool IsWaiting(HttpContext http) => Guid.TryParse(http.Request.Cookies[FormCookie], out _);

    /// <summary>Where the form that waits for this person stands; null when none does.</summary>
    public async Task<string?> WaitingAsync(HttpContext http, Guid personId) => await FindAsync(http, personId) is { } held ? held.Path : null;

    /// <summary>Fills in what was typed, if it was typed here and by whoever is signed in.</summary>
    public async Task<bool> FillAsync(HttpContext http, object input)
    {
        if (SignIns.Of(http) is not { } facts || await FindAsync(http, facts.PersonId) is not { } held || held.Path != FormKey.AddressOf(http.Request)) return false;
        FormKey.Keep(http, held.Key);
        foreach (var (name, values) in held.Fields) Put(input, name["Input.".Length..].Split('.'), values);
        return true;
    }

    /// <summary>The page was sent anew: what was kept has served.</summary>
    public async Task ForgetAsync(HttpContext http)
    {
        if (!Guid.TryParse(http.Request.Cookies[FormCookie], out var id)) return;
        await forms.ForgetAsync(id, http.RequestAborted);
        http.Response.Cookies.Delete(FormCookie, Protected.Cookie(http));
    }

    private async Task<(string Path, Guid? Key, Dictionary<string, string?[]> Fields)?> FindAsync(HttpContext http, Guid personId)
    {
        if (!Guid.TryParse(http.Request.Cookies[FormCookie], out var id) || await forms.FindAsync(id, http.RequestAborted) is not { } form) return null;
        var held = Protected.Open(() => JsonSerializer.Deserialize<Held>(contents.Unprotect(form.Content)));
        return held is not null && held.Owner == personId ? (form.Path, held.Key, held.Fields) : null;
    }

    private static void Put(object input, string[] name, string?[] values)
    {
        if (input.GetType().GetProperty(name[0], BindingFlags.Public | BindingFlags.Instance) is not { } property) return;
        if (property.PropertyType == typeof(string)) property.SetValue(input, values.FirstOrDefault());
        else if (property.PropertyType == typeof(List<string>)) property.SetValue(input, values.OfType<string>().ToList());
        else if (property.PropertyType == typeof(DateText) && name.Length == 2 && property.GetValue(input) is { } date) Put(date, name[1..], values);
    }
}
