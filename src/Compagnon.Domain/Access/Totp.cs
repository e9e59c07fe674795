using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Compagnon.Domain.Access;

/// <summary>Codes that change every 30 seconds (RFC 6238, SHA-1, six digits: what authenticator applications expect).</summary>
public static class Totp
{
    private const int Digits = 6;
    private const int Seconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepOf(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalSeconds / Seconds;

    /// <summary>The step this code belongs to, one step before or after now included, but only above the last one used: a code works once. Null when none fits.</summary>
    public static long? Match(ReadOnlySpan<byte> key, string typed, DateTime now, long lastStep)
    {
        var code = string.Concat(typed.Where(char.IsAsciiDigit));
        if (code.Length != Digits) return null;
        long? found = null;
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
            // all three are compared, each in fixed time
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), Encoding.ASCII.GetBytes(code)) && step > lastStep) found ??= step;
        return found;
    }

    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, message, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The key as people type it, without padding: 20 bytes are 32 signs.</summary>
    public static string ToText(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var b in key)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What the QR code says to an authenticator application.</summary>
    public static string Address(ReadOnlySpan<byte> key, string owner) =>
        $"otpauth://totp/Compagnon:{Uri.EscapeDataString(owner)}?secret={ToText(key)}&issuer=Compagnon&digits={Digits}&period={Seconds}";
}
