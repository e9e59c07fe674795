using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>A pair that is allowed, with its fit.</summary>
public readonly record struct Edge(int Companion, int Fit);

/// <summary>
/// Who may be matched with whom. Immutable; a function of the set of edges, whatever the order in which they were given.
/// One 32-bit word an edge (companion in the upper 22 bits, fit in the lower 10), rows sorted by companion.
/// </summary>
public sealed class Problem
{
    public const int FitBits = 10;
    public const int FitMask = (1 << FitBits) - 1;
    public const int MostFit = 1000;
    public const int MostPeople = (1 << 22) - 1;

    /// <summary>Priority classes are 0, the first served, to 15; patients of none come after all of them.</summary>
    public const int NoClass = 16;

    public const int MostDays = 1_000_000;
    public const int MostLoad = 1_000_000;

    private readonly int[] _rowStart;
    private readonly uint[] _words;
    private readonly int[] _capacity;
    private readonly byte[]? _class;
    private readonly int[]? _days;
    private readonly int[]? _load;

    internal Problem(int[] rowStart, uint[] words, int[] capacity, Person facts, Weights weights)
    {
        _rowStart = rowStart;
        _words = words;
        _capacity = capacity;
        _class = facts.Class;
        _days = facts.Days;
        _load = facts.Load;
        Weights = weights;
    }

    /// <summary>What is known of people beside their edges; null where everybody has the default.</summary>
    internal readonly record struct Person(byte[]? Class, int[]? Days, int[]? Load);

    public Weights Weights { get; }
    public int Patients => _rowStart.Length - 1;
    public int Companions => _capacity.Length;
    public int Edges => _rowStart[^1];

    internal ReadOnlySpan<int> RowStart => _rowStart;
    internal ReadOnlySpan<uint> Words => _words.AsSpan(0, Edges);

    public int CapacityOf(int companion) => _capacity[companion];
    public int ClassOf(int patient) => _class is null ? NoClass : _class[patient];
    public int DaysOf(int patient) => _days is null ? 0 : _days[patient];

    /// <summary>Accompaniments under way: what the load prices count from.</summary>
    public int LoadOf(int companion) => _load is null ? 0 : _load[companion];

    /// <summary>Somebody's days are known: else nobody's wait is worth anything.</summary>
    internal bool CountsDays => _days is not null;

    public int WaitWorth(int patient) => _days is null ? 0 : Weights.WaitWorth(_days[patient]);

    /// <summary>The price of a companion's place number <paramref name="place"/>, from 0, among the free ones.</summary>
    public int PlacePrice(int companion, int place) => Weights.LoadPrice(LoadOf(companion) + place);

    public int EdgesOf(int patient) => _rowStart[patient + 1] - _rowStart[patient];

    public Edge EdgeAt(int patient, int index)
    {
        var word = _words[_rowStart[patient] + index];
        return new Edge(CompanionOf(word), FitOf(word));
    }

    /// <summary>The fit of an allowed pair, or null.</summary>
    public int? FitOf(int patient, int companion)
    {
        int low = _rowStart[patient], high = _rowStart[patient + 1] - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var at = CompanionOf(_words[middle]);
            if (at == companion)
                return FitOf(_words[middle]);
            if (at < companion)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }

    internal ReadOnlySpan<uint> Row(int patient) => _words.AsSpan(_rowStart[patient], EdgesOf(patient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int CompanionOf(uint word) => (int)(word >> FitBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FitOf(uint word) => (int)(word & FitMask);
}
