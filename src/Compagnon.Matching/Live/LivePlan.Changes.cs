namespace Compagnon.Matching;

public sealed unsafe partial class LivePlan
{
    /// <param name="edges">Whom the patient may be matched with.</param>
    /// <returns>The patient's number.</returns>
    public int AddPatient(IReadOnlyList<Edge> edges, int priority = Problem.NoClass, int days = 0)
    {
        ArgumentNullException.ThrowIfNull(edges);
        CheckUsable();
        CheckPerson(priority, days);
        if (_m.Patients == Problem.MostPeople)
            throw new InvalidOperationException($"more than {Problem.MostPeople} patients");
        CheckEdges(edges, static e => (e.Companion, e.Fit), _m.Companions, nameof(edges));
        // where memory is short it is mostly here, before anything has changed
        RoomForPatients(_m.Patients + 1);
        Grow(_m.Row, _rowUsed, edges.Count);
        AskFor(edges);
        Begin();
        var patient = NewPatient(priority, days);
        ReserveRow(patient, edges.Count);
        for (var e = 0; e < edges.Count; e++)
            Join(patient, edges[e].Companion, edges[e].Fit);
        Reseat(patient);
        End();
        return patient;
    }

    public void RemovePatient(int patient)
    {
        CheckUsable();
        CheckPatient(patient);
        Begin();
        LetGo(patient);
        var companion = CompanionAtPlay(patient);
        if (companion != Plan.Nobody)
            _searches.Unseat(patient);
        AskForRow(patient);
        for (var e = 0; e < _m.Patient[patient].RowLength; e++)
        {
            var other = Problem.CompanionOf(_m.Row.At[_m.Patient[patient].RowStart + e]);
            _searches.Parted(patient, other);
            RemoveFromColumn(other, patient);
            FitPlaces(other);
        }
        _m.Patient[patient].RowLength = 0;
        _m.Patient[patient].Gain = 0;
        if (companion != Plan.Nobody)
            Settle(companion);
        End();
    }

    public void ChangePatient(int patient, int priority, int days)
    {
        CheckUsable();
        CheckPatient(patient);
        CheckPerson(priority, days);
        Begin();
        Count(patient, -1);
        SetPerson(patient, priority, days);
        Count(patient, 1);
        Reseat(patient);
        End();
    }

    /// <param name="edges">Who may be matched with the companion, with the fit.</param>
    /// <returns>The companion's number.</returns>
    public int AddCompanion(int capacity, IReadOnlyList<(int Patient, int Fit)> edges, int load = 0)
    {
        ArgumentNullException.ThrowIfNull(edges);
        CheckUsable();
        CheckPlaces(capacity, load);
        if (_m.Companions == Problem.MostPeople)
            throw new InvalidOperationException($"more than {Problem.MostPeople} companions");
        CheckEdges(edges, static e => e, _m.Patients, nameof(edges));
        RoomForCompanions(_m.Companions + 1);
        Grow(_m.Column, _columnUsed, edges.Count);
        Begin();
        var companion = NewCompanion(0, load);
        foreach (var (patient, fit) in edges)
            Join(patient, companion, fit);
        Open(companion, capacity);
        End();
        return companion;
    }

    public void RemoveCompanion(int companion)
    {
        CheckUsable();
        CheckCompanion(companion);
        var held = _fixed.Where(f => f.Value.Companion == companion).Select(f => f.Key).Order().ToList();
        Begin();
        foreach (var patient in held)
            LetGo(patient);
        Open(companion, 0);
        for (var e = 0; e < _m.ColumnLength.At[companion]; e++)
        {
            var patient = (int)(_m.Column.At[_m.ColumnStart.At[companion] + e] >> Problem.FitBits);
            _searches.Parted(patient, companion);
            RemoveFromRow(patient, InRow(patient, companion));
        }
        _m.ColumnLength.At[companion] = 0;
        End();
    }

    /// <summary>Free places, beside those held by decided pairs.</summary>
    public void SetCapacity(int companion, int capacity)
    {
        CheckUsable();
        CheckCompanion(companion);
        CheckPlaces(capacity, 0);
        Begin();
        Open(companion, capacity);
        End();
    }

