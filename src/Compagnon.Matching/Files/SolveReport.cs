using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Compagnon.Matching;

/// <summary>What <c>compagnon match solve</c> says of a file. Seconds; peak memory of the process in megabytes of 10^6 bytes.</summary>
public sealed record SolveReport
{
    public required int Patients { get; init; }
    public required int Companions { get; init; }
    public required int Edges { get; init; }
    public required Totals Totals { get; init; }
    public required double ReadSeconds { get; init; }
    public required double SolveSeconds { get; init; }
    /// <summary>Processor time of the solve, all threads: what a busy machine doesn't change much.</summary>
    public required double SolveCpuSeconds { get; init; }
    public required double VerifySeconds { get; init; }
    public required double PeakMegabytes { get; init; }
    public required Verdict Verdict { get; init; }
    public required Plan Plan { get; init; }
    public required SolveStatistics Statistics { get; init; }

    /// <summary>Reads a file, solves it and proves the result.</summary>
    /// <exception cref="BadProblemFileException"/>
    public static SolveReport OfFile(string path, SolveOptions options, Weights? weights = null, CancellationToken cancel = default)
    {
        var start = Stopwatch.GetTimestamp();
        var problem = ProblemFile.Read(path, weights, cancel);
        var read = Stopwatch.GetElapsedTime(start);
        return Of(problem, options, read, cancel);
    }

    public static SolveReport Of(Problem problem, SolveOptions options, TimeSpan read, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var before = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var solution = Engine.Solve(problem, options, out var statistics, cancel);
        var solved = Stopwatch.GetElapsedTime(start);
        var used = Environment.CpuUsage.TotalTime - before;
        start = Stopwatch.GetTimestamp();
        var verdict = Verifier.Verify(problem, solution.Plan, solution.Prices);
        var verified = Stopwatch.GetElapsedTime(start);
        return new SolveReport
        {
            Patients = problem.Patients,
            Companions = problem.Companions,
            Edges = problem.Edges,
            Totals = Totals.Of(problem, solution.Plan),
            ReadSeconds = read.TotalSeconds,
            SolveSeconds = solved.TotalSeconds,
            SolveCpuSeconds = used.TotalSeconds,
            VerifySeconds = verified.TotalSeconds,
            PeakMegabytes = Peak() / 1e6,
            Verdict = verdict,
            Plan = solution.Plan,
            Statistics = statistics,
        };
    }

    /// <summary>One object on one line.</summary>
    public string ToJson()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"patients\":{Patients},\"companions\":{Companions},\"edges\":{Edges},\"matched\":{Totals.Matched}")
            .Append(CultureInfo.InvariantCulture, $",\"total_fit\":{Totals.TotalFit},\"objective\":{Totals.Objective}")
            .Append(CultureInfo.InvariantCulture, $",\"read_s\":{ReadSeconds:0.000000},\"solve_s\":{SolveSeconds:0.000000},\"verify_s\":{VerifySeconds:0.000000}")
            .Append(CultureInfo.InvariantCulture, $",\"peak_mb\":{PeakMegabytes:0.0},\"optimal\":{(Verdict.Optimal ? "true" : "false")}}}");
        return text.ToString();
    }

    // Linux counts the peak itself; elsewhere .NET does.
    private static long Peak()
    {
        if (OperatingSystem.IsLinux())
            foreach (var line in File.ReadLines("/proc/self/status"))
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
