using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>
/// Companions whose free places stayed above their reserve bid for patients, many at once: each offers its places at the price they will have;
/// prices fall to it; patients take what is better for them than what they have by then; places change hands. As with bids, what is done at once
/// has nothing to do with each other, and comes in the same order with any number of threads.
/// </summary>
internal sealed unsafe partial class Auction
{
    /// <summary>Of so many companions about one offers at once.</summary>
    private const int CompanionsAnOffer = 16;

    private const long Comes = 1L << 62;

    /// <summary>Companions who are to offer; and those who do now, by stripe.</summary>
    private readonly Bits _dear = new();
    private readonly Ints _dearNow = new();
    private readonly int[] _dearCount = new int[MostStripes], _dearAt = new int[MostStripes];

    /// <summary>By the thread whose the companion is, and by the stripe of the patient: who comes to which companion, or leaves it.</summary>
    private readonly Pile[] _moves = new Pile[team.Size * MostStripes];

    private int _dearWords, _dearRoom;

    private void RoomToOffer()
    {
        _dearWords = (_m.Companions + 63) >> 6;
        RoomToOfferInTurn();
        _dearRoom = _stripes == 1 ? 1 : (_m.Companions / CompanionsAnOffer / _stripes) + 1;
        _dear.Room(_dearWords, 0);
        _dearNow.Room(_dearRoom * _stripes, 0);
        _offered.Room(_m.Companions, 0);
        _ask.Room(_m.Patients, 0);
    }

    private void Reverse()
    {
        team.Share(_m.Patients, Ask);
        team.Share(_dearWords, FindDear);
        Array.Clear(_dearAt);
        ShareAmong(team.Size);
        for (var isLast = false; !isLast && _bids <= _mostBids;)
        {
            Cancel.ThrowIfCancellationRequested();
            isLast = _stripes == 1 || CountDear() <= _fewOffers;
            if (isLast)
                OfferInTurn();
            else
                OfferTogether();
        }
    }

    private void OfferTogether()
    {
        CountBids(TakeDear());
        team.Share(_stripes, OfferAtOnce);
        team.Share(team.Size, Reprice);
        team.Share(_stripes, Answer);
        team.Share(team.Size, Move);
    }

