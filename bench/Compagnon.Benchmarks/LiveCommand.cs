using System.Globalization;
using System.Runtime.InteropServices;
using Compagnon.Matching;

namespace Compagnon.Benchmarks;

/// <summary><c>match live FILE [--changes N]</c>: how long a change takes, and each kind of answer.</summary>
internal static partial class LiveCommand
{
    private const int ThreadTime = 3;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, Span<long> time);

    // Microseconds of this thread alone, so that neighbours on the machine don't count.
    private static double Clock()
    {
        Span<long> time = stackalloc long[2];
        _ = GetTime(ThreadTime, time);
        return (time[0] * 1e6) + (time[1] / 1e3);
    }

    public static int Run(string file, int changes)
    {
        var problem = ProblemFile.Read(file);
        using var live = new LivePlan(problem, Engine.Solve(problem));
        Measure("warm-up", 500, k => Change(live, problem, new Random(k)));
        var random = new Random(1);
        var kinds = new (string Name, Action<int> Do)[]
        {
            ("arrives", _ => Arrive(live, problem, random)),
            ("withdraws", _ => live.RemovePatient(random.Next(live.Patients))),
            ("place more", _ => Capacity(live, random, 1)),
            ("place less", _ => Capacity(live, random, -1)),
            ("forbidden", _ => Forbid(live, problem, random)),
            ("effect of a choice", _ => Ask(live, problem, random)),
            ("best 5 for one", _ => live.BestFor(random.Next(problem.Patients), 5)),
        };
        foreach (var (name, action) in kinds)
            Measure(name, changes, action);
        var now = live.ToProblem();
        var solution = live.ToSolution();
        Console.WriteLine(Verifier.Verify(now, solution.Plan, solution.Prices));
        return 0;
    }

    private static void Measure(string name, int count, Action<int> action)
    {
        var times = new double[count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = 0; k < count; k++)
        {
            var start = Clock();
            action(k);
            times[k] = Clock() - start;
        }
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-20} median {times[count / 2],8:0.0} µs  p90 {times[count * 9 / 10],8:0.0}  p99 {times[count * 99 / 100],8:0.0}  max {times[^1],8:0.0}  {allocated} B"));
    }

    private static void Change(LivePlan live, Problem problem, Random random)
    {
        Arrive(live, problem, random);
        Capacity(live, random, 1);
        Capacity(live, random, -1);
        Ask(live, problem, random);
        live.BestFor(random.Next(problem.Patients), 5);
        live.RemovePatient(random.Next(live.Patients));
    }

    private static void Arrive(LivePlan live, Problem problem, Random random)
    {
        var like = random.Next(problem.Patients);
        var edges = new Edge[problem.EdgesOf(like)];
        for (var e = 0; e < edges.Length; e++)
            edges[e] = problem.EdgeAt(like, e) with { Fit = Math.Min(Problem.MostFit, problem.EdgeAt(like, e).Fit + random.Next(20)) };
        live.AddPatient(edges);
    }

    private static void Capacity(LivePlan live, Random random, int by)
    {
        var companion = random.Next(live.Companions);
        live.SetCapacity(companion, Math.Max(0, live.CapacityOf(companion) + by));
    }

    private static void Forbid(LivePlan live, Problem problem, Random random)
    {
        var patient = random.Next(problem.Patients);
        var companion = live.CompanionOf(patient);
        if (companion >= 0)
            live.Forbid(patient, companion);
    }

    private static void Ask(LivePlan live, Problem problem, Random random)
    {
        var patient = random.Next(problem.Patients);
        if (problem.EdgesOf(patient) > 0)
            live.EffectOf(patient, problem.EdgeAt(patient, random.Next(problem.EdgesOf(patient))).Companion);
    }
}
