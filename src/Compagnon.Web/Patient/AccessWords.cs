using Compagnon.App.Space;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Patient;

/// <summary>Whom a restriction names, as its owner reads it.</summary>
public static class AccessWords
{
    public static string NameOf(MyRestriction r, IStringLocalizer<Texts> t, EnumWords words) => r switch
    {
        { Person: { } name } => name,
        { Function: { } function, Clinic: null, Group: null } => t["Access.Function", words[function]],
        { IsClinic: true } => t["Access.Clinic"],
        _ => string.Join(", ", new[] { r.Group is { } group ? t["Access.Group", group].Value : null, r.Function is { } f ? words[f] : r.Role is { } role ? words[role] : null, r.Clinic, r.Facility }.OfType<string>()),
    };
}
