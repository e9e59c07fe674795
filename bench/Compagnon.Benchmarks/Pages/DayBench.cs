using System.Diagnostics;
using System.Globalization;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.Benchmarks.Pages;

/// <summary>
/// <c>day [--sizes 1000,10000,100000] [--seconds 4]</c>: the coordinator's day beside a bare endpoint that runs the same SQL and writes as many bytes, in one run,
/// turn by turn, on both databases. What counts is the ratio; ends with 1 where it is less than half at ten thousand files.
/// </summary>
internal static class DayBench
{
    private const int Companions = 2000;
    private const int AtOnce = 8;
    private const int Turns = 5;
    private const int WarmUp = 200;
    private const int Promised = 10_000;
    private const double Half = 0.5;

    public static async Task<int> RunAsync(string[] args)
    {
        var sizes = Value(args, "--sizes", "1000,10000,100000").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToList();
        var time = TimeSpan.FromSeconds(double.Parse(Value(args, "--seconds", "4"), CultureInfo.InvariantCulture));
        Console.WriteLine("| database | open files | page, requests/s | bare, requests/s | ratio | page, processor ms | bare, processor ms | bytes | commands |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var kept = true;
        foreach (var kind in Enum.GetValues<Db>()) kept &= await OnAsync(kind, sizes, time);
        return kept ? 0 : 1;
    }

    /// <returns>Whether the promise held: at ten thousand files, half of the bare endpoint's requests.</returns>
    private static async Task<bool> OnAsync(Db kind, List<int> sizes, TimeSpan time)
    {
        await using var site = await Site.OnAsync(kind);
        var marianne = await site.EnterAsync("Marianne Lavoie");
        var coordinator = await site.Rows(async db =>
        {
            var entries = await db.Set<Compagnon.Domain.Access.Session>().OrderByDescending(s => s.StartedAt).FirstAsync();
            return await db.Set<Membership>().FirstAsync(m => m.Id == entries.MembershipId);
        });
        var crowd = new Crowd(new Vault(site.Installation.Keys), coordinator.FacilityId!.Value, coordinator.PersonId);
        await site.Rows(async db => { await crowd.AddCompanionsAsync(db, Companions); return 0; });
        var (there, kept) = (0, true);
        foreach (var size in sizes)
        {
            await site.Rows(async db => { await crowd.AddReferralsAsync(db, size - there); return 0; });
            there = size;
            var ratio = await MeasureAsync(kind, size, site, marianne.Client, time);
            if (size == Promised) kept &= ratio >= Half;
        }
        return kept;
    }

    private static async Task<double> MeasureAsync(Db kind, int size, Site site, HttpClient page, TimeSpan time)
    {
        await page.GetStringAsync("/journee");
        var (written, commands) = await CaptureAsync(page);
        await using var bare = await Bare.StartAsync(site.Installation.Database, commands, written);
        using var client = new HttpClient { BaseAddress = new Uri(bare.Urls.First()) };
        for (var i = 0; i < WarmUp; i++) await Task.WhenAll(page.GetByteArrayAsync("/journee"), client.GetByteArrayAsync("/bare"));
        await Task.Delay(TimeSpan.FromSeconds(2)); // what was called often is compiled again in the background
        var (pages, bares) = (new List<Rate>(), new List<Rate>());
        for (var turn = 0; turn < Turns; turn++)
        {
            pages.Add(await RateAsync(page, "/journee", time));
            bares.Add(await RateAsync(client, "/bare", time));
        }
        var ratio = Median(pages.Zip(bares).Select(p => p.First.PerSecond / p.Second.PerSecond));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {kind} | {size:N0} | {Median(pages.Select(p => p.PerSecond)):F0} | {Median(bares.Select(b => b.PerSecond)):F0} | {ratio:F2} | {Median(pages.Select(p => p.Milliseconds)):F2} | {Median(bares.Select(b => b.Milliseconds)):F2} | {written} | {commands.Count} |"));
        return ratio;
    }

    /// <summary>What one page sends to the database, and how many bytes it writes.</summary>
    private static async Task<(int Bytes, IReadOnlyList<Sent> Commands)> CaptureAsync(HttpClient page)
    {
        using var capture = new Capture();
        var written = await page.GetByteArrayAsync("/journee");
        return (written.Length, [.. capture.Commands]);
    }

    private static async Task<Rate> RateAsync(HttpClient client, string path, TimeSpan time)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var done = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            var count = 0;
            while (watch.Elapsed < time)
            {
                using var answer = await client.GetAsync(path);
                answer.EnsureSuccessStatusCode();
                await answer.Content.CopyToAsync(Stream.Null);
                count++;
            }
            return count;
        }));
        return new Rate(done.Sum() / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / done.Sum());
    }

    /// <summary>Requests a second, and processor time a request: server, client and embedded database together, but not the PostgreSQL server.</summary>
    private sealed record Rate(double PerSecond, double Milliseconds);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Value(string[] args, string name, string or) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : or;
}
