using BenchmarkDotNet.Attributes;
using Compagnon.Matching;

namespace Compagnon.Benchmarks;

/// <summary>
/// Changes that can't be repeated on the same plan: each iteration begins with a fresh one, and what happens to it was made up before.
/// The memory column shows that a change allocates nothing while the room that a plan begins with lasts.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
[InvocationCount(Changes)]
public class LiveBenchmarks
{
    // a fifth of the patients: a plan begins with room for a quarter more
    private const int Changes = 2_000;
    private const int Patients = 10_000;

    private readonly Edge[][] _arrivals = new Edge[Changes][];
    private readonly int[] _order = new int[Patients];
    private Problem _problem = null!;
    private Solution _solution = null!;
    private LivePlan _live = null!;
    private int _next;

    [Params(Family.Shortage, Family.Tight)]
    public Family Market { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _problem = Generator.Make(Market, Patients, Patients / 5, 20, 1);
        _solution = Engine.Solve(_problem);
        var random = new Random(1);
        for (var i = 0; i < Patients; i++)
            _order[i] = i;
        random.Shuffle(_order);
        for (var k = 0; k < Changes; k++)
        {
            var like = _order[k];
            _arrivals[k] = new Edge[_problem.EdgesOf(like)];
            for (var e = 0; e < _arrivals[k].Length; e++)
                _arrivals[k][e] = _problem.EdgeAt(like, e) with { Fit = Math.Min(Problem.MostFit, _problem.EdgeAt(like, e).Fit + random.Next(20)) };
        }
    }

    [IterationSetup]
    public void Begin()
    {
        _live?.Dispose();
        _live = new LivePlan(_problem, _solution);
        _next = 0;
    }

    [GlobalCleanup]
    public void Clean() => _live.Dispose();

    [Benchmark]
    public int Arrival() => _live.AddPatient(_arrivals[_next++]);

    [Benchmark]
    public void Withdrawal() => _live.RemovePatient(_order[_next++]);

    [Benchmark]
    public void Forbid()
    {
        // the next who has somebody: about one in two where places are short
        var companion = Plan.Nobody;
        var patient = 0;
        while (companion == Plan.Nobody)
            companion = _live.CompanionOf(patient = _order[_next++ % Patients]);
        _live.Forbid(patient, companion);
    }
}
