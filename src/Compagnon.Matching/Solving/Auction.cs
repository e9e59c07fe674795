using System.Numerics;
using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>
/// An auction with falling increments, in 32 bits: patients bid for places, then companions whose free places stayed too dear bid for
/// patients. It gives a nearly optimal plan and prices; what it leaves wrong the exact searches put right, so nothing here must be exact.
/// </summary>
internal sealed unsafe partial class Auction(Market market) : IDisposable
{
    /// <summary>Sixty-fours of patients between two looks at whether to go on.</summary>
    private const int Patience = 1024;

    private readonly Market _m = market;

    // A place's bid in the upper half, its patient + 1 in the lower; each companion's places form a heap, the lowest bid first.
    private readonly Longs _slots = new();
    private readonly Ints _price = new(), _base = new(), _ask = new();
    private readonly Bits _waiting = new();
    private int _scale;
    private int _step;
    private long _bids;
    private long _mostBids;

    public CancellationToken Cancel { get; set; }

    /// <summary>Bids of patients and of companions.</summary>
    public long Bids => _bids;
    public long ReverseBids { get; private set; }

    public int* Price => _price.At;
    public int Scale => _scale;

    public void Dispose()
    {
        foreach (var block in new IDisposable[] { _slots, _price, _base, _ask, _waiting })
            block.Dispose();
    }

    /// <param name="ranks">Each patient's class, counted from 1 for the last one present.</param>
    /// <param name="waits">What each patient's wait is worth.</param>
    /// <param name="told">Is told what share of the phases is over.</param>
    public void Run(AuctionPlan plan, ReadOnlySpan<byte> ranks, ReadOnlySpan<int> waits, Action<double> told)
    {
        Prepare(plan, ranks, waits);
        var phases = 1 + Math.Ceiling(Math.Log((double)plan.FirstStep * _scale / plan.LastStep, plan.Divisor));
        var phase = 0;
        for (_step = plan.FirstStep * _scale; ; _step = Math.Max(plan.LastStep, _step / plan.Divisor))
        {
            Keep();
            Forward();
            Reverse();
            told(Math.Min(1, ++phase / phases));
            if (_step <= plan.LastStep || _bids > _mostBids)
                return;
        }
    }

    private void Prepare(AuctionPlan plan, ReadOnlySpan<byte> ranks, ReadOnlySpan<int> waits)
    {
        int patients = _m.Patients, companions = _m.Companions;
        _scale = plan.Scale;
        _bids = ReverseBids = 0;
        _mostBids = plan.MostBids;
        _price.Room(companions, 0);
        _base.Room(patients, 0);
        _ask.Room(patients, 0);
        _waiting.Room((patients + 63) >> 6, 0);
        _slots.Room(companions == 0 ? 0 : _m.PlaceStart.At[companions], 0);
        for (var i = 0; i < patients; i++)
        {
            _base.At[i] = ((ranks[i] * plan.MatchWorth) + waits[i]) * _scale;
            _m.Patient[i].Match = Market.None;
        }
        var seed = Seed(plan);
        for (var j = 0; j < companions; j++)
        {
            _m.Filled.At[j] = 0;
            _price.At[j] = Math.Max((int)_m.Reserve(j, 0) * _scale, seed);
        }
    }

    // Where patients are many more than places, nearly every place ends near the worth of a match: begin there.
    private int Seed(AuctionPlan plan)
    {
        long places = 0;
        for (var j = 0; j < _m.Companions; j++)
            places += _m.Capacity.At[j];
        return _m.Patients * 100L > places * plan.SeedFrom ? (int)((long)plan.MatchWorth * _scale * plan.Seed / 100) : 0;
    }

