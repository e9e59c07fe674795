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
        Begin(seating: true);
        End(_m.Patient[patient].Gain, -1, patient);
        Reach(patient, _best - _m.Patient[patient].Base, _best);
        var cluster = ClusterOfPatient(patient);
        var rest = Search(_there, cluster);
        Write(&_m.Patient[patient].Gain, _m.Patient[patient].Gain - _best);
        ChangePrices(cluster, rest);
        if (_endPatient == Meets)
            MeetLast(patient);
        if (PricesStay)
            Learn(patient, rest);
        if (_endPatient == Meets)
            VacateByMoves();
        if (_endPatient != patient)
            MoveAlong(patient);
    }

    /// <summary>A settled companion: who could leave it for good, and where could its people go?</summary>
    private void LeadOn(int companion, long distance, long bound)
    {
        var filled = _m.Filled.At[companion];
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        if (_seating && filled > 0 && distance + LeastGain(companion) < _best)
            End(distance + LeastGain(companion), companion, WeakestAt(companion));
        var start = distance - _m.Price.At[companion];
        if (LeadOnNear(companion, start, bound))
            return;
        for (var k = filled - 1; k >= 0; k--)
            Reach(places[k], start + (_m.Match.At[places[k]] & Problem.FitMask), bound);
    }

    private void EndFree(int companion, long distance)
    {
        var end = distance + Math.Max(0, _m.Reserve(companion, _m.Filled.At[companion]) - _m.Price.At[companion]);
        if (end < _best)
            End(end, companion, -1);
    }

    private void End(long cost, int companion, int patient)
    {
        _best = cost;
        _endCompanion = companion;
        _endPatient = patient;
    }

    // Where could this patient go, for less than the bound? It starts with the distance and what it gains, without the base.
    private void Reach(int patient, long start, long bound)
    {
        var prices = _m.Price.At;
        uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
        for (; at < end; at++)
        {
            var word = *at;
            var companion = (int)(word >> Problem.FitBits);
            var cost = start + prices[companion] - (word & Problem.FitMask);
            if (cost >= bound)
                continue;
            Arrive(companion, cost, patient, word);
            bound = Math.Min(bound, _best);
        }
    }

    private void Arrive(int companion, long cost, int patient, uint word)
    {
        if (!IsNearest(_m.There.At + companion, cost, patient, word))
            return;
        _there.Add(cost, companion);
        // a free place seen early bounds the search
        if (_seating && _m.Filled.At[companion] < _m.Capacity.At[companion])
            EndFree(companion, cost);
        if (_fromBoth)
            Meet(companion, cost, _m.Back.At + companion);
    }

    private void MoveAlong(int patient)
    {
        if (_endPatient >= 0)
            Unseat(_endPatient);
        for (var companion = _endCompanion; ;)
        {
            Step();
            var mover = _m.There.At[companion].Parent;
            var from = mover == patient ? -1 : Problem.CompanionOf(_m.Match.At[mover]);
            if (from >= 0)
                Unseat(mover);
            Seat(mover, _m.There.At[companion].Word);
            if (from < 0)
                return;
            companion = from;
        }
    }
}
