namespace Compagnon.Matching;

/// <summary>Patients of <see cref="Layout.Order"/> from one place up to before another.</summary>
internal readonly record struct Slice(int From, int To);

/// <summary>
/// Splits a problem into parts that have nothing to do with each other, and puts patients who share companions side by side:
/// by the first companion of each, which is a hash with one key of whom they may be matched with.
/// </summary>
internal sealed class Layout
{
    private const int SmallPart = 512;

    /// <summary>The root of a companion without any place, who joins nobody.</summary>
    private const int Shut = -1;

    private readonly Problem _problem;
    private readonly int[] _root;

    public Layout(Problem problem)
    {
        _problem = problem;
        _root = new int[problem.Companions];
        for (var j = 0; j < _root.Length; j++)
            _root[j] = problem.CapacityOf(j) > 0 ? j : Shut;
        var first = new int[problem.Patients];
        Join(first);
        Order = Sort(first, out var parts);
        Parts = parts;
    }

    /// <summary>Patients who have someone to be matched with, part by part.</summary>
    public int[] Order { get; }

    /// <summary>Ranges of <see cref="Order"/>, the largest first: so many of the array.</summary>
    public Slice[] Parts { get; }
    public int Count { get; private set; }

    /// <param name="firsts">Gets each patient's first companion with a place, or -1.</param>
    private unsafe void Join(int[] firsts)
    {
        var apart = -1;
        foreach (var root in _root)
            apart += root == Shut ? 0 : 1;
        fixed (uint* words = _problem.Words)
        fixed (int* starts = _problem.RowStart, root = _root)
            for (var i = 0; i < firsts.Length; i++)
            {
                firsts[i] = -1;
                uint* word = words + starts[i], end = words + starts[i + 1];
                while (word < end && root[*word >> Problem.FitBits] == Shut)
                    word++;
                if (word == end)
                    continue;
                firsts[i] = (int)(*word >> Problem.FitBits);
                // once all hang together there is nothing left to join
                if (apart > 0)
                    apart -= JoinRow(root, word, end);
            }
        for (var j = 0; j < _root.Length; j++)
            if (_root[j] != Shut)
                _root[j] = Find(j);
    }

    private static unsafe int JoinRow(int* root, uint* word, uint* end)
    {
        var joined = 0;
        var first = Shut;
        for (; word < end; word++)
        {
            var at = root[*word >> Problem.FitBits];
            if (at == first || at == Shut)
                continue;
            while (root[at] != at)
                at = root[at] = root[root[at]];
            root[*word >> Problem.FitBits] = at;
            if (first != Shut && at != first)
            {
                joined++;
                (first, at) = (Math.Min(at, first), Math.Max(at, first));
                root[at] = first;
            }
            else
                first = at;
        }
        return joined;
    }

    private int Find(int at)
    {
        while (_root[at] != at)
            at = _root[at] = _root[_root[at]];
        return at;
    }

    private int[] Sort(int[] first, out Slice[] parts)
    {
        var companions = _problem.Companions;
        var begin = new int[companions + 1];
        var size = new int[companions];
        for (var i = 0; i < first.Length; i++)
        {
            var j = first[i];
            if (j < 0)
                continue;
            begin[j]++;
            size[_root[j]]++;
        }
        var roots = LargestFirst(size);
        var next = new int[companions];
        var slices = Slices(roots, size, next);
        Spread(begin, next);
        var order = new int[Count == 0 ? 0 : slices[Count - 1].To];
        for (var i = 0; i < first.Length; i++)
            if (first[i] >= 0)
                order[begin[first[i]]++] = i;
        parts = slices;
        return order;
    }

    private static List<int> LargestFirst(int[] size)
    {
        var roots = new List<int>();
        for (var j = 0; j < size.Length; j++)
            if (size[j] > 0)
                roots.Add(j);
        roots.Sort((a, b) => size[a] != size[b] ? size[b].CompareTo(size[a]) : a.CompareTo(b));
        return roots;
    }

    // Where each component begins; the small ones share a part.
    private Slice[] Slices(List<int> roots, int[] size, int[] next)
    {
        var slices = new Slice[roots.Count];
        int at = 0, from = 0;
        foreach (var root in roots)
        {
            next[root] = at;
            at += size[root];
            if (at - from < SmallPart)
                continue;
            slices[Count++] = new Slice(from, at);
            from = at;
        }
        if (at > from)
            slices[Count++] = new Slice(from, at);
        return slices;
    }

    // From counts by first companion to where each begins, within its component.
    private void Spread(int[] begin, int[] next)
    {
        for (var j = 0; j < next.Length; j++)
        {
            var count = begin[j];
            if (count == 0)
                continue;
            begin[j] = next[_root[j]];
            next[_root[j]] += count;
        }
    }
}
