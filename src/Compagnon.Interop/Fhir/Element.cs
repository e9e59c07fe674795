using System.Globalization;
using System.Text.Json;

namespace Compagnon.Interop.Fhir;

/// <summary>Thrown inside the reading only; the reader makes it a <see cref="Refused"/>.</summary>
internal sealed class InvalidFhirException(string path, ElementProblem problem) : Exception
{
    public InvalidElement Element { get; } = new(path, problem);
}

/// <summary>A date of FHIR, which may be a year or a month only: its first day, and whether that day is really known.</summary>
internal readonly record struct PartialDate(DateOnly First, bool IsWhole);

/// <summary>
/// One JSON object of a resource. What is not asked for is not looked at; what is asked for must have R4's type.
/// An absent element is null; so is a primitive of which only extensions are given (<c>_birthDate</c>).
/// </summary>
internal readonly struct Element(JsonElement json, string path)
{
    public string Path => path;

    public static Element Root(JsonElement json, string path) =>
        json.ValueKind is JsonValueKind.Object ? new(json, path) : throw new InvalidFhirException(path, ElementProblem.WrongType);

    /// <summary>The same, with its resource type in the path.</summary>
    public Element As(string resourceType) => new(json, $"{path}.ofType({resourceType})");

    public bool Has(string name) => json.TryGetProperty(name, out _);

    public Element? Child(string name)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        return Object(value, $"{path}.{name}");
    }

    public Element Required(string name) => Child(name) ?? throw Missing(name);

    public IEnumerable<Element> Children(string name)
    {
        if (!json.TryGetProperty(name, out var list)) return [];
        var at = $"{path}.{name}";
        if (list.ValueKind is not JsonValueKind.Array) throw new InvalidFhirException(at, ElementProblem.WrongType);
        if (list.GetArrayLength() == 0) throw new InvalidFhirException(at, ElementProblem.Empty);
        return list.EnumerateArray().Select((item, i) => Object(item, string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"))).ToList();
    }

    public string? Text(string name) => json.TryGetProperty(name, out var value) ? Text(value, $"{path}.{name}") : null;

    /// <summary>Texts of a list; null items stand for extensions and are left out.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!json.TryGetProperty(name, out var list)) return [];
        var at = $"{path}.{name}";
        if (list.ValueKind is not JsonValueKind.Array) throw new InvalidFhirException(at, ElementProblem.WrongType);
        return list.EnumerateArray().Where(item => item.ValueKind is not JsonValueKind.Null).Select(item => Text(item, at)).ToList();
    }

    /// <summary>A code that R4 binds to a closed list.</summary>
    public string? Code(string name, IReadOnlySet<string> allowed)
    {
        var code = Text(name);
        return code is null || allowed.Contains(code) ? code : throw new InvalidFhirException($"{path}.{name}", ElementProblem.UnknownCode);
    }

    public string RequiredCode(string name, IReadOnlySet<string> allowed) => Code(name, allowed) ?? throw Missing(name);

    public bool? Flag(string name)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new InvalidFhirException($"{path}.{name}", ElementProblem.WrongType),
        };
    }

    /// <summary>The number before the decimal point of a quantity's value.</summary>
    public int? Whole(string name)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind is not JsonValueKind.Number) throw new InvalidFhirException($"{path}.{name}", ElementProblem.WrongType);
        return value.TryGetDouble(out var number) && Math.Abs(number) < 1_000_000 ? (int)number : null;
    }

    /// <summary>A date or dateTime: the day as written, in the writer's time zone.</summary>
    public PartialDate? Date(string name)
    {
        var text = Text(name);
        if (text is null) return null;
        return FhirDates.TryParse(text, out var date) ? date : throw new InvalidFhirException($"{path}.{name}", ElementProblem.BadDate);
    }

    public InvalidFhirException Missing(string name) => new($"{path}.{name}", ElementProblem.Missing);

    private static Element Object(JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.Object) throw new InvalidFhirException(at, ElementProblem.WrongType);
        using var members = value.EnumerateObject();
        return members.MoveNext() ? new(value, at) : throw new InvalidFhirException(at, ElementProblem.Empty);
    }

    private static string Text(JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.String) throw new InvalidFhirException(at, ElementProblem.WrongType);
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // an escape that is half a character: "\ud800"
            throw new InvalidFhirException(at, ElementProblem.WrongType);
        }
        return string.IsNullOrWhiteSpace(text) ? throw new InvalidFhirException(at, ElementProblem.Empty) : text;
    }
}

internal static class FhirDates
{
    /// <summary>YYYY, YYYY-MM, YYYY-MM-DD, or a day with a time. A missing time zone is let pass: we keep the day only.</summary>
    public static bool TryParse(string text, out PartialDate date)
    {
        date = default;
        var (day, time) = text.Length > 10 && text[10] == 'T' ? (text[..10], text[11..]) : (text, null);
        if (time is not null && !IsTime(time)) return false;
        if (day.Length is not (4 or 7 or 10)) return false;
        var whole = day.Length switch { 4 => $"{day}-01-01", 7 => $"{day}-01", _ => day };
        if (!DateOnly.TryParseExact(whole, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return false;
        date = new(first, day.Length == 10);
        return true;
    }

    private static bool IsTime(string time) =>
        time.Length >= 5 && TimeOnly.TryParseExact(time[..5], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && time.AsSpan(5).IndexOfAnyExcept("0123456789:.+-Z") < 0;
}
