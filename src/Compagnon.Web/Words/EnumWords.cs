using System.Globalization;
using System.Resources;
using Compagnon.Web.Components;

namespace Compagnon.Web.Words;

/// <summary>
/// The one place where a member of an enum becomes words: <c>W[CancerSite.Breast]</c> reads the key "CancerSite.Breast" of Words.resx (French)
/// or Words.en.resx. A variant has its own key: <c>W[CancerSite.Breast, "Short"]</c> reads "CancerSite.Breast.Short".
/// </summary>
public sealed class EnumWords
{
    private static readonly ResourceManager Words = new("Compagnon.Web.Words.Words", typeof(EnumWords).Assembly);

    /// <summary>The words, or the key itself where they are missing.</summary>
    public string this[Enum value, string? variant = null] => RoleWords.Say(In(CultureInfo.CurrentUICulture, value, variant));

    public string In(CultureInfo language, Enum value, string? variant = null)
    {
        var key = variant is null ? $"{value.GetType().Name}.{value}" : $"{value.GetType().Name}.{value}.{variant}";
        return Words.GetString(key, language) ?? key;
    }

    /// <summary>Whether both languages have words of their own for this member.</summary>
    public static bool Knows(Enum value) =>
        new[] { CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en") }
            .All(c => Words.GetResourceSet(c, createIfNotExists: true, tryParents: false)?.GetString($"{value.GetType().Name}.{value}") is not null);

    /// <summary>Choices for a field: the given members, or all of them. A key "Enum.Member.Hint" becomes the hint under a choice.</summary>
    public IReadOnlyList<Option> Options<T>(params IReadOnlyList<T> members)
        where T : struct, Enum =>
        [.. (members.Count > 0 ? members : Enum.GetValues<T>()).Select(m => new Option(m.ToString(), this[m], HintOf(m)))];

    /// <summary>A spoken language by its ISO code: « Français ». Another code is shown as it is.</summary>
    public string Language(string code) => Words.GetString($"Language.{code}", CultureInfo.CurrentUICulture) ?? code;

    /// <summary>The languages people can say they talk in.</summary>
    public IReadOnlyList<Option> LanguageOptions() => [.. Domain.Programme.Languages.Offered.Select(code => new Option(code, Language(code)))];

    private static string? HintOf(Enum value) => Words.GetString($"{value.GetType().Name}.{value}.Hint", CultureInfo.CurrentUICulture) is { } hint ? RoleWords.Say(hint) : null;
}
