using System.Diagnostics;
using System.Globalization;
using Compagnon.Matching;

namespace Compagnon.Web.Commands;

/// <summary>match solve FILE: reads a problem, solves it, proves the plan the best, and says what it took.</summary>
internal static class MatchSolve
{
    public static int Run(string file, int threads, bool json, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new WrongUse(Directory.Exists(file) ? "Match.Folder" : "Fault.FileMissing", file);
        using var progress = new MatchProgress();
        var report = SolveReport.Of(Read(file, out var took, cancel), new SolveOptions(threads, progress), took, cancel);
        progress.Dispose();
        if (json) Say.Output.WriteLine(report.ToJson());
        else Print(report);
        return report.Verdict.Optimal ? 0 : 1;
    }

    private static Problem Read(string file, out TimeSpan took, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var problem = ProblemFile.Read(file, weights: null, cancel);
            took = Stopwatch.GetElapsedTime(start);
            return problem;
        }
        catch (BadProblemFileException bad)
        {
            throw new WrongUse("Match.Bad", file, bad.Line, ReasonOf(bad));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WrongUse("Fault.FileMissing", file);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw new WrongUse("Match.Unreadable", file);
        }
    }

    /// <summary>The values' names are those of the format, in the user's language.</summary>
    private static string ReasonOf(BadProblemFileException bad) =>
        Say.Text($"Match.Bad.{bad.Fault}", [.. bad.About.Select(a => a is string word && bad.Fault != FileFault.WordExpected ? Say.Text($"Match.Value.{word}") : string.Create(CultureInfo.InvariantCulture, $"{a}"))]);

    private static void Print(SolveReport report)
    {
        Say.Line("Match.People", report.Patients, report.Companions, report.Edges);
        Say.Line("Match.Matched", report.Totals.Matched);
        Say.Line("Match.Fit", report.Totals.TotalFit);
        if (report.Totals.Objective != report.Totals.TotalFit) Say.Line("Match.Objective", report.Totals.Objective);
        Say.Line("Match.Seconds", report.ReadSeconds, report.SolveSeconds, report.VerifySeconds);
        Say.Line("Match.Memory", report.PeakMegabytes);
        Say.Line(report.Verdict.Optimal ? "Match.Optimal" : "Match.NotOptimal", report.Verdict.Reason);
    }
}
