using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compagnon.Domain.Privacy;

namespace Compagnon.App.Privacy;

/// <summary>
/// Encrypts and decrypts what identifies a person, under that person's own key. Every value is bound to its person and purpose: moved elsewhere it does not open.
/// Opening is for <see cref="Files"/> and the outbox alone; a test looks.
/// </summary>
public sealed class Vault(KeyRing keys)
{
    /// <summary>A new person with a fresh key of their own.</summary>
    /// <param name="key">The form's key, where the person is what the form makes.</param>
    public Person NewPerson(int networkId, PersonKind kind, Guid? facilityId, string language, Guid? key = null)
    {
        var id = key ?? Guid.CreateVersion7();
        return new Person
        {
            NetworkId = networkId, Id = id, Kind = kind, FacilityId = facilityId, Language = language,
            WrappedKey = keys.Wrap(RandomNumberGenerator.GetBytes(32), Bound("key", id)),
        };
    }

    public byte[]? Seal(Person person, string purpose, string? text) =>
        string.IsNullOrEmpty(text) ? null : Cipher.Seal(KeyOf(person), Encoding.UTF8.GetBytes(text), Bound(purpose, person.Id));

    /// <summary>Null for an erased person: nothing opens any more.</summary>
    public string? Open(Person person, string purpose, byte[]? box) =>
        box is null || person.ErasedAt is not null ? null : Encoding.UTF8.GetString(Cipher.Open(KeyOf(person), box, Bound(purpose, person.Id)));

    public Identity Seal(Person person, IdentityFields fields)
    {
        var identity = new Identity { NetworkId = person.NetworkId, Id = person.Id };
        Reseal(person, identity, fields);
        return identity;
    }

    public void Reseal(Person person, Identity identity, IdentityFields fields)
    {
        identity.GivenName = Seal(person, "given-name", fields.GivenName);
        identity.FamilyName = Seal(person, "family-name", fields.FamilyName);
        identity.Telephone = Seal(person, "telephone", fields.Telephone);
        identity.Email = Seal(person, "email", fields.Email);
        identity.BirthDate = Seal(person, "birth-date", fields.BirthDate?.ToString("O", CultureInfo.InvariantCulture));
        identity.Notes = Seal(person, "notes", fields.Notes);
    }

    public IdentityFields Open(Person person, Identity identity) => new()
    {
        GivenName = Open(person, "given-name", identity.GivenName),
        FamilyName = Open(person, "family-name", identity.FamilyName),
        Telephone = Open(person, "telephone", identity.Telephone),
        Email = Open(person, "email", identity.Email),
        BirthDate = Open(person, "birth-date", identity.BirthDate) is { } date ? DateOnly.ParseExact(date, "O", CultureInfo.InvariantCulture) : null,
        Notes = Open(person, "notes", identity.Notes),
    };

    public string? OpenGivenName(Person person, Identity identity) => Open(person, "given-name", identity.GivenName);

    public string? OpenFamilyName(Person person, Identity identity) => Open(person, "family-name", identity.FamilyName);

    /// <summary>Is this the key ring under which the person was written?</summary>
    internal bool Fits(Person person)
    {
        try
        {
            return KeyOf(person).Length == 32;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private byte[] KeyOf(Person person) => keys.Unwrap(person.WrappedKey, Bound("key", person.Id));

    private static byte[] Bound(string purpose, Guid personId) => Encoding.UTF8.GetBytes($"{purpose}:{personId:N}");
}
