namespace Compagnon.Matching;

/// <summary>
/// The two exact searches (Dijkstra over reduced costs) that everything rests on: one seats a patient, one fills a place.
/// Each takes an optimal state with one flaw and gives an optimal state back, prices included.
/// </summary>
internal sealed unsafe partial class Searches(Market market) : IDisposable
{
    private readonly Market _m = market;
    private readonly Longs _distance = new();
    private readonly Ints _stamp = new(), _parent = new(), _via = new();
    private readonly Words _word = new();
    private readonly Queue _queue = new();
    private int[] _settled = new int[64];
    private int _settledCount;
    private int _now;

    /// <summary>Set while a change may be taken back.</summary>
    public Journal? Journal { get; set; }

    /// <summary>Told of every match made or ended: patient, companion, whether made.</summary>
    public Action<int, uint, bool>? Changed { get; set; }

    /// <summary>Companions settled since the start: the work done.</summary>
    public long Settled { get; private set; }

    public void Dispose()
    {
        foreach (var block in new IDisposable[] { _distance, _stamp, _parent, _via, _word })
            block.Dispose();
    }

    /// <summary>Makes room for the market's companions. Forgets nothing.</summary>
    public void Fit() => Fit(_m.Companions + 1L);

    public void Fit(long need)
    {
        var had = _stamp.Length;
        if (need <= had)
            return;
        need += need / 4;
        _stamp.Room(need, had);
        new Span<int>(_stamp.At + had, checked((int)(need - had))).Clear();
        _distance.Room(need, 0);
        _parent.Room(need, 0);
        _via.Room(need, 0);
        _word.Room(need, 0);
    }

    /// <summary>Ends a match; the companion gets a free place.</summary>
    public void Unseat(int patient)
    {
        var word = _m.Match.At[patient];
        var companion = Problem.CompanionOf(word);
        var last = _m.Filled.At[companion] - 1;
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        int position = _m.Position.At[patient], moved = places[last];
        Write(places + position, moved);
        Write(_m.Position.At + moved, position);
        Write(_m.Filled.At + companion, last);
        Write((int*)_m.Match.At + patient, unchecked((int)Market.None));
        Changed?.Invoke(patient, word, false);
    }

    public void Seat(int patient, uint word)
    {
        var companion = Problem.CompanionOf(word);
        var last = _m.Filled.At[companion];
        Write(_m.Places.At + _m.PlaceStart.At[companion] + last, patient);
        Write(_m.Position.At + patient, last);
        Write(_m.Filled.At + companion, last + 1);
        Write((int*)_m.Match.At + patient, unchecked((int)word));
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
            _stamp.Clear(_stamp.Length);
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
        Settled++;
    }
}
