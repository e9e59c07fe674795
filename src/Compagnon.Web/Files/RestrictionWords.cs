using Compagnon.App.Day;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Files;

internal static class RestrictionWords
{
    /// <summary>« Infirmière pivot · Hôpital du Littoral », and who serves instead.</summary>
    public static string Of(RestrictionLine x, IStringLocalizer<Texts> texts, EnumWords words)
    {
        string?[] named = [x.Person, x.Group is { } group ? texts["Restriction.Group", group].Value : null, x.Role is { } role ? words[role] : null, x.Function is { } function ? words[function] : null, x.Clinic, x.Facility];
        var text = string.Join(" · ", named.Where(n => n is not null));
        return x.Substitute is null ? text : texts["Restriction.Except", text, x.Substitute];
    }
}
