using System.Diagnostics;
using System.Globalization;
using Compagnon.TestKit;

namespace Compagnon.Benchmarks.Pages;

/// <summary><c>start PROGRAM</c>: time from starting the built program to its first page, and resident memory ten seconds later; five times.</summary>
internal static class StartBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var program = args.FirstOrDefault() ?? Path.Combine(Repository.Root, "src/Compagnon.Web/bin/Release/net10.0/Compagnon.Web");
        Console.WriteLine("| run | first page, s | resident at rest, MB |\n|---|---|---|");
        for (var run = 1; run <= 5; run++)
        {
            var (seconds, megabytes) = await OnceAsync(program, 20000 + Random.Shared.Next(10000));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {run} | {seconds:F2} | {megabytes:F0} |"));
        }
        return 0;
    }

    private static async Task<(double Seconds, double Megabytes)> OnceAsync(string program, int port)
    {
        var folder = Directory.CreateTempSubdirectory("compagnon-start-").FullName;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, ["demo", "--urls", $"http://127.0.0.1:{port}"]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true })!;
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync($"http://127.0.0.1:{port}/");
                if (answer.IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }
        var seconds = watch.Elapsed.TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(10));
        process.Refresh();
        var megabytes = process.WorkingSet64 / 1048576.0;
        process.Kill();
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return (seconds, megabytes);
    }
}
