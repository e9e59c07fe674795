namespace Compagnon.Interop.Fhir;

/// <summary>How a resource of the bundle can be referred to.</summary>
internal sealed record Address(string Type, string? FullUrl, string? Id)
{
    private string? Relative => Id is null ? null : $"{Type}/{Id}";
    private bool IsOnServer => FullUrl?.StartsWith("http", StringComparison.Ordinal) is true;

    public IEnumerable<string> Names()
    {
        if (FullUrl is not null) yield return FullUrl;
        if (Relative is null) yield break;
        yield return Relative;
        if (IsOnServer) yield break;
        // a urn: whoever refers to it by a server's address can mean it, too
        yield return $"urn:uuid:{Id}";
        yield return $"*/{Relative}";
    }

    /// <summary>Two versions of one resource share this; null for a resource without any name.</summary>
    public string? Key => FullUrl ?? Relative;

    /// <summary>What "Patient/1" means here, when this resource itself came from a server.</summary>
    public string Absolute(string relative)
    {
        var end = IsOnServer && Relative is not null ? FullUrl!.LastIndexOf($"/{Relative}", StringComparison.Ordinal) : -1;
        return end < 0 ? relative : $"{FullUrl![..end]}/{relative}";
    }
}

/// <summary>A reference as written, and the address of who wrote it.</summary>
internal sealed record Reference(Address From, string? Target, string? Identifier)
{
    public static Reference Of(Element element, Address from)
    {
        var identifier = element.Child("identifier");
        var target = element.Text("reference");
        if (target?.IndexOf("/_history/", StringComparison.Ordinal) is int at and > 0) target = target[..at];
        return new(from, target, identifier is { } i ? Key(i.Text("system"), i.Text("value")) : Searched(target));
    }

    public static string? Key(string? system, string? value) => value is null ? null : $"{system}|{value}";

    /// <summary>In transactions: "Patient?identifier=system|value".</summary>
    private static string? Searched(string? target)
    {
        const string mark = "?identifier=";
        var at = target?.IndexOf(mark, StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : Uri.UnescapeDataString(target![(at + mark.Length)..]);
    }
}

/// <summary>Finds what references point at, inside the bundle. A name that two things bear points at nothing: a cancer given to the wrong person is worse than a missing one.</summary>
internal sealed class Directory<T>
    where T : class
{
    private readonly Dictionary<string, T?> byName = new(StringComparer.Ordinal);

    public void Add(T item, IEnumerable<string> names)
    {
        foreach (var name in names)
            if (!byName.TryAdd(name, item) && !ReferenceEquals(byName[name], item)) byName[name] = null;
    }

    public T? Find(Reference reference)
    {
        if (reference.Target is { } target)
        {
            var isAbsolute = target.Contains(':', StringComparison.Ordinal);
            if (byName.GetValueOrDefault(isAbsolute ? target : reference.From.Absolute(target)) is { } exact) return exact;
            if (byName.GetValueOrDefault(isAbsolute ? $"*/{LastTwo(target)}" : target) is { } near) return near;
        }
        return reference.Identifier is { } identifier ? byName.GetValueOrDefault($"identifier:{identifier}") : null;
    }

    private static string LastTwo(string url)
    {
        var id = url.LastIndexOf('/');
        var type = id > 0 ? url.LastIndexOf('/', id - 1) : -1;
        return type < 0 ? url : url[(type + 1)..];
    }
}