    /// <summary>Accompaniments under way, beside those that decided pairs add: one began or ended elsewhere.</summary>
    public void SetLoad(int companion, int load)
    {
        CheckUsable();
        CheckCompanion(companion);
        CheckPlaces(0, load);
        Begin();
        var held = HeldBy(companion);
        Shift(companion, load + held - _m.Load.At[companion], held);
        Settle(companion);
        End();
    }

    /// <summary>Allows a pair, or changes its fit.</summary>
    public void SetEdge(int patient, int companion, int fit)
    {
        CheckUsable();
        CheckPatient(patient);
        CheckEdges([new Edge(companion, fit)], static e => (e.Companion, e.Fit), _m.Companions, nameof(companion));
        Begin();
        var at = InRow(patient, companion);
        var from = Plan.Nobody;
        if (at < 0)
            Join(patient, companion, fit);
        else
        {
            from = Part(patient, companion);
            _m.Row.At[at] = Word(companion, fit);
            _m.Column.At[InColumn(companion, patient)] = Word(patient, fit);
            _searches.Moved(patient);
            if (_fixed.TryGetValue(patient, out var pair) && pair.Companion == companion)
            {
                _fixed[patient] = (companion, fit);
                _fit += fit - pair.Fit;
                _objective += fit - pair.Fit;
            }
        }
        Reseat(patient);
        if (from != Plan.Nobody)
            Settle(from);
        End();
    }

    /// <summary>The pair isn't allowed any more.</summary>
    public void Forbid(int patient, int companion)
    {
        CheckUsable();
        CheckPatient(patient);
        CheckCompanion(companion);
        var at = InRow(patient, companion);
        if (at < 0)
            return;
        Begin();
        if (_fixed.TryGetValue(patient, out var pair) && pair.Companion == companion)
            LetGo(patient);
        var from = Part(patient, companion);
        _searches.Parted(patient, companion);
        RemoveFromRow(patient, at);
        RemoveFromColumn(companion, patient);
        FitPlaces(companion);
        Reseat(patient);
        Settle(companion);
        if (from != Plan.Nobody)
            Settle(from);
        End();
    }

    /// <summary>The coordinator has decided: the pair leaves the game with its place, and the rest is planned anew.</summary>
    /// <exception cref="InvalidOperationException">The pair isn't allowed, or the companion has no free place.</exception>
    public void Fix(int patient, int companion)
    {
        CheckUsable();
        CheckPatient(patient);
        CheckCompanion(companion);
        var at = InRow(patient, companion);
        var again = _fixed.TryGetValue(patient, out var had) && had.Companion == companion;
        if (at < 0 || (_nominal[companion] == 0 && !again))
            throw new InvalidOperationException(at < 0 ? "the pair isn't allowed" : "the companion has no free place");
        var fit = Problem.FitOf(_m.Row.At[at]);
        Begin();
        LetGo(patient);
        _fixed[patient] = (companion, fit);
        _nominal[companion]--;
        TakeOut(patient, companion, fit);
        End();
    }

    /// <summary>Takes a decision back.</summary>
    public void Release(int patient)
    {
        CheckUsable();
        Begin();
        LetGo(patient);
        End();
    }

    private void LetGo(int patient)
    {
        if (!_fixed.Remove(patient, out var pair))
            return;
        var companion = pair.Companion;
        var opens = _nominal[companion] == 0;
        _nominal[companion] += _nominal[companion] == int.MaxValue ? 0 : 1;
        Shift(companion, -1);
        Count(patient, pair.Fit, -1, _m.Reserve(companion, 0));
        FitPlaces(companion);
        if (opens)
            PriceAnew(companion);
        _m.Match.At[patient] = Market.None;
        _searches.Wait(patient);
        Reseat(patient);
        Settle(companion);
    }

    private void Open(int companion, int capacity)
    {
        var opens = _nominal[companion] == 0 && capacity > 0;
        _nominal[companion] = capacity;
        FitPlaces(companion);
        if (opens)
            PriceAnew(companion);
        Settle(companion);
    }
}
