using Compagnon.Domain.Programme;

namespace Compagnon.Interop.Fhir;

/// <summary>Procedures, and medicines ordered, stated, given or dispensed. Null: nothing that treats a cancer.</summary>
internal static class TreatmentReader
{
    private static readonly HashSet<string> procedureStatus = ["preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"];
    private static readonly HashSet<string> requestStatus = ["active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown"];
    private static readonly HashSet<string> requestIntent = ["proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option"];
    private static readonly HashSet<string> statementStatus = ["active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken"];
    private static readonly HashSet<string> administrationStatus = ["in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown"];
    private static readonly HashSet<string> dispenseStatus = ["preparation", "in-progress", "cancelled", "on-hold", "completed", "entered-in-error", "stopped", "declined", "unknown"];

    public static TreatmentRecord Procedure(Element procedure, Address address, DateTimeOffset? updated)
    {
        var treatments = TreatmentCodes.Find(Concept.Of(procedure.Child("code")));
        var period = procedure.Child("performedPeriod");
        var at = procedure.Date("performedDateTime") ?? period?.Date("start") ?? period?.Date("end");
        var from = at?.First ?? ConditionReader.YearIn(procedure.Text("performedString"));
        return new(address, updated)
        {
            Subject = Reference.Of(procedure.Required("subject"), address),
            Treatments = treatments,
            Progress = procedure.RequiredCode("status", procedureStatus) switch
            {
                "completed" or "stopped" or "on-hold" => Progress.Done,
                "in-progress" => Progress.Ongoing,
                "preparation" => Progress.Planned,
                _ => Progress.NotDone,
            },
            From = from,
            To = period?.Date("end")?.First ?? from,
            Reasons = Reasons(procedure, address),
        };
    }

    public static TreatmentRecord Request(Element request, Address address, DateTimeOffset? updated)
    {
        var status = request.RequiredCode("status", requestStatus);
        var intent = request.RequiredCode("intent", requestIntent);
        var isOrdered = intent is not ("proposal" or "plan" or "option") && request.Flag("doNotPerform") is not true;
        return Medicine(request, address, updated, request.Date("authoredOn")?.First, to: null, status switch
        {
            _ when !isOrdered => Progress.NotDone,
            "active" => Progress.Ongoing,
            "completed" or "stopped" or "on-hold" => Progress.Done,
            _ => Progress.NotDone,
        });
    }

    public static TreatmentRecord Statement(Element statement, Address address, DateTimeOffset? updated)
    {
        var period = statement.Child("effectivePeriod");
        var at = statement.Date("effectiveDateTime") ?? period?.Date("start") ?? period?.Date("end") ?? statement.Date("dateAsserted");
        return Medicine(statement, address, updated, at?.First, period?.Date("end")?.First, statement.RequiredCode("status", statementStatus) switch
        {
            "active" => Progress.Ongoing,
            "completed" or "stopped" or "on-hold" => Progress.Done,
            "intended" => Progress.Planned,
            _ => Progress.NotDone,
        });
    }

    public static TreatmentRecord Administration(Element administration, Address address, DateTimeOffset? updated)
    {
        var period = administration.Child("effectivePeriod");
        var at = administration.Date("effectiveDateTime") ?? period?.Date("start");
        if (at is null && period is null && !administration.Has("_effectiveDateTime")) throw administration.Missing("effective[x]");
        return Medicine(administration, address, updated, at?.First, period?.Date("end")?.First, administration.RequiredCode("status", administrationStatus) switch
        {
            "completed" or "stopped" or "on-hold" => Progress.Done,
            "in-progress" => Progress.Ongoing,
            _ => Progress.NotDone,
        });
    }

    /// <summary>R4 doesn't require a dispense to name its subject.</summary>
    public static TreatmentRecord? Dispense(Element dispense, Address address, DateTimeOffset? updated)
    {
        var progress = dispense.RequiredCode("status", dispenseStatus) is "completed" or "in-progress" or "stopped" ? Progress.Done : Progress.NotDone;
        var at = dispense.Date("whenHandedOver") ?? dispense.Date("whenPrepared");
        return dispense.Child("subject") is null ? null : Medicine(dispense, address, updated, at?.First, to: null, progress);
    }

    public static MedicationRecord Medication(Element medication, Address address, DateTimeOffset? updated) => new(address, updated, Kind(medication));

    private static TreatmentRecord Medicine(Element element, Address address, DateTimeOffset? updated, DateOnly? from, DateOnly? to, Progress progress)
    {
        var concept = element.Child("medicationCodeableConcept");
        var reference = element.Child("medicationReference");
        if (concept is null && reference is null) throw element.Missing("medication[x]");
        var kind = concept is null ? Contained(element, reference!.Value) : DrugCodes.Find(Concept.Of(concept));
        return new(address, updated)
        {
            Subject = Reference.Of(element.Required("subject"), address),
            Treatments = kind is { } treatment ? [treatment] : [],
            Medication = kind is null && reference is { } r ? Reference.Of(r, address) : null,
            Progress = progress,
            From = from,
            To = to ?? from,
            Reasons = Reasons(element, address),
            IsForSomethingElse = IsForSomethingElse(element),
        };
    }

    private static Treatment? Contained(Element element, Element reference)
    {
        if (reference.Text("reference") is not ['#', .. var id]) return null;
        foreach (var resource in element.Children("contained"))
            if (resource.Text("id") == id) return Kind(resource);
        return null;
    }

    private static Treatment? Kind(Element medication) =>
        DrugCodes.Find(Concept.Of(medication.Child("code")))
        ?? medication.Children("ingredient").Select(i => DrugCodes.Find(Concept.Of(i.Child("itemCodeableConcept")))).FirstOrDefault(t => t is not null);

    private static IReadOnlyList<Reference> Reasons(Element element, Address address) => [.. element.Children("reasonReference").Select(r => Reference.Of(r, address))];

    /// <summary>Every reason is coded, and none is a cancer or an encounter for treatment (ICD-10's Z).</summary>
    private static bool IsForSomethingElse(Element element)
    {
        var reasons = element.Children("reasonCode").Select(r => Concept.Of(r)).ToList();
        return reasons.Count > 0 && reasons.TrueForAll(r =>
            r.Codings.Any(c => c.IsSnomed || (c.IsIcd10 && c.Code?[0] is not ('Z' or 'z'))) && Diagnosis.Of(r, Concept.None).Likelihood is Likelihood.NotCancer);
    }
}
