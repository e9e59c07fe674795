using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Two plain ways to the best plan, which share nothing with the engine.</summary>
internal static class EngineReference
{
    /// <summary>Every plan there is: only for a handful of people.</summary>
    public static Totals ByBruteForce(Problem problem)
    {
        var choice = new int[problem.Patients];
        Array.Fill(choice, Plan.Nobody);
        var free = Enumerable.Range(0, problem.Companions).Select(problem.CapacityOf).ToArray();
        Totals? best = null;
        Try(0);
        return best!;

        void Try(int patient)
        {
            if (patient == problem.Patients)
            {
                var totals = Totals.Of(problem, new Plan([.. choice]));
                if (best is null || totals.Against(best) > 0)
                    best = totals;
                return;
            }
            Try(patient + 1);
            for (var e = 0; e < problem.EdgesOf(patient); e++)
            {
                var companion = problem.EdgeAt(patient, e).Companion;
                if (free[companion] == 0)
                    continue;
                free[companion]--;
                choice[patient] = companion;
                Try(patient + 1);
                choice[patient] = Plan.Nobody;
                free[companion]++;
            }
        }
    }

    /// <summary>Successive dearest paths by Bellman and Ford, one place a node, with values as wide as they like.</summary>
    public static Totals ByPaths(Problem problem)
    {
        var arcs = new Arcs(problem);
        while (arcs.Augment())
        {
        }
        return Totals.Of(problem, new Plan(arcs.Plan()));
    }

    private sealed class Arcs
    {
        private readonly Problem _problem;
        private readonly int _source;
        private readonly int _sink;
        private readonly List<(int From, int To, int Room, Int128 Value)> _arcs = [];

        public Arcs(Problem problem)
        {
            _problem = problem;
            _source = problem.Patients + problem.Companions;
            _sink = _source + 1;
            for (var i = 0; i < problem.Patients; i++)
            {
                // each class is worth more than all that comes after it together
                var worth = Int128.One;
                for (var c = problem.ClassOf(i); c <= Problem.NoClass; c++)
                    worth *= problem.Patients + 1;
                Add(_source, i, 1, (worth * 1_000_000_000) + problem.WaitWorth(i));
                for (var e = 0; e < problem.EdgesOf(i); e++)
                    Add(i, problem.Patients + problem.EdgeAt(i, e).Companion, 1, problem.EdgeAt(i, e).Fit);
            }
            for (var j = 0; j < problem.Companions; j++)
                for (var k = 0; k < Math.Min(problem.CapacityOf(j), problem.Patients); k++)
                    Add(problem.Patients + j, _sink, 1, -problem.PlacePrice(j, k));
        }

        public bool Augment()
        {
            var value = new Int128?[_sink + 1];
            var by = new int[_sink + 1];
            value[_source] = 0;
            for (var changed = true; changed;)
            {
                changed = false;
                for (var a = 0; a < _arcs.Count; a++)
                {
                    var (from, to, room, worth) = _arcs[a];
                    if (room == 0 || value[from] is not { } sofar || value[to] >= sofar + worth)
                        continue;
                    value[to] = sofar + worth;
                    by[to] = a;
                    changed = true;
                }
            }
            if (value[_sink] is not { } gain || gain <= 0)
                return false;
            for (var node = _sink; node != _source; node = _arcs[by[node]].From)
            {
                var a = by[node];
                _arcs[a] = _arcs[a] with { Room = _arcs[a].Room - 1 };
                _arcs[a ^ 1] = _arcs[a ^ 1] with { Room = _arcs[a ^ 1].Room + 1 };
            }
            return true;
        }

        public int[] Plan()
        {
            var plan = new int[_problem.Patients];
            Array.Fill(plan, Compagnon.Matching.Plan.Nobody);
            for (var a = 0; a < _arcs.Count; a += 2)
                if (_arcs[a].From < _problem.Patients && _arcs[a].Room == 0)
                    plan[_arcs[a].From] = _arcs[a].To - _problem.Patients;
            return plan;
        }

        private void Add(int from, int to, int room, Int128 value)
        {
            _arcs.Add((from, to, room, value));
            _arcs.Add((to, from, 0, -value));
        }
    }
}
