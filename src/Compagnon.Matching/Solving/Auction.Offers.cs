using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

internal sealed unsafe partial class Auction
{
    /// <summary>With so many free places all offers are sorted; with fewer the best are picked out.</summary>
    private const int Many = 8;

    private long[] _offers = new long[Many];

    /// <summary>
    /// Several free places make their offers at once: one by one, each would look at everybody again.
    /// The best offers take the places, all at the price at which the next one would have.
    /// </summary>
    private void Offer(int j)
    {
        var (filled, places) = (_m.Filled.At[j], _m.Capacity.At[j]);
        int count;
        if (places - filled >= Many)
            count = AllOffers(j);
        else if (team.Size > 1 && AreForeseen(j, out count))
            Foreseen++;
        else
            count = BestOffers(j, places - filled, _ask.At, _scale, _offers);
        var taken = 0;
        while (filled + taken < places && taken < count && Value(taken) > (_m.Reserve(j, filled + taken) * _scale) + _step)
            taken++;
        var slots = _slots.At + _m.PlaceStart.At[j];
        var reserve = _m.Reserve(j, filled + Math.Max(0, taken - 1)) * _scale;
        var next = taken < count && taken > 0 ? Value(taken) - _step : reserve;
        var bid = Math.Min(Math.Max(reserve, next), slots[0] >> 32);
        for (int k = 0, t = 0, free = filled + taken; k < places; k++)
        {
            if ((int)slots[k] != 0)
                continue;
            if (t < taken)
                slots[k] = (bid << 32) | (uint)(Win(j, (uint)_offers[t++]) + 1);
            else
                slots[k] = Math.Max(bid, _m.Reserve(j, free++) * _scale) << 32;
        }
        _m.Filled.At[j] += taken;
        Arrange(_m.PlaceStart.At[j], places);
        // fewer offers than places: the next place free stands at its reserve
        Reprice(j, (int)(slots[0] >> 32));
    }

    private long Value(int rank) => _offers[rank] >> 32;

    /// <summary>
    /// The best offers for so many free places and for one more, the best first; of equal ones the higher word, whichever came first:
    /// another thread that saw some of the others before they fell must have found the same.
    /// </summary>
    private int BestOffers(int j, int free, int* ask, int scale, long[] offers)
    {
        var wanted = free + 1;
        var (count, least) = (0, long.MinValue);
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + _m.ColumnLength.At[j];
        for (; at < end; at++)
        {
            var value = OfferOf(*at, ask, scale);
            var offer = ((long)value << 32) | *at;
            if (offer <= least || IsHeldBy(j, (int)(*at >> Problem.FitBits)))
                continue;
            var k = count < wanted ? count++ : count - 1;
            for (; k > 0 && offers[k - 1] < offer; k--)
                offers[k] = offers[k - 1];
            offers[k] = offer;
            if (count == wanted)
                least = offers[count - 1];
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OfferOf(uint word, int* ask, int scale) => ((int)(word & Problem.FitMask) * scale) + ask[word >> Problem.FitBits];

    private int AllOffers(int j)
    {
        if (_offers.Length < _m.ColumnLength.At[j])
            _offers = new long[_m.ColumnLength.At[j]];
        var count = 0;
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + _m.ColumnLength.At[j];
        for (; at < end; at++)
            if (!IsHeldBy(j, (int)(*at >> Problem.FitBits)))
                _offers[count++] = ((long)OfferOf(*at, _ask.At, _scale) << 32) | *at;
        Array.Sort(_offers, 0, count);
        Array.Reverse(_offers, 0, count);
        return count;
    }

    private int Win(int j, uint word)
    {
        var i = (int)(word >> Problem.FitBits);
        var held = _match.At[i];
        _match.At[i] = ((uint)j << Problem.FitBits) | (word & Problem.FitMask);
        // at the companion's price before; what it asks changes with it
        _ask.At[i] = _price.At[j] - ((int)(word & Problem.FitMask) * _scale);
        if (held != Market.None)
            Lose((int)(held >> Problem.FitBits), i);
        return i;
    }

    private void Lose(int j, int patient)
    {
        Free(j, patient);
        _m.Filled.At[j]--;
        // whoever looked ahead left this patient out, as one of its own
        if (team.Size > 1)
            Volatile.Write(ref _losses.At[j], _losses.At[j] + 1);
        if (IsDear(j))
            Push(j);
    }
}
