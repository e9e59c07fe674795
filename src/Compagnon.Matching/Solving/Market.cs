using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>
/// People and pairs laid out for the searches: rows of patients and of companions, both in one word an edge,
/// who holds which place, and exact prices. Rows have a start and a length, so that the live plan can move them.
/// </summary>
internal sealed unsafe class Market : IDisposable
{
    /// <summary>In <see cref="Match"/>: without a companion; and: out of the game (fixed by decision, or gone).</summary>
    public const uint None = uint.MaxValue, Away = uint.MaxValue - 1;

    public int Patients, Companions;

    public readonly Ints RowStart = new(), RowLength = new(), ColumnStart = new(), ColumnLength = new();

    /// <summary>Edges by patient (companion, fit) and by companion (patient, fit).</summary>
    public readonly Words Row = new(), Column = new();

    /// <summary>A patient's edge to the companion it is matched with.</summary>
    public readonly Words Match = new();

    /// <summary>Where in its companion's places a patient stands.</summary>
    public readonly Ints Position = new();

    public readonly Ints Capacity = new(), Load = new(), Filled = new(), PlaceStart = new(), Places = new();

    /// <summary>The worth of a patient's match without the fit, its gain (dual price) and a companion's price.</summary>
    public readonly Longs Base = new(), Gain = new(), Price = new();

    public int[] LoadPrices = [];

    public void Dispose()
    {
        foreach (var block in new IDisposable[] { RowStart, RowLength, ColumnStart, ColumnLength, Row, Column, Match, Position, Capacity, Load, Filled, PlaceStart, Places, Base, Gain, Price })
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
        int* rowStart = RowStart.At, rowLength = RowLength.At;
        var patients = Patients;
        // each start serves as a cursor, and goes back afterwards
        for (var i = 0; i < patients; i++)
        {
            var patient = (uint)i << Problem.FitBits;
            uint* at = row + rowStart[i], end = at + rowLength[i];
            for (; at < end; at++)
                column[start[*at >> Problem.FitBits]++] = patient | (*at & Problem.FitMask);
        }
        for (var j = 0; j < Companions; j++)
            start[j] -= length[j];
    }

    /// <summary>The most a patient could gain at today's prices, never below nothing.</summary>
    public long BestGain(int patient)
    {
        var best = -Base.At[patient];
        var price = Price.At;
        uint* at = Row.At + RowStart.At[patient], end = at + RowLength.At[patient];
        for (; at < end; at++)
        {
            var value = (*at & Problem.FitMask) - price[Problem.CompanionOf(*at)];
            if (value > best)
                best = value;
        }
        return best + Base.At[patient];
    }
}
