using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>
/// An auction with falling increments, in 32 bits: patients bid for places, then companions whose free places stayed too dear bid for
/// patients. It gives a nearly optimal plan and prices; what it leaves wrong the exact searches put right, so nothing here must be exact.
/// </summary>
internal sealed unsafe partial class Auction(Market market, Team team) : IDisposable
{
    /// <summary>Bids in turn between two looks at whether to go on; one less than a power of two.</summary>
    private const int Patience = 1023;

    private readonly Market _m = market;

    // A place's bid in the upper half, its patient + 1 in the lower; each companion's places form a heap, the lowest bid first.
    private readonly Longs _slots = new();
    private readonly Ints _price = new(), _base = new(), _ask = new();

    private readonly Words _match = market.Match;
    private int _scale;
    private int _step;
    private long _bids;
    private long _mostBids;
    private int _fewBids, _fewOffers;

    public CancellationToken Cancel { get; set; }

    /// <summary>Bids of patients and of companions.</summary>
    public long Bids => _bids;
    public long ReverseBids { get; private set; }

    /// <summary>Bids of both kinds that several threads made at once.</summary>
    public long Shared => _shared;

    public int* Price => _price.At;

    /// <summary>What a match is worth to each patient without the fit: between <see cref="Prepare"/> and <see cref="Run"/> the caller writes it.</summary>
    public int* Base => _base.At;
    public int Scale => _scale;

    /// <summary>A companion's places: in the lower half its patient + 1, or 0 where it is free.</summary>
    public ReadOnlySpan<long> PlacesOf(int companion) =>
        new(_slots.At + _m.PlaceStart.At[companion], _m.PlaceStart.At[companion + 1] - _m.PlaceStart.At[companion]);

    public void Dispose()
    {
        foreach (var block in (IDisposable[])[.. Scratch, _slots, _price])
            block.Dispose();
        foreach (var pile in Piles)
            pile?.Dispose();
    }

    /// <summary>Gives back what isn't asked for once the auction is over.</summary>
    public void GiveBackBids()
    {
        foreach (var block in Scratch)
            block.GiveBack();
        foreach (var pile in Piles)
            pile?.GiveBack();
    }

    private Pile?[] Piles => [.. _offersAtOnce, .. _moves];

    private Block[] Scratch => [_base, _ask, _waiting, _bidsAtOnce, _turn, _dear, _dearNow, _line, _offered, _far, _comer, _through];

    public void GiveBackPlaces() => _slots.GiveBack();

    public void GiveBackPrices() => _price.GiveBack();

    /// <param name="told">Is told what share of the phases is over.</param>
    public void Run(AuctionPlan plan, Action<double> told)
    {
        var phases = 1 + Math.Ceiling(Math.Log((double)plan.FirstStep * _scale / plan.LastStep, plan.Divisor));
        var phase = 0;
        for (_step = plan.FirstStep * _scale; ; _step = Math.Max(plan.LastStep, _step / plan.Divisor))
        {
            Keep();
            Forward();
            Reverse();
            told(Math.Min(1, ++phase / phases));
            if (_step <= plan.LastStep || _bids > _mostBids)
                return;
        }
    }

    public void Prepare(AuctionPlan plan)
    {
        int patients = _m.Patients, companions = _m.Companions;
        _scale = plan.Scale;
        _bids = _shared = ReverseBids = 0;
        WaitForFall(CompanionsAFall);
        (_mostBids, _fewBids, _fewOffers) = (plan.MostBids, plan.FewBids, plan.FewOffers);
        _price.Room(companions, 0);
        _base.Room(patients, 0);
        Cut(plan.AtOnce ? MostStripes : 1);
        RoomToBid();
        RoomToOffer();
        var places = companions == 0 ? 0 : _m.PlaceStart.At[companions];
        _slots.Room(places, 0);
        _slots.Clear(places);
        _match.Room(patients, 0);
        team.Share(patients, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                _match.At[i] = Market.None;
            }
        });
        for (var j = 0; j < companions; j++)
        {
            _m.Filled.At[j] = 0;
            _price.At[j] = Math.Max((int)_m.Reserve(j, 0) * _scale, plan.Seed);
        }
    }

    /// <summary>Begins a phase: every filled place at its companion's price, and only pairs that are good enough for the new step stay.</summary>
    private void Keep()
    {
        team.Share(_words, KeepGood);
        team.Share(_m.Companions, FillSlots);
    }

    private void KeepGood(int firstWord, int lastWord)
    {
        var price = _price.At;
        for (var w = firstWord; w < lastWord; w++)
        {
            ulong waiting = 0;
            for (var i = w << 6; i < Math.Min((w + 1) << 6, _m.Patients); i++)
                if (IsToBid(i, price))
                    waiting |= 1UL << i;
            _waiting.At[w] = waiting;
        }
    }

    // Whoever is let go and finds nobody worth their price won't bid either: prices only rise from here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsToBid(int i, int* price)
    {
        var match = _match.At[i];
        uint* at = _m.Row.At + _m.RowEnds.At[2 * i], end = _m.Row.At + _m.RowEnds.At[(2 * i) + 1];
        if (match == Market.None)
            return at < end;
        var best = -_base.At[i]; // to stay without
        for (; at < end; at++)
            best = Math.Max(best, ((int)(*at & Problem.FitMask) * _scale) - price[*at >> Problem.FitBits]);
        if (((int)(match & Problem.FitMask) * _scale) - price[match >> Problem.FitBits] >= best - _step)
            return false;
        _match.At[i] = Market.None;
        return best > -_base.At[i];
    }

    // Places come as: kept pairs at the price; then those let go, also at the price; then those that were free, at their reserve.
    private void FillSlots(int first, int last)
    {
        for (var j = first; j < last; j++)
        {
            var slots = _slots.At + _m.PlaceStart.At[j];
            int count = _m.PlaceStart.At[j + 1] - _m.PlaceStart.At[j], had = _m.Filled.At[j], kept = 0;
            long price = _price.At[j];
            for (var k = 0; k < count; k++)
                if ((int)slots[k] is var patient and not 0 && IsHeldBy(j, patient - 1))
                    slots[kept++] = (price << 32) | (uint)patient;
            for (var k = kept; k < count; k++)
                slots[k] = Math.Max(price, k < had ? 0 : _m.Reserve(j, k) * _scale) << 32;
            _m.Filled.At[j] = kept;
            Arrange(_m.PlaceStart.At[j], count);
        }
    }

    private bool IsHeldBy(int j, int patient)
    {
        var held = _match.At[patient];
        return held != Market.None && held >> Problem.FitBits == (uint)j;
    }

    private void Arrange(int start, int count)
    {
        var slots = _slots.At + start;
        for (var k = (count / 2) - 1; k >= 0; k--)
            Sift(slots, k, count, slots[k]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sift(long* slots, int at, int count, long value)
    {
        for (var down = (2 * at) + 1; down < count; down = (2 * at) + 1)
        {
            if (down + 1 < count && slots[down + 1] < slots[down])
                down++;
            if (slots[down] >= value)
                break;
            slots[at] = slots[down];
            at = down;
        }
        slots[at] = value;
    }
}
