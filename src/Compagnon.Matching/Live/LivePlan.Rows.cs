using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

// Where edges and places live: rows and columns in two pools; what outgrows its room moves to the pool's end.
public sealed unsafe partial class LivePlan
{
    private readonly Ints _rowRoom = new(), _columnRoom = new(), _placeRoom = new();
    private int _rowUsed, _columnUsed, _placeUsed;

    private void Load(Problem problem)
    {
        RoomForPatients(problem.Patients);
        _m.Waiting.At[0] = 0;
        RoomForCompanions(problem.Companions);
        for (var j = 0; j < problem.Companions; j++)
            NewCompanion(problem.CapacityOf(j), problem.LoadOf(j));
        foreach (var word in problem.Words)
            _columnRoom.At[Problem.CompanionOf(word)]++;
        for (var j = 0; j < problem.Companions; j++)
        {
            _columnRoom.At[j] += 2 + (_columnRoom.At[j] / 8);
            _m.ColumnStart.At[j] = _columnUsed;
            _columnUsed = checked(_columnUsed + _columnRoom.At[j]);
        }
        // a fifth more than today's people need: untouched memory costs nothing, and moving everything is felt
        _m.Column.Room(_columnUsed + (_columnUsed / 4L), 0);
        _m.Row.Room(problem.Edges + (problem.Edges / 4L), 0);
        for (var i = 0; i < problem.Patients; i++)
        {
            NewPatient(problem.ClassOf(i), problem.DaysOf(i));
            var row = problem.Row(i);
            _m.Patient[i].RowStart = _rowUsed;
            _m.Patient[i].RowLength = _rowRoom.At[i] = row.Length;
            row.CopyTo(new Span<uint>(_m.Row.At + _rowUsed, row.Length));
            _rowUsed += row.Length;
            if (row.Length > 0)
                _m.WaitingNear.At[_m.Position.At[i]] = Problem.CompanionOf(row[0]);
            foreach (var word in row)
            {
                AddToColumn(Problem.CompanionOf(word), Word(i, Problem.FitOf(word)));
                _clusters.Join(Problem.CompanionOf(row[0]), Problem.CompanionOf(word));
            }
        }
        for (var j = 0; j < problem.Companions; j++)
            FitPlaces(j);
    }

    private int NewPatient(int priority, int days)
    {
        var patient = _m.Patients;
        RoomForPatients(patient + 1);
        _m.Patients++;
        _m.Patient[patient].RowStart = _m.Patient[patient].RowLength = _rowRoom.At[patient] = 0;
        _m.Match.At[patient] = Market.None;
        _m.Patient[patient].Gain = 0;
        _searches.Wait(patient);
        SetPerson(patient, priority, days);
        return patient;
    }

    private void SetPerson(int patient, int priority, int days)
    {
        _class[patient] = (byte)priority;
        _days[patient] = days;
        _m.Patient[patient].Base = Worth.Of(priority, _weights.WaitWorth(days));
        if (CompanionAtPlay(patient) is var companion and not Plan.Nobody)
            _m.Weakest.At[companion] = Market.Unknown;
    }

    private int NewCompanion(int capacity, int load)
    {
        var companion = _m.Companions;
        RoomForCompanions(companion + 1);
        _m.Companions++;
        Vacate(companion, capacity, load);
        return companion;
    }

    private void Vacate(int companion, int capacity, int load)
    {
        _m.ColumnStart.At[companion] = _m.ColumnLength.At[companion] = _columnRoom.At[companion] = 0;
        _m.PlaceStart.At[companion] = _placeRoom.At[companion] = 0;
        _m.Filled.At[companion] = _m.Capacity.At[companion] = 0;
        _m.Weakest.At[companion] = long.MaxValue;
        _m.Load.At[companion] = load;
        _m.Price.At[companion] = capacity == 0 ? Worth.NoPlace : 0;
        _nominal[companion] = capacity;
        _searches.Came(companion);
    }

    // Never more places than could be filled, and one: with that one free the price can't leave its reserve.
    private void FitPlaces(int companion)
    {
        if (_m.Capacity.At[companion] == _nominal[companion] && _nominal[companion] <= _m.ColumnLength.At[companion])
            return;
        var capacity = Math.Min(_nominal[companion], _m.ColumnLength.At[companion] + 1);
        if (capacity > _placeRoom.At[companion])
        {
            var room = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
            Grow(_m.Places, _placeUsed, room);
            new Span<int>(_m.Places.At + _m.PlaceStart.At[companion], _m.Filled.At[companion]).CopyTo(new Span<int>(_m.Places.At + _placeUsed, room));
            _m.PlaceStart.At[companion] = _placeUsed;
            _placeRoom.At[companion] = room;
            _placeUsed = checked(_placeUsed + room);
        }
        _searches.Write(_m.Capacity.At + companion, capacity);
    }

    private void ReserveRow(int patient, int room)
    {
        Grow(_m.Row, _rowUsed, room);
        _m.Patient[patient].RowStart = _rowUsed;
        _rowRoom.At[patient] = room;
        _rowUsed = checked(_rowUsed + room);
    }

