using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

internal sealed unsafe partial class Searches
{
    private uint _endWord;

    /// <summary>Whether a companion has a free place that costs more than it need.</summary>
    public bool Overpriced(int companion)
    {
        var filled = _m.Filled.At[companion];
        return filled < _m.Capacity.At[companion] && _m.Price.At[companion] > _m.Reserve(companion, filled);
    }

    /// <summary>
    /// Finds the best use of a companion's free place whose price is too high: somebody without, at the end of a chain of moves,
    /// or a lower price here or at the end of such a chain.
    /// </summary>
    public void FillBest(int companion)
    {
        Begin();
        End(_m.Price.At[companion] - _m.Reserve(companion, _m.Filled.At[companion]), companion, -1);
        _stamp.At[companion] = _now;
        _distance.At[companion] = 0;
        _queue.Add(0, companion);
        while (_queue.TryTake(out var distance, out var at))
        {
            if (distance >= _best)
                break;
            if (_stamp.At[at] != _now || distance > _distance.At[at])
                continue;
            _stamp.At[at] = -_now;
            Settle(at);
            if (at != companion)
            {
                var end = distance + _m.Price.At[at] - _m.Reserve(at, _m.Filled.At[at] - 1);
                if (end < _best)
                    End(end, at, -1);
            }
            Call(at, distance);
        }
        LowerPrices();
        MoveInto(companion);
    }

    // Who would come to this companion, and what would it cost them?
    private void Call(int companion, long distance)
    {
        var start = distance + _m.Price.At[companion];
        uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
        for (; at < end; at++)
        {
            var patient = (int)(*at >> Problem.FitBits);
            var fit = *at & Problem.FitMask;
            var cost = start + _m.Gain.At[patient] - _m.Base.At[patient] - fit;
            if (cost >= _best)
                continue;
            var match = _m.Match.At[patient];
            if (match == Market.Away)
                continue;
            var word = ((uint)companion << Problem.FitBits) | fit;
            if (match == Market.None)
            {
                End(cost, companion, patient);
                _endWord = word;
                continue;
            }
            var from = Problem.CompanionOf(match);
            if (_stamp.At[from] == -_now || (_stamp.At[from] == _now && cost >= _distance.At[from]))
                continue;
            _stamp.At[from] = _now;
            _distance.At[from] = cost;
            _parent.At[from] = patient;
            _via.At[from] = companion;
            _word.At[from] = word;
            _queue.Add(cost, from);
        }
    }

    private void LowerPrices()
    {
        for (var s = 0; s < _settledCount; s++)
        {
            var companion = _settled[s];
            var by = _best - _distance.At[companion];
            if (by <= 0)
                continue;
            Write(_m.Price.At + companion, _m.Price.At[companion] - by);
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
                Write(_m.Gain.At + places[k], _m.Gain.At[places[k]] + by);
        }
    }

    private void MoveInto(int companion)
    {
        var at = _endCompanion;
        var (patient, word) = (_endPatient, _endWord);
        while (at != companion)
        {
            var (mover, through, to) = (_parent.At[at], _word.At[at], _via.At[at]);
            Unseat(mover);
            if (patient >= 0)
                Seat(patient, word);
            (patient, word) = (mover, through);
            at = to;
        }
        if (patient >= 0)
            Seat(patient, word);
    }
}
