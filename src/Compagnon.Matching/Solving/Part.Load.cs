using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>
/// Lays a part out: rows of patients in the order of <see cref="Layout"/>, companions numbered as they appear, and columns from the rows.
/// Each thread takes a piece of the patients and numbers companions by itself; what the pieces have in common is numbered once they are done,
/// as if one had come after the other.
/// </summary>
internal sealed unsafe partial class Part
{
    private const int Ahead = 8;

    private readonly List<Piece> _pieces = [];

    /// <summary>Patients from one up to before another.</summary>
    private sealed class Piece : IDisposable
    {
        public int First, Last, Row, Companions;
        public long Edges;

        /// <summary>Of each companion of the problem its number in this piece + 1, 0 where it wasn't met; and of each number the companion.</summary>
        public int[] Local = [], Names = [];

        /// <summary>By number in this piece: how many edges, and the number in the part. By that: where in its column the next edge goes.</summary>
        public readonly Ints Length = new(), Number = new(), Cursor = new();

        public void GiveBack()
        {
            Length.GiveBack();
            Number.GiveBack();
            Cursor.GiveBack();
        }

        public void Dispose()
        {
            Length.Dispose();
            Number.Dispose();
            Cursor.Dispose();
        }
    }

    private void Load(int from, int to)
    {
        MakeRoom(from, to);
        fixed (uint* words = _problem.Words)
        fixed (int* starts = _problem.RowStart, order = _layout.Order)
        {
            var (w, s, o) = ((nint)words, (nint)starts, (nint)(order + from));
            EachPiece(piece => Copy(piece, (uint*)w, (int*)s, (int*)o));
        }
        Number();
        LoadPlaces();
        LayColumns();
        for (var p = 1; p < _team.Size; p++)
            Renumber(_pieces[p]);
        EachPiece(Transpose);
    }

    private void EachPiece(Action<Piece> work) => _team.Share(_team.Size, (first, last) =>
    {
        for (var p = first; p < last; p++)
            work(_pieces[p]);
    });

    private void MakeRoom(int from, int to)
    {
        var patients = _m.Patients = to - from;
        while (_pieces.Count < _team.Size)
            _pieces.Add(new Piece());
        for (var p = 0; p < _team.Size; p++)
            (_pieces[p].First, _pieces[p].Last) = (Team.Cut(patients, p, _team.Size), Team.Cut(patients, p + 1, _team.Size));
        EachPiece(piece => CountEdges(piece, from));
        var edges = 0L;
        for (var p = 0; p < _team.Size; p++)
        {
            var piece = _pieces[p];
            piece.Row = checked((int)edges);
            edges += piece.Edges;
            // the first piece's numbers are those of the part
            piece.Local = p == 0 ? _local : new int[_problem.Companions];
            if (p == 0)
                piece.Names = _companions;
            else if (piece.Names.Length == 0)
                piece.Names = new int[_problem.Companions];
            piece.Length.Room(_problem.Companions, 0);
            piece.Number.Room(_problem.Companions, 0);
            piece.Cursor.Room(_problem.Companions, 0);
        }
        _m.RowEnds.Room(2L * patients, 0);
        _m.Row.Room(edges, 0);
    }

    private void CountEdges(Piece piece, int from)
    {
        piece.Edges = 0;
        for (var i = piece.First; i < piece.Last; i++)
            piece.Edges += _problem.EdgesOf(_layout.Order[from + i]);
    }

    private void Copy(Piece piece, uint* words, int* starts, int* order)
    {
        int* length = piece.Length.At;
        var names = piece.Names;
        int* ends = _m.RowEnds.At;
        var row = _m.Row.At;
        int at = piece.Row, companions = 0;
        fixed (int* local = piece.Local)
            for (var i = piece.First; i < piece.Last; i++)
            {
                ends[2 * i] = at;
                Prefetch(words, starts, order, i, piece.Last);
                uint* word = words + starts[order[i]], end = words + starts[order[i] + 1];
                for (; word < end; word++)
                {
                    var companion = *word >> Problem.FitBits;
                    var number = local[companion] - 1;
                    if (number < 0)
                    {
                        if (_problem.CapacityOf((int)companion) == 0)
                            continue;
                        number = companions++;
                        local[companion] = companions;
                        names[number] = (int)companion;
                        length[number] = 0;
                    }
                    row[at++] = ((uint)number << Problem.FitBits) | (*word & Problem.FitMask);
                    length[number]++;
                }
                ends[(2 * i) + 1] = at;
            }
        piece.Companions = companions;
    }