    /// <summary>Begins a phase: every filled place at its companion's price, and only pairs that are good enough for the new step stay.</summary>
    private void Keep()
    {
        _waiting.Clear((_m.Patients + 63) >> 6);
        var price = _price.At;
        for (var i = 0; i < _m.Patients; i++)
        {
            uint* at = _m.Row.At + _m.Patient[i].RowStart, end = at + _m.Patient[i].RowLength;
            if (at == end)
                continue;
            var match = _m.Patient[i].Match;
            if (match != Market.None)
            {
                var best = -_base.At[i]; // to stay without
                for (; at < end; at++)
                {
                    var value = ((int)(*at & Problem.FitMask) * _scale) - price[*at >> Problem.FitBits];
                    best = Math.Max(best, value);
                }
                if (((int)(match & Problem.FitMask) * _scale) - price[match >> Problem.FitBits] >= best - _step)
                    continue;
                _m.Patient[i].Match = Market.None;
            }
            _waiting.At[i >> 6] |= 1UL << i;
        }
        FillSlots();
    }

    // Places come as: kept pairs at the price; then those let go, also at the price; then those that were free, at their reserve.
    private void FillSlots()
    {
        var filled = _m.Filled.At;
        var start = _m.PlaceStart.At;
        for (var j = 0; j < _m.Companions; j++)
        {
            long price = _price.At[j];
            var had = filled[j];
            for (var k = start[j]; k < start[j + 1]; k++)
                _slots.At[k] = (Math.Max(price, k - start[j] < had ? 0 : _m.Reserve(j, k - start[j]) * _scale)) << 32;
            filled[j] = 0;
        }
        for (var i = 0; i < _m.Patients; i++)
            if (_m.Patient[i].Match != Market.None)
            {
                var j = _m.Patient[i].Match >> Problem.FitBits;
                var k = start[j] + filled[j]++;
                _slots.At[k] = ((long)_price.At[j] << 32) | (uint)(i + 1);
            }
        for (var j = 0; j < _m.Companions; j++)
            Arrange(start[j], start[j + 1] - start[j]);
    }

    private void Arrange(int start, int count)
    {
        var slots = _slots.At + start;
        for (var k = (count / 2) - 1; k >= 0; k--)
            Sift(slots, k, count, slots[k]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sift(long* slots, int at, int count, long value)
    {
        for (var down = (2 * at) + 1; down < count; down = (2 * at) + 1)
        {
            if (down + 1 < count && slots[down + 1] < slots[down])
                down++;
            if (slots[down] >= value)
                break;
            slots[at] = slots[down];
            at = down;
        }
        slots[at] = value;
    }

    /// <summary>Patients without a place bid, in sweeps over a bitmap, until each has one or none is worth its price.</summary>
    private void Forward()
    {
        var words = (_m.Patients + 63) >> 6;
        for (var again = true; again;)
        {
            again = false;
            for (var w = 0; w < words; w++)
            {
                if (w % Patience == 0)
                    Cancel.ThrowIfCancellationRequested();
                if (_waiting.At[w] != 0)
                {
                    again = true;
                    Bid(w);
                }
            }
            Cancel.ThrowIfCancellationRequested();
            if (_bids > _mostBids)
                return;
        }
    }

    private void Bid(int w)
    {
        var price = _price.At;
        var state = _m.Patient;
        var start = _m.PlaceStart.At;
        int scale = _scale, step = _step;
        for (var bits = _waiting.At[w]; bits != 0; bits &= bits - 1)
        {
            var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
            uint* at = _m.Row.At + state[i].RowStart, end = at + state[i].RowLength;
            int best = -_base.At[i], second = best;
            var chosen = Market.None;
            for (; at < end; at++)
            {
                var word = *at;
                var value = ((int)(word & Problem.FitMask) * scale) - price[word >> Problem.FitBits];
                if (value > second)
                {
                    second = Math.Min(value, best);
                    if (value > best)
                    {
                        best = value;
                        chosen = word;
                    }
                }
            }
            _waiting.At[w] &= ~(1UL << i);
            if (chosen == Market.None)
                continue;
            _bids++;
            var j = (int)(chosen >> Problem.FitBits);
            long bid = price[j] + (best - second) + step;
            state[i].Match = chosen;
            var slots = _slots.At + start[j];
            var out1 = (int)slots[0];
            if (out1 != 0)
            {
                state[out1 - 1].Match = Market.None;
                _waiting.At[(out1 - 1) >> 6] |= 1UL << (out1 - 1);
            }
            Sift(slots, 0, start[j + 1] - start[j], (bid << 32) | (uint)(i + 1));
            price[j] = (int)(slots[0] >> 32);
        }
    }
}
