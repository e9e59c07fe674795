using System.Text.Json;

namespace Compagnon.Interop.Fhir;

/// <summary>Collects what a bundle's entries say, newest version first where there are several.</summary>
internal sealed class BundleContent(DateOnly today)
{
    private const int MaximumBundlesInBundles = 3;
    private readonly Dictionary<string, Record> byKey = new(StringComparer.Ordinal);
    private readonly List<Record> unnamed = [];

    private static readonly string[] read =
        ["Patient", "Condition", "Procedure", "Medication", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense", "Bundle"];

    /// <summary>Other resources are not looked into: what is wrong there does no harm here.</summary>
    public static bool IsRead(ref Utf8JsonReader resourceType)
    {
        foreach (var name in read)
            if (resourceType.ValueTextEquals(name)) return true;
        return false;
    }

    public IEnumerable<T> All<T>() => byKey.Values.Concat(unnamed).OfType<T>();

    public void AddEntry(Element entry, bool isHistory, int depth = 0)
    {
        var fullUrl = entry.Text("fullUrl");
        if (entry.Child("resource") is not { } resource)
        {
            if (isHistory) AddDeletion(entry, fullUrl);
            return;
        }
        var type = resource.Text("resourceType") ?? throw resource.Missing("resourceType");
        resource = resource.As(type);
        if (type == "Bundle")
        {
            if (depth == MaximumBundlesInBundles) throw new InvalidFhirException(resource.Path, ElementProblem.WrongType);
            var isHistoryToo = BundleType.Read(resource) == "history";
            foreach (var inner in resource.Children("entry")) AddEntry(inner, isHistoryToo, depth + 1);
            return;
        }
        if (Read(type, resource, new Address(type, fullUrl, resource.Text("id")), Updated(resource)) is { } record) Keep(record);
    }

    private Record? Read(string type, Element resource, Address address, DateTimeOffset? updated) => type switch
    {
        "Patient" => PatientReader.Read(resource, address, updated, today),
        "Condition" => ConditionReader.Read(resource, address, updated),
        "Procedure" => TreatmentReader.Procedure(resource, address, updated),
        "Medication" => TreatmentReader.Medication(resource, address, updated),
        "MedicationRequest" => TreatmentReader.Request(resource, address, updated),
        "MedicationStatement" => TreatmentReader.Statement(resource, address, updated),
        "MedicationAdministration" => TreatmentReader.Administration(resource, address, updated),
        "MedicationDispense" => TreatmentReader.Dispense(resource, address, updated),
        _ => null,
    };

    /// <summary>Of two versions the one updated last; when they don't say, the first, as history bundles begin with the newest.</summary>
    private void Keep(Record record)
    {
        if (record.Address.Key is not { } key) unnamed.Add(record);
        else if (!byKey.TryAdd(key, record) && record.Updated > byKey[key].Updated) byKey[key] = record;
    }

    private void AddDeletion(Element entry, string? fullUrl)
    {
        if (entry.Child("request") is not { } request || request.Text("method") is not "DELETE") return;
        if (fullUrl is null && request.Text("url")?.Split('/') is [.., var type, var id]) Keep(new DeletedRecord(new(type, FullUrl: null, id), Instant(entry.Child("response"), "lastModified")));
        else if (fullUrl is not null) Keep(new DeletedRecord(new("", fullUrl, Id: null), Instant(entry.Child("response"), "lastModified")));
    }

    private static DateTimeOffset? Updated(Element resource) => Instant(resource.Child("meta"), "lastUpdated");

    private static DateTimeOffset? Instant(Element? element, string name)
    {
        if (element?.Text(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            ? at : throw new InvalidFhirException($"{element.Value.Path}.{name}", ElementProblem.BadDate);
    }
}

internal static class BundleType
{
    private static readonly HashSet<string> allowed =
        ["document", "message", "transaction", "transaction-response", "batch", "batch-response", "history", "searchset", "collection"];

    public static string Read(Element bundle) => bundle.RequiredCode("type", allowed);

    public static bool IsAllowed(string type) => allowed.Contains(type);
}
