using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

/// <summary>
/// What one file says about one person: could be offered the service (<see cref="Taken"/>), need not be (<see cref="Skipped"/>),
/// or the file can't be used at all (<see cref="Refused"/>). "Already there" is decided by who stores, by <see cref="PersonFacts.Keys"/>.
/// </summary>
public abstract record ReadResult;

/// <summary>A living person with a confirmed invasive or in-situ cancer.</summary>
public sealed record Taken(PersonFacts Person) : ReadResult;

/// <summary>The file is fine; this person is not for an offer. <see cref="Keys"/> is empty when the file holds no person at all.</summary>
public sealed record Skipped(SkipReason Reason, IReadOnlyList<string> Keys) : ReadResult;

/// <summary>Nothing of this file may be taken. A command ends with exit code 2.</summary>
public sealed record Refused(RefusalReason Reason) : ReadResult
{
    /// <summary>1-based line where reading stopped, for <see cref="RefusalReason.NotJson"/> and <see cref="RefusalReason.TooDeep"/>.</summary>
    public long? Line { get; init; }
    /// <summary>For <see cref="RefusalReason.Invalid"/>: which element breaks FHIR R4 and how. Holds no value of the file, so it may be shown and logged.</summary>
    public InvalidElement? Element { get; init; }
}

/// <summary>In the order in which they are tried: a deceased person is deceased whatever else the file says.</summary>
public enum SkipReason
{
    Deceased,
    /// <summary>Nothing here is a cancer: no condition, other conditions, benign ones, refuted ones, relatives' ones.</summary>
    NoCancer,
    /// <summary>At least one possible cancer, none confirmed.</summary>
    OnlySuspected,
    /// <summary>There is a cancer, but not the person who has it.</summary>
    NoPerson,
}

public enum RefusalReason
{
    /// <summary>The disk or the network failed while reading.</summary>
    Unreadable,
    Empty,
    /// <summary>Over <see cref="BundleReader.MaximumBytes"/>.</summary>
    TooLarge,
    /// <summary>UTF-16, Latin-1 or not a text: FHIR's JSON is UTF-8.</summary>
    NotUtf8,
    NotJson,
    /// <summary>Well-formed as far as it goes, then it stops.</summary>
    Truncated,
    /// <summary>Nested deeper, or one resource has more parts, than any real record.</summary>
    TooDeep,
    /// <summary>JSON, but not a FHIR Bundle.</summary>
    NotABundle,
    /// <summary>Not FHIR R4: <see cref="Refused.Element"/> says where.</summary>
    Invalid,
}

/// <summary>Path in FHIR's way, with the entry's number from 0: <c>Bundle.entry[3].resource.ofType(Condition).subject</c>.</summary>
public sealed record InvalidElement(string Path, ElementProblem Problem);

public enum ElementProblem
{
    /// <summary>R4 requires it.</summary>
    Missing,
    /// <summary>Text where an object belongs, a number where text belongs, null, …</summary>
    WrongType,
    /// <summary>Text, list or object without content.</summary>
    Empty,
    /// <summary>R4 allows only codes of one list here; this is none of them.</summary>
    UnknownCode,
    /// <summary>Not a date of the calendar in FHIR's form.</summary>
    BadDate,
    /// <summary>The same name twice in one object.</summary>
    Repeated,
}

/// <summary>
/// The person as an offer needs them. Name and telephone are identity: they go to the encrypted part and nowhere else;
/// of the birth date only the decade may be kept.
/// </summary>
public sealed record PersonFacts
{
    /// <summary>
    /// What names this person in the source, strongest first, never empty; the same person in another file has at least one in common.
    /// Health and record numbers are personal: store a keyed hash. Social-insurance, licence and passport numbers are not read.
    /// </summary>
    public required IReadOnlyList<string> Keys { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    /// <summary>Ten digits when it is a North American number, else as written.</summary>
    public string? Telephone { get; init; }
    /// <summary>ISO 639-1 (639-3 where there is none): "en" for "en-US". Null when the file doesn't say.</summary>
    public string? Language { get; init; }
    /// <summary>Null when the file doesn't say.</summary>
    public Gender? Gender { get; init; }
    /// <summary>1970 for 1970 to 1979.</summary>
    public int? BirthDecade { get; init; }
    /// <summary>For telling namesakes apart while importing. Null unless the whole date is known.</summary>
    public DateOnly? BirthDate { get; init; }
    public string? Municipality { get; init; }
    /// <summary>Confirmed ones, the leading one (the latest) first; never empty.</summary>
    public required IReadOnlyList<CancerFacts> Cancers { get; init; }
    /// <summary>By first year, then by kind. The general <see cref="Treatment.Surgery"/> only when no operation of a named kind is known.</summary>
    public required IReadOnlyList<TreatmentFacts> Treatments { get; init; }
    /// <summary>Null when the file doesn't tell (an active cancer of long ago, nothing done): for the coordinator to ask.</summary>
    public Moment? Moment { get; init; }

    public CancerFacts Leading => Cancers[0];
}

/// <summary>One cancer. Records often say the same one several times (by stage, by visit): those are one here.</summary>
public sealed record CancerFacts
{
    /// <summary>Where it began; <see cref="CancerSite.Other"/> when only metastases are known.</summary>
    public required CancerSite Site { get; init; }
    /// <summary>Always <see cref="Domain.Programme.Certainty.Confirmed"/> in <see cref="PersonFacts"/>.</summary>
    public Certainty Certainty { get; init; } = Certainty.Confirmed;
    /// <summary>Of the onset, else of the first record. Null when no date is given.</summary>
    public int? Year { get; init; }
    public required CancerStatus Status { get; init; }
    /// <summary>False: invasive.</summary>
    public required bool IsInSitu { get; init; }
    public required bool IsMetastatic { get; init; }
}

public enum CancerStatus { Active, Recurrence, Remission, Resolved }

/// <summary>One kind of treatment, from the first to the last year in which it is recorded. Years are null when no date is given.</summary>
public sealed record TreatmentFacts(Treatment Treatment, int? FromYear, int? ToYear)
{
    /// <summary>The record says that it still goes on.</summary>
    public bool IsOngoing { get; init; }
}
