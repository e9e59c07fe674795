namespace Compagnon.Matching;

internal sealed unsafe partial class Searches
{
    /// <summary>
    /// Makes the number of matches the greatest possible, class after class, whatever it costs, and marks each companion with the
    /// first class whose unmatched patients reach it in vain: there a match more would be worth any price.
    /// </summary>
    /// <param name="ranks">Each patient's class, from 0 for the first one served.</param>
    /// <param name="levels">In: 255 everywhere, which stays where no class is left wanting.</param>
    /// <returns>The number of matches that were missing.</returns>
    public int Complete(ReadOnlySpan<byte> ranks, int classes, Span<byte> levels)
    {
        var missing = 0;
        var line = new int[_m.Patients + 1];
        for (var r = 0; r < classes; r++)
            for (var i = 0; i < _m.Patients; i++)
                if (ranks[i] <= r && _m.Match.At[i] == Market.None && Complete(i, r, ranks, levels, line))
                {
                    MoveAlong(i);
                    missing++;
                }
        return missing;
    }

    private bool Complete(int source, int rank, ReadOnlySpan<byte> ranks, Span<byte> levels, int[] line)
    {
        _settledCount = 0;
        int head = 0, tail = 0;
        line[tail++] = source;
        while (head < tail)
        {
            var patient = line[head++];
            uint* at = _m.Row.At + _m.RowStart.At[patient], end = at + _m.RowLength.At[patient];
            for (; at < end; at++)
            {
                var companion = (int)(*at >> Problem.FitBits);
                if (levels[companion] <= rank)
                    continue;
                levels[companion] = (byte)rank;
                Settle(companion);
                _parent.At[companion] = patient;
                _word.At[companion] = *at;
                if (!CanEnd(companion, rank, ranks, line, ref tail))
                    continue;
                // what was seen before the end isn't in vain
                for (var s = 0; s < _settledCount; s++)
                    levels[_settled[s]] = byte.MaxValue;
                return true;
            }
        }
        return false;
    }

    private bool CanEnd(int companion, int rank, ReadOnlySpan<byte> ranks, int[] line, ref int tail)
    {
        if (_m.Filled.At[companion] < _m.Capacity.At[companion])
        {
            End(0, companion, -1);
            return true;
        }
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = 0; k < _m.Filled.At[companion]; k++)
        {
            if (ranks[places[k]] > rank)
            {
                End(0, companion, places[k]);
                return true;
            }
            line[tail++] = places[k];
        }
        return false;
    }
}
