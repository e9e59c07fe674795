using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>Solves one part of a problem after another in the same memory.</summary>
internal sealed unsafe class Part : IDisposable
{
    private const int Ahead = 8;

    /// <summary>How much of a part's work is done, roughly, once it is laid out, once the auction is over, once all who can be are matched.</summary>
    private const double Loaded = 0.15, Bidden = 0.75, Completed = 0.8;

    /// <summary>The most that a patient may be worth in the auction's 32 bits.</summary>
    private const int Narrow = 1 << 29;

    private readonly Problem _problem;
    private readonly Layout _layout;
    private readonly int[] _local;
    private readonly Market _m = new();
    private readonly Searches _searches;
    private readonly Auction _auction;
    private readonly CancellationToken _cancel;
    private readonly int[] _companions;
    private Action<double>? _told;
    private byte[] _ranks = [];
    private byte[] _rising = [];
    private int[] _waits = [];

    /// <param name="local">Room for every companion's number within its part, zero at first; parts share it since their companions differ.</param>
    public Part(Problem problem, Layout layout, int[] local, CancellationToken cancel)
    {
        _problem = problem;
        _layout = layout;
        _local = local;
        _cancel = cancel;
        _companions = new int[problem.Companions];
        _m.ColumnLength.Room(problem.Companions, 0);
        _searches = new Searches(_m) { Cancel = cancel };
        _auction = new Auction(_m) { Cancel = cancel };
        _m.LoadPrices = problem.Weights.LoadPrices.ToArray();
    }

    public SolveStatistics Statistics { get; private set; }

    public void Dispose()
    {
        _m.Dispose();
        _auction.Dispose();
    }

    /// <param name="told">Is told how much of this part is done, from 0 to 1.</param>
    public void Solve(int from, int to, Tuning tuning, Outcome outcome, Action<double>? told)
    {
        _told = told;
        Load(from, to);
        _cancel.ThrowIfCancellationRequested();
        var classes = Rank(from, to);
        var watch = System.Diagnostics.Stopwatch.GetTimestamp();
        var plan = PlanAuction(tuning, classes.Length);
        _auction.Run(plan, _rising, _waits, done => told?.Invoke(Loaded + (done * (Bidden - Loaded))));
        var auction = System.Diagnostics.Stopwatch.GetElapsedTime(watch);
        watch = System.Diagnostics.Stopwatch.GetTimestamp();
        var (missing, repaired) = Finish(plan, classes);
        Statistics = Statistics.And(new SolveStatistics(_auction.Bids, _auction.ReverseBids, missing, repaired, _searches.Settled, auction, System.Diagnostics.Stopwatch.GetElapsedTime(watch)));
        Report(from, outcome);
    }

    private void Load(int from, int to)
    {
        MakeRoom(from, to);
        fixed (uint* words = _problem.Words)
        fixed (int* starts = _problem.RowStart, order = _layout.Order, local = _local)
            Copy(words, starts, order + from, local);
        LoadPlaces();
        _m.Transpose();
    }

    private void Copy(uint* words, int* starts, int* order, int* local)
    {
        var length = _m.ColumnLength.At;
        var state = _m.Patient;
        var row = _m.Row.At;
        int at = 0, companions = 0, patients = _m.Patients;
        for (var i = 0; i < patients; i++)
        {
            state[i].RowStart = at;
            Prefetch(words, starts, order, i);
            uint* word = words + starts[order[i]], end = words + starts[order[i] + 1];
            for (; word < end; word++)
            {
                var companion = *word >> Problem.FitBits;
                var number = local[companion] - 1;
                if (number < 0)
                {
                    if (_problem.CapacityOf((int)companion) == 0)
                        continue;
                    number = companions++;
                    local[companion] = companions;
                    _companions[number] = (int)companion;
                    length[number] = 0;
                }
                row[at++] = ((uint)number << Problem.FitBits) | (*word & Problem.FitMask);
                length[number]++;
            }
            state[i].RowLength = at - state[i].RowStart;
        }
        _m.Companions = companions;
    }

    // Rows lie anywhere in the problem: ask for those to come, so that copying needn't wait for each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(uint* words, int* starts, int* order, int i)
    {
        if (!Sse.IsSupported || i + (2 * Ahead) >= _m.Patients)
            return;
        Sse.Prefetch0(starts + order[i + (2 * Ahead)]);
        var next = words + starts[order[i + Ahead]];
        Sse.Prefetch0(next);
        Sse.Prefetch0(next + 16);
    }

    private void MakeRoom(int from, int to)
    {
        var patients = _m.Patients = to - from;
        long edges = 0;
        for (var i = from; i < to; i++)
            edges += _problem.EdgesOf(_layout.Order[i]);
        _m.RoomForPatients(patients, 0);
        _m.Row.Room(edges, 0);
    }

    private void LoadPlaces()
    {
        var companions = _m.Companions;
        _m.ColumnStart.Room(companions, 0);
        _m.Capacity.Room(companions, 0);
        _m.Load.Room(companions, 0);
        _m.PlaceStart.Room(companions + 1, 0);
        _m.RoomForCompanions(companions);
        var places = 0L;
        for (var j = 0; j < companions; j++)
        {
            // one place more than anybody could fill keeps the price of an unfilled companion at its reserve
            _m.Capacity.At[j] = Math.Min(_problem.CapacityOf(_companions[j]), _m.ColumnLength.At[j] + 1);
            _m.Load.At[j] = _problem.LoadOf(_companions[j]);
            _m.PlaceStart.At[j] = checked((int)places);
            places += _m.Capacity.At[j];
        }
        _m.PlaceStart.At[companions] = checked((int)places);
        _m.Places.Room(places, 0);
    }

