namespace Compagnon.Matching;

internal sealed unsafe partial class Auction
{
    /// <summary>Fewer are given their places by searches as fast.</summary>
    private const int Several = 16;

    /// <summary>
    /// Places were left free for whose sake patients without one could be moved up: over so many moves that a match was not worth them.
    /// Where everybody finds somebody near, that is never so; where only neighbours suit each other, chains cross the whole network.
    /// </summary>
    public bool LeavesWanting()
    {
        int free = 0, without = _m.Patients;
        for (var j = 0; j < _m.Companions; j++)
        {
            free += _m.Capacity.At[j] - _m.Filled.At[j];
            without -= _m.Filled.At[j];
        }
        if (without < Several || free < Several)
            return false;
        var line = new int[_m.Companions];
        var isReached = new bool[_m.Companions];
        var tail = 0;
        for (var j = 0; j < _m.Companions; j++)
            if (_m.Filled.At[j] < _m.Capacity.At[j])
                (line[tail++], isReached[j]) = (j, true);
        return WhoReach(line, tail, isReached, Several) >= Several;
    }

    /// <summary>How many without a place could be moved up into one, up to so many: back along the moves from the free ones.</summary>
    private int WhoReach(int[] line, int tail, bool[] isReached, int most)
    {
        var count = 0;
        var isCounted = new HashSet<int>();
        for (var head = 0; head < tail; head++)
        {
            var companion = line[head];
            uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
            for (; at < end && count < most; at++)
            {
                var patient = (int)(*at >> Problem.FitBits);
                var match = _match.At[patient];
                if (match == Market.None)
                    count += isCounted.Add(patient) ? 1 : 0;
                else if (!isReached[match >> Problem.FitBits])
                    (line[tail++], isReached[match >> Problem.FitBits]) = ((int)(match >> Problem.FitBits), true);
            }
        }
        return count;
    }
}
