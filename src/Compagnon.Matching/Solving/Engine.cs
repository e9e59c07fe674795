namespace Compagnon.Matching;

/// <param name="Threads">At most so many at once; 0 for one a core.</param>
/// <param name="Progress">Told how much is done: 0 first, never less than before, 1 last. Told by one thread at a time, whichever it is.</param>
public sealed record SolveOptions(int Threads = 0, IProgress<double>? Progress = null)
{
    internal Tuning Tuning { get; init; } = new();
}

/// <summary>What the solve took: for benches and for the curious.</summary>
/// <param name="Shared">Bids that several threads made at once.</param>
public readonly record struct SolveStatistics(
    long Bids, long ReverseBids, long Shared, int Missing, int Repaired, long Settled, TimeSpan Auction, TimeSpan Finish)
{
    internal SolveStatistics And(SolveStatistics other) => new(
        Bids + other.Bids, ReverseBids + other.ReverseBids, Shared + other.Shared, Missing + other.Missing, Repaired + other.Repaired,
        Settled + other.Settled, Auction + other.Auction, Finish + other.Finish);
}

/// <param name="After">One more than each patient's companion, 0 for nobody: memory that nothing is written to takes no room until the end.</param>
internal sealed record Outcome(int[] After, long[] Gains, long[] Prices);

/// <summary>The knobs of the auction, in one place; benches turn them. Whatever they are, the plan is the best: past the most bids the exact searches do the rest.</summary>
internal sealed record Tuning(int MatchWorth = 4000, int Scale = 8, int First = 8, int Divisor = 5, int Last = 1, int BidsPerPatient = 300)
{
    /// <summary>
    /// Where there are more patients for 100 places than so many, prices begin at so many hundredths of a match: somebody stays without, and whatever they could have
    /// ends near the worth of a match.
    /// </summary>
    public int SeedFrom { get; init; } = 100;
    public int Seed { get; init; } = 95;

    /// <summary>
    /// Where there are so many, the increments begin with a larger part of a match as well and fall faster: the first bids are nearly right.
    /// Where nearly everybody finds a place, such leaps end in long wars about ties.
    /// </summary>
    public int ShortageFrom { get; init; } = 115;
    public int FirstInShortage { get; init; } = 4;
    public int DivisorInShortage { get; init; } = 20;

    /// <summary>Networks, and parts of them, with so many patients may be worked on by several threads: with fewer, one alone is as fast.</summary>
    public int TogetherFrom { get; init; } = 8192;

    /// <summary>With fewer companions bids are made one after the other.</summary>
    public int CompanionsTogetherFrom { get; init; } = 256;

    /// <summary>So few patients, and so few companions, bid one after the other in the end; and so few patients at once are one thread's work.</summary>
    public int FewBids { get; init; } = 64;
    public int FewOffers { get; init; } = 32;
}

/// <summary>Finds the best plan of a problem, with the prices that prove it.</summary>
public static class Engine
{
    public static Solution Solve(Problem problem, SolveOptions? options = null, CancellationToken cancel = default) =>
        Solve(problem, options ?? new SolveOptions(), out _, cancel);

    /// <exception cref="OperationCanceledException">Nothing of a plan is given back then.</exception>
    public static Solution Solve(Problem problem, SolveOptions options, out SolveStatistics statistics, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        options.Progress?.Report(0);
        var outcome = new Outcome(new int[problem.Patients], new long[problem.Patients], new long[problem.Companions]);
        for (var j = 0; j < problem.Companions; j++)
            outcome.Prices[j] = problem.CapacityOf(j) == 0 ? Worth.NoPlace : 0;
        cancel.ThrowIfCancellationRequested();
        using var run = new Run(problem, options, outcome, cancel);
        statistics = run.Everything();
        var companions = outcome.After;
        for (var i = 0; i < companions.Length; i++)
            companions[i]--;
        return new Solution(new Plan(companions), new Prices(outcome.Gains, outcome.Prices));
    }

    private sealed class Run : IDisposable
    {
        private readonly Problem _problem;
        private readonly SolveOptions _options;
        private readonly Outcome _outcome;
        private readonly CancellationToken _cancel;
        private readonly Team _team;
        private readonly Layout _layout;
        private readonly int[] _local;
        private readonly Lock _gate = new();
        private SolveStatistics _statistics;
        private int _next;
        private double _planned;
        private double _told;

        public Run(Problem problem, SolveOptions options, Outcome outcome, CancellationToken cancel)
        {
            (_problem, _options, _outcome, _cancel) = (problem, options, outcome, cancel);
            var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
            _team = new Team(problem.Patients < options.Tuning.TogetherFrom ? 1 : threads);
            try
            {
                _layout = new Layout(problem, _team);
                _local = new int[problem.Companions];
            }
            catch
            {
                _team.Dispose();
                throw;
            }
        }

        public void Dispose() => _team.Dispose();

        public SolveStatistics Everything()
        {
            if (_team.Size > 1)
                WorkTogether();
            _team.Beside(Work, _ => Work());
            _options.Progress?.Report(1);
            return _statistics;
        }

        /// <summary>Parts that are more than a thread's share of all that is left: one after another, each by all threads.</summary>
        private void WorkTogether()
        {
            if (_next == _layout.Count || !IsLarge(_layout.Parts[_next]))
                return;
            using var part = new Part(_problem, _layout, _local, _team, _cancel);
            for (; _next < _layout.Count && IsLarge(_layout.Parts[_next]); _next++)
                Solve(part, _layout.Parts[_next].From, _layout.Parts[_next].To);
            _statistics = _statistics.And(part.Statistics);
        }

        private bool IsLarge(Slice part) => part.To - part.From >= _options.Tuning.TogetherFrom
            && (long)(part.To - part.From) * _team.Size > _layout.Order.Length - part.From;

        private void Work()
        {
            if (Volatile.Read(ref _next) >= _layout.Count)
                return;
            using var team = new Team(1);
            using var part = new Part(_problem, _layout, _local, team, _cancel);
            for (var p = Interlocked.Increment(ref _next) - 1; p < _layout.Count; p = Interlocked.Increment(ref _next) - 1)
            {
                _cancel.ThrowIfCancellationRequested();
                var (from, to) = (_layout.Parts[p].From, _layout.Parts[p].To);
                Solve(part, from, to);
            }
            lock (_gate)
                _statistics = _statistics.And(part.Statistics);
        }

        private void Solve(Part part, int from, int to)
        {
            if (_options.Progress is not { } progress)
            {
                part.Solve(from, to, _options.Tuning, _outcome, told: null);
                return;
            }
            var before = 0.0;
            void Told(double share)
            {
                lock (_gate)
                {
                    _planned += (share - before) * (to - from);
                    before = share;
                    // 1 is kept for the end
                    var all = Math.Min(_planned / _layout.Order.Length, 0.999);
                    if (all <= _told)
                        return;
                    _told = all;
                    progress.Report(all);
                }
            }
            part.Solve(from, to, _options.Tuning, _outcome, Told);
            Told(1);
        }
    }
}
