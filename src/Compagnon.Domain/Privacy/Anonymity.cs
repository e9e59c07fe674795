using System.Text.RegularExpressions;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>What in a text would give its writer away.</summary>
public enum Revealing { Telephone, Email, WebAddress, FamilyName, Address }

/// <summary>
/// Looks over words that the other person will read. Best effort, and the pages say so: it finds numbers, however they are spaced, addresses and the writer's own
/// family name, not "I am the baker's wife". The short numbers for help (911, 988, 811), doses and years pass.
/// </summary>
public static partial class Anonymity
{
    public static IReadOnlyList<Revealing> In(string text, IdentityFields? writer)
    {
        List<Revealing> found = [];
        if (Telephone().IsMatch(text) || TenDigits().IsMatch(BetweenDigits().Replace(text, ""))) found.Add(Revealing.Telephone);
        if (Email().IsMatch(text) || SpokenEmail().IsMatch(text)) found.Add(Revealing.Email);
        else if (Web().IsMatch(text)) found.Add(Revealing.WebAddress);
        if (PostalCode().IsMatch(text) || Street().IsMatch(text)) found.Add(Revealing.Address);
        if (Says(text, writer?.FamilyName, writer?.GivenName)) found.Add(Revealing.FamilyName);
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

    [GeneratedRegex(@"https?://|www\.|\bfacebook\b|\binstagram\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Web();
}
