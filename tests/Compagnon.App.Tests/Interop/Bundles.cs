using System.Text.Json;
using System.Text.Json.Nodes;

namespace Compagnon.App.Tests.Interop;

/// <summary>Small bundles, written here.</summary>
internal static class Bundles
{
    public const string Snomed = "http://snomed.info/sct";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10";

    public static string Of(params string[] resources) => OfType("transaction", resources);

    public static string OfType(string type, params string[] resources) => Entries(type, [.. resources.Select(r =>
    {
        var resource = JsonNode.Parse(r)!;
        return $$"""{"fullUrl":"urn:uuid:{{resource["id"]}}","resource":{{r}}}""";
    })]);

    public static string Entries(string type, params string[] entries) => $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""";

    public static string Patient(string id = "p1", string more = "") =>
        $$"""{"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"http://hospital.example/mrn","value":"MRN-{{id}}"}],"name":[{"family":"Tremblay","given":["Marie"]}],"gender":"female","birthDate":"1961-03-08"{{more}}}""";

    public static string Status(string code, string system) => $$"""{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/{{system}}","code":"{{code}}"}]}""";

    /// <summary>A condition of p1.</summary>
    public static string Condition(string code, string id = "c1", string? verification = "confirmed", string? clinical = "active", string? onset = "2025-02-01", string subject = "urn:uuid:p1", string more = "") =>
        $$"""
        {"resourceType":"Condition","id":"{{id}}","code":{{code}},"subject":{"reference":"{{subject}}"}
        {{(verification is null ? "" : $",\"verificationStatus\":{Status(verification, "condition-ver-status")}")}}
        {{(clinical is null ? "" : $",\"clinicalStatus\":{Status(clinical, "condition-clinical")}")}}
        {{(onset is null ? "" : $",\"onsetDateTime\":\"{onset}\"")}}{{more}}}
        """;

    public static string Coded(string code, string system = Snomed, string? display = null) =>
        $$"""{"coding":[{"system":"{{system}}","code":"{{code}}"{{(display is null ? "" : $",\"display\":{JsonSerializer.Serialize(display)}")}}}]}""";

    public static string Said(string words) => $$"""{"text":{{JsonSerializer.Serialize(words)}}}""";

    public static string Breast => Coded("254837009");

    public static string Procedure(string code, string status = "completed", string at = "2025-04-10", string id = "t1", string more = "") =>
        $$"""{"resourceType":"Procedure","id":"{{id}}","status":"{{status}}","code":{{code}},"subject":{"reference":"urn:uuid:p1"},"performedDateTime":"{{at}}"{{more}}}""";

    public static string Order(string medication, string status = "completed", string intent = "order", string at = "2025-04-10", string id = "m1", string more = "") =>
        $$"""{"resourceType":"MedicationRequest","id":"{{id}}","status":"{{status}}","intent":"{{intent}}","medicationCodeableConcept":{{medication}},"subject":{"reference":"urn:uuid:p1"},"authoredOn":"{{at}}"{{more}}}""";
}
