namespace Compagnon.Matching;

/// <summary>
/// The two exact searches (Dijkstra over reduced costs) that everything rests on: one seats a patient, one fills a place.
/// Each takes an optimal state with one flaw and gives an optimal state back, prices included.
/// </summary>
internal sealed unsafe partial class Searches(Market market)
{
    /// <summary>Companions settled, or patients tried, between two looks at whether to go on; one less than a power of two.</summary>
    private const int Patience = 4095;

    private readonly Market _m = market;
    private readonly Queue _queue = new();
    private int[] _settled = new int[64];
    private int _settledCount;
    private int _now;

    /// <summary>Only where nothing is kept of what is broken off: never in a live plan.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Set while a change may be taken back.</summary>
    public Journal? Journal { get; set; }

    /// <summary>Told of every match made or ended: patient, companion, whether made.</summary>
    public Action<int, uint, bool>? Changed { get; set; }

    /// <summary>Companions settled since the start: the work done.</summary>
    public long Settled { get; private set; }

    /// <summary>Ends a match; the companion gets a free place.</summary>
    public void Unseat(int patient)
    {
        var word = _m.Patient[patient].Match;
        var companion = Problem.CompanionOf(word);
        var last = _m.Companion[companion].Filled - 1;
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        int position = _m.Patient[patient].Position, moved = places[last];
        Write(places + position, moved);
        Write(&_m.Patient[moved].Position, position);
        Write(&_m.Companion[companion].Filled, last);
        Write((int*)&_m.Patient[patient].Match, unchecked((int)Market.None));
        Changed?.Invoke(patient, word, false);
    }

    public void Seat(int patient, uint word)
    {
        var companion = Problem.CompanionOf(word);
        var last = _m.Companion[companion].Filled;
        Write(_m.Places.At + _m.PlaceStart.At[companion] + last, patient);
        Write(&_m.Patient[patient].Position, last);
        Write(&_m.Companion[companion].Filled, last + 1);
        Write((int*)&_m.Patient[patient].Match, unchecked((int)word));
        Changed?.Invoke(patient, word, true);
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

    private void Begin()
    {
        if (++_now == int.MaxValue)
        {
            for (var j = 0; j < _m.Companions; j++)
                _m.Companion[j].Stamp = 0;
            _now = 1;
        }
        _queue.Clear();
        _settledCount = 0;
    }

    private void Settle(int companion)
    {
        if (_settledCount == _settled.Length)
            Array.Resize(ref _settled, _settledCount * 2);
        _settled[_settledCount++] = companion;
        if ((++Settled & Patience) == 0)
            Cancel.ThrowIfCancellationRequested();
    }
}
