namespace Compagnon.Matching;

/// <summary>
/// Numbers that one thread changes, told to others in order, so that each keeps a copy of its own and nobody waits for memory that another one writes.
/// Who falls far behind takes a fresh copy.
/// </summary>
internal sealed unsafe class News : IDisposable
{
    /// <summary>So many changes are kept; a power of two.</summary>
    private const int Kept = 1 << 12;

    /// <summary>What the teller counts for itself lies so many longs away from what it has told: two lines of memory and more.</summary>
    private const int Line = 32;

    private readonly Longs _changes = new(), _told = new();
    private int* _numbers;
    private int _count;

    public void Begin(int* numbers, int count)
    {
        _numbers = numbers;
        _count = count;
        _changes.Room(Kept, 0);
        _told.Room(2 * Line, 0);
        _told.At[Line] = 0;
        Publish(-1);
    }

    public void Tell(int index, int value)
    {
        var counted = _told.At + Line;
        _changes.At[(*counted)++ & (Kept - 1)] = ((long)index << 32) | (uint)value;
    }

    /// <summary>From now on others may know what was told, and how far the teller has come.</summary>
    public void Publish(long mark)
    {
        Volatile.Write(ref _told.At[0], _told.At[Line]);
        Volatile.Write(ref _told.At[1], mark);
    }

    public void End() => Volatile.Write(ref _told.At[1], long.MaxValue);

    /// <returns>False once it is over.</returns>
    public bool IsOn(out long mark)
    {
        mark = Volatile.Read(ref _told.At[1]);
        return mark != long.MaxValue;
    }

    public void Copy(int* known, out long learnt)
    {
        learnt = Volatile.Read(ref _told.At[0]);
        Buffer.MemoryCopy(_numbers, known, _count * (long)sizeof(int), _count * (long)sizeof(int));
    }

    /// <param name="known">The copy: whatever it held before, afterwards each number is today's or one that was today's earlier.</param>
    public void Learn(int* known, ref long learnt)
    {
        var told = Volatile.Read(ref _told.At[0]);
        if (told - learnt > Kept / 2)
        {
            Copy(known, out learnt);
            return;
        }
        for (var changes = _changes.At; learnt < told; learnt++)
        {
            var change = changes[learnt & (Kept - 1)];
            known[change >> 32] = (int)change;
        }
    }

    public void Dispose()
    {
        _changes.Dispose();
        _told.Dispose();
    }
}
