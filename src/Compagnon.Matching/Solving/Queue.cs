using System.Numerics;
using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>
/// A queue of (distance, companion) for searches whose distances never fall: one bucket a distance for the near ones, found through
/// a bitmap, and a heap for the few beyond. What comes out is a function of what went in, so that a search is one of its input.
/// </summary>
internal sealed class Queue
{
    public const int Near = 1 << 13;

    private readonly int[] _first = new int[Near];
    private readonly ulong[] _full = new ulong[Near >> 6];
    private readonly Heap _far = new();
    private Entry[] _entries = new Entry[256];
    private int _count;
    private int _word;
    private long _from;

    private readonly record struct Entry(int Companion, int Next);

    public void Clear()
    {
        if (_count > 0)
            Array.Clear(_full);
        _far.Clear();
        // entry 0 means none
        _count = 0;
        _word = 0;
        _from = 0;
    }

    /// <summary>Nobody was added since it was cleared or began elsewhere.</summary>
    public bool IsEmpty => _count == 0 && _far.Count == 0;

    /// <summary>Of a queue that has given all away: what is added now is at least so far, and near is what is near to this.</summary>
    public void BeginAt(long distance) => (_from, _word, _count) = (distance, 0, 0);

    /// <summary>What is added now may be nearer than who was looked for last and not found, though no nearer than whoever was taken.</summary>
    public void LookAgain() => _word = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long distance, int companion)
    {
        distance -= _from;
        if ((ulong)distance >= Near)
        {
            _far.Add(distance, companion);
            return;
        }
        if (++_count >= _entries.Length)
            Array.Resize(ref _entries, _entries.Length * 2);
        var bit = 1UL << (int)distance;
        ref var full = ref _full[distance >> 6];
        _entries[_count] = new Entry(companion, (full & bit) == 0 ? 0 : _first[distance]);
        full |= bit;
        _first[distance] = _count;
    }

    /// <summary>Takes the nearest: several at once, where they are equally far.</summary>
    /// <returns>How many: 0 where there is nobody, -1 where there is nobody nearer than the limit.</returns>
    public int Take(Span<int> companions, long limit, out long distance)
    {
        for (; _word < _full.Length; _word++)
        {
            var full = _full[_word];
            if (full == 0)
                continue;
            var at = (_word << 6) + BitOperations.TrailingZeroCount(full);
            distance = at + _from;
            if (distance >= limit)
                return -1;
            var (count, entry) = (0, _first[at]);
            for (; count < companions.Length && entry != 0; entry = _entries[entry].Next)
                companions[count++] = _entries[entry].Companion;
            _first[at] = entry;
            if (entry == 0)
                _full[_word] = full & (full - 1);
            return count;
        }
        if (_far.Count > 0 && _far.Nearest + _from >= limit)
        {
            distance = limit;
            return -1;
        }
        var found = _far.TryTake(out distance, out companions[0]);
        distance += _from;
        return found ? 1 : 0;
    }
}
