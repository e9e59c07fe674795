using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>
/// Where there are nearly as many places as patients, the last free places lie far from the last patients who could have them, and all prices
/// between have to fall. Offer by offer that takes long. One search from all ends at once, the patients without a place and the places that may stay free,
/// finds by how much each price has to fall, and the moves that pass a free place on to an end.
/// </summary>
internal sealed unsafe partial class Auction
{
    /// <summary>Prices fall together once the last few have made an offer for so many companions, which takes half as long as the search; and from then on sooner.</summary>
    private const int CompanionsAFall = 2, CompanionsAFurtherFall = 8, FewestOffers = 64;

    /// <summary>Prices fall by multiples of a part of the increment, so that many companions are equally far: each pair stays as good as the increment asks.</summary>
    private const int UnitsAStep = 2;

    /// <summary>The furthest that prices fall at once, in such multiples: as far as distances are counted out one by one.</summary>
    private const int Furthest = Queue.Near - 1;

    /// <summary>So many that are equally far are looked at together.</summary>
    private const int FallingAtOnce = 8;

    private readonly Queue _ways = new();

    /// <summary>How far each companion is from an end: <see cref="Furthest"/> where that isn't known, its complement once it is sure.</summary>
    private readonly Ints _far = new();

    /// <summary>Who would come to each companion once its price had fallen so far, or -1 where the place would stay free; and that pair.</summary>
    private readonly Ints _comer = new();
    private readonly Words _through = new();

    private int _unit, _offersToFall;

    private void WaitForFall(int companionsAFall) => _offersToFall = Math.Max(FewestOffers, _m.Companions / companionsAFall);

    private void FallTogether()
    {
        WaitForFall(CompanionsAFurtherFall);
        BeginToFall();
        for (var i = 0; i < _m.Patients; i++)
            if (_match.At[i] == Market.None)
                NearThrough(i, 0);
        Fall(FurthestDear());
        for (var w = 0; w < _dearWords; w++)
            for (var bits = _dear.At[w]; bits != 0; bits &= bits - 1)
                PassOn(First(w, bits));
        team.Share(_m.Patients, Ask);
    }

    // Each companion's place may stay free at its reserve.
    private void BeginToFall()
    {
        _unit = BitOperations.Log2((uint)Math.Max(1, _step / UnitsAStep));
        foreach (var block in (Ints[])[_far, _comer])
            block.Room(_m.Companions, 0);
        _through.Room(_m.Companions, 0);
        _ways.Clear();
        for (var j = 0; j < _m.Companions; j++)
        {
            _far.At[j] = Furthest;
            _comer.At[j] = -1;
            if (_m.Capacity.At[j] == 0)
                continue;
            var lowered = (_price.At[j] - (_m.Reserve(j, Math.Min(_m.Filled.At[j], _m.Capacity.At[j] - 1)) * _scale)) >> _unit;
            if (lowered < Furthest)
                Near(j, (int)Math.Max(0, lowered), -1, 0);
        }
    }

    /// <summary>Makes sure of companions until every dear one is among them.</summary>
    /// <returns>How far the furthest of these is.</returns>
    private int FurthestDear()
    {
        Span<int> next = stackalloc int[FallingAtOnce];
        var (left, looks) = (CountDear(), 0);
        while (_ways.Take(next, Furthest, out var distance) is var count and > 0)
        {
            if ((looks++ & Patience) == 0)
                Cancel.ThrowIfCancellationRequested();
            for (var k = 0; k < count; k++)
                AskForPatients(next[k]);
            for (var k = 0; k < count; k++)
            {
                var j = next[k];
                // it is sure, or a shorter way was found
                if (_far.At[j] != distance)
                    continue;
                if (IsDear(j) && --left == 0)
                    return (int)distance;
                _far.At[j] = ~(int)distance;
                for (var slot = _m.PlaceStart.At[j]; slot < _m.PlaceStart.At[j + 1]; slot++)
                    if ((int)_slots.At[slot] is var patient and not 0)
                        NearThrough(patient - 1, (int)distance);
            }
        }
        return Furthest;
    }

    private void AskForPatients(int j)
    {
        if (!Sse.IsSupported)
            return;
        for (var slot = _m.PlaceStart.At[j]; slot < _m.PlaceStart.At[j + 1]; slot++)
            if ((int)_slots.At[slot] is var patient and not 0)
                AskForRow(_m.Row.At + _m.RowEnds.At[2 * (patient - 1)]);
    }

    // A companion is so much further than this patient as its price is above what the patient would come for.
    private void NearThrough(int patient, int distance)
    {
        uint* at = _m.Row.At + _m.RowEnds.At[2 * patient], end = _m.Row.At + _m.RowEnds.At[(2 * patient) + 1];
        int* prices = _price.At, far = _far.At;
        int scale = _scale, unit = _unit, up = (1 << unit) - 1, start = up - _ask.At[patient];
        for (; at < end; at++)
        {
            var word = *at;
            var j = (int)(word >> Problem.FitBits);
            var length = distance + (Math.Max(up, start + prices[j] - ((int)(word & Problem.FitMask) * scale)) >> unit);
            if (length < far[j])
                Near(j, length, patient, word);
        }
    }

    private void Near(int companion, int distance, int comer, uint word)
    {
        _far.At[companion] = distance;
        _comer.At[companion] = comer;
        _through.At[companion] = word;
        _ways.Add(distance, companion);
    }

    private void Fall(int furthest)
    {
        for (var j = 0; j < _m.Companions; j++)
        {
            var by = Math.Min(furthest, _far.At[j] < 0 ? ~_far.At[j] : _far.At[j]);
            if (by == 0 || _m.Capacity.At[j] == 0)
                continue;
            var price = _price.At[j] - (by << _unit);
            if (_m.Filled.At[j] == _m.Capacity.At[j])
            {
                _price.At[j] = price;
                continue;
            }
            // as if it had offered, and nobody had come
            _offered.At[j] = (long)price << 32;
            Reprice(j);
            NoteDear(j);
        }
    }

    /// <summary>A free place is passed on from companion to companion, by each only once: to an end, or as far as others haven't gone that way before.</summary>
    private void PassOn(int j)
    {
        while (IsDear(j) && _far.At[j] != Furthest && _comer.At[j] is var patient and >= 0)
        {
            var held = _match.At[patient];
            _comer.At[j] = -1;
            _match.At[patient] = ((uint)j << Problem.FitBits) | (_through.At[j] & Problem.FitMask);
            Move(Comes | ((long)j << 32) | (uint)(patient + 1));
            NoteDear(j);
            if (held == Market.None)
                return;
            j = (int)(held >> Problem.FitBits);
            Leave(j, patient + 1);
        }
    }
}
