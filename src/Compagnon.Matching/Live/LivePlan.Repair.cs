namespace Compagnon.Matching;

public sealed unsafe partial class LivePlan
{
    /// <summary>The pair leaves the game: its place is gone and counts as load. Takes part in a question "what if", so every write can be taken back.</summary>
    private void TakeOut(int patient, int companion, int fit)
    {
        var from = PutAway(patient);
        TakePlace(patient, companion, fit);
        if (_searches.Journal is null)
            FitPlaces(companion);
        Settle(companion);
        if (from != Plan.Nobody && from != companion)
            Settle(from);
    }

    private void TakePlace(int patient, int companion, int fit)
    {
        var left = Math.Min(_m.Capacity.At[companion] - 1, _m.ColumnLength.At[companion]);
        _searches.Write(_m.Capacity.At + companion, left);
        Unload(companion, left);
        Count(patient, fit, 1, _m.Reserve(companion, 0));
        Shift(companion, 1);
        if (_searches.Journal is not null)
            _had.TryAdd(patient, false);
    }

    /// <summary>The patient is out of the game; whose place that frees may be looked at anew.</summary>
    private int PutAway(int patient)
    {
        var from = CompanionAtPlay(patient);
        if (from != Plan.Nobody)
            _searches.Unseat(patient);
        _searches.WaitNoMore(patient);
        _searches.Write((int*)(_m.Match.At + patient), unchecked((int)Market.Away));
        return from;
    }

    private void Unload(int companion, int capacity)
    {
        while (_m.Filled.At[companion] > capacity)
        {
            var leaves = LastAt(companion);
            _searches.Unseat(leaves);
            _unseated.Push(leaves);
        }
    }

    /// <summary>Who gives way first where there are fewer places.</summary>
    private int LastAt(int companion) => _m.Places.At[_m.PlaceStart.At[companion] + _m.Filled.At[companion] - 1];

    /// <summary>The companion's load changes, and with it the price of every place it fills, and of so many held by decided pairs.</summary>
    private void Shift(int companion, int by, int held = 0)
    {
        var before = LoadCost(companion, held);
        _searches.Write(_m.Load.At + companion, _m.Load.At[companion] + by);
        _objective -= LoadCost(companion, held) - before;
    }

    // The load counts decided pairs: theirs are the places before the first free one.
    private long LoadCost(int companion, int held)
    {
        long cost = 0;
        for (var k = -held; k < _m.Filled.At[companion] && _m.LoadPrices.Length > 0; k++)
            cost += _m.Reserve(companion, k);
        return cost;
    }

    private int HeldBy(int companion)
    {
        var held = 0;
        foreach (var pair in _fixed.Values)
            held += pair.Companion == companion ? 1 : 0;
        return held;
    }

    private int CompanionAtPlay(int patient) =>
        _m.Match.At[patient] >= Market.Away ? Plan.Nobody : Problem.CompanionOf(_m.Match.At[patient]);

    /// <summary>After a change of what a patient may have: whoever holds what is no longer best for them lets it go and looks anew.</summary>
    private void Reseat(int patient)
    {
        var match = _m.Match.At[patient];
        if (match == Market.Away)
            return;
        var gain = _m.BestGain(patient);
        var from = CompanionAtPlay(patient);
        if (from != Plan.Nobody)
        {
            if (_m.GainOf(patient) == gain)
                return;
            _searches.Unseat(patient);
        }
        _searches.Write(&_m.Patient[patient].Gain, gain);
        if (gain > 0)
            _searches.SeatBest(patient);
        if (from != Plan.Nobody)
            Settle(from);
    }

