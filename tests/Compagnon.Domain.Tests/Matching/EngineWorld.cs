using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>A live plan to which everything happens that can happen.</summary>
internal sealed class EngineWorld : IDisposable
{
    private readonly Random _random;
    private readonly Dictionary<int, (int Companion, int Fit)> _fixed = [];

    private static readonly long[] Nearnesses = [1, 3, 48, 400];

    public EngineWorld(int seed)
    {
        _random = new Random(seed);
        // half of them search from both ends whenever they can
        Live = new LivePlan(EngineSamples.Random(seed, 9, 5), new SolveOptions(Threads: 1)) { Searches = { Alone = seed % 2 == 0 ? 1 : int.MaxValue / 8, NearFrom = 1, Nearness = Nearnesses[seed / 2 % 4], Slack = seed / 8 % 3 } };
    }

    public LivePlan Live { get; }

    public LivePlan Copy() => Rebuild(Live, _fixed);

    public void Dispose() => Live.Dispose();

    public string Change()
    {
        int patient = _random.Next(Math.Max(1, Live.Patients)), companion = _random.Next(Math.Max(1, Live.Companions));
        var both = Live.Patients > 0 && Live.Companions > 0;
        switch (_random.Next(12))
        {
            case 0:
                Live.AddPatient([.. Some(Live.Companions).Select(j => new Edge(j, Fit()))], Class(), _random.Next(60));
                return "patient added";
            case 1 when Live.Patients > 0:
                Live.RemovePatient(patient);
                _fixed.Remove(patient);
                return $"patient {patient} removed";
            case 2 when Live.Patients > 0:
                Live.ChangePatient(patient, Class(), _random.Next(60));
                return $"patient {patient} changed";
            case 3 when Live.Companions < 12:
                Live.AddCompanion(_random.Next(4), [.. Some(Live.Patients).Select(i => (i, Fit()))], _random.Next(3));
                return "companion added";
            case 4 when Live.Companions > 0 && _random.Next(3) == 0:
                Live.RemoveCompanion(companion);
                foreach (var (i, _) in _fixed.Where(f => f.Value.Companion == companion).ToList())
                    _fixed.Remove(i);
                return $"companion {companion} removed";
            case 5 or 6 when Live.Companions > 0:
                Live.SetCapacity(companion, _random.Next(8) == 0 ? int.MaxValue : _random.Next(4));
                return $"capacity of {companion}";
            case 7 or 8 when both:
                return Edge(patient, companion);
            case 9 when both:
                Live.Forbid(patient, companion);
                if (_fixed.TryGetValue(patient, out var pair) && pair.Companion == companion)
                    _fixed.Remove(patient);
                return $"{patient}, {companion} forbidden";
            case 11 when Live.Companions > 0:
                Live.SetLoad(companion, _random.Next(16) == 0 ? Problem.MostLoad : _random.Next(5));
                return $"load of {companion}";
            case 10 when both:
                return Decide(patient, companion);
            default:
                return "nothing";
        }
    }

    /// <summary>The plan is proved, and its totals are those of a plan made anew beside the decided pairs.</summary>
    public void Check(string when)
    {
        var problem = Live.ToProblem();
        var solution = Live.ToSolution();
        var verdict = Verifier.Verify(problem, solution.Plan, solution.Prices);
        Assert.True(verdict.Optimal, $"{when}: {verdict.Reason}");
        using var anew = Rebuild(Live, _fixed);
        Assert.True(anew.Totals.Against(Live.Totals) == 0,
            $"{when}: {Live.Totals} instead of {anew.Totals}");
        Assert.Equal(0, Totals.Of(problem, solution.Plan).Against(Totals.Of(problem, Engine.Solve(problem, new SolveOptions(Threads: 1)).Plan)));
    }

    // Pairs are decided in another plan in the order of their numbers: what they count for must not depend on the way there.
    private static LivePlan Rebuild(LivePlan live, Dictionary<int, (int Companion, int Fit)> decided)
    {
        var problem = live.ToProblem();
        var held = decided.GroupBy(f => f.Value.Companion).ToDictionary(g => g.Key, g => g.Count());
        var builder = new ProblemBuilder(problem.Patients, problem.Companions);
        for (var j = 0; j < problem.Companions; j++)
            builder.Capacity(j, problem.CapacityOf(j) + Math.Min(held.GetValueOrDefault(j), int.MaxValue - problem.CapacityOf(j)))
                .Load(j, problem.LoadOf(j) - held.GetValueOrDefault(j));
        for (var i = 0; i < problem.Patients; i++)
        {
            builder.Class(i, problem.ClassOf(i)).Days(i, problem.DaysOf(i));
            for (var e = 0; e < problem.EdgesOf(i); e++)
                builder.Edge(i, problem.EdgeAt(i, e).Companion, problem.EdgeAt(i, e).Fit);
            if (decided.TryGetValue(i, out var pair))
                builder.Edge(i, pair.Companion, pair.Fit);
        }
        var copy = new LivePlan(builder.Build(problem.Weights), new SolveOptions(Threads: 1));
        foreach (var (patient, pair) in decided.OrderBy(d => d.Key))
            copy.Fix(patient, pair.Companion);
        return copy;
    }

    private string Edge(int patient, int companion)
    {
        var fit = Fit();
        Live.SetEdge(patient, companion, fit);
        if (_fixed.TryGetValue(patient, out var pair) && pair.Companion == companion)
            _fixed[patient] = (companion, fit);
        return $"{patient}, {companion} fits {fit}";
    }

    private string Decide(int patient, int companion)
    {
        if (_fixed.Count > 0 && _random.Next(3) == 0)
        {
            var released = _fixed.Keys.Min();
            Live.Release(released);
            _fixed.Remove(released);
            return $"{released} released";
        }
        if (_fixed.ContainsKey(patient) || Live.CapacityOf(companion) == 0 || Live.ToProblem().FitOf(patient, companion) is not { } fit)
            return "nothing";
        Live.Fix(patient, companion);
        _fixed[patient] = (companion, fit);
        return $"{patient}, {companion} decided";
    }

    private IEnumerable<int> Some(int count) => Enumerable.Range(0, count).Where(_ => _random.Next(2) == 0).ToList();

    private int Fit() => _random.Next(3) switch { 0 => 100 * _random.Next(11), 1 => _random.Next(3), _ => _random.Next(Problem.MostFit + 1) };

    private int Class() => _random.Next(3) == 0 ? _random.Next(3) : Problem.NoClass;
}
