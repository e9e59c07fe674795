using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

/// <summary>What is kept of a resource while the bundle streams by; the JSON itself is let go.</summary>
internal abstract record Record(Address Address, DateTimeOffset? Updated);

/// <summary>A person's own description, as given.</summary>
internal sealed record PatientRecord(Address Address, DateTimeOffset? Updated) : Record(Address, Updated)
{
    /// <summary>"system|value"; those marked for official papers are left out.</summary>
    public required IReadOnlyList<string> Identifiers { get; init; }
    public string? Given { get; init; }
    public string? Family { get; init; }
    public string? Telephone { get; init; }
    public string? Language { get; init; }
    public Gender? Gender { get; init; }
    public PartialDate? BirthDate { get; init; }
    public string? Municipality { get; init; }
    public bool IsDeceased { get; init; }
    /// <summary>This record was merged into that one.</summary>
    public Reference? ReplacedBy { get; init; }
}

internal sealed record ConditionRecord(Address Address, DateTimeOffset? Updated) : Record(Address, Updated)
{
    public required Reference Subject { get; init; }
    /// <summary>After verification: refuted is not a cancer, unconfirmed is suspected.</summary>
    public required Diagnosis Diagnosis { get; init; }
    public required CancerStatus Status { get; init; }
    public DateOnly? Onset { get; init; }
    public int? OnsetAge { get; init; }
    public DateOnly? Recorded { get; init; }
    public DateOnly? Abated { get; init; }
}

internal sealed record TreatmentRecord(Address Address, DateTimeOffset? Updated) : Record(Address, Updated)
{
    public required Reference Subject { get; init; }
    /// <summary>Empty when <see cref="Medication"/> has to say.</summary>
    public required IReadOnlyList<Treatment> Treatments { get; init; }
    public Reference? Medication { get; init; }
    public required Progress Progress { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public IReadOnlyList<Reference> Reasons { get; init; } = [];
    /// <summary>A coded reason that is no cancer: methotrexate for arthritis.</summary>
    public bool IsForSomethingElse { get; init; }
}

internal enum Progress { NotDone, Planned, Ongoing, Done }

internal sealed record MedicationRecord(Address Address, DateTimeOffset? Updated, Treatment? Treatment) : Record(Address, Updated);

/// <summary>History bundles: from here on backwards the resource is gone.</summary>
internal sealed record DeletedRecord(Address Address, DateTimeOffset? Updated) : Record(Address, Updated);
