namespace Compagnon.Matching;

internal sealed unsafe partial class Auction
{
    /// <summary>With so many free places a companion makes all its offers at once: one by one, each would look at everybody again.</summary>
    private const int Many = 8;

    private long[] _offers = [];

    // The best offers take the free places, all at the price at which the next one would have.
    private void OfferMany(int j)
    {
        var count = Offers(j);
        Array.Sort(_offers, 0, count);
        var (filled, places) = (_m.Filled.At[j], _m.Capacity.At[j]);
        var taken = 0;
        while (filled + taken < places && taken < count && Value(count, taken) > (_m.Reserve(j, filled + taken) * _scale) + _step)
            taken++;
        var slots = _slots.At + _m.PlaceStart.At[j];
        var reserve = _m.Reserve(j, filled + Math.Max(0, taken - 1)) * _scale;
        var next = taken < count && taken > 0 ? Value(count, taken) - _step : reserve;
        var bid = Math.Min(Math.Max(reserve, next), slots[0] >> 32);
        for (int k = 0, t = 0, free = filled + taken; k < places; k++)
        {
            if ((int)slots[k] != 0)
                continue;
            if (t < taken)
                slots[k] = (bid << 32) | (uint)(Win(j, (uint)_offers[count - 1 - t++]) + 1);
            else
                slots[k] = Math.Max(bid, _m.Reserve(j, free++) * _scale) << 32;
        }
        _m.Filled.At[j] += taken;
        Arrange(_m.PlaceStart.At[j], places);
        // fewer offers than places: the next place free stands at its reserve
        Reprice(j, (int)(slots[0] >> 32));
    }

    private long Value(int count, int rank) => _offers[count - 1 - rank] >> 32;

    private int Offers(int j)
    {
        if (_offers.Length < _m.ColumnLength.At[j])
            _offers = new long[_m.ColumnLength.At[j]];
        var count = 0;
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + _m.ColumnLength.At[j];
        for (; at < end; at++)
        {
            var held = _m.Patient[*at >> Problem.FitBits].Match;
            if (held == Market.None || held >> Problem.FitBits != (uint)j)
                _offers[count++] = ((long)(((int)(*at & Problem.FitMask) * _scale) + _ask.At[*at >> Problem.FitBits]) << 32) | *at;
        }
        return count;
    }

    private int Win(int j, uint word)
    {
        var i = (int)(word >> Problem.FitBits);
        Leave(i);
        _m.Patient[i].Match = ((uint)j << Problem.FitBits) | (word & Problem.FitMask);
        return i;
    }

    private void Leave(int i)
    {
        var held = _m.Patient[i].Match;
        if (held == Market.None)
            return;
        var from = (int)(held >> Problem.FitBits);
        Free(from, i);
        _m.Filled.At[from]--;
        if (IsDear(from))
            Push(from);
    }
}
