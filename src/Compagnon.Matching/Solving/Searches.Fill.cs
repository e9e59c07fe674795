
namespace Compagnon.Matching;

internal sealed unsafe partial class Searches
{
    private uint _endWord;

    /// <summary>Whether a companion has a free place that costs more than it need.</summary>
    public bool Overpriced(int companion)
    {
        var filled = _m.Companion[companion].Filled;
        return filled < _m.Capacity.At[companion] && _m.Companion[companion].Price > _m.Reserve(companion, filled);
    }

    /// <summary>
    /// Finds the best use of a companion's free place whose price is too high: somebody without, at the end of a chain of moves,
    /// or a lower price here or at the end of such a chain.
    /// </summary>
    public void FillBest(int companion)
    {
        Begin();
        End(_m.Companion[companion].Price - _m.Reserve(companion, _m.Companion[companion].Filled), companion, -1);
        _m.Companion[companion].Stamp = _now;
        _m.Companion[companion].Distance = 0;
        _queue.Add(0, companion);
        while (_queue.TryTake(out var distance, out var at))
        {
            if (distance >= _best)
                break;
            if (_m.Companion[at].Stamp != _now || distance > _m.Companion[at].Distance)
                continue;
            _m.Companion[at].Stamp = -_now;
            Settle(at);
            Call(at, distance);
        }
        LowerPrices();
        MoveInto(companion);
    }

    // Who would come to this companion, and what would it cost them?
    private void Call(int companion, long distance)
    {
        var start = distance + _m.Companion[companion].Price;
        uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
        for (; at < end; at++)
        {
            var patient = (int)(*at >> Problem.FitBits);
            var fit = *at & Problem.FitMask;
            var person = _m.Patient + patient;
            var cost = start + person->Gain - person->Base - fit;
            if (cost >= _best)
                continue;
            var match = person->Match;
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
            var state = _m.Companion + from;
            if (state->Stamp == -_now || (state->Stamp == _now && cost >= state->Distance))
                continue;
            state->Stamp = _now;
            state->Distance = cost;
            state->Parent = patient;
            state->Word = word;
            _queue.Add(cost, from);
            // the last place there may go back to its reserve: seen early, it bounds the search
            var lowered = cost + state->Price - _m.Reserve(from, state->Filled - 1);
            if (lowered < _best)
                End(lowered, from, -1);
        }
    }

    private void LowerPrices()
    {
        for (var s = 0; s < _settledCount; s++)
        {
            var companion = _settled[s];
            var by = _best - _m.Companion[companion].Distance;
            if (by <= 0)
                continue;
            Write(&_m.Companion[companion].Price, _m.Companion[companion].Price - by);
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Companion[companion].Filled - 1; k >= 0; k--)
                Write(&_m.Patient[places[k]].Gain, _m.Patient[places[k]].Gain + by);
        }
    }

    private void MoveInto(int companion)
    {
        var at = _endCompanion;
        var (patient, word) = (_endPatient, _endWord);
        while (at != companion)
        {
            var (mover, through) = (_m.Companion[at].Parent, _m.Companion[at].Word);
            Unseat(mover);
            if (patient >= 0)
                Seat(patient, word);
            (patient, word) = (mover, through);
            at = Problem.CompanionOf(through);
        }
        if (patient >= 0)
            Seat(patient, word);
    }
}
