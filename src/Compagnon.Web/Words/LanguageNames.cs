using System.Globalization;
using System.Resources;
using Compagnon.Web.Components;
using Known = Compagnon.Domain.Programme.Languages;

namespace Compagnon.Web.Words;

/// <summary>Names of the languages people can talk in, without a capital, in the reader's language: « espagnol », "Spanish".</summary>
public static class LanguageNames
{
    private static readonly ResourceManager Words = new("Compagnon.Web.Words.Words", typeof(LanguageNames).Assembly);

    /// <summary>The name, or the code itself where none is known.</summary>
    public static string Of(string code)
    {
        var name = Words.GetString($"Language.{code}", CultureInfo.CurrentUICulture) ?? code;
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? CardWords.Lower(name) : name;
    }

    public static IReadOnlyList<Option> Options => [.. Known.Offered.Select(c => new Option(c, Formats.Capital(Of(c))))];
}
