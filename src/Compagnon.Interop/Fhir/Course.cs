using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

/// <summary>What treatments point at: conditions that are cancers, conditions that are not, medicines.</summary>
internal sealed class Reasons
{
    private readonly Directory<ConditionRecord> conditions = new();
    private readonly Directory<MedicationRecord> medications = new();

    public Reasons(IEnumerable<ConditionRecord> conditions, IEnumerable<MedicationRecord> medications)
    {
        foreach (var condition in conditions) this.conditions.Add(condition, condition.Address.Names());
        foreach (var medication in medications) this.medications.Add(medication, medication.Address.Names());
    }

    public IReadOnlyList<Treatment> Treatments(TreatmentRecord record) =>
        record.Medication is { } medication ? medications.Find(medication)?.Treatment is { } treatment ? [treatment] : [] : record.Treatments;

    /// <summary>True: given for a cancer. False: given for something else. Null: the record doesn't say.</summary>
    public bool? IsForCancer(TreatmentRecord record)
    {
        var found = record.Reasons.Select(conditions.Find).OfType<ConditionRecord>().ToList();
        if (found.Count > 0) return found.Exists(c => c.Diagnosis.Likelihood is not Likelihood.NotCancer);
        return record.IsForSomethingElse ? false : null;
    }
}

/// <summary>Treatments of a person's cancers, and where in the trajectory they stand.</summary>
internal sealed class Course
{
    /// <summary>An order left "active" for longer than this was forgotten, not continued.</summary>
    private const int OngoingYears = 2;
    /// <summary>Treated, or told, within a year: still in it.</summary>
    private const int RecentDays = 365;
    private readonly DateOnly today;
    private readonly bool isOperationPlanned;

    public Course(IReadOnlyList<TreatmentRecord> records, IReadOnlyList<Cancer> cancers, Reasons reasons, DateOnly today)
    {
        this.today = today;
        var lived = new List<(Treatment Treatment, TreatmentRecord Record)>();
        foreach (var record in records.Where(r => r.Progress is not Progress.NotDone && IsForTheCancer(r, cancers, reasons)))
        {
            var treatments = reasons.Treatments(record);
            if (record.Progress is Progress.Planned || record.From > today) isOperationPlanned |= treatments.Any(Trajectory.IsSurgery);
            else lived.AddRange(treatments.Select(t => (t, record)));
        }
        Treatments = Summed(lived);
        Moment = Infer(cancers[0]);
    }

    public IReadOnlyList<TreatmentFacts> Treatments { get; }
    public Moment? Moment { get; }

    private static bool IsForTheCancer(TreatmentRecord record, IReadOnlyList<Cancer> cancers, Reasons reasons)
    {
        if (reasons.IsForCancer(record) is { } known) return known;
        // without a reason: not when it came before there was any cancer
        return !(cancers.All(c => c.HasOnset) && record.From?.Year < cancers.Min(c => c.Begin)?.Year);
    }

    private List<TreatmentFacts> Summed(List<(Treatment Treatment, TreatmentRecord Record)> lived)
    {
        var facts = lived.GroupBy(l => l.Treatment, l => l.Record).Select(g => new TreatmentFacts(g.Key, g.Min(r => r.From)?.Year, Last(g)?.Year)
        {
            IsOngoing = g.Any(r => r.Progress is Progress.Ongoing && (r.From is null || r.From >= today.AddYears(-OngoingYears))),
        }).ToList();
        if (facts.Exists(f => f.Treatment is not Treatment.Surgery && Trajectory.IsSurgery(f.Treatment))) facts.RemoveAll(f => f.Treatment is Treatment.Surgery);
        lastDay = Last(lived.Select(l => l.Record));
        return [.. facts.OrderBy(f => f.FromYear ?? int.MaxValue).ThenBy(f => f.Treatment)];
    }

    private DateOnly? lastDay;

    private DateOnly? Last(IEnumerable<TreatmentRecord> records) => records.Max(r => r.To > today ? today : r.To);

    private Moment? Infer(Cancer leading)
    {
        if (leading.Status is CancerStatus.Resolved or CancerStatus.Remission) return Domain.Programme.Moment.AfterTreatment;
        if (leading.Status is CancerStatus.Recurrence) return Domain.Programme.Moment.Recurrence;
        if (Treatments.Any(t => t.IsOngoing)) return Domain.Programme.Moment.InTreatment;
        if (isOperationPlanned) return Domain.Programme.Moment.BeforeSurgery;
        var recent = today.AddDays(-RecentDays);
        // of an earlier cancer's treatments nothing follows for this one
        if (lastDay >= (leading.Begin ?? DateOnly.MinValue)) return lastDay >= recent ? Domain.Programme.Moment.InTreatment : Domain.Programme.Moment.AfterTreatment;
        return leading.Begin >= recent ? Domain.Programme.Moment.JustTold : null;
    }
}
