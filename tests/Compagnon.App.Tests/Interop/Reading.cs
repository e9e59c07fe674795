using System.Text;
using Compagnon.Interop.Fhir;

namespace Compagnon.App.Tests.Interop;

/// <summary>Short ways to read, on a fixed day.</summary>
internal static class Reading
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(Today, new TimeOnly(12, 0), TimeSpan.Zero);
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    public static BundleReader Reader { get; } = new(new Noon());

    public static async Task<IReadOnlyList<ReadResult>> File(string path)
    {
        await using var file = System.IO.File.OpenRead(path);
        return await Reader.ReadAsync(file, TestContext.Current.CancellationToken);
    }

    public static async Task<IReadOnlyList<ReadResult>> Bytes(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        return await Reader.ReadAsync(stream, TestContext.Current.CancellationToken);
    }

    public static Task<IReadOnlyList<ReadResult>> Text(string json) => Bytes(Encoding.UTF8.GetBytes(json));

    public static async Task<ReadResult> One(string json) => Assert.Single(await Text(json));

    public static async Task<PersonFacts> Person(string json) => Assert.IsType<Taken>(await One(json)).Person;

    public static async Task<SkipReason> Skip(string json) => Assert.IsType<Skipped>(await One(json)).Reason;

    public static async Task<Refused> Refusal(string json) => Assert.IsType<Refused>(await One(json));

    /// <summary>"Chemotherapy 2014–2015, Surgery 2015".</summary>
    public static string Said(PersonFacts person) => string.Join(", ", person.Treatments.Select(t =>
        $"{t.Treatment} {(t.FromYear == t.ToYear ? $"{t.FromYear}" : $"{t.FromYear}–{t.ToYear}")}{(t.IsOngoing ? " …" : "")}".Trim()));

    /// <summary>"Lung 2009; Prostate 2003 in situ".</summary>
    public static string Cancers(PersonFacts person) => string.Join("; ", person.Cancers.Select(c =>
        $"{c.Site} {c.Year}{(c.IsInSitu ? " in situ" : "")}{(c.IsMetastatic ? " metastatic" : "")}{(c.Status is CancerStatus.Active ? "" : $" {c.Status}")}"));
}
