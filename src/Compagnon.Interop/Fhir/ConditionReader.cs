using System.Text.RegularExpressions;

namespace Compagnon.Interop.Fhir;

internal static partial class ConditionReader
{
    private const string ClinicalSystem = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string VerificationSystem = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static readonly HashSet<string> clinical = ["active", "recurrence", "relapse", "inactive", "remission", "resolved"];
    private static readonly HashSet<string> verification = ["unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error"];

    public static ConditionRecord Read(Element condition, Address address, DateTimeOffset? updated)
    {
        var diagnosis = Verified(condition, Diagnosis.Of(Concept.Of(condition.Child("code")), BodySite(condition)));
        var abated = condition.Date("abatementDateTime") ?? condition.Child("abatementPeriod")?.Date("start");
        var isOver = abated is not null || condition.Text("abatementString") is not null || condition.Child("abatementAge") is not null || condition.Child("abatementRange") is not null;
        return new(address, updated)
        {
            Subject = Reference.Of(condition.Required("subject"), address),
            Diagnosis = diagnosis,
            Status = diagnosis.IsPast ? CancerStatus.Resolved : Status(condition, isOver),
            Onset = (condition.Date("onsetDateTime") ?? condition.Child("onsetPeriod")?.Date("start"))?.First ?? YearIn(condition.Text("onsetString")),
            OnsetAge = Years(condition.Child("onsetAge")),
            Recorded = condition.Date("recordedDate")?.First,
            Abated = abated?.First,
        };
    }

    private static Concept BodySite(Element condition)
    {
        var sites = condition.Children("bodySite").Select(s => Concept.Of(s)).ToList();
        return sites.Count == 1 ? sites[0] : new([.. sites.SelectMany(s => s.Codings)], sites.Select(s => s.Text).FirstOrDefault(t => t is not null));
    }

    private static Diagnosis Verified(Element condition, Diagnosis diagnosis)
    {
        // R4 lets it be absent: then the diagnosis stands as it was written. Said, but not in R4's codes: not confirmed
        if (condition.Child("verificationStatus") is not { } stated) return diagnosis;
        return Concept.Of(stated).Bound(VerificationSystem, verification, stated.Path) switch
        {
            "confirmed" => diagnosis,
            "refuted" or "entered-in-error" => Diagnosis.Not,
            _ => diagnosis.Likelihood is Likelihood.NotCancer ? diagnosis : Diagnosis.Suspected,
        };
    }

    private static CancerStatus Status(Element condition, bool isOver)
    {
        var stated = condition.Child("clinicalStatus") is { } status ? Concept.Of(status).Bound(ClinicalSystem, clinical, status.Path) : null;
        return stated switch
        {
            "resolved" or "inactive" => CancerStatus.Resolved,
            "remission" => CancerStatus.Remission,
            _ when isOver => CancerStatus.Resolved,
            "recurrence" or "relapse" => CancerStatus.Recurrence,
            _ => CancerStatus.Active,
        };
    }

    private static int? Years(Element? age)
    {
        if (age is not { } a) return null;
        var unit = a.Text("code") ?? a.Text("unit");
        return unit is null or "a" or "year" or "years" ? a.Whole("value") : null;
    }

    /// <summary>The first year in words like "spring of 2014".</summary>
    public static DateOnly? YearIn(string? words) =>
        words is not null && AnyYear().Match(words) is { Success: true } match ? new DateOnly(int.Parse(match.ValueSpan, System.Globalization.CultureInfo.InvariantCulture), 1, 1) : null;

    [GeneratedRegex(@"(?<![0-9])(19|20)[0-9]{2}(?![0-9])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyYear();
}
