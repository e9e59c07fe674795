namespace Compagnon.Interop.Fhir;

/// <summary>Gives each person of a bundle what was written about them, and decides: taken or skipped.</summary>
internal static class People
{
    public static IReadOnlyList<ReadResult> Judge(BundleContent content, DateOnly today)
    {
        var patients = content.All<PatientRecord>().ToList();
        var conditions = content.All<ConditionRecord>().ToList();
        var directory = Patients(patients);
        var own = patients.Where(p => p.ReplacedBy is null || directory.Find(p.ReplacedBy) is null).ToList();
        if (own.Count == 0) return [new Skipped(WithoutPerson(conditions), [])];

        var conditionsOf = conditions.ToLookup(c => Owner(directory, c.Subject));
        var treatmentsOf = content.All<TreatmentRecord>().ToLookup(t => Owner(directory, t.Subject));
        var reasons = new Reasons(conditions, content.All<MedicationRecord>());
        return [.. own.Select(p => Judge(p, patients.Where(o => Survivor(directory, o) == p), [.. conditionsOf[p]], treatmentsOf[p], reasons, today))];
    }

    private static SkipReason WithoutPerson(List<ConditionRecord> conditions) =>
        conditions.Exists(c => c.Diagnosis.Likelihood is Likelihood.Cancer) ? SkipReason.NoPerson
        : conditions.Exists(c => c.Diagnosis.Likelihood is Likelihood.Suspected) ? SkipReason.OnlySuspected : SkipReason.NoCancer;

    private static ReadResult Judge(
        PatientRecord patient, IEnumerable<PatientRecord> same, List<ConditionRecord> conditions, IEnumerable<TreatmentRecord> treatments, Reasons reasons, DateOnly today)
    {
        var records = same.ToList();
        var keys = Keys(patient, records);
        if (records.Exists(r => r.IsDeceased)) return new Skipped(SkipReason.Deceased, keys);
        if (!conditions.Exists(c => c.Diagnosis.Likelihood is Likelihood.Cancer))
            return new Skipped(conditions.Exists(c => c.Diagnosis.Likelihood is Likelihood.Suspected) ? SkipReason.OnlySuspected : SkipReason.NoCancer, keys);

        var birthYear = patient.BirthDate?.First.Year;
        var cancers = Cancers.Of(conditions, birthYear);
        var course = new Course([.. treatments], cancers, reasons, today);
        return new Taken(new PersonFacts
        {
            Keys = keys,
            GivenName = patient.Given,
            FamilyName = patient.Family,
            Telephone = patient.Telephone,
            Language = patient.Language,
            Gender = patient.Gender,
            BirthDecade = birthYear / 10 * 10,
            BirthDate = patient.BirthDate is { IsWhole: true } day ? day.First : null,
            Municipality = patient.Municipality,
            Cancers = [.. cancers.Select(c => c.Facts)],
            Treatments = course.Treatments,
            Moment = course.Moment,
        });
    }

    /// <summary>Without any identifier the source's name for the record is used, together with name and birth date: "Patient/1" alone is somebody else in each file.</summary>
    private static IReadOnlyList<string> Keys(PatientRecord patient, List<PatientRecord> records)
    {
        var identifiers = records.SelectMany(r => r.Identifiers).Distinct(StringComparer.Ordinal).OrderBy(Strength).ToList();
        if (identifiers.Count > 0) return identifiers;
        var born = patient.BirthDate?.First.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        return [string.Join('|', patient.Address.Key, Words.Fold(patient.Family ?? "").Trim(), Words.Fold(patient.Given ?? "").Trim(), born)];
    }

    /// <summary>A province's health number names a person everywhere, a hospital's record number there.</summary>
    private static int Strength(string identifier) =>
        identifier.Contains("patient-healthcare-id", StringComparison.Ordinal) ? 0 : identifier.StartsWith('|') ? 2 : 1;

    private static Directory<PatientRecord> Patients(List<PatientRecord> patients)
    {
        var directory = new Directory<PatientRecord>();
        foreach (var patient in patients) directory.Add(patient, patient.Address.Names().Concat(patient.Identifiers.Select(i => $"identifier:{i}")));
        return directory;
    }

    private static PatientRecord? Owner(Directory<PatientRecord> directory, Reference subject) =>
        directory.Find(subject) is { } patient ? Survivor(directory, patient) : null;

    /// <summary>Follows "replaced by"; two records that replace each other stay as they are.</summary>
    private static PatientRecord Survivor(Directory<PatientRecord> directory, PatientRecord patient)
    {
        var seen = new HashSet<PatientRecord>(ReferenceEqualityComparer.Instance) { patient };
        while (patient.ReplacedBy is { } next && directory.Find(next) is { } other && seen.Add(other)) patient = other;
        return patient;
    }
}
