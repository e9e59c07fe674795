using System.Text;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Compagnon.App.Access;

public enum PasswordFault { TooShort, TooLong, Common }

/// <summary>The password can't be taken: too short, too long, or one that many people choose.</summary>
public sealed record PasswordRefused(PasswordFault Fault) : Refusal;

/// <summary>Length instead of rules: fifteen signs, any; refused only where others would guess it first.</summary>
public static class Passwords
{
    public const int Shortest = 15;
    public const int Longest = 200;

    private static readonly HashSet<string> Common = Read();
    private static readonly string[] Rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn"];
    // PBKDF2-SHA512, as many rounds as OWASP asks
    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private static readonly Lazy<string> OfNobody = new(() => Hasher.HashPassword(null!, Guid.NewGuid().ToString()));

    /// <param name="password">As typed; spaces count.</param>
    /// <param name="own">What others know of its owner: names, address.</param>
    public static PasswordFault? Check(string password, params IEnumerable<string?> own)
    {
        if (password.EnumerateRunes().Count() < Shortest) return PasswordFault.TooShort;
        if (password.Length > Longest) return PasswordFault.TooLong;
        var folded = Letters(password);
        var letters = folded.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var left = own.OfType<string>().Select(Letters).Where(w => w.Length > 2).OrderByDescending(w => w.Length).Aggregate(folded, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return Common.Contains(folded) || Common.Contains(letters) || IsRepeated(folded) || IsRow(folded) || left.Length < 8 ? PasswordFault.Common : null;
    }

    private static string Letters(string text) => string.Concat(Duplicates.Fold(text).Where(char.IsLetterOrDigit));

    public static string HashOf(Account account, string password) => Hasher.HashPassword(account, password);

    /// <summary>Takes as long for an address without an account, or without a password, as for any other.</summary>
    public static bool Fits(Account? account, string password)
    {
        var fits = Hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? OfNobody.Value, password) is not PasswordVerificationResult.Failed;
        return fits && account?.PasswordHash is not null;
    }

    /// <summary>"motdepassemotdepasse", "aaaaaaaaaaaaaaa": one piece, of up to half the length, again and again.</summary>
    private static bool IsRepeated(string text) => Enumerable.Range(1, text.Length / 2).Any(n => text.Select((c, i) => c == text[i % n]).All(same => same) && (n < 5 || Common.Contains(text[..n])));

    /// <summary>A walk along the keyboard, the alphabet or the digits, forwards or back.</summary>
    private static bool IsRow(string text) => Rows.Any(row => (row + row).Contains(text, StringComparison.Ordinal) || (row + row).Contains(string.Concat(text.Reverse()), StringComparison.Ordinal));

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("Compagnon.App.Access.common-passwords.txt")!, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Duplicates.Fold)];
    }
}
