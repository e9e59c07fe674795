using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

internal sealed unsafe partial class Searches
{
    private long _best;
    private int _endCompanion;
    private int _endPatient;

    /// <summary>
    /// Gives a patient without a companion, who would gain by one, the best that the whole plan allows:
    /// a free place at the end of a chain of moves, the place of somebody who then stays without, or nothing.
    /// </summary>
    public void SeatBest(int patient)
    {
        Begin();
        _best = _m.Gain.At[patient];
        _endPatient = patient;
        _endCompanion = -1;
        Reach(patient, 0);
        while (_queue.TryTake(out var distance, out var companion))
        {
            if (distance >= _best)
                break;
            if (distance > _distance.At[companion] || _stamp.At[companion] != _now)
                continue;
            _stamp.At[companion] = -_now; // settled
            Settle(companion);
            if (EndsAt(companion, distance))
                break;
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
                Reach(places[k], distance);
        }
        Write(_m.Gain.At + patient, _m.Gain.At[patient] - _best);
        RaisePrices();
        if (_endPatient != patient)
            MoveAlong(patient);
    }

    private bool EndsAt(int companion, long distance)
    {
        var filled = _m.Filled.At[companion];
        if (filled < _m.Capacity.At[companion])
        {
            var end = distance + Math.Max(0, _m.Reserve(companion, filled) - _m.Price.At[companion]);
            if (end < _best)
                End(end, companion, -1);
            if (_best == distance)
                return true;
        }
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = 0; k < filled; k++)
        {
            var end = distance + _m.Gain.At[places[k]];
            if (end < _best)
                End(end, companion, places[k]);
        }
        return false;
    }

    private void End(long cost, int companion, int patient)
    {
        _best = cost;
        _endCompanion = companion;
        _endPatient = patient;
    }

    private void Reach(int patient, long distance)
    {
        var start = distance + _m.Gain.At[patient] - _m.Base.At[patient];
        var price = _m.Price.At;
        var reached = _distance.At;
        var stamp = _stamp.At;
        uint* at = _m.Row.At + _m.RowStart.At[patient], end = at + _m.RowLength.At[patient];
        for (; at < end; at++)
        {
            var word = *at;
            var companion = (int)(word >> Problem.FitBits);
            var cost = start + price[companion] - (word & Problem.FitMask);
            if (cost >= _best || stamp[companion] == -_now || (stamp[companion] == _now && cost >= reached[companion]))
                continue;
            stamp[companion] = _now;
            reached[companion] = cost;
            _parent.At[companion] = patient;
            _word.At[companion] = word;
            _queue.Add(cost, companion);
        }
    }

    private void RaisePrices()
    {
        for (var s = 0; s < _settledCount; s++)
        {
            var companion = _settled[s];
            var by = _best - _distance.At[companion];
            if (by <= 0)
                continue;
            Write(_m.Price.At + companion, _m.Price.At[companion] + by);
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
                Write(_m.Gain.At + places[k], _m.Gain.At[places[k]] - by);
        }
    }

    private void MoveAlong(int patient)
    {
        if (_endPatient >= 0)
            Unseat(_endPatient);
        for (var companion = _endCompanion; ;)
        {
            var mover = _parent.At[companion];
            var from = mover == patient ? -1 : Problem.CompanionOf(_m.Match.At[mover]);
            if (from >= 0)
                Unseat(mover);
            Seat(mover, _word.At[companion]);
            if (from < 0)
                return;
            companion = from;
        }
    }
}
