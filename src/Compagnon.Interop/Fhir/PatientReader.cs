using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

internal static class PatientReader
{
    private static readonly HashSet<string> genders = ["male", "female", "other", "unknown"];
    private static readonly HashSet<string> telecomSystems = ["phone", "fax", "email", "pager", "url", "sms", "other"];
    private static readonly HashSet<string> telecomUses = ["home", "work", "temp", "old", "mobile"];
    private static readonly HashSet<string> nameUses = ["usual", "official", "temp", "nickname", "anonymous", "old", "maiden"];
    private static readonly HashSet<string> addressUses = ["home", "work", "temp", "old", "billing"];
    private static readonly HashSet<string> identifierUses = ["usual", "official", "temp", "secondary", "old"];
    private static readonly HashSet<string> linkTypes = ["replaced-by", "replaces", "refer", "seealso"];
    /// <summary>HL7 v2 table 0203: social insurance, driver's licence, passport, tax number. Not ours to know.</summary>
    private static readonly HashSet<string> officialPapers = ["SS", "SB", "DL", "PPN", "TAX"];

    public static PatientRecord Read(Element patient, Address address, DateTimeOffset? updated, DateOnly today)
    {
        var (given, family) = Name(patient, today);
        return new(address, updated)
        {
            Identifiers = [.. patient.Children("identifier").Select(Identifier).OfType<string>()],
            Given = given,
            Family = family,
            Telephone = Telephone(patient, today),
            Language = Language(patient),
            Gender = patient.Code("gender", genders) switch { "female" => Gender.Woman, "male" => Gender.Man, "other" => Gender.Other, _ => null },
            BirthDate = patient.Date("birthDate"),
            Municipality = Municipality(patient, today),
            IsDeceased = IsDeceased(patient),
            ReplacedBy = ReplacedBy(patient, address),
        };
    }

    private static bool IsDeceased(Element patient)
    {
        // both are read whatever the other says, so that a broken one is never passed over
        var flag = patient.Flag("deceasedBoolean");
        var day = patient.Date("deceasedDateTime");
        return flag is true || day is not null || (flag is null && patient.Has("_deceasedDateTime"));
    }

    private static string? Identifier(Element identifier)
    {
        var type = Concept.Of(identifier.Child("type"));
        var system = identifier.Text("system");
        var value = identifier.Text("value");
        if (identifier.Code("use", identifierUses) is "old") return null;
        if (type.Codings.Any(c => c.Code is not null && officialPapers.Contains(c.Code)) || system is "http://hl7.org/fhir/sid/us-ssn") return null;
        return Reference.Key(system, value);
    }

    private static (string? Given, string? Family) Name(Element patient, DateOnly today)
    {
        var names = patient.Children("name").Select(n => (
            Given: string.Join(' ', n.Texts("given")), Family: n.Text("family"), Text: n.Text("text"),
            Rank: IsOver(n, today) ? 9 : n.Code("use", nameUses) switch { "official" => 0, "usual" => 1, null => 2, "temp" => 3, "nickname" => 4, "anonymous" => 5, _ => 8 })).ToList();
        var best = names.Where(n => n.Given.Length > 0 || n.Family is not null || n.Text is not null).OrderBy(n => n.Rank).FirstOrDefault();
        if (best.Given is not { Length: > 0 } && best.Family is null && best.Text is { } whole)
        {
            // "Marie Tremblay": the last word is the family name
            var at = whole.Trim().LastIndexOf(' ');
            return at < 0 ? (null, whole.Trim()) : (whole.Trim()[..at], whole.Trim()[(at + 1)..]);
        }
        return (string.IsNullOrEmpty(best.Given) ? null : best.Given, best.Family);
    }

    private static string? Telephone(Element patient, DateOnly today)
    {
        var numbers = patient.Children("telecom").Select(t => (
            System: t.Code("system", telecomSystems), Value: t.Text("value"),
            Rank: IsOver(t, today) ? 9 : t.Code("use", telecomUses) switch { "mobile" => 0, "home" => 1, null => 2, "temp" => 3, "work" => 4, _ => 9 })).ToList();
        var best = numbers.Where(n => n.System is "phone" or "sms" && n.Rank < 9).OrderBy(n => n.Rank).FirstOrDefault().Value;
        if (best is null) return null;
        var digits = string.Concat(best.Where(char.IsAsciiDigit));
        if (digits.Length == 11 && digits[0] == '1') digits = digits[1..];
        return digits.Length == 10 && !best.Any(char.IsLetter) ? digits : best.Trim();
    }

    private static string? Language(Element patient)
    {
        var spoken = patient.Children("communication")
            .Select(c => (IsPreferred: c.Flag("preferred") is true, Language: LanguageCodes.Find(Concept.Of(c.Required("language"))))).ToList();
        return spoken.Where(s => s.Language is not null).OrderByDescending(s => s.IsPreferred).FirstOrDefault().Language;
    }

    private static string? Municipality(Element patient, DateOnly today)
    {
        var places = patient.Children("address").Select(a => (
            City: a.Text("city"),
            Rank: IsOver(a, today) ? 9 : a.Code("use", addressUses) switch { "home" => 0, null => 1, "temp" => 2, "billing" => 3, "work" => 4, _ => 8 })).ToList();
        return places.Where(p => p.City is not null).OrderBy(p => p.Rank).FirstOrDefault().City?.Trim();
    }

    private static Reference? ReplacedBy(Element patient, Address address)
    {
        Reference? found = null;
        foreach (var link in patient.Children("link"))
        {
            var other = Reference.Of(link.Required("other"), address);
            if (link.RequiredCode("type", linkTypes) is "replaced-by") found = other;
        }
        return found;
    }

    private static bool IsOver(Element element, DateOnly today) => element.Child("period")?.Date("end") is { } end && end.First < today;
}