    /// <summary>The classes present, the first served first; and of each patient its rank, both ways, and what its wait is worth.</summary>
    private int[] Rank(int from, int to)
    {
        var present = new bool[Problem.NoClass + 1];
        for (var i = from; i < to; i++)
            present[_problem.ClassOf(_layout.Order[i])] = true;
        var count = 0;
        foreach (var there in present)
            count += there ? 1 : 0;
        var classes = new int[count];
        for (int c = 0, r = 0; c < present.Length; c++)
            if (present[c])
                classes[r++] = c;
        if (_ranks.Length < to - from)
        {
            _ranks = new byte[to - from];
            _rising = new byte[to - from];
            _waits = new int[to - from];
        }
        for (var i = from; i < to; i++)
        {
            var patient = _layout.Order[i];
            var rank = 0;
            while (classes[rank] != _problem.ClassOf(patient))
                rank++;
            _ranks[i - from] = (byte)rank;
            _rising[i - from] = (byte)(classes.Length - rank);
            _waits[i - from] = _problem.WaitWorth(patient);
            _m.Patient[i - from].Base = Worth.Of(classes[rank], _waits[i - from]);
        }
        return classes;
    }

    private AuctionPlan PlanAuction(Tuning tuning, int classes)
    {
        var wait = _waits.AsSpan(0, _m.Patients).Length == 0 ? 0 : Max(_waits.AsSpan(0, _m.Patients));
        var load = _m.LoadPrices.Length == 0 ? 0 : _m.LoadPrices[^1];
        // All that the auction counts lies within ± 2^31: a patient's worth is at most Narrow; a bid is at most that worth and a step of an eighth of it;
        // what a place is worth to a patient, or a patient to a place, is a difference or a sum of two of these. A match may count for less than wanted: the plan is the best all the same.
        var rest = Problem.MostFit + (long)wait + load;
        var wanted = ((long)tuning.MatchWorth * (Problem.MostFit + load) / Problem.MostFit) + (classes > 1 ? wait : 0);
        var match = (int)Math.Clamp(wanted, 1, (Narrow - rest) / classes);
        var scale = tuning.Scale;
        while (scale > 1 && (((long)match * classes) + rest) * scale > Narrow)
            scale /= 2;
        return new AuctionPlan(match, scale, Math.Max(1, match / tuning.First), tuning.Divisor, tuning.Last,
            (long)tuning.BidsPerPatient * (_m.Patients + 64L)) { SeedFrom = tuning.SeedFrom, Seed = tuning.Seed };
    }

    private static int Max(ReadOnlySpan<int> values)
    {
        var max = 0;
        foreach (var value in values)
            max = Math.Max(max, value);
        return max;
    }

    private (int Missing, int Repaired) Finish(AuctionPlan plan, int[] classes)
    {
        var levels = new byte[_m.Companions];
        levels.AsSpan().Fill(byte.MaxValue);
        for (var j = 0; j < _m.Companions; j++)
            (_m.Filled.At[j], _m.Weakest.At[j]) = (0, long.MaxValue);
        for (var i = 0; i < _m.Patients; i++)
            if (_m.Patient[i].Match != Market.None)
                _searches.Seat(i, _m.Patient[i].Match);
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = _auction.Price[j] / plan.Scale;
        _cancel.ThrowIfCancellationRequested();
        var missing = _searches.Complete(_ranks, classes.Length, levels);
        _told?.Invoke(Completed);
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = Math.Max(
                _m.Price.At[j] + Lift(levels[j], classes, plan.MatchWorth),
                _m.Reserve(j, Math.Max(0, _m.Filled.At[j] - 1)));
        return (missing, Repair());
    }

    // From a match worth little to one worth any sacrifice: only where patients of a class stay without do prices rise with it.
    private static long Lift(int level, int[] classes, int small)
    {
        long by = 0;
        for (var r = level; r < classes.Length; r++)
        {
            var next = r + 1 < classes.Length ? classes[r + 1] : Problem.NoClass + 1;
            by += ((next - classes[r]) * Worth.Match) - small;
        }
        return by;
    }

    private int Repair()
    {
        for (var i = 0; i < _m.Patients; i++)
        {
            var gain = _m.BestGain(i);
            if (_m.Patient[i].Match != Market.None)
            {
                if (_m.GainOf(i) == gain)
                    continue;
                _searches.Unseat(i);
            }
            _m.Patient[i].Gain = gain;
        }
        var repaired = 0;
        for (var i = 0; i < _m.Patients; i++)
            if (_m.Patient[i].Match == Market.None && _m.Patient[i].Gain > 0)
            {
                Breathe(repaired++, (double)i / _m.Patients / 2);
                _searches.SeatBest(i);
            }
        for (var j = 0; j < _m.Companions; j++)
            while (_searches.Overpriced(j))
            {
                Breathe(repaired++, 0.5 + ((double)j / _m.Companions / 2));
                _searches.FillBest(j);
            }
        return repaired;
    }

    private void Breathe(int repaired, double share)
    {
        if (repaired % 64 == 0)
            _cancel.ThrowIfCancellationRequested();
        if (repaired % 2048 == 2047)
            _told?.Invoke(Completed + (share * (1 - Completed)));
    }

    private void Report(int from, Outcome outcome)
    {
        for (var i = 0; i < _m.Patients; i++)
        {
            var patient = _layout.Order[from + i];
            outcome.Gains[patient] = _m.GainOf(i);
            var match = _m.Patient[i].Match;
            outcome.Companions[patient] = match == Market.None ? Plan.Nobody : _companions[match >> Problem.FitBits];
        }
        for (var j = 0; j < _m.Companions; j++)
            outcome.Prices[_companions[j]] = _m.Price.At[j];
    }
}
