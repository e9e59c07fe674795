using System.Globalization;
using Compagnon.Matching;

namespace Compagnon.Benchmarks;

/// <summary>The engine under measurement: <c>match solve</c>, <c>match live</c>, <c>match generate</c>; and under suspicion: <c>match trial</c>.</summary>
internal static class MatchCommand
{
    public static int Run(string[] args)
    {
        try
        {
            return args switch
            {
                ["solve", var file, .. var rest] => Solve(file, rest),
                ["live", var file] => LiveCommand.Run(file, 2000),
                ["live", var file, var changes] => LiveCommand.Run(file, Number(changes)),
                ["trial", var seconds] => TrialCommand.Run(Number(seconds), Environment.TickCount & 0xFFFFFF, int.MaxValue),
                ["trial", var seconds, var seed] => TrialCommand.Run(Number(seconds), Number(seed), int.MaxValue),
                ["trial", var seconds, var seed, var count] => TrialCommand.Run(Number(seconds), Number(seed), Number(count)),
                ["generate", var family, var patients, var companions, var edges, var seed, var file] => Generate(family, Number(patients), Number(companions), Number(edges), Number(seed), file),
                _ => Usage(),
            };
        }
        catch (BadProblemFileException bad)
        {
            Console.Error.WriteLine(bad.Message);
            return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Usage()
    {
        Console.Error.WriteLine("match solve FILE [--json] [--threads N] [--stats] | match live FILE [CHANGES] | match trial SECONDS [SEED [COUNT]] | match generate FAMILY PATIENTS COMPANIONS EDGES SEED FILE");
        return 2;
    }

    private static int Generate(string family, int patients, int companions, int edges, int seed, string file)
    {
        ProblemFile.Write(Generator.Make(Enum.Parse<Family>(family, ignoreCase: true), patients, companions, edges, (ulong)seed), file);
        return 0;
    }

    private static int Solve(string file, string[] rest)
    {
        var threads = Array.IndexOf(rest, "--threads") is >= 0 and var t ? Number(rest[t + 1]) : 0;
        var repeat = Array.IndexOf(rest, "--repeat") is >= 0 and var r ? Number(rest[r + 1]) : 1;
        var options = new SolveOptions(threads) { Tuning = Knobs(rest) };
        for (var k = 0; k < repeat; k++)
        {
            var report = SolveReport.OfFile(file, options);
            if (rest.Contains("--tsv", StringComparer.Ordinal))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{report.Totals.Matched} {report.Totals.TotalFit} {report.SolveSeconds:0.0000} {report.SolveCpuSeconds:0.0000} {report.PeakMegabytes:0} {report.Verdict.Optimal}"));
            else if (rest.Contains("--json", StringComparer.Ordinal))
                Console.WriteLine(report.ToJson());
            else
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{report.Totals.Matched} matched, total fit {report.Totals.TotalFit}, read {report.ReadSeconds:0.000} s, solve {report.SolveSeconds:0.000} s, verify {report.VerifySeconds:0.000} s, {report.PeakMegabytes:0} MB, {(report.Verdict.Optimal ? "optimal: verified" : report.Verdict.Reason)}"));
            if (rest.Contains("--stats", StringComparer.Ordinal))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  cpu {report.SolveCpuSeconds:0.0000} {report.Statistics}"));
        }
        return 0;
    }

    private static Tuning Knobs(string[] rest)
    {
        var at = Array.IndexOf(rest, "--knobs");
        if (at < 0)
            return new Tuning();
        var knobs = rest[at + 1].Split(',').Select(Number).ToArray();
        return new Tuning(knobs[0], knobs[1], knobs[2], knobs[3], knobs[4]) { SeedFrom = knobs[5], Seed = knobs[6], ShortageFrom = knobs[7] };
    }
}
