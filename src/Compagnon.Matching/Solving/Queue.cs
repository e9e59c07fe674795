namespace Compagnon.Matching;

/// <summary>A binary heap of (distance, companion): smallest distance first, ties by companion, so that a search is a function of its input.</summary>
internal sealed class Queue
{
    private (long Distance, int Companion)[] _heap = new (long, int)[256];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(long distance, int companion)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        var at = _count++;
        var heap = _heap;
        while (at > 0)
        {
            var up = (at - 1) >> 1;
            if (!Before(distance, companion, heap[up]))
                break;
            heap[at] = heap[up];
            at = up;
        }
        heap[at] = (distance, companion);
    }

    public bool TryTake(out long distance, out int companion)
    {
        if (_count == 0)
        {
            (distance, companion) = (0, 0);
            return false;
        }
        var heap = _heap;
        (distance, companion) = heap[0];
        var last = heap[--_count];
        var at = 0;
        for (var down = 1; down < _count; down = (2 * at) + 1)
        {
            if (down + 1 < _count && Before(heap[down + 1].Distance, heap[down + 1].Companion, heap[down]))
                down++;
            if (!Before(heap[down].Distance, heap[down].Companion, last))
                break;
            heap[at] = heap[down];
            at = down;
        }
        heap[at] = last;
        return true;
    }

    private static bool Before(long distance, int companion, (long Distance, int Companion) other) =>
        distance < other.Distance || (distance == other.Distance && companion < other.Companion);
}
