using System.Diagnostics;
using System.Globalization;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.Benchmarks.Pages;

/// <summary>
/// <c>day [--sizes 1000,10000,100000] [--seconds 4]</c>: the coordinator's day beside a bare endpoint that runs the same SQL and writes as many bytes, in one run,
/// turn by turn, on both databases. What counts is the ratio.
/// </summary>
internal static class DayBench
{
    private const int Companions = 2000;
    private const int AtOnce = 8;
    private const int Turns = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var sizes = Value(args, "--sizes", "1000,10000,100000").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToList();
        var time = TimeSpan.FromSeconds(double.Parse(Value(args, "--seconds", "4"), CultureInfo.InvariantCulture));
        Console.WriteLine("| database | open files | page, requests/s | bare, requests/s | ratio | page, bytes | commands |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var kind in Enum.GetValues<Db>()) await OnAsync(kind, sizes, time);
        return 0;
    }

    private static async Task OnAsync(Db kind, List<int> sizes, TimeSpan time)
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
        var there = 0;
        foreach (var size in sizes)
        {
            await site.Rows(async db => { await crowd.AddReferralsAsync(db, size - there); return 0; });
            there = size;
            await MeasureAsync(kind, size, site, marianne.Client, time);
        }
    }

    private static async Task MeasureAsync(Db kind, int size, Site site, HttpClient page, TimeSpan time)
    {
        await page.GetStringAsync("/journee");
        byte[] written;
        using var capture = new Capture();
        written = await page.GetByteArrayAsync("/journee");
        await using var bare = await Bare.StartAsync(site.Installation.Database, [.. capture.Commands], written.Length);
        using var client = new HttpClient { BaseAddress = new Uri(bare.Urls.First()) };
        var (pages, bares) = (new List<double>(), new List<double>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            var (p, b) = (await RateAsync(page, "/journee", time), await RateAsync(client, "/bare", time));
            if (turn == 0) continue; // the first turn compiles
            pages.Add(p);
            bares.Add(b);
        }
        var (median, bareMedian) = (Median(pages), Median(bares));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {kind} | {size:N0} | {median:F0} | {bareMedian:F0} | {Median([.. pages.Zip(bares, (p, b) => p / b)]):F2} | {written.Length} | {capture.Commands.Count} |"));
    }

    private static async Task<double> RateAsync(HttpClient client, string path, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
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
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Value(string[] args, string name, string or) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : or;
}
