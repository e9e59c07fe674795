namespace Compagnon.Matching;

internal sealed unsafe partial class Searches
{
    /// <summary>How many patients further down a column are asked for while one is looked at.</summary>
    private const int AheadInColumn = 12;

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
        Begin(seating: false);
        var filled = _m.Filled.At[companion];
        End(_m.Price.At[companion] - _m.Reserve(companion, _m.Filled.At[companion]), companion, -1);
        var label = _m.Back.At + companion;
        label->Stamp = _now;
        label->Distance = 0;
        label->Parent = Root;
        _back.Add(0, companion);
        var cluster = ClusterOfCompanion(companion);
        var rest = Search(_back, cluster);
        ChangePrices(cluster, rest);
        if (_endPatient == Meets)
            FillByMoves(companion);
        else
            MoveInto(companion);
        if (_m.Filled.At[companion] == filled && Overpriced(companion))
            throw Astray();
    }

    // Who would come to this companion, and what would it cost them?
    private void Call(int companion, long distance, long bound)
    {
        var prices = _m.Price.At;
        var matches = _m.Match.At;
        var start = distance + prices[companion];
        if (CallNear(companion, start, bound))
            return;
        uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
        for (; at < end; at++)
        {
            if (at + AheadInColumn < end)
                Ask(matches + (at[AheadInColumn] >> Problem.FitBits), lines: 1);
            var patient = (int)(*at >> Problem.FitBits);
            var fit = *at & Problem.FitMask;
            var match = matches[patient];
            if (match < Market.Away)
            {
                var from = match >> Problem.FitBits;
                var cost = start - fit + (match & Problem.FitMask) - prices[from];
                if (cost >= bound)
                    continue;
                Leave((int)from, cost, patient, ((uint)companion << Problem.FitBits) | fit);
            }
            else if (match == Market.None)
                CallAlone(companion, patient, fit, start, bound);
            bound = Math.Min(bound, _best);
        }
    }

    // One who waits.
    private void CallAlone(int companion, int patient, uint fit, long start, long bound)
    {
        if (_seating)
            return;
        var cost = start - fit + _m.Patient[patient].Gain - _m.Patient[patient].Base;
        if (cost >= bound)
            return;
        End(cost, companion, patient);
        _endWord = ((uint)companion << Problem.FitBits) | fit;
    }

    private void Leave(int from, long cost, int patient, uint word)
    {
        if (!IsNearest(_m.Back.At + from, cost, patient, word))
            return;
        _back.Add(cost, from);
        // the last place there may go back to its reserve: seen early, it bounds the search
        if (!_seating)
        {
            var lowered = cost + _m.Price.At[from] - _m.Reserve(from, _m.Filled.At[from] - 1);
            if (lowered < _best)
                End(lowered, from, -1);
        }
        if (_fromBoth)
            Meet(from, cost, _m.There.At + from);
    }

    private void MoveInto(int companion)
    {
        var at = _endCompanion;
        var (patient, word) = (_endPatient, _endWord);
        while (at != companion)
        {
            Step();
            var (mover, through) = (_m.Back.At[at].Parent, _m.Back.At[at].Word);
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