    private void CountBids(int offers)
    {
        ReverseBids += offers;
        _bids += offers;
        _shared += _sharers > 1 ? offers : 0;
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

    private void FindDear(int firstWord, int lastWord)
    {
        for (var w = firstWord; w < lastWord; w++)
        {
            _dear.At[w] = 0;
            for (var j = w << 6; j < Math.Min((w + 1) << 6, _m.Companions); j++)
            {
                var filled = 0;
                foreach (var slot in PlacesOf(j))
                    filled += (int)slot != 0 ? 1 : 0;
                _m.Filled.At[j] = filled;
                NoteDear(j);
            }
        }
    }

    private void NoteDear(int j)
    {
        var start = _m.PlaceStart.At[j];
        if (start < _m.PlaceStart.At[j + 1] && (int)_slots.At[start] == 0 && _slots.At[start] >> 32 > _m.Reserve(j, _m.Filled.At[j]) * _scale)
        {
            if (_isInTurn && !IsDear(j))
                Line(j);
            _dear.At[j >> 6] |= 1UL << j;
        }
        else
            _dear.At[j >> 6] &= ~(1UL << j);
    }

    private bool IsDear(int j) => (_dear.At[j >> 6] >> j & 1) != 0;

    private int* DearOf(int stripe) => _dearNow.At + (stripe * _dearRoom);

    private int CountDear()
    {
        var count = 0;
        for (var w = 0; w < _dearWords; w++)
            count += BitOperations.PopCount(_dear.At[w]);
        return count;
    }

    /// <summary>The next few of each stripe, round and round.</summary>
    private int TakeDear()
    {
        var all = 0;
        for (var stripe = 0; stripe < _stripes; stripe++)
        {
            var (first, last) = (Team.Cut(_dearWords, stripe, _stripes), Team.Cut(_dearWords, stripe + 1, _stripes));
            var count = 0;
            for (var looked = first; looked < last && count < _dearRoom; looked++)
            {
                var w = first + _dearAt[stripe];
                for (; _dear.At[w] != 0 && count < _dearRoom; _dear.At[w] &= _dear.At[w] - 1)
                    DearOf(stripe)[count++] = First(w, _dear.At[w]);
                if (_dear.At[w] == 0)
                    _dearAt[stripe] = (_dearAt[stripe] + 1) % (last - first);
            }
            _dearCount[stripe] = count;
            all += count;
        }
        return all;
    }

    /// <summary>Of those whose sharers these are: free places at the price they are offered for, and what that makes their patients ask.</summary>
    private void Reprice(int firstSharer, int lastSharer)
    {
        for (var stripe = 0; stripe < _stripes; stripe++)
            for (var k = 0; k < _dearCount[stripe]; k++)
                if (SharerOf((uint)DearOf(stripe)[k], _share) is var s && s >= firstSharer && s < lastSharer)
                    Reprice(DearOf(stripe)[k]);
    }

    private void Reprice(int j)
    {
        // reserve or more, and no other place is cheaper
        var price = _offered.At[j] >> 32;
        var change = (int)price - _price.At[j];
        int start = _m.PlaceStart.At[j], count = _m.PlaceStart.At[j + 1] - start, offered = (int)_offered.At[j], free = 0;
        var slots = _slots.At + start;
        for (var k = 0; k < count; k++)
            if ((int)slots[k] is var patient and not 0)
                _ask.At[patient - 1] += change;
            else if (free++ < offered)
                slots[k] = price << 32;
            else
                slots[k] = Math.Max(price, _m.Reserve(j, _m.Filled.At[j] + free - 1) * _scale) << 32;
        Arrange(start, count);
        _price.At[j] = (int)price;
    }

    /// <summary>Patients take what is better by a step than what they have.</summary>
    private void Answer(int firstStripe, int lastStripe)
    {
        var (ask, match, step) = ((nint)_ask.At, (nint)_match.At, _step);
        for (var stripe = firstStripe; stripe < lastStripe; stripe++)
        {
            for (var s = 0; s < _sharers; s++)
                _moves[(s * MostStripes) + stripe].Count = 0;
            for (var from = 0; from < _stripes; from++)
            {
                var pile = _offersAtOnce[(from * MostStripes) + stripe];
                long* offer = pile.At, end = offer + pile.Count;
                for (; offer < end; offer += OfferLongs)
                {
                    if (Sse.IsSupported && offer + (Ahead * OfferLongs) < end)
                    {
                        var next = (uint)offer[(Ahead * OfferLongs) + 1] >> Problem.FitBits;
                        Sse.Prefetch0((int*)ask + next);
                        Sse.Prefetch0((uint*)match + next);
                    }
                    var i = (int)((uint)offer[1] >> Problem.FitBits);
                    var asks = (int)(offer[0] >> 32);
                    if (asks > ((int*)ask)[i] - step)
                        continue;
                    var (j, held) = ((int)(uint)offer[0], ((uint*)match)[i]);
                    ((int*)ask)[i] = asks;
                    ((uint*)match)[i] = ((uint)j << Problem.FitBits) | ((uint)offer[1] & Problem.FitMask);
                    if (held != Market.None)
                        *MoveOf((int)(held >> Problem.FitBits), stripe) = ((long)(held >> Problem.FitBits) << 32) | (uint)(i + 1);
                    *MoveOf(j, stripe) = Comes | ((long)j << 32) | (uint)(i + 1);
                }
            }
        }
    }

    private long* MoveOf(int j, int stripe) => _moves[(SharerOf((uint)j, _share) * MostStripes) + stripe].More(1);

    private void Move(int firstSharer, int lastSharer)
    {
        for (var s = firstSharer; s < lastSharer; s++)
        {
            for (var stripe = 0; stripe < _stripes; stripe++)
            {
                var moves = _moves[(s * MostStripes) + stripe];
                for (var k = 0L; k < moves.Count; k++)
                {
                    if (Sse.IsSupported && k + Ahead < moves.Count)
                        Sse.Prefetch0(_slots.At + _m.PlaceStart.At[(int)((moves.At[k + Ahead] & ~Comes) >> 32)]);
                    Move(moves.At[k]);
                }
            }
            for (var stripe = 0; stripe < _stripes; stripe++)
                for (var k = 0; k < _dearCount[stripe]; k++)
                    if (SharerOf((uint)DearOf(stripe)[k], _share) == s)
                        NoteDear(DearOf(stripe)[k]);
        }
    }

    private void Move(long move)
    {
        var (j, patient) = ((int)((move & ~Comes) >> 32), (int)move);
        if ((move & Comes) == 0)
        {
            Leave(j, patient);
            return;
        }
        // the place offered stands free in front: none is cheaper
        var slots = _slots.At + _m.PlaceStart.At[j];
        Sift(slots, 0, _m.PlaceStart.At[j + 1] - _m.PlaceStart.At[j], slots[0] | (uint)patient);
        _m.Filled.At[j]++;
    }

    // The place stands free at the companion's price, and so in front.
    private void Leave(int j, int patient)
    {
        var slots = _slots.At + _m.PlaceStart.At[j];
        var at = 0;
        while ((int)slots[at] != patient)
            at++;
        for (; at > 0; at = (at - 1) >> 1)
            slots[at] = slots[(at - 1) >> 1];
        slots[0] = (long)_price.At[j] << 32;
        _m.Filled.At[j]--;
        NoteDear(j);
    }
}
