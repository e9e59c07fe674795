using System.Text.Json;

namespace Compagnon.Interop.Fhir;

/// <summary>
/// Goes through a bundle's JSON as its bytes arrive and hands over one entry at a time, so that a large file needs no more memory than its largest entry.
/// "resourceType" and "type" may stand after the entries, so the bundle is judged at the end.
/// </summary>
internal sealed class BundleScanner(Action<JsonElement, int> take)
{
    /// <summary>FHIR resources nest some 20 levels deep.</summary>
    public const int MaximumDepth = 64;
    /// <summary>A resource read by us has hundreds of parts; more than this is made to exhaust memory.</summary>
    private const int MaximumTokens = 1_000_000;
    private static readonly JsonDocumentOptions strict = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };

    private enum Place { Before, Bundle, Entries, After }

    private Place place;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = MaximumDepth });
    private int entries;
    private bool hasEntries;

    public string? ResourceType { get; private set; }
    public string? Type { get; private set; }
    /// <summary>The bundle's closing brace was read.</summary>
    public bool IsComplete => place is Place.After;

    /// <summary>Reads as far as whole elements go, and says how many bytes are done with.</summary>
    public int Advance(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes.Span, isFinalBlock: false, state);
        try
        {
            Utf8JsonReader before;
            do before = reader;
            while (Step(ref reader, bytes));
            state = before.CurrentState;
            return (int)before.BytesConsumed;
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            // after an opening bracket the reader counts one level less
            throw new UnusableException(reader.CurrentDepth >= MaximumDepth - 1 ? RefusalReason.TooDeep : RefusalReason.NotJson, line);
        }
    }

    private bool Step(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes)
    {
        if (!reader.Read()) return false;
        switch (place)
        {
            case Place.Before:
                if (reader.TokenType is not JsonTokenType.StartObject) throw new UnusableException(RefusalReason.NotABundle);
                place = Place.Bundle;
                return true;
            case Place.Bundle when reader.TokenType is JsonTokenType.EndObject:
                place = Place.After;
                return true;
            case Place.Bundle:
                return Property(ref reader);
            case Place.Entries when reader.TokenType is JsonTokenType.EndArray:
                if (entries == 0) throw new InvalidFhirException("Bundle.entry", ElementProblem.Empty);
                place = Place.Bundle;
                return true;
            case Place.Entries:
                return Entry(ref reader, bytes);
            default:
                throw new UnusableException(RefusalReason.NotJson);
        }
    }

    private bool Property(ref Utf8JsonReader reader)
    {
        var isType = reader.ValueTextEquals("type"u8);
        var isResourceType = reader.ValueTextEquals("resourceType"u8);
        var isEntry = reader.ValueTextEquals("entry"u8);
        if (!reader.Read()) return false;
        if (isEntry)
        {
            if (reader.TokenType is not JsonTokenType.StartArray) throw new InvalidFhirException("Bundle.entry", ElementProblem.WrongType);
            if (hasEntries) throw new InvalidFhirException("Bundle.entry", ElementProblem.Repeated);
            hasEntries = true;
            place = Place.Entries;
            return true;
        }
        if (isType) Type = Text(ref reader, "Bundle.type", Type);
        if (isResourceType) ResourceType = Text(ref reader, "Bundle.resourceType", ResourceType);
        return reader.TrySkip();
    }

    private bool Entry(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) throw new InvalidFhirException($"Bundle.entry[{entries}]", ElementProblem.WrongType);
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip()) return false;
        var entry = bytes[start..(int)reader.BytesConsumed];
        var (isRead, tokens) = Peek(entry.Span);
        if (isRead)
        {
            if (tokens > MaximumTokens) throw new UnusableException(RefusalReason.TooDeep);
            Take(entry);
        }
        entries++;
        return true;
    }

    private void Take(ReadOnlyMemory<byte> entry)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(entry, strict);
        }
        catch (JsonException)
        {
            // its syntax was read before, so a name stands twice (or is half a character)
            throw new InvalidFhirException($"Bundle.entry[{entries}]", ElementProblem.Repeated);
        }
        using (document) take(document.RootElement, entries);
    }

    /// <summary>Is the entry's resource of a type we read, or of none? Found without building anything.</summary>
    private static (bool IsRead, int Tokens) Peek(ReadOnlySpan<byte> entry)
    {
        var reader = new Utf8JsonReader(entry, new JsonReaderOptions { MaxDepth = MaximumDepth });
        var isRead = true;
        var tokens = 0;
        var isInResource = false;
        while (reader.Read())
        {
            tokens++;
            if (reader.TokenType is not JsonTokenType.PropertyName) continue;
            if (reader.CurrentDepth == 1) isInResource = reader.ValueTextEquals("resource"u8);
            else if (isInResource && reader.CurrentDepth == 2 && reader.ValueTextEquals("resourceType"u8))
            {
                reader.Read();
                tokens++;
                isRead = reader.TokenType is not JsonTokenType.String || BundleContent.IsRead(ref reader);
            }
        }
        return (isRead, tokens);
    }

    private static string Text(ref Utf8JsonReader reader, string path, string? earlier)
    {
        if (earlier is not null) throw new InvalidFhirException(path, ElementProblem.Repeated);
        if (reader.TokenType is not JsonTokenType.String) throw new InvalidFhirException(path, ElementProblem.WrongType);
        return reader.ValueIsEscaped ? "" : reader.GetString()!;
    }
}

/// <summary>Thrown inside the reading only: the bytes themselves can't be used.</summary>
internal sealed class UnusableException(RefusalReason reason, long? line = null) : Exception
{
    public Refused Refused { get; } = new(reason) { Line = line };
}
