using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Compagnon.App.Privacy;

namespace Compagnon.App.Access;

/// <summary>Makes what opens doors, and keeps only what recognises it.</summary>
public sealed class Secrets(KeyRing keys)
{
    // without 0, O, 1, I, L: read from paper
    private const string CardSigns = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>256 random bits for an address.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Enough for a secret of 256 bits: nobody can try them all.</summary>
    public static byte[] HashOfToken(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static string NewSixDigits() => RandomNumberGenerator.GetString("0123456789", 6);

    /// <summary>"7KQM-2XRD".</summary>
    public static string NewCardCode() => $"{RandomNumberGenerator.GetString(CardSigns, 4)}-{RandomNumberGenerator.GetString(CardSigns, 4)}";

    /// <summary>Short codes are hashed with a key outside the database: whoever has the database alone can't try them all.</summary>
    public byte[] HashOfCode(string purpose, Guid owner, string typed) => keys.IndexHash(Encoding.UTF8.GetBytes($"{purpose}|{owner:N}|{Plain(typed)}"));

    public static bool Same(byte[] a, byte[] b) => CryptographicOperations.FixedTimeEquals(a, b);

    private static string Plain(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
