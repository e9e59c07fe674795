namespace Compagnon.Interop.Fhir;

/// <summary>FHIR's CodeableConcept: the same thing in several code systems, and in words.</summary>
internal sealed record Concept(IReadOnlyList<Coding> Codings, string? Text)
{
    public static readonly Concept None = new([], Text: null);

    public static Concept Of(Element? element)
    {
        if (element is not { } e) return None;
        return new([.. e.Children("coding").Select(c => new Coding(c.Text("system"), c.Text("code"), c.Text("display")))], e.Text("text"));
    }

    /// <summary>What people wrote, most specific first.</summary>
    public IEnumerable<string> Words => Codings.Select(c => c.Display).Append(Text).OfType<string>();

    /// <summary>
    /// The code of a closed R4 list. Null when nothing was coded.
    /// A coding in the list's own system must be of the list, others beside it are free.
    /// </summary>
    public string? Bound(string system, IReadOnlySet<string> allowed, string path)
    {
        foreach (var coding in Codings.Where(c => c.Code is not null && (c.System is null || c.System == system)))
            return allowed.Contains(coding.Code!) ? coding.Code : throw new InvalidFhirException($"{path}.coding", ElementProblem.UnknownCode);
        return null;
    }
}

internal sealed record Coding(string? System, string? Code, string? Display)
{
    public bool IsSnomed => System is "http://snomed.info/sct" or "urn:oid:2.16.840.1.113883.6.96"
        || System?.StartsWith("http://snomed.info/sct/", StringComparison.Ordinal) is true;

    /// <summary>ICD-10, ICD-10-CM, ICD-10-CA and the other national ones share the blocks we look at.</summary>
    public bool IsIcd10 => System is not null && (System.Contains("icd-10", StringComparison.OrdinalIgnoreCase)
        || System.Contains("icd10", StringComparison.OrdinalIgnoreCase)
        || System is "urn:oid:2.16.840.1.113883.6.3" or "urn:oid:2.16.840.1.113883.6.90" or "urn:oid:2.16.840.1.113883.6.3.2");

    public bool IsIcdO => System is not null && (System.Contains("icd-o", StringComparison.OrdinalIgnoreCase)
        || System is "urn:oid:2.16.840.1.113883.6.43.1");

    public bool IsRxNorm => System is "http://www.nlm.nih.gov/research/umls/rxnorm" or "urn:oid:2.16.840.1.113883.6.88";

    public bool IsAtc => System is "http://www.whocc.no/atc" or "urn:oid:2.16.840.1.113883.6.73";
}
