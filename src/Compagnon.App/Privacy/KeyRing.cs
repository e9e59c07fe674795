using System.Security.Cryptography;
using System.Text.Json;

namespace Compagnon.App.Privacy;

/// <summary>
/// The keys outside the database: without this file the database says nothing about anyone. Held in a file that only the program's user may read.
/// The newest key wraps; older ones only unwrap, until everything has been wrapped anew.
/// </summary>
public sealed class KeyRing
{
    private readonly Dictionary<string, byte[]> wrapping;
    private readonly byte[] indexKey;
    private readonly byte[] auditKey;

    private KeyRing(Stored stored)
    {
        Current = stored.Current;
        wrapping = stored.Wrapping.ToDictionary(k => k.Key, k => Convert.FromBase64String(k.Value), StringComparer.Ordinal);
        indexKey = Convert.FromBase64String(stored.Index);
        auditKey = Convert.FromBase64String(stored.Audit);
        if (!wrapping.ContainsKey(Current) || wrapping.Values.Any(k => k.Length != 32) || indexKey.Length != 32 || auditKey.Length != 32)
            throw new InvalidDataException("A key is missing or is not 32 bytes long.");
    }

    public string Current { get; }

    /// <summary>Reads the file, or writes a new one when <paramref name="create"/> and none is there.</summary>
    /// <exception cref="KeyFileMissing">No file, and none may be made: a database without its keys must not start.</exception>
    /// <exception cref="InvalidDataException">The file is there but is no key ring.</exception>
    public static KeyRing Open(string path, bool create)
    {
        if (!File.Exists(path))
        {
            if (!create) throw new KeyFileMissing(path);
            Write(path, Fresh());
        }
        try
        {
            return new KeyRing(JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path)) ?? throw new InvalidDataException("Empty."));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InvalidDataException($"{path} is not a key file.", e);
        }
    }

    /// <summary>Keys that live only as long as the process: for tests.</summary>
    public static KeyRing InMemory() => new(Fresh());

    /// <summary>Adds a new wrapping key; data keys are wrapped anew as they are next written.</summary>
    public static void Rotate(string path)
    {
        var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path))!;
        var name = $"k{stored.Wrapping.Count + 1}";
        Write(path, stored with { Current = name, Wrapping = new(stored.Wrapping, StringComparer.Ordinal) { [name] = Random() } });
    }

    /// <summary>Wraps under the current key. Shape: length of the key's name, name, nonce (12), tag (16), ciphertext.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> boundTo)
    {
        var name = System.Text.Encoding.ASCII.GetBytes(Current);
        return [(byte)name.Length, .. name, .. Cipher.Seal(wrapping[Current], secret, boundTo)];
    }

    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> boundTo)
    {
        var name = System.Text.Encoding.ASCII.GetString(wrapped.Slice(1, wrapped[0]));
        return wrapping.TryGetValue(name, out var key)
            ? Cipher.Open(key, wrapped[(1 + wrapped[0])..], boundTo)
            : throw new CryptographicException($"Wrapped under {name}, which this key file does not have.");
    }

    public byte[] IndexHash(ReadOnlySpan<byte> value) => HMACSHA256.HashData(indexKey, value);
    public byte[] AuditSeal(ReadOnlySpan<byte> value) => HMACSHA256.HashData(auditKey, value);

    private static Stored Fresh() => new("k1", new(StringComparer.Ordinal) { ["k1"] = Random() }, Random(), Random());
    private static string Random() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static void Write(string path, Stored stored)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var beside = path + ".new";
        using (var file = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(file, stored);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    private sealed record Stored(string Current, Dictionary<string, string> Wrapping, string Index, string Audit);
}

/// <summary>The database has people in it, but the file with their keys is not there.</summary>
public sealed class KeyFileMissing(string path) : Exception($"The key file {path} is missing.")
{
    public string Path { get; } = path;
}

/// <summary>AES-256-GCM. Shape: nonce (12), tag (16), ciphertext. What it is bound to must be given again to open it.</summary>
public static class Cipher
{
    private const int Nonce = 12;
    private const int Tag = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> boundTo)
    {
        var box = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(box.AsSpan(0, Nonce), plain, box.AsSpan(Nonce + Tag), box.AsSpan(Nonce, Tag), boundTo);
        return box;
    }

    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> boundTo)
    {
        var plain = new byte[box.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(box[..Nonce], box[(Nonce + Tag)..], box.Slice(Nonce, Tag), plain, boundTo);
        return plain;
    }
}
