using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

internal sealed unsafe partial class Auction
{
    /// <summary>Companions in the order in which they bid: who loses somebody comes again.</summary>
    private int[] _dear = new int[256];
    private int _head, _tail;

    /// <summary>Companions whose free places stayed above their reserve bid for patients, or lower their price.</summary>
    private void Reverse()
    {
        _head = _tail = 0;
        team.Share(_m.Patients, Ask);
        team.Share(_m.Companions, CountFilled);
        for (var j = _m.Companions - 1; j >= 0; j--)
            if (IsDear(j))
                Push(j);
        if (team.Size > 1)
            OfferTogether();
        else
            OfferDear(ahead: false);
    }

    private void OfferDear(bool ahead)
    {
        while (_head < _tail)
        {
            var j = _dear[_head++];
            if (ahead)
                _news.Publish(((long)_tail << 32) | (uint)_head);
            if (_head < _tail)
                Prefetch(_dear[_head]);
            while (IsDear(j))
            {
                Offer(j);
                _bids++;
                if ((++ReverseBids & Patience) != 0)
                    continue;
                Cancel.ThrowIfCancellationRequested();
                if (_bids > _mostBids)
                    return;
            }
        }
    }

    // What a patient's offer must reach, less the fit there: the most the next companion can ask without being worse than today.
    private void Ask(int from, int to)
    {
        var price = _price.At;
        for (var i = from; i < to; i++)
        {
            var held = _match.At[i];
            _ask.At[i] = held == Market.None ? _base.At[i] : price[held >> Problem.FitBits] - ((int)(held & Problem.FitMask) * _scale);
        }
    }

    private void Reprice(int j, int price)
    {
        var change = price - _price.At[j];
        _price.At[j] = price;
        var together = team.Size > 1;
        for (var k = _m.PlaceStart.At[j]; k < _m.PlaceStart.At[j + 1]; k++)
        {
            var i = (int)_slots.At[k] - 1;
            if (i < 0)
                continue;
            _ask.At[i] += change;
            if (together)
                _news.Tell(i, _ask.At[i]);
        }
    }

    private void CountFilled(int first, int last)
    {
        for (var j = first; j < last; j++)
        {
            var filled = 0;
            foreach (var slot in PlacesOf(j))
                filled += (int)slot != 0 ? 1 : 0;
            _m.Filled.At[j] = filled;
        }
    }

    private bool IsDear(int j)
    {
        var start = _m.PlaceStart.At[j];
        return start < _m.PlaceStart.At[j + 1] && (int)_slots.At[start] == 0
            && _slots.At[start] >> 32 > _m.Reserve(j, _m.Filled.At[j]) * _scale;
    }

    private void Prefetch(int j)
    {
        if (!Sse.IsSupported)
            return;
        uint* at = _m.Column.At + _m.ColumnStart.At[j], end = at + Math.Min(256, _m.ColumnLength.At[j]);
        for (; at < end; at += 16)
            Sse.Prefetch0(at);
    }

    private void Push(int j)
    {
        if (_tail == _dear.Length)
        {
            // what lies behind is no longer needed
            Array.Copy(_dear, _head, _dear, 0, _tail -= _head);
            _head = 0;
            if (_tail > _dear.Length / 2)
                Array.Resize(ref _dear, _dear.Length * 2);
        }
        _dear[_tail++] = j;
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
