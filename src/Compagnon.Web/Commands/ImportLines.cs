using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Compagnon.Domain.Programme;
using Compagnon.Interop.Fhir;
using Compagnon.Interop.Import;
using Compagnon.Web.Words;

namespace Compagnon.Web.Commands;

/// <summary>Says what came of each person: a sentence in the user's language, or one JSON object a line. Never a name: terminals and logs are no place for it.</summary>
internal sealed class ImportLines(bool json)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly EnumWords words = new();

    public int TakenCount { get; private set; }
    public int SkippedCount { get; private set; }
    public int RefusedCount { get; private set; }

    public void Add(string file, Imported imported)
    {
        var line = LineOf(file, imported);
        if (line.Result == "taken") TakenCount++;
        else if (line.Result == "skipped") SkippedCount++;
        else RefusedCount++;
        Say.Output.WriteLine(json ? JsonSerializer.Serialize(line, Json) : SentenceOf(line));
    }

    private static Line LineOf(string file, Imported imported) => imported.Read switch
    {
        Taken { Person: var p } => new Line(file, imported.IsThere ? "skipped" : "taken")
        {
            Reason = imported.IsThere ? "alreadyThere" : null, Site = p.Leading.Site, Sites = [.. p.Cancers.Select(c => c.Site).Distinct()],
            Treatments = [.. p.Treatments.Select(t => t.Treatment)], Years = [.. p.Treatments.Select(t => t.ToYear ?? t.FromYear)],
        },
        Skipped { Reason: var reason } => new Line(file, "skipped") { Reason = JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) },
        Refused refused => new Line(file, "refused")
        {
            Reason = JsonNamingPolicy.CamelCase.ConvertName(refused.Reason.ToString()), Element = refused.Element?.Path,
            Problem = refused.Element?.Problem, AtLine = refused.Line,
        },
        _ => throw new InvalidOperationException(imported.Read.GetType().Name),
    };

    private string SentenceOf(Line line)
    {
        var name = Path.GetFileName(line.File);
        if (line.Result == "taken") return Say.Text("Import.Taken", name, string.Join(", ", line.Sites!.Select(s => words[s])), string.Join(", ", line.Treatments!.Zip(line.Years!, (t, y) => y is null ? words[t] : $"{words[t]} {y}")));
        var reason = Say.Text("Import.Reason." + line.Reason);
        if (line.Element is not null) reason += $" ({line.Element})";
        else if (line.AtLine is not null) reason += " " + Say.Text("Import.AtLine", line.AtLine);
        return Say.Text(line.Result == "skipped" ? "Import.Skipped" : "Import.Refused", name, reason);
    }

    /// <param name="File">As given.</param>
    /// <param name="Result">taken, skipped or refused.</param>
    private sealed record Line(string File, string Result)
    {
        /// <summary>The cancer that leads.</summary>
        public CancerSite? Site { get; init; }
        public IReadOnlyList<CancerSite>? Sites { get; init; }
        public IReadOnlyList<Treatment>? Treatments { get; init; }
        /// <summary>The last year of each treatment, in the same order.</summary>
        public IReadOnlyList<int?>? Years { get; init; }
        public string? Reason { get; init; }
        /// <summary>Where a refused file breaks FHIR; never a value of it.</summary>
        public string? Element { get; init; }
        public ElementProblem? Problem { get; init; }
        public long? AtLine { get; init; }
    }
}
