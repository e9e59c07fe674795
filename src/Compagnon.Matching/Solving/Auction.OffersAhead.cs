namespace Compagnon.Matching;

/// <summary>
/// While companions bid, what patients ask only falls: as with bids, the best offers worked out from what was asked a little earlier
/// are today's best where today the same is asked for them, unless somebody left the companion meanwhile, who may now be offered for.
/// </summary>
internal sealed unsafe partial class Auction
{
    /// <summary>Companions between the one who bids and those who look ahead, as with patients.</summary>
    private const int Near = 4, Far = 128;

    /// <summary>Of each companion: the losses it was worked out after, or <see cref="Unforeseen"/>; how many offers; the offers, one more than it had free places, or all.</summary>
    private const int Losses = 0, Count = 1, First = 2, Record = First + Many;

    private const long BeingWritten = -2;

    /// <summary>How many patients each companion has lost, so that who looked ahead earlier is noticed.</summary>
    private readonly Ints _losses = new();

    private void OfferTogether()
    {
        _losses.Clear(_m.Companions);
        team.Share(_m.Companions, (from, to) =>
        {
            for (var j = from; j < to; j++)
                _ahead.At[((long)Record * j) + Losses] = Unforeseen;
        });
        _news.Begin(_ask.At, _m.Patients);
        _news.Publish((long)_tail << 32);
        team.Beside(() => OfferDear(ahead: true), LookAheadForOffers, _news.End);
    }

    private void LookAheadForOffers(int number)
    {
        var (others, scale, news, known) = (team.Size - 1, _scale, _news, (nint)_known[number].At);
        var best = new long[Many];
        news.Copy((int*)known, out var learnt);
        for (var at = number; news.IsOn(out var mark);)
        {
            news.Learn((int*)known, ref learnt);
            var (head, tail) = ((int)mark, (int)(mark >> 32));
            if (at < head + Near || at > head + Far + others)
                at = head + Near + number;
            var dear = _dear;
            if (at >= Math.Min(Math.Min(tail, head + Far), dear.Length))
            {
                Thread.SpinWait(5);
                continue;
            }
            if (at + others < Math.Min(tail, dear.Length))
                Prefetch(dear[at + others]);
            ForeseeOffers(dear[at], (int*)known, scale, best);
            at += others;
        }
    }

    private void ForeseeOffers(int j, int* ask, int scale, long[] best)
    {
        var record = _ahead.At + ((long)Record * j);
        var (before, losses) = (Volatile.Read(ref record[Losses]), Volatile.Read(ref _losses.At[j]));
        var free = _m.Capacity.At[j] - Volatile.Read(ref _m.Filled.At[j]);
        if (before == losses || before == BeingWritten || free is <= 0 or >= Many)
            return;
        var count = BestOffers(j, free, ask, scale, best);
        if (Interlocked.CompareExchange(ref record[Losses], BeingWritten, before) != before)
            return;
        record[Count] = count;
        for (var k = 0; k < count; k++)
            record[First + k] = best[k];
        Volatile.Write(ref record[Losses], losses);
    }

    // Without a loss it has at most as many free places as then: it may have won since, and whomever it won asks less than then.
    private bool AreForeseen(int j, out int count)
    {
        var record = _ahead.At + ((long)Record * j);
        count = 0;
        if (Volatile.Read(ref record[Losses]) != _losses.At[j])
            return false;
        count = (int)Volatile.Read(ref record[Count]);
        for (var k = 0; k < count; k++)
        {
            var offer = _offers[k] = Volatile.Read(ref record[First + k]);
            if (OfferOf((uint)offer, _ask.At, _scale) != (int)(offer >> 32))
                return false;
        }
        return Volatile.Read(ref record[Losses]) == _losses.At[j];
    }
}
