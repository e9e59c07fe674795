using System.Numerics;
using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

internal sealed unsafe partial class Auction
{
    /// <summary>Patients without a place bid, in sweeps over a bitmap, until each has one or none is worth its price.</summary>
    private void Forward()
    {
        if (team.Size > 1)
            SweepTogether();
        else
            Sweep(ahead: false);
    }

    private void Sweep(bool ahead)
    {
        var words = (_m.Patients + 63) >> 6;
        long front = 0;
        for (var again = true; again;)
        {
            again = false;
            for (var w = 0; w < words; w++, front++)
            {
                if ((w & Patience) == 0)
                    Cancel.ThrowIfCancellationRequested();
                if (_waiting.At[w] != 0)
                {
                    again = true;
                    if (ahead)
                        BidAsForeseen(w, front);
                    else
                        Bid(w);
                }
            }
            Cancel.ThrowIfCancellationRequested();
            if (_bids > _mostBids)
                return;
        }
    }

    private void Bid(int w)
    {
        int* price = _price.At, rows = _m.RowEnds.At, bases = _base.At;
        var row = _m.Row.At;
        int scale = _scale, step = _step;
        long bids = 0;
        var now = _waiting.At[w];
        _waiting.At[w] = 0;
        for (var bits = now; bits != 0; bits &= bits - 1)
        {
            var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
            var chosen = Look(row + rows[2 * i], row + rows[(2 * i) + 1], -bases[i], price, scale, out var margin);
            if (chosen == Market.None)
                continue;
            Place(i, chosen, margin + step, price);
            bids++;
        }
        _bids += bids;
    }

    /// <summary>The best companion at these prices, or staying alone, and by how much it is better than the second best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Look(uint* at, uint* end, int alone, int* price, int scale, out int margin)
    {
        int best = alone, second = alone;
        var chosen = Market.None;
        for (; at < end; at++)
        {
            var word = *at;
            var value = ((int)(word & Problem.FitMask) * scale) - price[word >> Problem.FitBits];
            if (value > second)
            {
                second = Math.Min(value, best);
                if (value > best)
                {
                    best = value;
                    chosen = word;
                }
            }
        }
        margin = best - second;
        return chosen;
    }

    // The lowest bid makes room, and whoever made it waits again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(int i, uint chosen, int above, int* price)
    {
        var j = (int)(chosen >> Problem.FitBits);
        long bid = price[j] + above;
        _match.At[i] = chosen;
        var start = _m.PlaceStart.At;
        var slots = _slots.At + start[j];
        var loser = (int)slots[0] - 1;
        if (loser >= 0)
        {
            _match.At[loser] = Market.None;
            _waiting.At[loser >> 6] |= 1UL << loser;
        }
        Sift(slots, 0, start[j + 1] - start[j], (bid << 32) | (uint)(i + 1));
        price[j] = (int)(slots[0] >> 32);
    }
}
