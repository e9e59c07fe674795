using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>What companions offer, and whom: each for itself, from what patients asked before any of those who offer at once.</summary>
internal sealed unsafe partial class Auction
{
    /// <summary>With so many free places all offers are sorted; with fewer the best are picked out.</summary>
    private const int Many = 8;

    /// <summary>An offer: what the patient would ask then and the companion; the patient and the fit.</summary>
    private const int OfferLongs = 2;

    /// <summary>Of each companion that offers: the price of its free places from now on, and how many it offers.</summary>
    private readonly Longs _offered = new();

    /// <summary>By the stripe of the companion and of the patient: what is offered at once.</summary>
    private readonly Pile[] _offersAtOnce = new Pile[MostStripes * MostStripes];

    /// <summary>By stripe of the companion: room to sort the offers of one.</summary>
    private readonly long[][] _sorted = new long[MostStripes][];

    private void OfferAtOnce(int firstStripe, int lastStripe)
    {
        if (_sharers > 1 && BeginsShare(firstStripe))
        {
            AskFor(_ask.At, _m.Patients);
            AskFor((int*)_match.At, _m.Patients);
        }
        for (var stripe = firstStripe; stripe < lastStripe; stripe++)
        {
            for (var to = 0; to < _stripes; to++)
                _offersAtOnce[(stripe * MostStripes) + to].Count = 0;
            for (var k = 0; k < _dearCount[stripe]; k++)
            {
                if (k + 1 < _dearCount[stripe])
                    AskForColumn(DearOf(stripe)[k + 1]);
                Offer(DearOf(stripe)[k], stripe);
            }
        }
    }

    // Each offer goes to where its patient's answer is worked out.
    private void Offer(int j, int stripe)
    {
        var taken = Best(j, stripe, out var price);
        _offered.At[j] = (price << 32) | (uint)taken;
        var offers = _sorted[stripe];
        for (var t = 0; t < taken; t++)
        {
            var word = (uint)offers[t];
            var offer = _offersAtOnce[(stripe * MostStripes) + StripeOf(word >> Problem.FitBits)].More(OfferLongs);
            offer[0] = (AskedFor(word, price) << 32) | (uint)j;
            offer[1] = word;
        }
    }

    /// <summary>
    /// All free places are offered at once: one by one, each would look at everybody again.
    /// The best patients take them, all at the price at which the next one would have.
    /// </summary>
    /// <returns>How many; their offers are in <see cref="_sorted"/>.</returns>
    private int Best(int j, int stripe, out long price)
    {
        var (filled, places, taken) = (_m.Filled.At[j], _m.Capacity.At[j], 0);
        var count = places - filled >= Many ? AllOffers(j, ref _sorted[stripe]) : BestOffers(j, places - filled, _sorted[stripe]);
        var offers = _sorted[stripe];
        while (filled + taken < places && taken < count && offers[taken] >> 32 > (_m.Reserve(j, filled + taken) * _scale) + _step)
            taken++;
        var reserve = _m.Reserve(j, filled + Math.Max(0, taken - 1)) * _scale;
        var next = taken < count && taken > 0 ? (offers[taken] >> 32) - _step : reserve;
        price = Math.Min(Math.Max(reserve, next), _price.At[j]);
        return taken;
    }

    /// <summary>What a patient asks who has this companion at this price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long AskedFor(uint word, long price) => price - ((word & Problem.FitMask) * _scale);

    /// <summary>The best offers for so many free places and for one more, the best first; of equal ones the higher word.</summary>
    private int BestOffers(int j, int free, long[] offers)
    {
        var (wanted, scale, ask) = (free + 1, _scale, (nint)_ask.At);
        var (count, least) = (0, long.MinValue);
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + _m.ColumnLength.At[j];
        for (; at < end; at++)
        {
            var offer = OfferTo(*at, (int*)ask, scale);
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

    private int AllOffers(int j, ref long[] offers)
    {
        if (offers.Length < _m.ColumnLength.At[j])
            offers = new long[_m.ColumnLength.At[j]];
        var count = 0;
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + _m.ColumnLength.At[j];
        for (; at < end; at++)
            if (!IsHeldBy(j, (int)(*at >> Problem.FitBits)))
                offers[count++] = OfferTo(*at, _ask.At, _scale);
        Array.Sort(offers, 0, count);
        Array.Reverse(offers, 0, count);
        return count;
    }

    /// <summary>The most that this patient would pay, and the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long OfferTo(uint word, int* ask, int scale) =>
        ((long)(((int)(word & Problem.FitMask) * scale) + ask[word >> Problem.FitBits]) << 32) | word;

    private void AskForColumn(int j)
    {
        if (!Sse.IsSupported)
            return;
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + Math.Min(256, _m.ColumnLength.At[j]);
        for (; at < end; at += 16)
            Sse.Prefetch0(at);
    }
}
