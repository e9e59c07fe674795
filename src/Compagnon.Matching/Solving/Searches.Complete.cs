namespace Compagnon.Matching;

internal sealed unsafe partial class Searches
{
    private const int Unseen = int.MaxValue;

    /// <summary>The parent of a companion that ends a chain.</summary>
    private const int Root = -1;

    private const int LongChain = 64;

    /// <summary>Companions whose patients are asked for before it is their turn.</summary>
    private const int Ahead = 8;

    private readonly Ints _line = new(), _others = new();
    private long _edges;
    private readonly List<int> _chain = [];

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
        _line.Room(_m.Companions, 0);
        _others.Room(_m.Companions, 0);
        _edges = 0;
        for (var j = 0; j < _m.Companions; j++)
            _edges += _m.ColumnLength.At[j];
        for (var r = 0; r < classes; r++)
        {
            // every round but the last makes at least one match more
            for (var more = true; more;)
            {
                more = false;
                if (!SeekWanting(r, ranks, classes > 1))
                    break;
                for (var i = 0; i < _m.Patients; i++)
                {
                    if ((i & Patience) == 0)
                        Cancel.ThrowIfCancellationRequested();
                    if (_m.Match.At[i] == Market.None && ranks[i] <= r && TryMatch(i, r, ranks))
                    {
                        missing++;
                        more = true;
                    }
                }
            }
            MarkVain(r, ranks, levels);
        }
        return missing;
    }

    /// <summary>Gives back what only completion needs.</summary>
    public void GiveBackLines()
    {
        _line.GiveBack();
        _others.GiveBack();
    }

    /// <summary>From every place that is free, or held by a later class, back along the moves that would make use of it.</summary>
    /// <returns>Whether there is any such place.</returns>
    private bool SeekWanting(int rank, ReadOnlySpan<byte> ranks, bool several)
    {
        Begin(seating: false);
        int tail = 0, others = 0;
        for (var j = 0; j < _m.Companions; j++)
            if (Yielding(j, rank, ranks, several) != Unseen)
            {
                _m.Back.At[j].Stamp = _now;
                _m.Back.At[j].Distance = 0;
                _m.Back.At[j].Parent = Root;
                _line.At[tail++] = j;
            }
            else
                _others.At[others++] = j;
        var any = tail > 0;
        for (int from = 0, moves = 1; from < tail; moves++)
        {
            Cancel.ThrowIfCancellationRequested();
            var to = tail;
            // few known, and all who could come to them are looked through; many, and the others look whether they know one of them
            var known = (long)(to - from) * _edges / _m.Companions;
            var unknown = (long)others * Math.Min(_edges / _m.Companions, _m.Companions / to);
            tail = known > unknown ? FindFromOthers(to, ref others) : FindFromKnown(from, to);
            for (var t = to; t < tail; t++)
                _m.Back.At[_line.At[t]].Distance = moves;
            from = to;
        }
        return any;
    }

    private int FindFromKnown(int from, int to)
    {
        var tail = to;
        for (var head = from; head < to; head++)
        {
            var companion = _line.At[head];
            uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
            for (; at < end; at++)
            {
                var patient = (int)(*at >> Problem.FitBits);
                var match = _m.Match.At[patient];
                if (match == Market.None || _m.Back.At[match >> Problem.FitBits].Stamp == _now)
                    continue;
                var found = (int)(match >> Problem.FitBits);
                Through(found, patient, ((uint)companion << Problem.FitBits) | (*at & Problem.FitMask));
                _m.Back.At[found].Stamp = _now;
                _line.At[tail++] = found;
            }
        }
        return tail;
    }

    // Those found on the way count from the next round on, so that chains stay as short as they can be.
    private int FindFromOthers(int to, ref int others)
    {
        int tail = to, left = 0;
        for (var o = 0; o < others; o++)
        {
            var companion = _others.At[o];
            if (_m.Back.At[companion].Stamp == _now)
                continue;
            if (KnowsOne(companion))
                _line.At[tail++] = companion;
            else
                _others.At[left++] = companion;
        }
        for (var t = to; t < tail; t++)
            _m.Back.At[_line.At[t]].Stamp = _now;
        others = left;
        return tail;
    }

    private bool KnowsOne(int companion)
    {
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = 0; k < _m.Filled.At[companion]; k++)
        {
            uint* at = _m.Row.At + _m.Patient[places[k]].RowStart, end = at + _m.Patient[places[k]].RowLength;
            for (; at < end; at++)
                if (_m.Back.At[*at >> Problem.FitBits].Stamp == _now)
                {
                    Through(companion, places[k], *at);
                    return true;
                }
        }
        return false;
    }

    private void Through(int companion, int parent, uint word)
    {
        _m.Back.At[companion].Parent = parent;
        _m.Back.At[companion].Word = word;
    }

    // -1: a free place; a patient of a later class; or neither.
    private int Yielding(int companion, int rank, ReadOnlySpan<byte> ranks, bool several)
    {
        var filled = _m.Filled.At[companion];
        if (filled < _m.Capacity.At[companion])
            return -1;
        if (several)
        {
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = 0; k < filled; k++)
                if (ranks[places[k]] > rank)
                    return places[k];
        }
        return Unseen;
    }

    private bool TryMatch(int patient, int rank, ReadOnlySpan<byte> ranks)
    {
        uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
        for (; at < end; at++)
        {
            var companion = (int)(*at >> Problem.FitBits);
            if (_m.Back.At[companion].Stamp != _now)
                continue;
            if (RootOf(companion, rank, ranks) is var root and >= 0)
            {
                if (Yielding(root, rank, ranks, several: true) is var leaving and >= 0)
                    Unseat(leaving);
                End(0, companion, patient);
                _endWord = *at;
                RaiseAlong(companion);
                _steps = 0;
                MoveInto(root);
                return true;
            }
        }
        return false;
    }

    // Whoever moves takes what it is offered: the place it leaves becomes so dear that it wouldn't rather stay.
    // Only along long chains: there each would otherwise be repaired by a search of its own along the chain.
    private void RaiseAlong(int companion)
    {
        _chain.Clear();
        for (var at = companion; _m.Back.At[at].Parent != Root; at = Problem.CompanionOf(_m.Back.At[at].Word))
            _chain.Add(at);
        if (_chain.Count < LongChain)
            return;
        for (var k = _chain.Count - 1; k >= 0; k--)
        {
            var at = _chain[k];
            var (to, from) = (_m.Back.At[at].Word, _m.Match.At[_m.Back.At[at].Parent]);
            var least = _m.Price.At[Problem.CompanionOf(to)] + Problem.FitOf(from) - Problem.FitOf(to);
            _m.Price.At[at] = Math.Max(_m.Price.At[at], least);
        }
    }

    /// <summary>
    /// The end of the chain of moves that begins at this companion. Where others have used up a part of it since it was found, it goes on from whoever is there now,
    /// always to a companion fewer moves away from an end; a companion with nobody who could is out until the next round.
    /// </summary>
    private int RootOf(int companion, int rank, ReadOnlySpan<byte> ranks)
    {
        _chain.Clear();
        _chain.Add(companion);
        while (_chain.Count > 0)
        {
            var at = _chain[^1];
            var label = _m.Back.At + at;
            if (label->Stamp == _now && label->Distance == 0 && Yielding(at, rank, ranks, several: true) != Unseen)
                return at;
            if (label->Stamp == _now && label->Distance > 0 && (LeadsOn(at, label->Parent, label->Word) || FindAnother(at)))
                _chain.Add(Problem.CompanionOf(label->Word));
            else
            {
                label->Stamp = 0;
                _chain.RemoveAt(_chain.Count - 1);
            }
        }
        return -1;
    }

    private bool LeadsOn(int companion, int mover, uint word)
    {
        var match = _m.Match.At[mover];
        var next = _m.Back.At + (word >> Problem.FitBits);
        return match != Market.None && (int)(match >> Problem.FitBits) == companion && next->Stamp == _now && next->Distance < _m.Back.At[companion].Distance;
    }

    private bool FindAnother(int companion)
    {
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = 0; k < _m.Filled.At[companion]; k++)
        {
            uint* at = _m.Row.At + _m.Patient[places[k]].RowStart, end = at + _m.Patient[places[k]].RowLength;
            for (; at < end; at++)
                if (LeadsOn(companion, places[k], *at))
                {
                    Through(companion, places[k], *at);
                    return true;
                }
        }
        return false;
    }
}