    /// <summary>After a change of a companion's places: those for whom there is none, or whose place costs more than it brings, look anew; a place too dear finds its best use.</summary>
    private void Settle(int companion)
    {
        Unload(companion, _m.Capacity.At[companion]);
        for (var filled = _m.Filled.At[companion]; filled > 0 && _m.Price.At[companion] < _m.Reserve(companion, filled - 1); filled--)
            Unload(companion, filled - 1);
        if (_m.Capacity.At[companion] == 0)
            _searches.SetPrice(companion, Worth.NoPlace);
        while (_unseated.TryPop(out var patient))
            if (_m.Patient[patient].Gain > 0)
                _searches.SeatBest(patient);
        while (_searches.Overpriced(companion))
            _searches.FillBest(companion);
    }

    // The first place opens.
    private void PriceAnew(int companion) => _searches.SetPrice(companion, Math.Max(_m.Reserve(companion, 0), Wanted(companion)));

    // The price at which nobody would rather be here than where they are.
    private long Wanted(int companion)
    {
        long wanted = 0;
        for (var e = 0; e < _m.ColumnLength.At[companion]; e++)
        {
            var word = _m.Column.At[_m.ColumnStart.At[companion] + e];
            var patient = (int)(word >> Problem.FitBits);
            if (_m.Match.At[patient] != Market.Away)
                wanted = Math.Max(wanted, _m.Patient[patient].Base + (word & Problem.FitMask) - _m.GainOf(patient));
        }
        return wanted;
    }

    private int Part(int patient, int companion)
    {
        if (CompanionAtPlay(patient) != companion)
            return Plan.Nobody;
        _searches.Unseat(patient);
        return companion;
    }

    private void Join(int patient, int companion, int fit)
    {
        AddToRow(patient, Word(companion, fit));
        AddToColumn(companion, Word(patient, fit));
        _searches.Moved(patient);
        _clusters.Join(companion, Problem.CompanionOf(_m.Row.At[_m.Patient[patient].RowStart]));
        if (_m.Match.At[patient] == Market.None)
            _m.WaitingNear.At[_m.Position.At[patient]] = companion;
        FitPlaces(companion);
    }

    // What a patient's match counts for, without its place.
    private void Count(int patient, int sign)
    {
        var companion = NowOf(patient);
        if (companion != Plan.Nobody)
            Count(patient, Problem.FitOf(WordOf(patient, companion)), sign, 0);
    }

    private void Begin() => _changing = true;

    private void End() => _changing = false;

    /// <exception cref="InvalidOperationException">A change was broken off in the middle, by want of memory: half a plan is none.</exception>
    private void CheckUsable()
    {
        if (_changing)
            throw new InvalidOperationException("a change was broken off in the middle: the plan can't be used any more");
    }

    private static void CheckPerson(int priority, int days)
    {
        if (priority is < 0 or > Problem.NoClass)
            throw new ArgumentOutOfRangeException(nameof(priority), priority, "no such class");
        if (days is < 0 or > Problem.MostDays)
            throw new ArgumentOutOfRangeException(nameof(days), days, "days out of range");
    }

    private static void CheckPlaces(int capacity, int load)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (load is < 0 or > Problem.MostLoad)
            throw new ArgumentOutOfRangeException(nameof(load), load, "load out of range");
    }

    private static void CheckEdges<T>(IReadOnlyList<T> edges, Func<T, (int Person, int Fit)> of, int count, string name)
    {
        // an arrival is too frequent for a set of its few edges
        Span<int> few = stackalloc int[32];
        var seen = edges.Count > few.Length ? new HashSet<int>(edges.Count) : null;
        for (var k = 0; k < edges.Count; k++)
        {
            var (person, fit) = of(edges[k]);
            var repeated = seen is null ? few[..k].Contains(person) : !seen.Add(person);
            if (seen is null)
                few[k] = person;
            if ((uint)person >= (uint)count || repeated)
                throw new ArgumentException(FormattableString.Invariant($"{person}: nobody has this number, or it is given twice"), name);
            if (fit is < 0 or > Problem.MostFit)
                throw new ArgumentException(FormattableString.Invariant($"a fit of {fit}"), name);
        }
    }
}
