namespace Compagnon.Matching;

/// <summary>
/// The best plan, kept best while people come and go. Every change leaves a plan as good as one made anew;
/// patients and companions keep their numbers, and a number is never given to somebody else. Not for several threads at once.
/// A change that is broken off in the middle, by want of memory, leaves a plan that refuses every further use; a question leaves no trace.
/// </summary>
public sealed unsafe partial class LivePlan : IDisposable
{
    private readonly Market _m = new(fromBoth: true);
    private readonly Searches _searches;
    private readonly Clusters _clusters = new();
    private readonly Weights _weights;
    private readonly Dictionary<int, (int Companion, int Fit)> _fixed = [];
    private readonly Stack<int> _unseated = new();
    private int[] _byClass = new int[Problem.NoClass + 1];
    private long _fit;
    private long _objective;
    private byte[] _class = [];
    private int[] _days = [];
    private int[] _nominal = [];
    private bool _changing;

    public LivePlan(Problem problem, SolveOptions? options = null, CancellationToken cancel = default)
        : this(problem, Engine.Solve(problem, options, cancel))
    {
    }

    /// <param name="solution">A solution of this very problem, with its prices.</param>
    public LivePlan(Problem problem, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        _weights = problem.Weights;
        _m.LoadPrices = _weights.LoadPrices.ToArray();
        _searches = new Searches(_m) { Changed = Count, Clusters = _clusters };
        try
        {
            Load(problem);
            Take(problem, solution);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Searches Searches => _searches;

    public int Patients => _m.Patients;
    public int Companions => _m.Companions;

    public Totals Totals
    {
        get
        {
            CheckUsable();
            var matched = 0;
            foreach (var count in _byClass)
                matched += count;
            return new Totals(matched, [.. _byClass], _fit, _objective);
        }
    }

    /// <summary>Whose companion is decided counts too.</summary>
    public int CompanionOf(int patient)
    {
        CheckUsable();
        CheckPatient(patient);
        return NowOf(patient);
    }

    private int NowOf(int patient)
    {
        var match = _m.Match.At[patient];
        if (match == Market.Away)
            return _fixed.TryGetValue(patient, out var pair) ? pair.Companion : Plan.Nobody;
        return match == Market.None ? Plan.Nobody : Problem.CompanionOf(match);
    }

    public bool IsFixed(int patient)
    {
        CheckUsable();
        return _fixed.ContainsKey(patient);
    }

    public int CapacityOf(int companion)
    {
        CheckUsable();
        CheckCompanion(companion);
        return _nominal[companion];
    }

    /// <summary>Accompaniments under way, beside those that decided pairs add.</summary>
    public int LoadOf(int companion)
    {
        CheckUsable();
        CheckCompanion(companion);
        return _m.Load.At[companion] - HeldBy(companion);
    }

    /// <summary>Today's question, as if asked anew: decided pairs have left it, with the places they hold.</summary>
    public Problem ToProblem()
    {
        CheckUsable();
        var builder = new ProblemBuilder(_m.Patients, _m.Companions);
        for (var j = 0; j < _m.Companions; j++)
            builder.Capacity(j, _nominal[j]).Load(j, Math.Min(_m.Load.At[j], Problem.MostLoad)); // the last price holds long before
        for (var i = 0; i < _m.Patients; i++)
        {
            builder.Days(i, _days[i]).Class(i, _class[i]);
            if (_m.Match.At[i] == Market.Away)
                continue;
            for (var e = 0; e < _m.Patient[i].RowLength; e++)
            {
                var word = _m.Row.At[_m.Patient[i].RowStart + e];
                builder.Edge(i, Problem.CompanionOf(word), Problem.FitOf(word));
            }
        }
        return builder.Build(_weights);
    }

    /// <summary>The plan with its proof, for <see cref="ToProblem"/>.</summary>
    public Solution ToSolution()
    {
        CheckUsable();
        var plan = new int[_m.Patients];
        var gains = new long[_m.Patients];
        for (var i = 0; i < plan.Length; i++)
        {
            var match = _m.Match.At[i];
            plan[i] = match >= Market.Away ? Plan.Nobody : Problem.CompanionOf(match);
            gains[i] = _m.GainOf(i);
        }
        var prices = new long[_m.Companions];
        for (var j = 0; j < prices.Length; j++)
            prices[j] = _m.Price.At[j];
        return new Solution(new Plan(plan), new Prices(gains, prices));
    }

    public void Dispose()
    {
        _m.Dispose();
        _searches.Dispose();
        _journal.Dispose();
        _further.Dispose();
        foreach (var block in new Block[] { _rowRoom, _columnRoom, _placeRoom })
            block.Dispose();
    }

    private void Take(Problem problem, Solution solution)
    {
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = solution.Prices.Companions[j];
        for (var i = 0; i < _m.Patients; i++)
        {
            var companion = solution.Plan.CompanionOf(i);
            if (companion != Plan.Nobody)
                _searches.Seat(i, Word(companion, problem.FitOf(i, companion) ?? throw new ArgumentException("not a plan of this problem", nameof(solution))));
        }
    }

    private static uint Word(int companion, int fit) => ((uint)companion << Problem.FitBits) | (uint)fit;

    private void Count(int patient, uint word, bool made)
    {
        var companion = Problem.CompanionOf(word);
        var fit = Problem.FitOf(word);
        if (made)
            Count(patient, fit, 1, _m.Reserve(companion, _m.Filled.At[companion] - 1));
        else
            Count(patient, fit, -1, _m.Reserve(companion, _m.Filled.At[companion]));
        if (_searches.Journal is not null)
            _had.TryAdd(patient, !made);
    }

    private void Count(int patient, int fit, int sign, long price)
    {
        _byClass[_class[patient]] += sign;
        _fit += sign * fit;
        _objective += sign * (fit + _weights.WaitWorth(_days[patient]) - price);
    }

    private void CheckPatient(int patient)
    {
        if ((uint)patient >= (uint)_m.Patients)
            throw new ArgumentOutOfRangeException(nameof(patient), patient, "no such patient");
    }

    private void CheckCompanion(int companion)
    {
        if ((uint)companion >= (uint)_m.Companions)
            throw new ArgumentOutOfRangeException(nameof(companion), companion, "no such companion");
    }
}
