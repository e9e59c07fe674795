namespace Compagnon.Matching;

/// <summary>How the auction is run: the worth of a match, the increments, and when to give up.</summary>
internal readonly record struct AuctionPlan(int MatchWorth, int Scale, int FirstStep, int Divisor, int LastStep, long MostBids)
{
    public int SeedFrom { get; init; }
    public int Seed { get; init; }
}

internal sealed unsafe partial class Auction
{
    private int[] _dear = new int[256];
    private int _dearCount;

    /// <summary>Companions whose free places stayed above their reserve bid for patients, or lower their price.</summary>
    private void Reverse()
    {
        _dearCount = 0;
        Ask();
        for (var j = _m.Companions - 1; j >= 0; j--)
        {
            CountFilled(j);
            if (IsDear(j))
                Push(j);
        }
        var checkAt = _bids + 65536;
        while (_dearCount > 0)
        {
            var j = _dear[--_dearCount];
            while (IsDear(j))
            {
                _bids++;
                ReverseBids++;
                if (_m.Capacity.At[j] - _m.Filled.At[j] >= Many)
                    OfferMany(j);
                else
                    Offer(j);
                if (_bids < checkAt)
                    continue;
                Cancel.ThrowIfCancellationRequested();
                if (_bids > _mostBids)
                    return;
                checkAt = _bids + 65536;
            }
        }
    }

    // What a patient's offer must reach, less the fit there: the most the next companion can ask without being worse than today.
    private void Ask()
    {
        var price = _price.At;
        for (var i = 0; i < _m.Patients; i++)
        {
            var held = _m.Patient[i].Match;
            _ask.At[i] = held == Market.None ? _base.At[i] : price[held >> Problem.FitBits] - ((int)(held & Problem.FitMask) * _scale);
        }
    }

    private void Reprice(int j, int price)
    {
        _price.At[j] = price;
        for (var k = _m.PlaceStart.At[j]; k < _m.PlaceStart.At[j + 1]; k++)
        {
            var i = (int)_slots.At[k] - 1;
            if (i >= 0)
                _ask.At[i] = price - ((int)(_m.Patient[i].Match & Problem.FitMask) * _scale);
        }
    }

    private void CountFilled(int j)
    {
        var filled = 0;
        for (var k = _m.PlaceStart.At[j]; k < _m.PlaceStart.At[j + 1]; k++)
            filled += (int)_slots.At[k] != 0 ? 1 : 0;
        _m.Filled.At[j] = filled;
    }

    private bool IsDear(int j)
    {
        var start = _m.PlaceStart.At[j];
        return start < _m.PlaceStart.At[j + 1] && (int)_slots.At[start] == 0
            && _slots.At[start] >> 32 > _m.Reserve(j, _m.Filled.At[j]) * _scale;
    }

    private void Push(int j)
    {
        if (_dearCount == _dear.Length)
            Array.Resize(ref _dear, _dearCount * 2);
        _dear[_dearCount++] = j;
    }

    private void Offer(int j)
    {
        var ask = _ask.At;
        var state = _m.Patient;
        var scale = _scale;
        int best = int.MinValue, second = int.MinValue;
        uint chosen = 0;
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + _m.ColumnLength.At[j];
        for (; at < end; at++)
        {
            var value = ((int)(*at & Problem.FitMask) * scale) + ask[*at >> Problem.FitBits];
            if (value <= second)
                continue;
            var held = state[*at >> Problem.FitBits].Match;
            if (held != Market.None && held >> Problem.FitBits == (uint)j)
                continue;
            second = Math.Min(value, best);
            if (value > best)
            {
                best = value;
                chosen = *at;
            }
        }
        var reserve = (int)_m.Reserve(j, _m.Filled.At[j]) * _scale;
        var slots = _slots.At + _m.PlaceStart.At[j];
        if (best <= reserve + _step)
        {
            slots[0] = (long)reserve << 32;
            Reprice(j, reserve);
            return;
        }
        var bid = Math.Min(Math.Max(reserve, second == int.MinValue ? reserve : second - _step), (int)(slots[0] >> 32));
        Take(j, chosen, bid);
    }

    private void Take(int j, uint chosen, int bid)
    {
        var i = (int)(chosen >> Problem.FitBits);
        Leave(i);
        var slots = _slots.At + _m.PlaceStart.At[j];
        var count = _m.PlaceStart.At[j + 1] - _m.PlaceStart.At[j];
        // what one place is offered for, the other free ones are too, or the heap would hide them
        var several = false;
        for (var k = 1; k < count; k++)
            if ((int)slots[k] == 0 && slots[k] >> 32 > bid)
            {
                slots[k] = Math.Max(bid, _m.Reserve(j, _m.Filled.At[j] + 1) * _scale) << 32;
                several = true;
            }
        if (several)
            Arrange(_m.PlaceStart.At[j], count);
        Sift(slots, 0, count, ((long)bid << 32) | (uint)(i + 1));
        _m.Patient[i].Match = ((uint)j << Problem.FitBits) | (chosen & Problem.FitMask);
        _m.Filled.At[j]++;
        Reprice(j, (int)(slots[0] >> 32));
    }

    // The place someone left stands free at the companion's price, and so at the front of the heap.
    private void Free(int j, int patient)
    {
        var slots = _slots.At + _m.PlaceStart.At[j];
        var k = 0;
        while ((int)slots[k] != patient + 1)
            k++;
        for (; k > 0; k = (k - 1) >> 1)
            slots[k] = slots[(k - 1) >> 1];
        slots[0] = (long)_price.At[j] << 32;
    }
}
