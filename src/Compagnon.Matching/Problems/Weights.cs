namespace Compagnon.Matching;

/// <summary>From so many days waited on, a patient's place is worth so much more.</summary>
public readonly record struct WaitStep(int FromDays, int Worth);

/// <summary>What a match is worth beside its fit. Both parts default to nothing.</summary>
public sealed class Weights
{
    public const int MostWorth = 1_000_000;

    public static readonly Weights None = new([], []);

    private readonly WaitStep[] _waiting;
    private readonly int[] _loadPrices;

    /// <param name="waiting">Steps with rising days.</param>
    /// <param name="loadPrices">The price of a companion's first, second, … accompaniment: never falling, the last one holds for all further ones.</param>
    public Weights(IReadOnlyList<WaitStep> waiting, IReadOnlyList<int> loadPrices)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(loadPrices);
        _waiting = [.. waiting];
        _loadPrices = [.. loadPrices];
        for (var s = 0; s < _waiting.Length; s++)
        {
            Check(_waiting[s].Worth, nameof(waiting));
            if (s > 0 && _waiting[s].FromDays <= _waiting[s - 1].FromDays)
                throw new ArgumentException("the steps' days must rise", nameof(waiting));
        }
        for (var k = 0; k < _loadPrices.Length; k++)
        {
            Check(_loadPrices[k], nameof(loadPrices));
            if (k > 0 && _loadPrices[k] < _loadPrices[k - 1])
                throw new ArgumentException("a further place must never be cheaper", nameof(loadPrices));
        }
    }

    public ReadOnlySpan<int> LoadPrices => _loadPrices;

    public int WaitWorth(int days)
    {
        var worth = 0;
        foreach (var step in _waiting)
        {
            if (step.FromDays > days)
                break;
            worth = step.Worth;
        }
        return worth;
    }

    /// <summary>The price of the place taken by a companion who already has so many accompaniments.</summary>
    public int LoadPrice(int already) =>
        _loadPrices.Length == 0 ? 0 : _loadPrices[Math.Min(already, _loadPrices.Length - 1)];

    private static void Check(int worth, string name)
    {
        if (worth is < 0 or > MostWorth)
            throw new ArgumentOutOfRangeException(name, worth, $"a worth lies between 0 and {MostWorth}");
    }
}
