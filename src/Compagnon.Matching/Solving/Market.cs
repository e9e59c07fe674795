namespace Compagnon.Matching;

/// <summary>What a search asks of a patient, side by side in memory.</summary>
internal struct PatientState
{
    /// <summary>What a patient without a companion would gain (its price; of one who has one it follows from the companion's), and what a match is worth to it without the fit.</summary>
    public long Gain, Base;

    public int RowStart, RowLength;
}

/// <summary>How near a search has come to a companion, and through which move: who moves, along which edge.</summary>
internal struct Label
{
    public long Distance;
    public int Stamp, Parent;
    public uint Word;
}

internal sealed unsafe class PatientStates() : Block(sizeof(PatientState))
{
    public PatientState* At => (PatientState*)Address;
}

internal sealed unsafe class Labels() : Block(sizeof(Label))
{
    public Label* At => (Label*)Address;
}

/// <summary>
/// People and pairs laid out for the searches: rows of patients and of companions, both in one word an edge,
/// who holds which place, and exact prices. Rows have a start and a length, so that the live plan can move them.
/// </summary>
internal sealed unsafe class Market : IDisposable
{
    /// <summary>In <see cref="Match"/>: without a companion; and: out of the game (fixed by decision, or gone).</summary>
    public const uint None = uint.MaxValue, Away = uint.MaxValue - 1;

    public const long Unknown = long.MinValue;

    public int Patients, Companions;

    public readonly Ints ColumnStart = new(), ColumnLength = new();

    /// <summary>Where each patient's row begins and ends, side by side, for the auction: the searches have it in <see cref="Patient"/>, which takes its room only then.</summary>
    public readonly Ints RowEnds = new();

    /// <summary>Edges by patient (companion, fit) and by companion (patient, fit).</summary>
    public readonly Words Row = new(), Column = new();

    public readonly Ints Capacity = new(), Filled = new(), Load = new(), PlaceStart = new(), Places = new();

    /// <summary>Each patient's edge to the companion it is matched with, and where it stands among that one's places, or among those who wait.</summary>
    public readonly Words Match = new();
    public readonly Ints Position = new();

    /// <summary>Apart from all else, as is <see cref="Match"/>, since the searches ask for little but these.</summary>
    public readonly Longs Price = new();

    /// <summary>The least that one of a companion's matches is worth: <see cref="Unknown"/> until somebody asks, the greatest number where there is none.</summary>
    public readonly Longs Weakest = new();

    /// <summary>From whoever looks for a place, forward along the moves; and from a place, back along them.</summary>
    public readonly Labels There, Back = new();

    /// <summary>
    /// In a live plan: how many are without a companion, then who they are, each where its <see cref="Position"/> says;
    /// and beside each a companion it could have had, or -1.
    /// </summary>
    public readonly Ints Waiting = new(), WaitingNear = new();

    public int[] LoadPrices = [];

    private readonly PatientStates _patients = new();

    /// <param name="fromBoth">A search may go on from its other end as well. Where none does, the same memory serves forward and back.</param>
    public Market(bool fromBoth) => There = fromBoth ? new() : Back;

    public PatientState* Patient => _patients.At;
    public long RoomOfPatients => _patients.Length;

    public void RoomForPatients(long count, long keep)
    {
        _patients.Room(count, keep);
        Match.Room(count, keep);
        Position.Room(count, keep);
    }

    public void RoomForCompanions(long count)
    {
        RoomToComplete(count);
        RoomFor(There, count);
    }

    /// <summary>For what is asked while the plan is completed, which looks back only.</summary>
    public void RoomToComplete(long count)
    {
        var had = Back.Length;
        Price.Room(count, had);
        Weakest.Room(count, had);
        Filled.Room(count, had);
        RoomFor(Back, count);
    }

    // New ones have never been met by a search.
    private static void RoomFor(Labels labels, long count)
    {
        var had = labels.Length;
        labels.Room(count, had);
        for (var j = had; j < count; j++)
            labels.At[j] = default;
    }

    public void Dispose()
    {
        foreach (var block in new IDisposable[] { ColumnStart, ColumnLength, RowEnds, Match, Position, Row, Column, Capacity, Filled, Load, PlaceStart, Places, Price, Weakest, There, Back, Waiting, WaitingNear, _patients })
            block.Dispose();
    }

    /// <summary>The price below which a companion's place number <paramref name="place"/> isn't given.</summary>
    public long Reserve(int companion, int place)
    {
        var count = LoadPrices.Length;
        return count == 0 ? 0 : LoadPrices[Math.Min(Load.At[companion] + place, count - 1)];
    }

    /// <summary>What a patient's match is worth, the price aside.</summary>
    public long WorthOf(int patient) => Patient[patient].Base + (Match.At[patient] & Problem.FitMask);

    /// <summary>A patient's price.</summary>
    public long GainOf(int patient) => Match.At[patient] switch
    {
        None => Patient[patient].Gain,
        Away => 0,
        var match => WorthOf(patient) - Price.At[match >> Problem.FitBits],
    };

    /// <summary>The most a patient could gain at today's prices, never below nothing.</summary>
    public long BestGain(int patient)
    {
        var best = -Patient[patient].Base;
        var prices = Price.At;
        uint* at = Row.At + Patient[patient].RowStart, end = at + Patient[patient].RowLength;
        for (; at < end; at++)
        {
            var value = (*at & Problem.FitMask) - prices[Problem.CompanionOf(*at)];
            if (value > best)
                best = value;
        }
        return best + Patient[patient].Base;
    }
}
