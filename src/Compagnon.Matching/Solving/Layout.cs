namespace Compagnon.Matching;

/// <summary>Patients of <see cref="Layout.Order"/> from one place up to before another.</summary>
internal readonly record struct Slice(int From, int To);

/// <summary>
/// Splits a problem into parts that have nothing to do with each other, and puts patients who share companions side by side:
/// by the first companion of each, which is a hash with one key of whom they may be matched with.
/// Each thread takes a piece of the patients; what comes out doesn't depend on how many there are.
/// </summary>
internal sealed unsafe class Layout
{
    private const int SmallPart = 512;

    /// <summary>The root of a companion without any place, who joins nobody.</summary>
    private const int Shut = -1;

    private readonly Problem _problem;
    private readonly Team _team;

    public Layout(Problem problem, Team team)
    {
        _problem = problem;
        _team = team;
        using var first = new Ints();
        using var size = new Ints();
        var pieces = new (Ints Root, Ints Begin)[team.Size];
        for (var p = 0; p < pieces.Length; p++)
            pieces[p] = (new Ints(), new Ints());
        try
        {
            first.Room(problem.Patients, 0);
            size.Room(problem.Companions, 0);
            foreach (var (root, begin) in pieces)
            {
                root.Room(problem.Companions, 0);
                begin.Room(problem.Companions, 0);
            }
            Join((nint)first.At, pieces);
            Order = Sort((nint)first.At, pieces, size.At);
        }
        finally
        {
            foreach (var (root, begin) in pieces)
            {
                root.Dispose();
                begin.Dispose();
            }
        }
    }

    /// <summary>Patients who have someone to be matched with, part by part.</summary>
    public int[] Order { get; }

    /// <summary>Ranges of <see cref="Order"/>, the largest first: so many of the array.</summary>
    public Slice[] Parts { get; private set; } = [];
    public int Count { get; private set; }

    /// <summary>The number of the piece, and its patients from one up to before another: each by one thread.</summary>
    private void EachPiece(Action<int, int, int> work) => _team.Share(_team.Size, (first, last) =>
    {
        for (var p = first; p < last; p++)
            work(p, Team.Cut(_problem.Patients, p, _team.Size), Team.Cut(_problem.Patients, p + 1, _team.Size));
    });

    /// <summary>
    /// Names each component after its lowest companion, whoever joins them, in the first piece's roots:
    /// each thread joins what its own patients share, then what they found is joined.
    /// </summary>
    /// <param name="firsts">Gets each patient's first companion with a place, or -1.</param>
    private void Join(nint firsts, (Ints Root, Ints Begin)[] pieces)
    {
        EachPiece((p, from, to) => JoinRows((int*)firsts, pieces[p].Root.At, from, to));
        var root = pieces[0].Root.At;
        for (var j = 0; j < _problem.Companions; j++)
            if (root[j] != Shut)
                for (var p = 1; p < pieces.Length; p++)
                    Join(root, j, pieces[p].Root.At[j]);
        for (var j = 0; j < _problem.Companions; j++)
            if (root[j] != Shut)
                root[j] = Find(root, j);
    }

    private void JoinRows(int* firsts, int* root, int from, int to)
    {
        var apart = -1;
        for (var j = 0; j < _problem.Companions; j++)
        {
            root[j] = _problem.CapacityOf(j) > 0 ? j : Shut;
            apart += root[j] == Shut ? 0 : 1;
        }
        fixed (uint* words = _problem.Words)
        fixed (int* starts = _problem.RowStart)
            for (var i = from; i < to; i++)
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
    }

    private static int JoinRow(int* root, uint* word, uint* end)
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

    private static void Join(int* root, int one, int other)
    {
        (one, other) = (Find(root, one), Find(root, other));
        root[Math.Max(one, other)] = Math.Min(one, other);
    }

    private static int Find(int* root, int at)
    {
        while (root[at] != at)
            at = root[at] = root[root[at]];
        return at;
    }

    /// <summary>By component, then by first companion, then by number: each thread counts its own patients, then puts them where those before leave off.</summary>
    /// <param name="size">Scratch of a number a companion.</param>
    private int[] Sort(nint firsts, (Ints Root, Ints Begin)[] pieces, int* size)
    {
        EachPiece((p, from, to) => CountFirsts((int*)firsts, pieces[p].Begin, from, to));
        var root = pieces[0].Root.At;
        new Span<int>(size, _problem.Companions).Clear();
        for (var j = 0; j < _problem.Companions; j++)
            if (root[j] != Shut)
                foreach (var piece in pieces)
                    size[root[j]] += piece.Begin.At[j];
        var matchable = Slices(LargestFirst(size), size);
        Spread(pieces, size);
        var order = new int[matchable];
        EachPiece((p, from, to) => Put(order, (int*)firsts, pieces[p].Begin.At, from, to));
        return order;
    }

    private void CountFirsts(int* firsts, Ints begin, int from, int to)
    {
        begin.Clear(_problem.Companions);
        for (var i = from; i < to; i++)
            if (firsts[i] >= 0)
                begin.At[firsts[i]]++;
    }

    private static void Put(int[] order, int* firsts, int* begin, int from, int to)
    {
        for (var i = from; i < to; i++)
            if (firsts[i] >= 0)
                order[begin[firsts[i]]++] = i;
    }

    private List<int> LargestFirst(int* size)
    {
        var roots = new List<int>();
        for (var j = 0; j < _problem.Companions; j++)
            if (size[j] > 0)
                roots.Add(j);
        roots.Sort((a, b) => size[a] != size[b] ? size[b].CompareTo(size[a]) : a.CompareTo(b));
        return roots;
    }

    /// <summary>Where each component begins, in place of its size; the small ones share a part.</summary>
    /// <returns>Patients in all of them.</returns>
    private int Slices(List<int> roots, int* size)
    {
        Parts = new Slice[roots.Count];
        int at = 0, from = 0;
        foreach (var root in roots)
        {
            (size[root], at) = (at, at + size[root]);
            if (at - from < SmallPart)
                continue;
            Parts[Count++] = new Slice(from, at);
            from = at;
        }
        if (at > from)
            Parts[Count++] = new Slice(from, at);
        return at;
    }

    // From counts by first companion to where each begins, within its component, piece by piece.
    private void Spread((Ints Root, Ints Begin)[] pieces, int* next)
    {
        var root = pieces[0].Root.At;
        for (var j = 0; j < _problem.Companions; j++)
            if (root[j] != Shut)
                foreach (var piece in pieces)
                    (piece.Begin.At[j], next[root[j]]) = (next[root[j]], next[root[j]] + piece.Begin.At[j]);
    }
}
