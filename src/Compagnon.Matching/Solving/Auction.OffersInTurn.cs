using System.Numerics;

namespace Compagnon.Matching;

/// <summary>Companions bid one after the other, each knowing what the one before did: where they are few, and in small parts.</summary>
internal sealed unsafe partial class Auction
{
    /// <summary>Who is to offer: room for every companion, since none stands there twice.</summary>
    private readonly Ints _line = new();
    private int _lineMask, _head, _tail;
    private bool _isInTurn;

    private void RoomToOfferInTurn()
    {
        _lineMask = (int)BitOperations.RoundUpToPowerOf2((uint)_m.Companions) - 1;
        _line.Room(_lineMask + 1, 0);
    }

    /// <summary>Until nobody is too dear; whoever becomes so comes at the end.</summary>
    private void OfferInTurn()
    {
        LineUp();
        _isInTurn = true;
        var offers = 0;
        for (; _head != _tail && _bids <= _mostBids; _head++)
        {
            if ((_head & Patience) == 0)
                Cancel.ThrowIfCancellationRequested();
            if (_tail - _head <= _fewOffers && ++offers > _offersToFall)
            {
                offers = 0;
                FallTogether();
                LineUp();
                if (_head == _tail)
                    break;
            }
            var j = _line.At[_head & _lineMask];
            if (_head + 1 != _tail)
                AskForColumn(_line.At[(_head + 1) & _lineMask]);
            OfferPlaces(j);
            CountBids(1);
        }
        _isInTurn = false;
    }

    private void LineUp()
    {
        (_head, _tail) = (0, 0);
        for (var w = 0; w < _dearWords; w++)
            for (var bits = _dear.At[w]; bits != 0; bits &= bits - 1)
                Line(First(w, bits));
    }

    private void Line(int companion) => _line.At[_tail++ & _lineMask] = companion;

    private void OfferPlaces(int j)
    {
        var taken = Best(j, 0, out var price);
        int start = _m.PlaceStart.At[j], count = _m.PlaceStart.At[j + 1] - start, change = (int)price - _price.At[j], free = 0;
        var slots = _slots.At + start;
        _price.At[j] = (int)price;
        for (var k = 0; k < count; k++)
            if ((int)slots[k] is var patient and not 0)
                _ask.At[patient - 1] += change;
            else
            {
                slots[k] = free < taken
                    ? (price << 32) | (uint)(Win(j, (uint)_sorted[0][free], price) + 1)
                    : Math.Max(price, _m.Reserve(j, _m.Filled.At[j] + free) * _scale) << 32;
                free++;
            }
        Arrange(start, count);
        _m.Filled.At[j] += taken;
        _dear.At[j >> 6] &= ~(1UL << j);
        NoteDear(j);
    }

    private int Win(int j, uint word, long price)
    {
        var i = (int)(word >> Problem.FitBits);
        var held = _match.At[i];
        _match.At[i] = ((uint)j << Problem.FitBits) | (word & Problem.FitMask);
        _ask.At[i] = (int)AskedFor(word, price);
        if (held != Market.None)
            Leave((int)(held >> Problem.FitBits), i + 1);
        return i;
    }
}
