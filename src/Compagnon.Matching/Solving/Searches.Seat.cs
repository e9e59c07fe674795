
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
        _best = _m.Patient[patient].Gain;
        _endPatient = patient;
        _endCompanion = -1;
        Reach(patient, 0);
        while (_queue.TryTake(out var distance, out var companion))
        {
            if (distance >= _best)
                break;
            if (distance > _m.Companion[companion].Distance || _m.Companion[companion].Stamp != _now)
                continue;
            _m.Companion[companion].Stamp = -_now; // settled
            Settle(companion);
            EndsAt(companion, distance);
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Companion[companion].Filled - 1; k >= 0; k--)
                Reach(places[k], distance);
        }
        Write(&_m.Patient[patient].Gain, _m.Patient[patient].Gain - _best);
        RaisePrices();
        if (_endPatient != patient)
            MoveAlong(patient);
    }

    private void EndsAt(int companion, long distance)
    {
        var filled = _m.Companion[companion].Filled;
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = 0; k < filled; k++)
        {
            var end = distance + _m.Patient[places[k]].Gain;
            if (end < _best)
                End(end, companion, places[k]);
        }
    }

    private void EndFree(int companion, long distance)
    {
        var state = _m.Companion + companion;
        var end = distance + Math.Max(0, _m.Reserve(companion, state->Filled) - state->Price);
        if (end < _best)
            End(end, companion, -1);
    }

    private void End(long cost, int companion, int patient)
    {
        _best = cost;
        _endCompanion = companion;
        _endPatient = patient;
    }

    private void Reach(int patient, long distance)
    {
        var start = distance + _m.Patient[patient].Gain - _m.Patient[patient].Base;
        var companions = _m.Companion;
        var now = _now;
        uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
        for (; at < end; at++)
        {
            var word = *at;
            var companion = (int)(word >> Problem.FitBits);
            var state = companions + companion;
            var cost = start + state->Price - (word & Problem.FitMask);
            if (cost >= _best || state->Stamp == -now || (state->Stamp == now && cost >= state->Distance))
                continue;
            state->Stamp = now;
            state->Distance = cost;
            state->Parent = patient;
            state->Word = word;
            _queue.Add(cost, companion);
            // a free place seen early bounds the search
            if (state->Filled < _m.Capacity.At[companion])
                EndFree(companion, cost);
        }
    }

    private void RaisePrices()
    {
        for (var s = 0; s < _settledCount; s++)
        {
            var companion = _settled[s];
            var by = _best - _m.Companion[companion].Distance;
            if (by <= 0)
                continue;
            Write(&_m.Companion[companion].Price, _m.Companion[companion].Price + by);
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Companion[companion].Filled - 1; k >= 0; k--)
                Write(&_m.Patient[places[k]].Gain, _m.Patient[places[k]].Gain - by);
        }
    }

    private void MoveAlong(int patient)
    {
        if (_endPatient >= 0)
            Unseat(_endPatient);
        for (var companion = _endCompanion; ;)
        {
            var mover = _m.Companion[companion].Parent;
            var from = mover == patient ? -1 : Problem.CompanionOf(_m.Patient[mover].Match);
            if (from >= 0)
                Unseat(mover);
            Seat(mover, _m.Companion[companion].Word);
            if (from < 0)
                return;
            companion = from;
        }
    }
}
