using System.Globalization;
using System.Runtime.InteropServices;
using Compagnon.Matching;

namespace Compagnon.Benchmarks;

/// <summary><c>match live FILE [CHANGES]</c>: how long a change takes, and each kind of answer.</summary>
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
        var random = new Random(1);
        Measure("warm-up", 20, () => Change(live, problem, random));
        var kinds = new (string Name, Func<Action> Next)[]
        {
            ("arrives", () => Arrive(live, problem, random)),
            ("withdraws", () => Withdraw(live, random)),
            ("place more", () => Capacity(live, random, 1)),
            ("place less", () => Capacity(live, random, -1)),
            ("forbidden", () => Forbid(live, problem, random)),
            ("effect of a choice", () => Ask(live, problem, random)),
            ("best 5 for one", () => Best(live, problem, random)),
        };
        // at first there are as many places as a plan just made leaves: the hardest hour of a market where they are as many as patients
        Measure("any change", changes, () => kinds[random.Next(5)].Next());
        foreach (var (name, next) in kinds)
            Measure(name, changes, next);
        var now = live.ToProblem();
        var solution = live.ToSolution();
        Console.WriteLine(Verifier.Verify(now, solution.Plan, solution.Prices));
        return 0;
    }

    // What happens is made up before the clock starts.
    private static void Measure(string name, int count, Func<Action> next)
    {
        var times = new double[count];
        long allocated = 0;
        for (var k = 0; k < count; k++)
        {
            var action = next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Clock();
            action();
            times[k] = Clock() - start;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-20} median {times[count / 2],8:0.0} µs  p90 {times[count * 9 / 10],8:0.0}  p99 {times[count * 99 / 100],8:0.0}  max {times[^1],8:0.0}  {allocated / count} B"));
    }

    private static Action Change(LivePlan live, Problem problem, Random random)
    {
        Action[] all = [Arrive(live, problem, random), Capacity(live, random, 1), Capacity(live, random, -1), Forbid(live, problem, random), Ask(live, problem, random), Best(live, problem, random), Withdraw(live, random)];
        return () =>
        {
            foreach (var one in all)
                one();
        };
    }

    private static Action Arrive(LivePlan live, Problem problem, Random random)
    {
        var like = random.Next(problem.Patients);
        var edges = new Edge[problem.EdgesOf(like)];
        for (var e = 0; e < edges.Length; e++)
            edges[e] = problem.EdgeAt(like, e) with { Fit = Math.Min(Problem.MostFit, problem.EdgeAt(like, e).Fit + random.Next(20)) };
        return () => live.AddPatient(edges);
    }

    private static Action Withdraw(LivePlan live, Random random)
    {
        var patient = random.Next(live.Patients);
        return () => live.RemovePatient(patient);
    }

    private static Action Capacity(LivePlan live, Random random, int by)
    {
        var companion = random.Next(live.Companions);
        var capacity = Math.Max(0, live.CapacityOf(companion) + by);
        return () => live.SetCapacity(companion, capacity);
    }

    private static Action Forbid(LivePlan live, Problem problem, Random random)
    {
        var (patient, companion) = (0, Plan.Nobody);
        while (companion == Plan.Nobody)
            companion = live.CompanionOf(patient = random.Next(problem.Patients));
        return () => live.Forbid(patient, companion);
    }

    private static Action Ask(LivePlan live, Problem problem, Random random)
    {
        var patient = Someone(problem, random);
        var companion = problem.EdgeAt(patient, random.Next(problem.EdgesOf(patient))).Companion;
        return () => live.EffectOf(patient, companion);
    }

    private static Action Best(LivePlan live, Problem problem, Random random)
    {
        var patient = Someone(problem, random);
        return () => live.BestFor(patient, 5);
    }

    private static int Someone(Problem problem, Random random)
    {
        var patient = random.Next(problem.Patients);
        while (problem.EdgesOf(patient) == 0)
            patient = random.Next(problem.Patients);
        return patient;
    }
}
