using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>
/// Patients bid, many at once, at the prices of the moment before: first each chooses, then the places are taken, by the best bids.
/// Whoever comes too late, since others bid more for the same companion, waits again; a bid is worth as much as when it was made, since prices only rise.
/// </summary>
internal sealed unsafe partial class Auction
{
    /// <summary>So many sixty-fours of a stripe bid at once at most; or as many patients, wherever in it they are.</summary>
    private const int MostWords = 32;

    /// <summary>For so many companions about one bid at once: with fewer, more would come too late.</summary>
    private const int CompanionsABid = 4;

    /// <summary>A bid at once: the place as it would be, and the companion.</summary>
    private const int BidLongs = 2;

    /// <summary>Rows are asked for so many patients before they are looked at.</summary>
    private const int RowsAhead = 4;

    private const int StripeLongs = MostWords * 64 * BidLongs;

    // By thread and stripe: what is bid at once for that thread's companions, and how many.
    private readonly Longs _bidsAtOnce = new();
    private readonly int[] _countAtOnce = new int[team.Size * MostStripes];

    /// <summary>Who waits: one set after the other, by the thread that turned them down. The first is also that of those who begin a phase without a place.</summary>
    private readonly Bits _waiting = new();

    /// <summary>Who bid in turn.</summary>
    private readonly Ints _turn = new();

    private int _words, _allWords, _atOnce, _span;

    private void RoomToBid()
    {
        _words = (_m.Patients + 63) >> 6;
        _allWords = _words * team.Size;
        _waiting.Room(_allWords, 0);
        _waiting.Clear(_allWords);
        if (_stripes > 1)
            _bidsAtOnce.Room((long)team.Size * MostStripes * StripeLongs, 0);
    }

    /// <summary>Patients without a place bid, in sweeps, until each has one or none is worth its price.</summary>
    private void Forward()
    {
        for (var waiting = CountWaiting(); waiting > 0 && _bids <= _mostBids; waiting = CountWaiting())
        {
            Cancel.ThrowIfCancellationRequested();
            if (_stripes == 1 || waiting <= _fewBids)
            {
                BidInTurn(waiting);
                break;
            }
            Sweep(waiting);
        }
        // where there were too many bids
        for (var w = 0; w < _words; w++)
            for (var bits = TakeWaiting(w); bits != 0; bits &= bits - 1)
                _match.At[First(w, bits)] = Market.None;
    }

