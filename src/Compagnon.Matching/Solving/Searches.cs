using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>
/// The two exact searches (Dijkstra over reduced costs) that everything rests on: one seats a patient, one fills a place.
/// Each takes an optimal state with one flaw and gives an optimal state back, prices included.
/// </summary>
internal sealed unsafe partial class Searches(Market market) : IDisposable
{
    /// <summary>Companions settled, or patients tried, between two looks at whether to go on; one less than a power of two.</summary>
    private const int Patience = 4095;

    private readonly Market _m = market;
    private readonly Queue _there = new();
    private readonly Queue _back = new();
    private bool _seating, _fromBoth;
    private int[] _settled = new int[64];
    private int _settledCount;

    /// <summary>By the second side, where there is one.</summary>
    private int[] _settledByOther = new int[64];
    private int _settledByOtherCount;
    private int _now, _steps;

    /// <summary>Only where nothing is kept of what is broken off: never in a live plan.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Set while a change may be taken back.</summary>
    public Journal? Journal { get; private set; }

    /// <summary>And what remembers prices: another one where they outlast a further question.</summary>
    private Journal? _priceJournal;

    /// <summary>Told of every match made or ended: patient, companion, whether made.</summary>
    public Action<int, uint, bool>? Changed { get; set; }

    /// <summary>In a live plan: who hangs together. With it a long search goes on from both its ends.</summary>
    public Clusters? Clusters { get; init; }

    /// <summary>Companions settled since the start: the work done.</summary>
    public long Settled { get; private set; }

    public void Dispose()
    {
        _line.Dispose();
        _others.Dispose();
        _pairs?.Dispose();
    }

    /// <summary>Ends a match; the companion gets a free place.</summary>
    public void Unseat(int patient)
    {
        var word = _m.Match.At[patient];
        if (word >= Market.Away)
            throw Astray();
        var companion = Problem.CompanionOf(word);
        var last = _m.Filled.At[companion] - 1;
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        int position = _m.Position.At[patient], moved = places[last];
        Write(places + position, moved);
        Write(_m.Position.At + moved, position);
        Write(_m.Filled.At + companion, last);
        var worth = _m.WorthOf(patient);
        Write(&_m.Patient[patient].Gain, worth - _m.Price.At[companion]);
        if (last == 0 || worth == _m.Weakest.At[companion])
            Write(_m.Weakest.At + companion, last == 0 ? long.MaxValue : Market.Unknown);
        Write((int*)(_m.Match.At + patient), unchecked((int)Market.None));
        Wait(patient);
        Changed?.Invoke(patient, word, false);
    }

    public void Seat(int patient, uint word)
    {
        var companion = Problem.CompanionOf(word);
        var last = _m.Filled.At[companion];
        if (last >= _m.Capacity.At[companion])
            throw Astray();
        WaitNoMore(patient);
        Write(_m.Places.At + _m.PlaceStart.At[companion] + last, patient);
        Write(_m.Position.At + patient, last);
        Write(_m.Filled.At + companion, last + 1);
        Write((int*)(_m.Match.At + patient), unchecked((int)word));
        if (_m.WorthOf(patient) < _m.Weakest.At[companion])
            Write(_m.Weakest.At + companion, _m.WorthOf(patient));
        Changed?.Invoke(patient, word, true);
    }

    /// <summary>The patient is without a companion: from now on it is found by those who have a place.</summary>
    public void Wait(int patient)
    {
        if (Clusters is null)
            return;
        Moved(patient);
        var count = _m.Waiting.At[0] + 1;
        Write(_m.Position.At + patient, count);
        Write(_m.Waiting.At + count, patient);
        var state = _m.Patient + patient;
        Write(_m.WaitingNear.At + count, state->RowLength == 0 ? -1 : Problem.CompanionOf(_m.Row.At[state->RowStart]));
        Write(_m.Waiting.At, count);
    }

    /// <summary>The patient has a place, or is out of the game.</summary>
    public void WaitNoMore(int patient)
    {
        if (Clusters is null)
            return;
        Moved(patient);
        var count = _m.Waiting.At[0];
        int position = _m.Position.At[patient], moved = _m.Waiting.At[count];
        Write(_m.Waiting.At + position, moved);
        Write(_m.WaitingNear.At + position, _m.WaitingNear.At[count]);
        Write(_m.Position.At + moved, position);
        Write(_m.Waiting.At, count - 1);
    }

    public void Write(int* at, int value)
    {
        Journal?.Keep(at);
        *at = value;
    }

    public void Write(long* at, long value)
    {
        Journal?.Keep(at);
        *at = value;
    }

    /// <summary>What is taken back with the prices.</summary>
    public void WriteWithPrices(int* at, int value)
    {
        _priceJournal?.Keep(at);
        *at = value;
    }

    private void WriteWithPrices(long* at, long value)
    {
        _priceJournal?.Keep(at);
        *at = value;
    }

    private void Begin(bool seating)
    {
        if (++_now == int.MaxValue)
        {
            foreach (var labels in new[] { _m.There, _m.Back })
                for (var j = 0; j < labels.Length; j++)
                    labels.At[j].Stamp = 0;
            _now = 1;
        }
        _there.Clear();
        _back.Clear();
        _seating = seating;
        _fromBoth = _near = false;
        if (Journal is null && _pairs?.HaveMoved > MostMoves)
            GiveUpPairs();
        _settledCount = _settledByOtherCount = _steps = 0;
        if (seating && PricesStay)
            BeginKnowing();
    }

    /// <summary>Writes down the way to a companion, unless one as short is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNearest(Label* label, long distance, int parent, uint word)
    {
        if (label->Stamp == _now && distance >= label->Distance)
            return false;
        label->Stamp = _now;
        label->Distance = distance;
        label->Parent = parent;
        label->Word = word;
        return true;
    }

    // A chain of moves comes to each companion once, or twice where it was found from both sides.
    private void Step()
    {
        if (++_steps > 4 * (_m.Companions + 1))
            throw Astray();
    }

    /// <summary>Only where a state wasn't optimal but for one flaw, as every search takes for granted. Without it such a fault would be a search without end.</summary>
    private static UnreachableException Astray() => new("a search went astray: prices and plan don't belong together");

    /// <summary>What the one gains who would lose least by leaving.</summary>
    private long LeastGain(int companion)
    {
        var weakest = _m.Weakest.At[companion];
        if (weakest == Market.Unknown)
        {
            weakest = _m.WorthOf(WeakestAt(companion));
            Write(_m.Weakest.At + companion, weakest);
        }
        return weakest - _m.Price.At[companion];
    }

    private int WeakestAt(int companion)
    {
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        var weakest = places[0];
        for (var k = _m.Filled.At[companion] - 1; k > 0; k--)
            if (_m.WorthOf(places[k]) < _m.WorthOf(weakest))
                weakest = places[k];
        return weakest;
    }
}
