namespace Compagnon.Matching;

/// <summary>A heap of (distance, companion), the nearest first and of equal ones the lowest number.</summary>
internal sealed class Heap
{
    private Entry[] _entries = new Entry[64];

    private readonly record struct Entry(long Distance, int Companion);

    public int Count { get; private set; }

    /// <summary>Only where somebody is there.</summary>
    public long Nearest => _entries[0].Distance;

    public void Clear() => Count = 0;

    public void Add(long distance, int companion)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        var added = new Entry(distance, companion);
        var at = Count++;
        for (int up; at > 0 && Before(added, _entries[up = (at - 1) >> 1]); at = up)
            _entries[at] = _entries[up];
        _entries[at] = added;
    }

    public bool TryTake(out long distance, out int companion)
    {
        distance = 0;
        companion = 0;
        if (Count == 0)
            return false;
        (distance, companion) = (_entries[0].Distance, _entries[0].Companion);
        var last = _entries[--Count];
        var at = 0;
        for (var down = 1; down < Count; down = (2 * at) + 1)
        {
            if (down + 1 < Count && Before(_entries[down + 1], _entries[down]))
                down++;
            if (!Before(_entries[down], last))
                break;
            _entries[at] = _entries[down];
            at = down;
        }
        _entries[at] = last;
        return true;
    }

    private static bool Before(Entry a, Entry b) => a.Distance != b.Distance ? a.Distance < b.Distance : a.Companion < b.Companion;
}