    private int CountWaiting()
    {
        var count = 0;
        for (var w = 0; w < _words; w++)
            count += BitOperations.PopCount(Waiting(w));
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Waiting(int w)
    {
        var sets = _waiting.At;
        var waiting = sets[w];
        for (var again = w + _words; again < _allWords; again += _words)
            waiting |= sets[again];
        return waiting;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong TakeWaiting(int w)
    {
        var waiting = Waiting(w);
        if (waiting == 0)
            return 0;
        for (var again = w; again < _allWords; again += _words)
            _waiting.At[again] = 0;
        return waiting;
    }

    private void Sweep(int waiting)
    {
        var longest = (_words + _stripes - 1) / _stripes;
        _span = (int)Math.Clamp(_m.Companions / CompanionsABid * (long)longest / waiting, 1, waiting <= MostWords * 64 ? longest : MostWords);
        ShareAmong((long)waiting * _span < (long)_fewBids * longest ? 1 : team.Size);
        for (_atOnce = 0; _atOnce < longest; _atOnce += _span)
            if (_sharers == 1)
            {
                Choose(0, _stripes);
                Take(0, 1);
            }
            else
            {
                team.Share(_stripes, Choose);
                team.Share(team.Size, Take);
            }
    }

    // Fields of this object are read once.
    private void Choose(int firstStripe, int lastStripe)
    {
        int* price = _price.At, rows = _m.RowEnds.At, bases = _base.At;
        uint* row = _m.Row.At, match = _match.At;
        int scale = _scale, step = _step, sharers = _sharers;
        var share = _share;
        var bids = stackalloc long*[sharers];
        var who = stackalloc int[MostWords * 64];
        long all = 0;
        if (sharers > 1 && BeginsShare(firstStripe))
            AskFor(price, _m.Companions);
        for (var stripe = firstStripe; stripe < lastStripe; stripe++)
        {
            for (var s = 0; s < sharers; s++)
                bids[s] = BidsOf(s, stripe);
            var first = Team.Cut(_words, stripe, _stripes) + _atOnce;
            var last = Math.Min(first + _span, Team.Cut(_words, stripe + 1, _stripes));
            var count = Gather(who, first, last);
            for (var k = 0; k < count; k++)
            {
                if (Sse.IsSupported && k + RowsAhead < count)
                    AskForRow(row + rows[2 * who[k + RowsAhead]]);
                var i = who[k];
                var chosen = match[i] = Look(row + rows[2 * i], row + rows[(2 * i) + 1], -bases[i], price, scale, out var margin);
                if (chosen == Market.None)
                    continue;
                var j = chosen >> Problem.FitBits;
                ref var bid = ref bids[SharerOf(j, share)];
                bid[0] = PlaceAt(price[j] + margin + step, i);
                bid[1] = j;
                bid += BidLongs;
            }
            for (var s = 0; s < sharers; s++)
            {
                var made = (int)(bids[s] - BidsOf(s, stripe)) / BidLongs;
                _countAtOnce[(s * MostStripes) + stripe] = made;
                all += made;
            }
        }
        Interlocked.Add(ref _bids, all);
        if (sharers > 1)
            Interlocked.Add(ref _shared, all);
    }

    private long* BidsOf(int sharer, int stripe) => _bidsAtOnce.At + (((sharer * MostStripes) + stripe) * StripeLongs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long PlaceAt(int price, int patient) => ((long)price << 32) | (uint)(patient + 1);

    private int Gather(int* who, int firstWord, int lastWord)
    {
        var count = 0;
        for (var w = firstWord; w < lastWord; w++)
            for (var bits = TakeWaiting(w); bits != 0; bits &= bits - 1)
                who[count++] = First(w, bits);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskForRow(uint* at)
    {
        Sse.Prefetch0(at);
        Sse.Prefetch0(at + 16);
    }

    // Whatever the order of the bids, the best of them and of those who were there have the places in the end.
    private void Take(int firstSharer, int lastSharer)
    {
        int* price = _price.At, start = _m.PlaceStart.At;
        var places = _slots.At;
        for (var s = firstSharer; s < lastSharer; s++)
        {
            var turnedDown = _waiting.At + ((long)s * _words);
            for (var stripe = 0; stripe < _stripes; stripe++)
            {
                long* bid = BidsOf(s, stripe), end = bid + (_countAtOnce[(s * MostStripes) + stripe] * BidLongs);
                for (; bid < end; bid += BidLongs)
                {
                    if (Sse.IsSupported && bid + (Ahead * BidLongs) < end)
                        Sse.Prefetch0(places + start[bid[(Ahead * BidLongs) + 1]]);
                    var j = bid[1];
                    var outbid = TakePlace(places + start[j], start[j + 1] - start[j], bid[0], price + j);
                    if (outbid != 0)
                        turnedDown[(outbid - 1) >> 6] |= 1UL << (outbid - 1);
                }
            }
        }
    }

    /// <summary>The bid takes the place of the lowest, if it is higher.</summary>
    /// <returns>Whom that left without, the bidder or the other: the patient + 1, or 0 for nobody.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakePlace(long* slots, int count, long bid, int* price)
    {
        var lowest = slots[0];
        if (bid < lowest)
            return (int)bid;
        Sift(slots, 0, count, bid);
        *price = (int)(slots[0] >> 32);
        return (int)lowest;
    }

    /// <summary>One after the other, each at the prices of the moment; whoever loses a place comes again at the end.</summary>
    private void BidInTurn(int waiting)
    {
        // whoever bids makes at most one other wait
        var mask = (int)BitOperations.RoundUpToPowerOf2((uint)waiting) - 1;
        _turn.Room(mask + 1, 0);
        int* price = _price.At, rows = _m.RowEnds.At, bases = _base.At, turn = _turn.At, start = _m.PlaceStart.At;
        uint* row = _m.Row.At, match = _match.At;
        var places = _slots.At;
        int scale = _scale, step = _step, head = 0, tail = 0;
        for (var w = 0; w < _words; w++)
            for (var bits = TakeWaiting(w); bits != 0; bits &= bits - 1)
                turn[tail++] = First(w, bits);
        for (var looks = 0; head != tail && _bids <= _mostBids; head++, looks++)
        {
            if ((looks & Patience) == 0)
                Cancel.ThrowIfCancellationRequested();
            if (Sse.IsSupported && head + 1 != tail)
                AskForRow(row + rows[2 * turn[(head + 1) & mask]]);
            var i = turn[head & mask];
            var chosen = match[i] = Look(row + rows[2 * i], row + rows[(2 * i) + 1], -bases[i], price, scale, out var margin);
            if (chosen == Market.None)
                continue;
            var j = chosen >> Problem.FitBits;
            var outbid = TakePlace(places + start[j], start[j + 1] - start[j], PlaceAt(price[j] + margin + step, i), price + j);
            if (outbid != 0)
                turn[tail++ & mask] = outbid - 1;
            _bids++;
        }
        for (; head != tail; head++)
            match[turn[head & mask]] = Market.None;
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
}
