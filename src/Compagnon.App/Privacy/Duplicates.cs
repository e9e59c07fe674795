using System.Globalization;
using System.Text;
using Compagnon.Domain.Privacy;

namespace Compagnon.App.Privacy;

/// <summary>Keyed hashes by which one person entered twice at a facility is noticed without anyone being read.</summary>
public sealed class Duplicates(KeyRing keys)
{
    public IEnumerable<IdentityIndex> IndexOf(Person person, IdentityFields fields)
    {
        foreach (var (kind, value) in ValuesOf(fields))
            yield return new IdentityIndex { NetworkId = person.NetworkId, PersonId = person.Id, Kind = kind, Hash = Hash(kind, person.FacilityId, value) };
    }

    public byte[] Hash(IndexKind kind, Guid? facilityId, string value) => keys.IndexHash(Encoding.UTF8.GetBytes($"{facilityId:N}|{kind}|{Plain(kind, value)}"));

    /// <summary>Both must agree for a patient: a telephone may be a household's.</summary>
    private static IEnumerable<(IndexKind Kind, string Value)> ValuesOf(IdentityFields fields)
    {
        if (fields.Telephone is { Length: > 0 } telephone) yield return (IndexKind.Telephone, telephone);
        if (fields.Email is { Length: > 0 } email) yield return (IndexKind.Email, email);
        var name = $"{fields.GivenName} {fields.FamilyName}".Trim();
        if (name.Length > 0) yield return (IndexKind.Name, name);
    }

    /// <summary>anne-marie@ and annemarie@ are two addresses: an e-mail is only lowered.</summary>
    private static string Plain(IndexKind kind, string value) => kind is IndexKind.Email ? value.Trim().ToLowerInvariant() : Fold(value);

    /// <summary>Without accents, case and anything but letters and digits: "Anne-Marie  Côté" is "annemariecote".</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && (char.IsLetterOrDigit(c) || c is '@' or '.'))
                folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}
