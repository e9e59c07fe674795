using System.Text.RegularExpressions;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>What in a text would give its writer away.</summary>
public enum Revealing { HealthNumber, Telephone, Email, WebAddress, FamilyName, Address }

/// <summary>What in a clinician's note belongs to the clinical file, which nobody of the programme reads.</summary>
public enum Clinical { Dose, Result, FileNumber }

/// <summary>
/// Looks over words that somebody else will read. Best effort, and the pages say so: it finds numbers, however they are spaced, addresses and the writer's own
/// family name, not "I am the baker's wife". The short numbers for help (911, 988, 811), doses and years pass. What a clinic writes to a coordinator may hold a
/// telephone number; a health insurance number names its holder wherever it stands.
/// </summary>
public static partial class Anonymity
{
    public static IReadOnlyList<Revealing> In(string text, IdentityFields? writer)
    {
        List<Revealing> found = [];
        if (HasHealthNumber(text)) found.Add(Revealing.HealthNumber);
        if (Telephone().IsMatch(text) || TenDigits().IsMatch(BetweenDigits().Replace(text, ""))) found.Add(Revealing.Telephone);
        if (Email().IsMatch(text) || SpokenEmail().IsMatch(text)) found.Add(Revealing.Email);
        else if (Web().IsMatch(text)) found.Add(Revealing.WebAddress);
        if (PostalCode().IsMatch(text) || Street().IsMatch(text)) found.Add(Revealing.Address);
        if (Says(text, writer?.FamilyName, writer?.GivenName)) found.Add(Revealing.FamilyName);
        return found;
    }

    /// <summary>Quebec's: three letters of the surname, one of the first name, the day of birth (a woman's month counts from 51), two digits.</summary>
    public static bool HasHealthNumber(string text) => HealthNumber().IsMatch(text);

    /// <summary>What looks like a dose, a result or the hospital's file number. A notice, never a refusal: « chimio depuis 3 semaines » and « 2 enfants » are neither.</summary>
    public static IReadOnlyList<Clinical> ClinicalIn(string text)
    {
        List<Clinical> found = [];
        if (Dose().IsMatch(text)) found.Add(Clinical.Dose);
        if (Result().IsMatch(text) || Measured().IsMatch(text)) found.Add(Clinical.Result);
        if (FileNumber().IsMatch(text)) found.Add(Clinical.FileNumber);
        return found;
    }

    /// <summary>The name that somebody gave the programme, if it can be proposed as what the other person calls them: two words may hold a surname, digits a number.</summary>
    public static string? OnlyGiven(string? given) => given?.Trim() is { } name && !name.Any(c => char.IsWhiteSpace(c) || char.IsDigit(c)) ? name : null;

    /// <summary>A family name of one or two letters, or one that is also the first name, can't be told from ordinary words.</summary>
    private static bool Says(string text, string? familyName, string? givenName)
    {
        var name = Folding.Fold(familyName);
        return name.Length > 2 && !string.Equals(name, Folding.Fold(givenName), StringComparison.Ordinal) && $" {Folding.Fold(text)} ".Contains($" {name} ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<!\d)(?:\(?\d{3}\)?[\s.\-\u2010\u2011]*)?\d{3}[\s.\-\u2010\u2011]?\d{4}(?!\d)", RegexOptions.None, 200)]
    private static partial Regex Telephone();

    /// <summary>Neither an area code nor an exchange begins with 0 or 1.</summary>
    [GeneratedRegex(@"(?<!\d)1?[2-9]\d{2}[2-9]\d{6}(?!\d)", RegexOptions.None, 200)]
    private static partial Regex TenDigits();

    [GeneratedRegex(@"(?<=\d)[\s.()/\-\u2010\u2011]{1,3}(?=\d)", RegexOptions.None, 200)]
    private static partial Regex BetweenDigits();

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+", RegexOptions.None, 200)]
    private static partial Regex Email();

    [GeneratedRegex(@"\barobase\b|\S\s*[\[(]\s*at\s*[\])]\s*\S|\b(?:gmail|hotmail|videotron)\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex SpokenEmail();

    [GeneratedRegex(@"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][\s\-]?\d[ABCEGHJ-NPRSTV-Z]\d\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"\b\d{1,5}[A-Z]?\s*,?\s+(?:(?:rue|avenue|boulevard|boul\.|chemin|rang|montée)\s+\S|(?:\S+\s+){1,2}(?:street|avenue|road|boulevard)\b)", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Street();

    /// <summary>Not « vers 2010-03-04 », a date, and not « juin 2010 1205 ».</summary>
    [GeneratedRegex(@"(?<![\p{L}\d])(?!(?:mars|juin|june|july|sept)\b)[A-Z]{4}[\s.\-]{0,2}(?!\d{4}-\d{2}-\d{2})\d{2}[\s.\-]?(?:[05][1-9]|[16][0-2])[\s.\-]?(?:0[1-9]|[12]\d|3[01])[\s.\-]?\d[\s.\-]?\d(?![\s.\-]?\d|\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex HealthNumber();

    [GeneratedRegex(@"(?<![\d.,])\d+(?:[.,]\d+)?\s?(?:mg|mcg|[µμ]g|ml|c?gy|ui|iu)(?![\p{L}\d]|\s?/)|\d\s?(?:mg|mcg|[µμ]g)\s?/\s?(?:m2|m²|kg|jour|day|j|d)(?!\p{L})|\bauc\s?[2-7]\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Dose();

    [GeneratedRegex(@"\d\s?(?:mmol|[µμu]mol|ng|mg|g|pg|u|ui|iu)\s?/\s?d?l\b|\d\s?[x×]\s?10\s?\^?\s?[96⁹⁶]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Measured();

    /// <summary>The name of what is measured, then its number.</summary>
    [GeneratedRegex(@"\b(?:hb|hgb|h[ée]moglobine?|plaquettes|platelets|neutro(?:philes|phils)?|leucocytes|wbc|anc|inr|ldh|psa|aps|cea|ca[\s\-]?(?:125|15[\s\-]3|19[\s\-]9)|cr[ée]atinine?|bilirubine?|hba1c|ki[\s\-]?67|ecog|gleason)\s{0,2}(?:(?:[:=<>≤≥~]|à|a|est|of|is|at|de|était|was)\s{0,2}){0,2}\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Result();

    /// <summary>Five digits or more: an extension has fewer, a telephone number has ten, the programme's own file number has letters.</summary>
    [GeneratedRegex(@"\b(?:dossier|mrn|chart|file)\s?(?:m[ée]dical|hospitalier|medical|hospital)?\s?(?:no|n[°º]|num[ée]ro|number)?\.?\s?[:#]?\s?[A-Z]{0,2}-?\d(?:[\s\-]?\d){4,8}(?![\s\-]?\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex FileNumber();

    [GeneratedRegex(@"https?://|www\.|\bfacebook\b|\binstagram\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Web();
}
