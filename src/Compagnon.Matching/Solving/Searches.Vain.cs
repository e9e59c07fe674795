namespace Compagnon.Matching;

/// <summary>Who stays without whatever it costs, and whom they reach.</summary>
internal sealed unsafe partial class Searches
{
    /// <summary>Forward from those who stay without: whoever they reach can't be had at any price.</summary>
    private void MarkVain(int rank, ReadOnlySpan<byte> ranks, Span<byte> levels)
    {
        int tail = 0, others = 0, known = 0;
        // counted without a branch: who stays without is anybody's guess
        for (var i = 0; i < _m.Patients; i++)
            known += (_m.Match.At[i] == Market.None ? 1 : 0) & (ranks[i] <= rank ? 1 : 0);
        for (var j = 0; j < _m.Companions; j++)
            if (levels[j] > rank)
                _others.At[others++] = j;
        // of those who are known, so many are new: those who stay without, then the people of the companions marked last
        for (int from = 0, fresh = known; fresh > 0 && others > 0;)
        {
            Cancel.ThrowIfCancellationRequested();
            var to = tail;
            var reaching = (long)fresh * _edges / _m.Patients;
            var reached = (long)others * Math.Min(_edges / _m.Companions, _m.Patients / known);
            tail = reaching > reached ? MarkFromOthers(to, rank, ranks, levels, ref others)
                : known == fresh ? MarkFromThoseWithout(rank, ranks, levels)
                : MarkFromLine(from, to, rank, levels);
            fresh = 0;
            for (var t = to; t < tail; t++)
                fresh += _m.Filled.At[_line.At[t]];
            known += fresh;
            from = to;
        }
    }

    private bool StaysWithout(int patient, int rank, ReadOnlySpan<byte> ranks) => _m.Match.At[patient] == Market.None && ranks[patient] <= rank;

    private int MarkFromThoseWithout(int rank, ReadOnlySpan<byte> ranks, Span<byte> levels)
    {
        var tail = 0;
        for (var i = 0; i < _m.Patients; i++)
            if (StaysWithout(i, rank, ranks))
                tail = MarkFrom(i, tail, rank, levels);
        return tail;
    }

    private int MarkFromLine(int from, int to, int rank, Span<byte> levels)
    {
        var tail = to;
        for (var head = from; head < to; head++)
        {
            var places = _m.Places.At + _m.PlaceStart.At[_line.At[head]];
            for (var k = 0; k < _m.Filled.At[_line.At[head]]; k++)
                tail = MarkFrom(places[k], tail, rank, levels);
        }
        return tail;
    }

    private int MarkFrom(int patient, int tail, int rank, Span<byte> levels)
    {
        uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
        for (; at < end; at++)
            if (levels[(int)(*at >> Problem.FitBits)] > rank)
                tail = Mark((int)(*at >> Problem.FitBits), tail, rank, levels);
        return tail;
    }

    private int MarkFromOthers(int to, int rank, ReadOnlySpan<byte> ranks, Span<byte> levels, ref int others)
    {
        int tail = to, left = 0;
        for (var o = 0; o < others; o++)
        {
            var companion = _others.At[o];
            if (o + Ahead < others)
                Ask(_m.Column.At + _m.ColumnStart.At[_others.At[o + Ahead]], lines: 2);
            if (levels[companion] <= rank)
                continue;
            if (IsReached(companion, rank, ranks, levels))
                tail = Mark(companion, tail, rank, levels);
            else
                _others.At[left++] = companion;
        }
        others = left;
        return tail;
    }

    private bool IsReached(int companion, int rank, ReadOnlySpan<byte> ranks, ReadOnlySpan<byte> levels)
    {
        uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
        for (; at < end; at++)
        {
            var match = _m.Match.At[*at >> Problem.FitBits];
            if (match == Market.None ? ranks[(int)(*at >> Problem.FitBits)] <= rank : levels[(int)(match >> Problem.FitBits)] <= rank)
                return true;
        }
        return false;
    }

    private int Mark(int companion, int tail, int rank, Span<byte> levels)
    {
        levels[companion] = (byte)rank;
        _line.At[tail] = companion;
        return tail + 1;
    }
}