    // Rows lie anywhere in the problem: ask for those to come, so that copying needn't wait for each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(uint* words, int* starts, int* order, int i, int last)
    {
        if (!Sse.IsSupported || i + (2 * Ahead) >= last)
            return;
        Sse.Prefetch0(starts + order[i + (2 * Ahead)]);
        var next = words + starts[order[i + Ahead]];
        Sse.Prefetch0(next);
        Sse.Prefetch0(next + 16);
    }

    // Until the columns are laid out, a cursor is what earlier pieces put into the column.
    private void Number()
    {
        var companions = _pieces[0].Companions;
        for (var n = 0; n < companions; n++)
            (_m.ColumnLength.At[n], _pieces[0].Cursor.At[n]) = (_pieces[0].Length.At[n], 0);
        for (var p = 1; p < _team.Size; p++)
        {
            var piece = _pieces[p];
            for (var n = 0; n < piece.Companions; n++)
            {
                var name = piece.Names[n];
                if (_local[name] == 0)
                {
                    _companions[companions] = name;
                    _m.ColumnLength.At[companions] = 0;
                    _local[name] = ++companions;
                }
                var number = piece.Number.At[n] = _local[name] - 1;
                piece.Cursor.At[number] = _m.ColumnLength.At[number];
                _m.ColumnLength.At[number] += piece.Length.At[n];
            }
        }
        _m.Companions = companions;
    }

    private void LoadPlaces()
    {
        var companions = _m.Companions;
        _m.Capacity.Room(companions, 0);
        var loads = _m.LoadPrices.Length > 0;
        if (loads)
            _m.Load.Room(companions, 0);
        _m.PlaceStart.Room(companions + 1, 0);
        _m.Filled.Room(companions, 0);
        var places = 0L;
        for (var j = 0; j < companions; j++)
        {
            // one place more than anybody could fill keeps the price of an unfilled companion at its reserve
            _m.Capacity.At[j] = Math.Min(_problem.CapacityOf(_companions[j]), _m.ColumnLength.At[j] + 1);
            if (loads)
                _m.Load.At[j] = _problem.LoadOf(_companions[j]);
            _m.PlaceStart.At[j] = checked((int)places);
            places += _m.Capacity.At[j];
        }
        _m.PlaceStart.At[companions] = checked((int)places);
        _m.Places.Room(places, 0);
    }

    private void LayColumns()
    {
        _m.ColumnStart.Room(_m.Companions, 0);
        var total = 0;
        for (var j = 0; j < _m.Companions; j++)
        {
            _m.ColumnStart.At[j] = total;
            total += _m.ColumnLength.At[j];
        }
        _m.Column.Room(total, 0);
    }

    // All threads work on one piece after the other: the first piece has nothing to be renumbered.
    private void Renumber(Piece piece) => _team.Share(piece.Last - piece.First, (first, last) =>
    {
        uint* at = _m.Row.At + _m.RowEnds.At[2 * (piece.First + first)], end = _m.Row.At + _m.RowEnds.At[(2 * (piece.First + last)) - 1];
        var number = piece.Number.At;
        for (; at < end; at++)
            *at = ((uint)number[*at >> Problem.FitBits] << Problem.FitBits) | (*at & Problem.FitMask);
    });

    private void Transpose(Piece piece)
    {
        int* cursor = piece.Cursor.At, start = _m.ColumnStart.At, number = piece.Number.At;
        uint* column = _m.Column.At, row = _m.Row.At;
        var ends = _m.RowEnds.At;
        for (var n = 0; n < piece.Companions; n++)
        {
            var j = piece == _pieces[0] ? n : number[n];
            cursor[j] += start[j];
        }
        for (var i = piece.First; i < piece.Last; i++)
        {
            var patient = (uint)i << Problem.FitBits;
            uint* at = row + ends[2 * i], end = row + ends[(2 * i) + 1];
            for (; at < end; at++)
                column[cursor[*at >> Problem.FitBits]++] = patient | (*at & Problem.FitMask);
        }
    }
}
