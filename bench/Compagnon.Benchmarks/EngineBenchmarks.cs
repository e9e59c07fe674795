using BenchmarkDotNet.Attributes;
using Compagnon.Matching;

namespace Compagnon.Benchmarks;

/// <summary>The memory column shows that inner loops allocate nothing: a solve allocates its result, a live change nothing.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class EngineBenchmarks
{
    private Problem _problem = null!;
    private Solution _solution = null!;
    private LivePlan _live = null!;
    private int _companion;

    [Params(1_000, 10_000)]
    public int Patients { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _problem = Generator.Make(Family.Shortage, Patients, Patients / 5, 20, 1);
        _solution = Engine.Solve(_problem);
        _live = new LivePlan(_problem, _solution);
    }

    [GlobalCleanup]
    public void Clean() => _live.Dispose();

    [Benchmark]
    public Solution Solve() => Engine.Solve(_problem, new SolveOptions(Threads: 1));

    [Benchmark]
    public Verdict Verify() => Verifier.Verify(_problem, _solution.Plan, _solution.Prices);

    [Benchmark]
    public void PlaceMoreAndLess()
    {
        _companion = (_companion + 1) % _live.Companions;
        var capacity = _live.CapacityOf(_companion);
        _live.SetCapacity(_companion, capacity + 1);
        _live.SetCapacity(_companion, capacity);
    }

    [Benchmark]
    public Effect? EffectOfAChoice()
    {
        _companion = (_companion + 1) % _problem.Patients;
        return _problem.EdgesOf(_companion) == 0 ? null : _live.EffectOf(_companion, _problem.EdgeAt(_companion, 0).Companion);
    }
}
