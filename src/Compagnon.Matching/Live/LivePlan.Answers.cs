namespace Compagnon.Matching;

/// <summary>What a change does to the whole plan.</summary>
/// <param name="MatchesByClass">Matches more (or, below 0, fewer) in each priority class; the last entry is for those of no class.</param>
/// <param name="Objective">What the fits, waiting and load prices gain or lose beside that.</param>
/// <param name="Fit">What the fits alone gain or lose, all matches together.</param>
/// <param name="LeftWithout">Patients who had a companion in the plan and would have none, lowest number first. Which people these are may not be unique: an example, not a verdict.</param>
/// <param name="NowMatched">Patients who had none and would have one.</param>
public sealed record Effect(IReadOnlyList<int> MatchesByClass, long Objective, long Fit, IReadOnlyList<int> LeftWithout, IReadOnlyList<int> NowMatched)
{
    public int Matches => MatchesByClass.Sum();

    /// <summary>A plan with this change is as good as the best one.</summary>
    public bool IsNothing => Objective == 0 && MatchesByClass.All(c => c == 0);

    /// <summary>Better (above 0), as good (0) or worse than the other, class by class and then by the objective.</summary>
    public int Against(Effect other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var c = 0; c < MatchesByClass.Count; c++)
            if (MatchesByClass[c] != other.MatchesByClass[c])
                return MatchesByClass[c].CompareTo(other.MatchesByClass[c]);
        return Objective.CompareTo(other.Objective);
    }
}

/// <summary>A companion for a patient, and what choosing this pair would do to the whole plan.</summary>
public sealed record Choice(int Companion, int Fit, Effect Effect);

public sealed unsafe partial class LivePlan
{
    private readonly HashSet<int> _touched = [];
    private readonly HashSet<int> _had = [];
    private readonly Heap _least = new();
    private readonly Journal _journal = new();

    /// <summary>Exactly what choosing this pair would cost the whole plan: the pair is forced, the rest planned anew, compared, and all of it taken back.</summary>
    /// <returns>Nothing when the pair isn't allowed or the companion has no free place.</returns>
    public Effect? EffectOf(int patient, int companion)
    {
        CheckUsable();
        CheckPatient(patient);
        CheckCompanion(companion);
        var at = InRow(patient, companion);
        if (at < 0 || _m.Capacity.At[companion] == 0 || _m.Match.At[patient] == Market.Away)
            return null;
        var fit = Problem.FitOf(_m.Row.At[at]);
        return WhatIf(() => TakeOut(patient, companion, fit));
    }

    /// <summary>The companions whose choice is best for the whole plan, the best first; of equal ones the better fit.</summary>
    public IReadOnlyList<Choice> BestFor(int patient, int count)
    {
        CheckUsable();
        CheckPatient(patient);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var best = new List<Choice>();
        if (_m.Match.At[patient] == Market.Away)
            return best;
        RankByPrice(patient);
        while (_least.TryTake(out var cost, out var companion))
        {
            // a pair costs the plan at least what it falls short of the prices: what is left can't be better than what was found
            if (best.Count == count && cost > Cost(best[^1].Effect))
                break;
            if (EffectOf(patient, companion) is not { } effect)
                continue;
            var choice = new Choice(companion, Problem.FitOf(_m.Row.At[InRow(patient, companion)]), effect);
            var place = best.FindIndex(b => Before(choice, b));
            best.Insert(place < 0 ? best.Count : place, choice);
            if (best.Count > count)
                best.RemoveAt(count);
        }
        return best;
    }

    /// <summary>What one more companion, who doesn't exist, would change: where to recruit.</summary>
    public Effect EffectOfCompanion(int capacity, IReadOnlyList<(int Patient, int Fit)> edges, int load = 0)
    {
        ArgumentNullException.ThrowIfNull(edges);
        CheckUsable();
        CheckPlaces(capacity, load);
        CheckEdges(edges, static e => e, _m.Patients, nameof(edges));
        var companion = _m.Companions;
        var (columns, places) = (_columnUsed, _placeUsed);
        try
        {
            Vacate(companion, capacity, load);
            foreach (var (patient, fit) in edges)
                AddToColumn(companion, Word(patient, fit));
            FitPlaces(companion);
            return WhatIf(() =>
            {
                if (capacity == 0)
                    return;
                PriceAnew(companion);
                Settle(companion);
            });
        }
        finally
        {
            (_columnUsed, _placeUsed) = (columns, places);
        }
    }

    private static bool Before(Choice a, Choice b)
    {
        var by = a.Effect.Against(b.Effect);
        return by != 0 ? by > 0 : a.Fit != b.Fit ? a.Fit > b.Fit : a.Companion < b.Companion;
    }

    private static long Cost(Effect effect)
    {
        var cost = -effect.Objective;
        for (var c = 0; c < effect.MatchesByClass.Count; c++)
            cost -= effect.MatchesByClass[c] * Worth.Of(c, 0);
        return cost;
    }

    // Each companion allowed, by what the pair falls short of the prices.
    private void RankByPrice(int patient)
    {
        _least.Clear();
        var state = _m.Patient + patient;
        var gain = _m.GainOf(patient);
        uint* at = _m.Row.At + state->RowStart, end = at + state->RowLength;
        for (; at < end; at++)
        {
            var companion = Problem.CompanionOf(*at);
            _least.Add(gain + _m.Price.At[companion] - state->Base - Problem.FitOf(*at), companion);
        }
    }

    // Whatever goes wrong in between, memory included: taking back needs none, so the plan is as it was.
    private Effect WhatIf(Action change)
    {
        var (byClass, fit, objective) = ((int[])_byClass.Clone(), _fit, _objective);
        _touched.Clear();
        _searches.BeginQuestion(_journal);
        try
        {
            change();
            var (classes, gained, closer) = (new int[byClass.Length], _objective - objective, _fit - fit);
            for (var c = 0; c < classes.Length; c++)
                classes[c] = _byClass[c] - byClass[c];
            _had.Clear();
            foreach (var patient in _touched)
                if (Has(patient))
                    _had.Add(patient);
            _journal.RollBack();
            List<int> without = [], matched = [];
            foreach (var patient in _touched)
                if (Has(patient) != _had.Contains(patient))
                    (Has(patient) ? without : matched).Add(patient);
            without.Sort();
            matched.Sort();
            return new Effect(classes, gained, closer, without, matched);
        }
        finally
        {
            _journal.RollBack();
            _unseated.Clear();
            _searches.EndQuestion();
            (_byClass, _fit, _objective) = (byClass, fit, objective);
        }
    }

    private bool Has(int patient) => _m.Match.At[patient] != Market.None;
}
