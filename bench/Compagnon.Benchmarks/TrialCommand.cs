using System.Diagnostics;
using System.Globalization;
using Compagnon.Matching;

namespace Compagnon.Benchmarks;

/// <summary>
/// <c>match trial SECONDS [SEED [COUNT]]</c>: live plans of random networks, larger and stranger than the tests have time for; after every change the plan is proved anew,
/// and what a question said is held against what comes of it. A fault shows in one network of a thousand: to be run for a quarter of an hour before a change of the engine counts as done.
/// </summary>
/// <remarks>It stops at the first difference, with the seed and step that show it again.</remarks>
internal static class TrialCommand
{
    private const int Steps = 300;

    public static int Run(int seconds, int seed, int count)
    {
        var clock = Stopwatch.StartNew();
        var done = 0;
        for (; done < count && clock.Elapsed.TotalSeconds < seconds; done++)
        {
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\rnetwork {seed + done} "));
            using var trial = new Trial(seed + done);
            for (var step = 0; step < Steps; step++)
                if (trial.Step() is { } difference)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"network {seed + done}, step {step}: {difference}"));
                    return 1;
                }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} networks from {seed} on, {done * Steps} changes: no difference"));
        return 0;
    }

    private sealed class Trial : IDisposable
    {
        private static readonly double[] Places = [0.6, 1, 1, 1, 1.6];

        private readonly Random _random;
        private readonly int _family, _pairs;
        private readonly double[] _patients, _companions;
        private readonly bool _hasClasses;
        private readonly LivePlan _live;
        private readonly List<int> _decided = [];

        public Trial(int seed)
        {
            _random = new Random(seed);
            _family = _random.Next(6);
            var patients = _random.Next(300, 9000);
            var companions = Math.Max(20, patients / _random.Next(3, 9));
            _pairs = _random.Next(3, 24);
            _hasClasses = _random.Next(3) == 0;
            _patients = [.. Enumerable.Range(0, patients).Select(_ => _random.NextDouble())];
            _companions = [.. Enumerable.Range(0, companions).Select(_ => _random.NextDouble()).Order()];
            var builder = new ProblemBuilder(patients, companions);
            var places = new int[companions];
            for (var k = 0; k < patients * Places[_random.Next(Places.Length)]; k++)
                places[k < companions ? k : _random.Next(companions)]++;
            for (var j = 0; j < companions; j++)
                builder.Capacity(j, places[j]);
            for (var i = 0; i < patients; i++)
            {
                builder.Class(i, SomeClass()).Days(i, _random.Next(100));
                foreach (var edge in SomeEdges(i))
                    builder.Edge(i, edge.Companion, edge.Fit);
            }
            var problem = builder.Build(new Weights([], _random.Next(2) == 0 ? [] : [0, 5, 9, 30]));
            _live = new LivePlan(problem, new SolveOptions(Threads: 1));
            // near pairs and the second side at their usual time, or so early that the smallest network knows them
            if ((seed & 1) != 0)
                _live.Searches.NearFrom = 3;
            if ((seed & 2) != 0)
                _live.Searches.Alone = 8;
        }

        public void Dispose() => _live.Dispose();

        /// <returns>What isn't as it should be.</returns>
        public string? Step()
        {
            var (patient, companion) = (_random.Next(_live.Patients), _random.Next(_live.Companions));
            var difference = _random.Next(12) switch
            {
                0 or 1 => Do(() => _live.AddPatient([.. SomeEdges(patient)], SomeClass(), _random.Next(100))),
                2 => Do(() => Remove(patient)),
                3 => Do(() => _live.SetCapacity(companion, _live.CapacityOf(companion) + 1)),
                4 => Do(() => _live.SetCapacity(companion, Math.Max(0, _live.CapacityOf(companion) - 1))),
                5 => Do(() => _live.SetCapacity(companion % 10, _random.Next(2) * 5)),
                6 or 7 => Do(() => Forbid(patient)),
                8 => Do(() => _live.SetEdge(patient, companion, _random.Next(Problem.MostFit + 1))),
                9 => Decide(_random.Next(2) == 0 ? patient : SomebodyWaiting(patient)),
                10 => Do(Release),
                _ when _random.Next(20) == 0 => Do(() => _live.RemoveCompanion(companion)),
                _ => Do(() => _live.SetLoad(companion, _random.Next(4))),
            };
            _live.EffectOf(_random.Next(_live.Patients), companion);
            return difference ?? Best(_random.Next(_live.Patients), each: _random.Next(10) == 0) ?? Proof();
        }

        private static string? Do(Action change)
        {
            change();
            return null;
        }

        private void Remove(int patient)
        {
            _live.RemovePatient(patient);
            _decided.Remove(patient);
        }

        private void Forbid(int patient)
        {
            if (_live.CompanionOf(patient) is var companion and not Plan.Nobody && !_live.IsFixed(patient))
                _live.Forbid(patient, companion);
        }

        private void Release()
        {
            if (_decided.Count == 0)
                return;
            _live.Release(_decided[0]);
            _decided.RemoveAt(0);
        }

        // Of the best four the last, so that others have to move.
        private string? Decide(int patient)
        {
            if (_live.IsFixed(patient) || _live.BestFor(patient, 4) is not [.., var last])
                return null;
            var before = _live.Totals;
            _live.Fix(patient, last.Companion);
            _decided.Add(patient);
            var after = _live.Totals;
            return after.Objective - before.Objective == last.Effect.Objective && after.TotalFit - before.TotalFit == last.Effect.Fit && after.Matched - before.Matched == last.Effect.Matches
                ? null : string.Create(CultureInfo.InvariantCulture, $"patient {patient} with {last.Companion}: {Said(last.Effect)} was said; it became {after.Matched - before.Matched} matches, {after.Objective - before.Objective}");
        }

        private string? Best(int patient, bool each)
        {
            var best = _live.BestFor(patient, 3);
            foreach (var choice in each ? best : [])
                if (_live.EffectOf(patient, choice.Companion)?.Against(choice.Effect) != 0)
                    return string.Create(CultureInfo.InvariantCulture, $"patient {patient} with {choice.Companion}: {Said(choice.Effect)} among the best, another by itself");
            return null;
        }

        private static string Said(Effect effect) => string.Create(CultureInfo.InvariantCulture, $"{effect.Matches} matches, {effect.Objective}");

        private string? Proof()
        {
            var solution = _live.ToSolution();
            var verdict = Verifier.Verify(_live.ToProblem(), solution.Plan, solution.Prices);
            return verdict.Optimal ? null : verdict.Reason;
        }

        private int SomebodyWaiting(int from)
        {
            for (var k = 0; k < 50; k++)
                if ((from + k) % _live.Patients is var patient && _live.CompanionOf(patient) == Plan.Nobody)
                    return patient;
            return from;
        }

        private int SomeClass() => _hasClasses && _random.Next(4) == 0 ? _random.Next(3) : Problem.NoClass;

        private IEnumerable<Edge> SomeEdges(int patient)
        {
            var near = (int)(Of(_patients, patient) * _companions.Length);
            return Enumerable.Range(0, _pairs)
                .Select(_ => _family == 4 ? Math.Clamp(near + _random.Next(-_pairs, _pairs), 0, _companions.Length - 1) : _random.Next(_companions.Length))
                .Distinct()
                .Select(companion => new Edge(companion, SomeFit(patient, companion)));
        }

        private int SomeFit(int patient, int companion) => _family switch
        {
            0 => 0,
            1 => Problem.MostFit - _random.Next(2),
            2 => 100 * _random.Next(11),
            3 => (int)(Problem.MostFit * Of(_patients, patient) * Of(_companions, companion)),
            4 => (int)Math.Max(0, Problem.MostFit - (3 * Problem.MostFit * Math.Abs(Of(_patients, patient) - Of(_companions, companion)))),
            _ => _random.Next(Problem.MostFit + 1),
        };

        // Whoever came later is like somebody from the beginning.
        private static double Of(double[] people, int person) => people[person % people.Length];
    }
}
