namespace Compagnon.Matching;

/// <summary>
/// For each companion, side by side in memory, the pairs over which its patients could leave for little, and over which others' could come, and all over which
/// those who wait could. What a pair loses follows from two fits and two prices; so it is enough to look again when its patient has moved, or once a price has drifted
/// by <see cref="Slack"/> against all others that hang together with it.
/// Made for a companion once a long search has met it; where they are too many there are none. A question writes through the journal.
/// </summary>
internal sealed unsafe partial class NearPairs : IDisposable
{
    /// <summary>For the pairs of one companion and one direction, with the count before them.</summary>
    private const int Room = 48;

    /// <summary>So many before their turn people's rows are asked for.</summary>
    private const int Ahead = 4;

    /// <summary>And so many patients of a column.</summary>
    private const int AheadInColumn = 12;

    /// <summary>So many lines of memory hold the list of most companions.</summary>
    private const int LinesOfAList = 3;

    /// <summary>About so many pairs of a companion's patients are near: more, and a search looks at much for nothing; fewer, and it finds no end.</summary>
    private const int Usually = 16;

    /// <summary>However few or many that are, pairs count as near that lose so much, and no more than so much.</summary>
    private const int LeastLoss = 32, MostLoss = 160;

    /// <summary>So many companions are asked what their patients' pairs lose.</summary>
    private const int Sample = 256;

    private const uint Unmade = uint.MaxValue, TooMany = uint.MaxValue - 1, Most = Room - 1;

    private readonly Market _m;
    private readonly Searches _searches;
    private readonly NearPairBlock _all = new();
    private readonly Ints _drift = new();

    /// <summary>Under which companion each patient's pairs stand, or -1.</summary>
    private readonly Ints _under = new();

    private readonly Marks _moved = new(), _drifted = new(), _met = new();

    /// <summary>Once a price has risen its own patients are nearer to others; once it has fallen others' are nearer to it. Whoever is further by that only has to be struck out.</summary>
    private readonly Marks _risen = new(), _fallen = new();
    private readonly NearPair[] _had = new NearPair[Room], _changed = new NearPair[Room];
    private readonly int[] _left = new int[Room];
    private int _patients;

    public NearPairs(Market market, Searches searches)
    {
        (_m, _searches) = (market, searches);
        (Nearness, Slack) = searches.Nearness > 0 ? (searches.Nearness, searches.Slack) : Usual(Losing(Usually));
        RoomForCompanions(0);
        for (var j = 0; j <= _m.Companions; j++)
            Add(j);
        RoomForPatients();
    }

    /// <summary>Whatever isn't near loses at least so much.</summary>
    public long Nearness { get; }

    /// <summary>A price may drift so far until its companion's pairs are looked at again.</summary>
    public int Slack { get; }

    public void Dispose()
    {
        _all.Dispose();
        _drift.Dispose();
        _under.Dispose();
    }

    public void Moved(int patient) => _moved.Add(patient);

    /// <summary>A companion has another price, whatever the others have.</summary>
    public void Priced(int companion)
    {
        _risen.Add(companion);
        _fallen.Add(companion);
    }

    public void Add(int companion)
    {
        RoomForCompanions(companion);
        _drift.At[companion] = 0;
        From(companion)->Other = To(companion)->Other = Unmade;
    }

    /// <summary>A companion's price has changed by so much, and those of the others that hang together with it have not.</summary>
    public void Drift(int companion, long by)
    {
        var drift = Math.Clamp(_drift.At[companion] + by, -int.MaxValue, int.MaxValue);
        _searches.WriteWithPrices(_drift.At + companion, (int)drift);
        if (Math.Abs(drift) > Slack)
            _drifted.Add(companion);
    }

    /// <summary>Who moved since all was right.</summary>
    public int HaveMoved => _moved.Count;

    /// <summary>What was noted in a question.</summary>
    public void Forget()
    {
        ForgetMoves();
        _drifted.Clear();
        _risen.Clear();
        _fallen.Clear();
    }

    public void ForgetMoves() => _moved.Clear();

    /// <summary>Puts right what has changed since. Those that a search has met without pairs get theirs, but not in a question, which would take it back.</summary>
    public void Renew()
    {
        RoomForPatients();
        NoteDrift();
        PlaceMoved();
        RenewRisen();
        RenewFallen();
        Forget();
        if (_searches.Journal is not null)
            return;
        foreach (var companion in _met.All)
        {
            if (From(companion)->Other == Unmade)
                MakeFrom(companion);
            if (To(companion)->Other == Unmade)
                MakeTo(companion);
        }
        _met.Clear();
    }

