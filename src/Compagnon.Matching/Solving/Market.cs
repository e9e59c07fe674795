
namespace Compagnon.Matching;

/// <summary>What a search asks of a patient, side by side in memory.</summary>
internal struct PatientState
{
    /// <summary>What the patient gains by its match (its price), and what a match is worth to it without the fit.</summary>
    public long Gain, Base;

    public int RowStart, RowLength;

    /// <summary>The edge to the companion it is matched with, and where among that one's places it stands.</summary>
    public uint Match;
    public int Position;
}

/// <summary>What a search asks of a companion, and notes on the way.</summary>
internal struct CompanionState
{
    public long Price, Distance;
    public int Stamp, Parent;
    public uint Word;
    public int Filled;
}

internal sealed unsafe class PatientStates() : Block(sizeof(PatientState))
{
    public PatientState* At => (PatientState*)Address;
}

internal sealed unsafe class CompanionStates() : Block(sizeof(CompanionState))
{
    public CompanionState* At => (CompanionState*)Address;
}

/// <summary>
/// People and pairs laid out for the searches: rows of patients and of companions, both in one word an edge,
/// who holds which place, and exact prices. Rows have a start and a length, so that the live plan can move them.
/// </summary>
internal sealed unsafe class Market : IDisposable
{
    /// <summary>In <see cref="PatientState.Match"/>: without a companion; and: out of the game (fixed by decision, or gone).</summary>
    public const uint None = uint.MaxValue, Away = uint.MaxValue - 1;

    public int Patients, Companions;

    public readonly Ints ColumnStart = new(), ColumnLength = new();

    /// <summary>Edges by patient (companion, fit) and by companion (patient, fit).</summary>
    public readonly Words Row = new(), Column = new();

    public readonly Ints Capacity = new(), Load = new(), PlaceStart = new(), Places = new();

    public int[] LoadPrices = [];

    private readonly PatientStates _patients = new();
    private readonly CompanionStates _companions = new();

    public PatientState* Patient => _patients.At;
    public CompanionState* Companion => _companions.At;
    public long RoomOfPatients => _patients.Length;

    public void RoomForPatients(long count, long keep) => _patients.Room(count, keep);

    /// <summary>New ones have never been met by a search.</summary>
    public void RoomForCompanions(long count)
    {
        var had = _companions.Length;
        if (count <= had)
            return;
        _companions.Room(count, had);
        for (var j = had; j < count; j++)
            Companion[j] = default;
    }

    public void Dispose()
    {
        foreach (var block in new IDisposable[] { ColumnStart, ColumnLength, Row, Column, Capacity, Load, PlaceStart, Places, _patients, _companions })
            block.Dispose();
    }

    /// <summary>The price below which a companion's place number <paramref name="place"/> isn't given.</summary>
    public long Reserve(int companion, int place)
    {
        var count = LoadPrices.Length;
        return count == 0 ? 0 : LoadPrices[Math.Min(Load.At[companion] + place, count - 1)];
    }

    /// <summary>Lays the columns out from the rows.</summary>
    public void Transpose()
    {
        int* length = ColumnLength.At, start = ColumnStart.At;
        var total = 0;
        for (var j = 0; j < Companions; j++)
        {
            start[j] = total;
            total += length[j];
        }
        Column.Room(total, 0);
        uint* column = Column.At, row = Row.At;
        var patients = Patients;
        var state = Patient;
        // each start serves as a cursor, and goes back afterwards
        for (var i = 0; i < patients; i++)
        {
            var patient = (uint)i << Problem.FitBits;
            uint* at = row + state[i].RowStart, end = at + state[i].RowLength;
            for (; at < end; at++)
                column[start[*at >> Problem.FitBits]++] = patient | (*at & Problem.FitMask);
        }
        for (var j = 0; j < Companions; j++)
            start[j] -= length[j];
    }

    /// <summary>The most a patient could gain at today's prices, never below nothing.</summary>
    public long BestGain(int patient)
    {
        var best = -Patient[patient].Base;
        var companions = Companion;
        uint* at = Row.At + Patient[patient].RowStart, end = at + Patient[patient].RowLength;
        for (; at < end; at++)
        {
            var value = (*at & Problem.FitMask) - companions[Problem.CompanionOf(*at)].Price;
            if (value > best)
                best = value;
        }
        return best + Patient[patient].Base;
    }
}