    private void AddToRow(int patient, uint word) =>
        Add(_m.Row, &_m.Patient[patient].RowStart, &_m.Patient[patient].RowLength, _rowRoom.At + patient, ref _rowUsed, word);

    private void AddToColumn(int companion, uint word) =>
        Add(_m.Column, _m.ColumnStart.At + companion, _m.ColumnLength.At + companion, _columnRoom.At + companion, ref _columnUsed, word);

    private static void Add(Words pool, int* start, int* length, int* room, ref int used, uint word)
    {
        if (*length == *room)
        {
            var wider = Math.Max(4, *room * 2);
            Grow(pool, used, wider);
            new Span<uint>(pool.At + *start, *length).CopyTo(new Span<uint>(pool.At + used, wider));
            *start = used;
            *room = wider;
            used = checked(used + wider);
        }
        pool.At[*start + (*length)++] = word;
    }

    private static void Grow(Block pool, int used, int more)
    {
        if (used + (long)more > pool.Length)
            pool.Room(Math.Max(used + (long)more, pool.Length + (pool.Length / 2)), used);
    }

    private static int IndexIn(Words pool, int start, int length, int person)
    {
        var (e, end) = (start, start + length);
        var wanted = Vector128.Create((uint)person);
        for (; e + 4 <= end; e += 4)
        {
            var found = Vector128.Equals(Vector128.Load(pool.At + e) >>> Problem.FitBits, wanted).ExtractMostSignificantBits();
            if (found != 0)
                return e + BitOperations.TrailingZeroCount(found);
        }
        for (; e < end; e++)
            if ((int)(pool.At[e] >> Problem.FitBits) == person)
                return e;
        return -1;
    }

    // Columns lie anywhere: those of all a patient's companions are asked for before the first one is touched.
    private void AskFor(IReadOnlyList<Edge> edges)
    {
        for (var e = 0; e < edges.Count; e++)
            AskForFacts(edges[e].Companion);
        for (var e = 0; e < edges.Count; e++)
            AskForColumn(edges[e].Companion, _m.ColumnLength.At[edges[e].Companion]);
    }

    private void AskForRow(int patient)
    {
        var row = new ReadOnlySpan<uint>(_m.Row.At + _m.Patient[patient].RowStart, _m.Patient[patient].RowLength);
        foreach (var word in row)
            AskForFacts(Problem.CompanionOf(word));
        foreach (var word in row)
            AskForColumn(Problem.CompanionOf(word), 0);
    }

    private void AskForFacts(int companion)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(_m.ColumnStart.At + companion);
        Sse.Prefetch0(_m.ColumnLength.At + companion);
        Sse.Prefetch0(_columnRoom.At + companion);
        Sse.Prefetch0(_m.Capacity.At + companion);
        Sse.Prefetch0(_m.Price.At + companion);
    }

    private void AskForColumn(int companion, int from)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(_m.Column.At + _m.ColumnStart.At[companion] + from);
    }

    private int InRow(int patient, int companion) => IndexIn(_m.Row, _m.Patient[patient].RowStart, _m.Patient[patient].RowLength, companion);

    private uint WordOf(int patient, int companion) => _m.Row.At[InRow(patient, companion)];

    private int InColumn(int companion, int patient) => IndexIn(_m.Column, _m.ColumnStart.At[companion], _m.ColumnLength.At[companion], patient);

    private void RemoveFromRow(int patient, int at) => _m.Row.At[at] = _m.Row.At[_m.Patient[patient].RowStart + --_m.Patient[patient].RowLength];

    private void RemoveFromColumn(int companion, int patient) =>
        _m.Column.At[InColumn(companion, patient)] = _m.Column.At[_m.ColumnStart.At[companion] + --_m.ColumnLength.At[companion]];

    private void RoomForPatients(int count)
    {
        if (count <= _class.Length && count <= _m.RoomOfPatients)
            return;
        var room = count + (count / 4) + 16;
        var had = _m.Patients;
        Array.Resize(ref _class, room);
        Array.Resize(ref _days, room);
        _rowRoom.Room(room, had);
        _m.Waiting.Room(room + 1L, had + 1L);
        _m.WaitingNear.Room(room + 1L, had + 1L);
        _m.RoomForPatients(room, had);
    }

    // One companion more than there are: the one who doesn't exist yet.
    private void RoomForCompanions(int count)
    {
        if (count + 1 <= _nominal.Length)
            return;
        var room = count + (count / 4) + 16;
        var had = _m.Companions;
        foreach (var block in new[] { _m.ColumnStart, _m.ColumnLength, _columnRoom, _m.Capacity, _m.Load, _m.PlaceStart, _placeRoom })
            block.Room(room, had);
        _m.RoomForCompanions(room);
        _clusters.Room(room);
        // last: its length says that all have room
        Array.Resize(ref _nominal, room);
    }
}
