using System.Globalization;
using System.Text.RegularExpressions;

namespace Compagnon.Web.Words;

/// <summary>
/// Pages are written with the inclusive words, « personne accompagnatrice » and « coordination ». A programme that chose other words reads the same sentences, inflected:
/// gender, plural, elision and the article before. So a text must not let a pronoun or an adjective further away agree with these words.
/// </summary>
public sealed partial record RoleWords(string Companion, string Coordinator)
{
    private static readonly AsyncLocal<RoleWords?> Ambient = new();

    private static readonly Dictionary<string, Noun> Companions = new(StringComparer.Ordinal)
    {
        ["patiente"] = new("patiente accompagnatrice", "patientes accompagnatrices", IsFeminine: true),
        ["patient"] = new("patient accompagnateur", "patients accompagnateurs", IsFeminine: false),
        ["usagere"] = new("usagère-ressource accompagnatrice", "usagères-ressources accompagnatrices", IsFeminine: true, "accompanying resource user"),
        ["usager"] = new("usager-ressource accompagnateur", "usagers-ressources accompagnateurs", IsFeminine: false, "accompanying resource user"),
        ["pair"] = new("pair accompagnateur", "pairs accompagnateurs", IsFeminine: false, "accompanying peer"),
    };

    private static readonly Dictionary<string, Noun> Coordinators = new(StringComparer.Ordinal)
    {
        ["coordonnatrice"] = new("coordonnatrice", "coordonnatrices", IsFeminine: true),
        ["coordonnateur"] = new("coordonnateur", "coordonnateurs", IsFeminine: false),
        ["responsable"] = new("responsable du programme", "responsables du programme", IsFeminine: true, "programme lead"),
    };

    /// <summary>What stands before a feminine noun, and before a masculine one.</summary>
    private static readonly Dictionary<string, string> Masculine = new(StringComparer.Ordinal)
    {
        ["une"] = "un", ["la"] = "le", ["de la"] = "du", ["à la"] = "au", ["cette"] = "ce", ["aucune"] = "aucun", ["seule la"] = "seul le", ["toutes les"] = "tous les", ["chaque"] = "chaque", ["de"] = "de",
    };

    /// <summary>The same before a vowel; what does not change is not here.</summary>
    private static readonly Dictionary<string, string> Elided = new(StringComparer.Ordinal)
    {
        ["la"] = "l’", ["le"] = "l’", ["de la"] = "de l’", ["du"] = "de l’", ["à la"] = "à l’", ["au"] = "à l’", ["ce"] = "cet", ["seule la"] = "seule l’", ["seul le"] = "seul l’", ["de"] = "d’",
    };

    /// <summary>The words of the facility whose pages are shown; set once a request, before the first text.</summary>
    public static RoleWords? Here
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public static string Say(string text) => Here is { } words ? words.In(text, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) : text;

    /// <summary>The sentence in this programme's words.</summary>
    public string In(string text, string language)
    {
        if (Companions.TryGetValue(Companion, out var companion)) text = OfCompanion(language).Replace(text, m => companion.InPlaceOf(m, language));
        if (Coordinators.TryGetValue(Coordinator, out var coordinator)) text = OfCoordinator(language).Replace(text, m => coordinator.InPlaceOf(m, language));
        return text;
    }

    private static Regex OfCompanion(string language) => language == "en" ? EnglishCompanion() : FrenchCompanion();
    private static Regex OfCoordinator(string language) => language == "en" ? EnglishCoordinator() : FrenchCoordinator();

    private const string Before = @"(?:(?<before>\b(?:[Uu]ne|[Dd]e la|[Àà] la|[Ss]eule la|[Ll]a|[Cc]ette|[Aa]ucune|[Tt]outes les|[Cc]haque|[Dd]e)) )?";

    [GeneratedRegex(Before + "(?<noun>[Pp]ersonne)(?<many>s?) accompagnatrices?", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex FrenchCompanion();

    [GeneratedRegex(Before + @"(?<noun>[Cc]oordination)(?<many>)\b(?: du programme)?", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex FrenchCoordinator();

    [GeneratedRegex("(?<before>)(?<noun>[Aa]ccompanying patient)(?<many>s?)", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex EnglishCompanion();

    [GeneratedRegex(@"(?<before>)(?:programme’s )?(?<noun>\b[Cc]oordinator)(?<many>s?)\b", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex EnglishCoordinator();

    /// <summary>One set: the French noun with its plural and gender, and the English one where it differs from the usual.</summary>
    private sealed record Noun(string One, string Many, bool IsFeminine, string? English = null)
    {
        public string InPlaceOf(Match found, string language)
        {
            var many = found.Groups["many"].Length > 0;
            var noun = found.Groups["noun"].Value;
            if (language == "en") return English is null ? found.Value : Cased(English, noun) + (many ? "s" : "");
            var word = many ? Many : One;
            var before = found.Groups["before"].Value;
            if (before.Length == 0) return Cased(word, noun);
            var article = ArticleFor(before.ToLower(CultureInfo.CurrentCulture), word);
            return Cased(article, before) + (article[^1] == '’' ? "" : " ") + word;
        }

        private string ArticleFor(string before, string word)
        {
            var article = IsFeminine ? before : Masculine[before];
            return word[0] == 'u' && Elided.TryGetValue(article, out var elided) ? elided : article;
        }

        private static string Cased(string word, string like) => char.IsUpper(like[0]) ? char.ToUpper(word[0], CultureInfo.CurrentCulture) + word[1..] : word;
    }
}
