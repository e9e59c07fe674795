using System.Numerics;
using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>
/// Where there is another thread, it works out what those who come next would bid, from prices that may be a little old. While patients bid prices
/// only rise: where those of the best and of the second best are still today's, nothing else can be better, and the bid is what it would be now.
/// Anything else is worked out anew. The plan is the same with it and without, and nobody waits for anybody.
/// </summary>
internal sealed unsafe partial class Auction
{
    /// <summary>Sixty-fours of patients between the one who bids and those who look ahead: nearer, both would do the same; farther, prices will have changed.</summary>
    private const int Leap = 2, Lead = 20;

    private const long Unforeseen = -1;

    /// <summary>
    /// While patients bid: the best (word, price) and the second best of each; <see cref="Market.None"/> for staying without.
    /// While companions bid: what each would offer.
    /// </summary>
    private readonly Longs _ahead = new();

    private readonly News _news = new();
    private readonly List<Ints> _known = [];

    private void RoomAhead()
    {
        if (team.Size == 1)
            return;
        _ahead.Room(Math.Max(2L * _m.Patients, (long)Record * _m.Companions), 0);
        while (_known.Count < team.Size - 1)
            _known.Add(new Ints());
        foreach (var known in _known)
            known.Room(Math.Max(_m.Patients, _m.Companions), 0);
        _losses.Room(_m.Companions, 0);
    }

    private void SweepTogether()
    {
        team.Share(_m.Patients, (from, to) =>
        {
            for (var i = from; i < to; i++)
                _ahead.At[2L * i] = Unforeseen;
        });
        _news.Begin(_price.At, _m.Companions);
        team.Beside(() => Sweep(ahead: true), LookAhead, _news.End);
    }

    // As Bid does, with what others foresaw, and telling them what it did.
    private void BidAsForeseen(int w, long front)
    {
        int* price = _price.At, rows = _m.RowEnds.At, bases = _base.At;
        var row = _m.Row.At;
        var ahead = _ahead.At;
        var news = _news;
        int scale = _scale, step = _step;
        news.Publish(front);
        long bids = 0, foreseen = 0;
        var now = _waiting.At[w];
        _waiting.At[w] = 0;
        for (var bits = now; bits != 0; bits &= bits - 1)
        {
            var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
            if (IsForeseen(ahead + (2L * i), -bases[i], price, scale, out var chosen, out var margin))
                foreseen++;
            else
                chosen = Look(row + rows[2 * i], row + rows[(2 * i) + 1], -bases[i], price, scale, out margin);
            if (chosen == Market.None)
                continue;
            Place(i, chosen, margin + step, price);
            news.Tell((int)(chosen >> Problem.FitBits), price[chosen >> Problem.FitBits]);
            bids++;
        }
        _bids += bids;
        Foreseen += foreseen;
    }

    // Fields of this object are read once, since those beside them are written all the time.
    private void LookAhead(int number)
    {
        int others = team.Size - 1, words = (_m.Patients + 63) >> 6, scale = _scale;
        int* known = _known[number].At, rows = _m.RowEnds.At, bases = _base.At;
        var news = _news;
        var (waiting, row, ahead) = ((nint)_waiting.At, (nint)_m.Row.At, (nint)_ahead.At);
        news.Copy(known, out var learnt);
        for (long at = number; news.IsOn(out var passed);)
        {
            news.Learn(known, ref learnt);
            while (at <= passed + Leap)
                at += others;
            if (at > passed + Lead)
            {
                Thread.SpinWait(10);
                continue;
            }
            var w = (int)(at % words);
            for (var bits = ((ulong*)waiting)[w]; bits != 0; bits &= bits - 1)
            {
                var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
                Foresee((uint*)row + rows[2 * i], (uint*)row + rows[(2 * i) + 1], -bases[i], known, scale, (long*)ahead + (2 * i));
            }
            at += others;
        }
    }

    private static void Foresee(uint* at, uint* end, int alone, int* price, int scale, long* ahead)
    {
        int best = alone, second = alone, bestPrice = 0, secondPrice = 0;
        uint chosen = Market.None, next = Market.None;
        for (; at < end; at++)
        {
            var asked = price[*at >> Problem.FitBits];
            var value = ((int)(*at & Problem.FitMask) * scale) - asked;
            if (value <= second)
                continue;
            if (value > best)
            {
                (second, next, secondPrice) = (best, chosen, bestPrice);
                (best, chosen, bestPrice) = (value, *at, asked);
            }
            else
                (second, next, secondPrice) = (value, *at, asked);
        }
        ahead[1] = ((long)next << 32) | (uint)secondPrice;
        Volatile.Write(ref ahead[0], ((long)chosen << 32) | (uint)bestPrice);
    }

    /// <param name="margin">By how much the chosen one is better than the second best.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsForeseen(long* ahead, int alone, int* price, int scale, out uint chosen, out int margin)
    {
        margin = 0;
        var first = Volatile.Read(ref ahead[0]);
        chosen = (uint)(first >> 32);
        if (first == Unforeseen)
            return false;
        // whoever had nobody worth their price has nobody now
        if (chosen == Market.None)
            return true;
        if (price[chosen >> Problem.FitBits] != (int)first)
            return false;
        var other = ahead[1];
        var next = (uint)(other >> 32);
        // The halves may come from two looks at this patient, and both hold today; but then the second best of one may be the best of the other.
        if (next == chosen)
            return false;
        if (next != Market.None && price[next >> Problem.FitBits] != (int)other)
            return false;
        var second = next == Market.None ? alone : ((int)(next & Problem.FitMask) * scale) - (int)other;
        margin = ((int)(chosen & Problem.FitMask) * scale) - (int)first - second;
        return true;
    }
}