    public bool TryGetFrom(int companion, out NearPair* at, out NearPair* end) => TryGet(From(companion), companion, out at, out end);

    public bool TryGetTo(int companion, out NearPair* at, out NearPair* end) => TryGet(To(companion), companion, out at, out end);

    public void Ask(int companion, bool back) => Searches.Ask(back ? To(companion) : From(companion), LinesOfAList);

    public void Part(int patient, int companion)
    {
        SetTo(companion, patient, 0, Market.None, isNear: false);
        if (patient < _patients && _under.At[patient] is var under and >= 0)
            TakeOut(From(under), patient, companion);
    }

    private NearPair* From(int companion) => _all.At + ((long)companion * 2 * Room);

    private NearPair* To(int companion) => From(companion) + Room;

    private bool TryGet(NearPair* list, int companion, out NearPair* at, out NearPair* end)
    {
        at = list + 1;
        end = at + list->Other;
        if (list->Other <= Most)
            return true;
        if (list->Other == Unmade)
            _met.Add(companion);
        return false;
    }

    private void RoomForCompanions(int last)
    {
        var room = Math.Max(_m.Price.Length, last + 1L);
        if (room <= _drift.Length)
            return;
        _all.Room(room * 2 * Room, _drift.Length * 2 * Room);
        _drift.Room(room, _drift.Length);
    }

    private void RoomForPatients()
    {
        _under.Room(_m.RoomOfPatients, _patients);
        for (; _patients < _m.Patients; _patients++)
            _under.At[_patients] = CompanionOf(_m.Match.At[_patients]);
    }

    private static int CompanionOf(uint match) => match < Market.Away ? Problem.CompanionOf(match) : -1;

    // Of the prices the drift is left out: what stood there when the companion was looked at last.
    private long Steady(int companion) => _m.Price.At[companion] - _drift.At[companion];

    /// <summary>Whether a patient with this match would lose little over this pair. Whoever waits may have any.</summary>
    private bool AreNear(uint match, int companion, uint fit) => match switch
    {
        Market.None => true,
        Market.Away => false,
        _ => Problem.CompanionOf(match) is var has && has != companion
            && (match & Problem.FitMask) - Steady(has) + Steady(companion) - (fit & Problem.FitMask) < Nearness + (2 * Slack),
    };

    // Of all that a pair may lose by the prices of two companions that have drifted towards each other, a bit more than half is sure.
    private static (long Nearness, int Slack) Usual(int loss) => (loss - (loss / 14 * 6), loss / 14 * 3);

    /// <summary>What so many pairs of a companion's patients lose at most.</summary>
    private int Losing(int pairs)
    {
        var losing = new int[MostLoss];
        var asked = 0;
        for (var j = 0; j < _m.Companions; j += Math.Max(1, _m.Companions / Sample), asked++)
            for (var k = 0; k < _m.Filled.At[j]; k++)
            {
                var patient = _m.Places.At[_m.PlaceStart.At[j] + k];
                var least = (_m.Match.At[patient] & Problem.FitMask) - _m.Price.At[j];
                for (var e = 0; e < _m.Patient[patient].RowLength; e++)
                    if (_m.Row.At[_m.Patient[patient].RowStart + e] is var word && Problem.CompanionOf(word) != j
                        && least + _m.Price.At[Problem.CompanionOf(word)] - (word & Problem.FitMask) is var loss && loss < MostLoss)
                        losing[Math.Max(0, loss)]++;
            }
        var (at, sum) = (0, 0);
        while (at < MostLoss && (at < LeastLoss || sum < pairs * asked))
            sum += losing[at++];
        return at;
    }

    private void MakeFrom(int companion)
    {
        var list = From(companion);
        uint count = 0;
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
        {
            var patient = places[k];
            var match = _m.Match.At[patient];
            uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
            for (; at < end; at++)
                if (AreNear(match, Problem.CompanionOf(*at), *at))
                {
                    if (count == Most)
                    {
                        Count(list, TooMany);
                        return;
                    }
                    Set(list + ++count, *at, Word(patient, match));
                }
        }
        Count(list, count);
    }

    private void MakeTo(int companion)
    {
        var list = To(companion);
        uint count = 0;
        uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
        for (; at < end; at++)
        {
            if (at + AheadInColumn < end)
                Searches.Ask(_m.Match.At + (at[AheadInColumn] >> Problem.FitBits), lines: 1);
            var match = _m.Match.At[*at >> Problem.FitBits];
            if (!AreNear(match, companion, *at))
                continue;
            if (count == Most)
            {
                Count(list, TooMany);
                return;
            }
            Set(list + ++count, match, *at);
        }
        Count(list, count);
    }
}
