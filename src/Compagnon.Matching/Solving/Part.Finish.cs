using System.Numerics;

namespace Compagnon.Matching;

/// <summary>From the auction's nearly optimal plan to the optimal one with exact prices.</summary>
internal sealed unsafe partial class Part
{
    private readonly Bits _unsettled = new();

    private (int Missing, int Repaired) Finish(AuctionPlan plan, int[] classes)
    {
        var levels = new byte[_m.Companions];
        for (var j = 0; j < levels.Length; j++)
            levels[j] = byte.MaxValue;
        _team.Share(_m.Patients, (from, to) =>
        {
            for (var i = from; i < to; i++)
                _m.Patient[i].Match = _auction.Match[i];
        });
        _team.Share(_m.Companions, SeatAll);
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = (_auction.Price[j] + (plan.Scale / 2)) / plan.Scale; // rounded down, ten times as many pairs would have to be repaired
        _cancel.ThrowIfCancellationRequested();
        var missing = _searches.Complete(_ranks, classes.Length, levels);
        _told?.Invoke(Completed);
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = Math.Max(
                _m.Price.At[j] + Lift(levels[j], classes, plan.MatchWorth),
                _m.Reserve(j, Math.Max(0, _m.Filled.At[j] - 1)));
        return (missing, Repair());
    }

    private void SeatAll(int first, int last)
    {
        for (var j = first; j < last; j++)
        {
            var places = _m.Places.At + _m.PlaceStart.At[j];
            var (filled, weakest) = (0, long.MaxValue);
            foreach (var slot in _auction.PlacesOf(j))
                if ((int)slot - 1 is var patient and >= 0)
                {
                    places[filled] = patient;
                    _m.Patient[patient].Position = filled++;
                    weakest = Math.Min(weakest, _m.WorthOf(patient));
                }
            (_m.Filled.At[j], _m.Weakest.At[j]) = (filled, weakest);
        }
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
        FindUnsettled();
        for (var w = 0; w < (_m.Patients + 63) >> 6; w++)
            for (var bits = _unsettled.At[w]; bits != 0; bits &= bits - 1)
            {
                var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
                var best = _m.Patient[i].Gain;
                _searches.Unseat(i);
                _m.Patient[i].Gain = best;
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

    // Who has a companion and would gain more by another. What everybody could gain is kept; of those who have the best it isn't read.
    private void FindUnsettled()
    {
        var words = (_m.Patients + 63) >> 6;
        _unsettled.Room(words, 0);
        _team.Share(words, (from, to) =>
        {
            for (var w = from; w < to; w++)
            {
                ulong unsettled = 0;
                for (var i = w << 6; i < Math.Min((w + 1) << 6, _m.Patients); i++)
                {
                    var best = _m.Patient[i].Gain = _m.BestGain(i);
                    if (_m.Patient[i].Match != Market.None && _m.GainOf(i) != best)
                        unsettled |= 1UL << i;
                }
                _unsettled.At[w] = unsettled;
            }
        });
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
        _team.Share(_m.Patients, (first, last) =>
        {
            for (var i = first; i < last; i++)
            {
                var patient = _layout.Order[from + i];
                outcome.Gains[patient] = _m.GainOf(i);
                var match = _m.Patient[i].Match;
                outcome.Companions[patient] = match == Market.None ? Plan.Nobody : _companions[match >> Problem.FitBits];
            }
        });
        for (var j = 0; j < _m.Companions; j++)
            outcome.Prices[_companions[j]] = _m.Price.At[j];
    }
}
