namespace Compagnon.Interop.Fhir;

/// <summary>BCP 47 tags, three-letter codes and names of languages, to ISO 639-1.</summary>
internal static class LanguageCodes
{
    private static readonly (string Code, string[] Others)[] known =
    [
        ("fr", ["fra", "fre", "french", "francais"]), ("en", ["eng", "english", "anglais"]), ("es", ["spa", "spanish", "espagnol", "espanol"]), ("ar", ["ara", "arabic", "arabe"]),
        ("it", ["ita", "italian", "italien", "italiano"]), ("ht", ["hat", "haitian", "creole haitien", "haitian creole", "creole"]), ("zh", ["zho", "chi", "cmn", "yue", "chinese", "chinois", "mandarin", "cantonese", "cantonais"]),
        ("pt", ["por", "portuguese", "portugais"]), ("el", ["ell", "gre", "greek", "grec"]), ("vi", ["vie", "vietnamese", "vietnamien"]), ("ru", ["rus", "russian", "russe"]), ("fa", ["fas", "per", "persian", "persan", "farsi"]),
        ("pa", ["pan", "punjabi", "pendjabi"]), ("ro", ["ron", "rum", "romanian", "roumain"]), ("pl", ["pol", "polish", "polonais"]), ("cr", ["cre", "cree", "cri"]), ("iu", ["iku", "inuktitut"]),
        ("de", ["deu", "ger", "german", "allemand"]), ("hi", ["hin", "hindi"]), ("ko", ["kor", "korean", "coreen"]), ("ja", ["jpn", "japanese", "japonais"]), ("tl", ["tgl", "fil", "tagalog", "filipino"]),
    ];

    public static string? Find(Concept language) =>
        language.Codings.Select(c => c.Code).OfType<string>().Select(ByTag).FirstOrDefault(l => l is not null)
        ?? language.Words.Select(ByName).FirstOrDefault(l => l is not null);

    private static string? ByTag(string tag)
    {
        var first = tag.Split('-', '_')[0].Trim().ToLowerInvariant();
        if (first.Length is not (2 or 3) || !first.All(char.IsAsciiLetterLower)) return null;
        if (first is "und" or "mul" or "zxx") return null;
        if (first.Length == 2) return first;
        return Array.Find(known, k => k.Others.Contains(first, StringComparer.Ordinal)).Code ?? first;
    }

    private static string? ByName(string name)
    {
        var folded = Words.Fold(name).Trim();
        return Array.Find(known, k => k.Others.Contains(folded, StringComparer.Ordinal) || (folded.Split(' ')[0] is { Length: > 3 } first && k.Others.Contains(first, StringComparer.Ordinal))).Code;
    }
}
