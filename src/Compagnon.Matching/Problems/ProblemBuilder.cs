namespace Compagnon.Matching;

/// <summary>The same pair was given twice.</summary>
public sealed class RepeatedEdgeException(int patient, int companion)
    : Exception($"patient {patient + 1} and companion {companion + 1}: the pair is given twice")
{
    public int Patient { get; } = patient;
    public int Companion { get; } = companion;
}

/// <summary>Collects people and allowed pairs, in any order; people are numbered from 0.</summary>
public sealed class ProblemBuilder
{
    private readonly int _patients;
    private readonly int _companions;
    private readonly int[] _capacity;
    private readonly int[] _count;
    private uint[] _words;
    private int[]? _owner;
    private int _edges;
    private int _last;
    private byte[]? _class;
    private int[]? _days;
    private int[]? _load;
    private bool _built;

    /// <param name="edges">How many edges to make room for; more may come.</param>
    public ProblemBuilder(int patients, int companions, int edges = 16)
    {
        Check(patients, Problem.MostPeople, nameof(patients));
        Check(companions, Problem.MostPeople, nameof(companions));
        _patients = patients;
        _companions = companions;
        _capacity = new int[companions];
        _count = new int[patients + 1];
        _words = new uint[Math.Max(edges, 4)];
    }

    public ProblemBuilder Capacity(int companion, int capacity)
    {
        Check(companion, _companions - 1, nameof(companion));
        Check(capacity, int.MaxValue, nameof(capacity));
        _capacity[companion] = capacity;
        return this;
    }

    public ProblemBuilder Load(int companion, int load)
    {
        Check(companion, _companions - 1, nameof(companion));
        Check(load, Problem.MostLoad, nameof(load));
        (_load ??= new int[_companions])[companion] = load;
        return this;
    }

    public ProblemBuilder Class(int patient, int priority)
    {
        Check(patient, _patients - 1, nameof(patient));
        Check(priority, Problem.NoClass, nameof(priority));
        if (_class is null)
        {
            _class = new byte[_patients];
            _class.AsSpan().Fill((byte)Problem.NoClass);
        }
        _class[patient] = (byte)priority;
        return this;
    }

    public ProblemBuilder Days(int patient, int days)
    {
        Check(patient, _patients - 1, nameof(patient));
        Check(days, Problem.MostDays, nameof(days));
        (_days ??= new int[_patients])[patient] = days;
        return this;
    }

    public ProblemBuilder Edge(int patient, int companion, int fit)
    {
        Check(patient, _patients - 1, nameof(patient));
        Check(companion, _companions - 1, nameof(companion));
        Check(fit, Problem.MostFit, nameof(fit));
        Add(patient, companion, fit);
        return this;
    }

    /// <summary>An edge whose numbers were checked.</summary>
    internal void Add(int patient, int companion, int fit)
    {
        if (_edges == _words.Length)
            Grow();
        if (patient < _last && _owner is null)
            NameOwners();
        _last = patient;
        if (_owner is not null)
            _owner[_edges] = patient;
        _words[_edges++] = ((uint)companion << Problem.FitBits) | (uint)fit;
        _count[patient]++;
    }

    /// <summary>Once: what was collected becomes the problem.</summary>
    /// <exception cref="RepeatedEdgeException"/>
    public Problem Build(Weights? weights = null)
    {
        if (_built)
            throw new InvalidOperationException("built already");
        _built = true;
        // counts become starts in the same array
        var start = _count;
        for (int i = 0, at = 0; i <= _patients; i++)
            (start[i], at) = (at, at + start[i]);
        if (_owner is not null)
            Distribute(start);
        for (var i = 0; i < _patients; i++)
            SortRow(i, _words.AsSpan(start[i], start[i + 1] - start[i]));
        return new Problem(start, _words, _capacity, new Problem.Person(_class, _days, _load), weights ?? Weights.None);
    }

    private static void SortRow(int patient, Span<uint> row)
    {
        var sorted = true;
        for (var e = 1; e < row.Length; e++)
            sorted &= row[e - 1] < row[e];
        if (!sorted)
            row.Sort();
        for (var e = 1; e < row.Length; e++)
            if (Problem.CompanionOf(row[e - 1]) == Problem.CompanionOf(row[e]))
                throw new RepeatedEdgeException(patient, Problem.CompanionOf(row[e]));
    }

    // Only when patients come out of order does an edge need its owner's name beside it.
    private void NameOwners()
    {
        _owner = new int[_words.Length];
        var e = 0;
        for (var i = 0; i < _patients; i++)
            for (var k = 0; k < _count[i]; k++)
                _owner[e++] = i;
    }

    private void Distribute(int[] start)
    {
        var next = start.AsSpan(0, _patients).ToArray();
        var words = new uint[_edges];
        for (var e = 0; e < _edges; e++)
            words[next[_owner![e]]++] = _words[e];
        _words = words;
        _owner = null;
    }

    private void Grow()
    {
        var room = (int)Math.Min(Math.Max(16L, _words.Length + (_words.Length / 2L)), Array.MaxLength);
        if (room == _edges)
            throw new InvalidOperationException($"more than {room} edges");
        Array.Resize(ref _words, room);
        if (_owner is not null)
            Array.Resize(ref _owner, room);
    }

    private static void Check(int value, int most, string name)
    {
        if ((uint)value > (uint)most || value < 0)
            throw new ArgumentOutOfRangeException(name, value, $"lies between 0 and {most}");
    }
}
