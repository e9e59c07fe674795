using System.Numerics;

namespace Compagnon.Matching;

/// <summary>From the auction's nearly optimal plan to the optimal one with exact prices.</summary>
internal sealed unsafe partial class Part
{
    /// <summary>Who has a companion and would gain more by another; and who has none and would gain by one.</summary>
    private readonly Bits _unsettled = new(), _wanting = new();

    private void RoomForSearches(int from, int[] classes)
    {
        if (_isMost)
        {
            _auction.GiveBackBids();
            foreach (var piece in _pieces)
                piece.GiveBack();
        }
        _team.Share(_m.Companions, TakePlaces);
        if (_isMost)
            _auction.GiveBackPlaces();
        _m.RoomForPatients(_m.Patients, 0);
        _team.Share(_m.Patients, (first, last) =>
        {
            for (var i = first; i < last; i++)
            {
                var state = _m.Patient + i;
                state->Base = Worth.Of(classes[_ranks[i]], _problem.WaitWorth(_layout.Order[from + i]));
                (state->RowStart, state->RowLength) = (_m.RowEnds.At[2 * i], _m.RowEnds.At[(2 * i) + 1] - _m.RowEnds.At[2 * i]);
            }
        });
        if (_isMost)
            _m.RowEnds.GiveBack();
        _m.RoomToComplete(_m.Companions);
        _team.Share(_m.Companions, SeatAll);
    }

    private (int Missing, int Repaired) Finish(AuctionPlan plan, int[] classes)
    {
        var levels = new byte[_m.Companions];
        for (var j = 0; j < levels.Length; j++)
            levels[j] = byte.MaxValue;
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = (_auction.Price[j] + (plan.Scale / 2)) / plan.Scale; // rounded down, ten times as many pairs would have to be repaired
        if (_isMost)
            _auction.GiveBackPrices();
        _cancel.ThrowIfCancellationRequested();
        var missing = _searches.Complete(_ranks, classes.Length, levels);
        if (_isMost)
            _searches.GiveBackLines();
        _m.RoomForCompanions(_m.Companions);
        _told?.Invoke(Completed);
        for (var j = 0; j < _m.Companions; j++)
            _m.Price.At[j] = Math.Max(
                _m.Price.At[j] + Lift(levels[j], classes, plan.MatchWorth),
                _m.Reserve(j, Math.Max(0, _m.Filled.At[j] - 1)));
        return (missing, Repair());
    }

    private void TakePlaces(int first, int last)
    {
        for (var j = first; j < last; j++)
        {
            var places = _m.Places.At + _m.PlaceStart.At[j];
            var filled = 0;
            foreach (var slot in _auction.PlacesOf(j))
                if ((int)slot != 0)
                    places[filled++] = (int)slot - 1;
            _m.Filled.At[j] = filled;
        }
    }

    private void SeatAll(int first, int last)
    {
        for (var j = first; j < last; j++)
        {
            var places = _m.Places.At + _m.PlaceStart.At[j];
            var weakest = long.MaxValue;
            for (var k = 0; k < _m.Filled.At[j]; k++)
            {
                _m.Position.At[places[k]] = k;
                weakest = Math.Min(weakest, _m.WorthOf(places[k]));
            }
            _m.Weakest.At[j] = weakest;
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
                if (best > 0)
                    _wanting.At[w] |= 1UL << i;
            }
        var repaired = 0;
        for (var w = 0; w < (_m.Patients + 63) >> 6; w++)
            for (var bits = _wanting.At[w]; bits != 0; bits &= bits - 1)
            {
                var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
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

    // What everybody could gain is kept; of those who have the best it isn't read.
    private void FindUnsettled()
    {
        var words = (_m.Patients + 63) >> 6;
        _unsettled.Room(words, 0);
        _wanting.Room(words, 0);
        _team.Share(words, (from, to) =>
        {
            for (var w = from; w < to; w++)
            {
                ulong unsettled = 0, wanting = 0;
                for (var i = w << 6; i < Math.Min((w + 1) << 6, _m.Patients); i++)
                {
                    var best = _m.Patient[i].Gain = _m.BestGain(i);
                    if (_m.Match.At[i] == Market.None)
                        wanting |= best > 0 ? 1UL << i : 0;
                    else if (_m.GainOf(i) != best)
                        unsettled |= 1UL << i;
                }
                (_unsettled.At[w], _wanting.At[w]) = (unsettled, wanting);
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
        if (_isMost)
        {
            _m.Row.GiveBack();
            _m.Column.GiveBack();
        }
        _team.Share(_m.Patients, (first, last) =>
        {
            for (var i = first; i < last; i++)
            {
                var patient = _layout.Order[from + i];
                outcome.Gains[patient] = _m.GainOf(i);
                var match = _m.Match.At[i];
                outcome.After[patient] = match == Market.None ? 0 : 1 + _companions[match >> Problem.FitBits];
            }
        });
        for (var j = 0; j < _m.Companions; j++)
            outcome.Prices[_companions[j]] = _m.Price.At[j];
    }
}
