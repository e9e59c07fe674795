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
    /// <summary>Whose match a question has changed, and whether they had one before.</summary>
    private readonly Dictionary<int, bool> _had = [];
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

    // Whatever goes wrong in between, memory included: taking back needs none, so the plan is as it was.
    private T Asking<T>(Func<Standing, T> question)
    {
        var now = Now();
        _had.Clear();
        _searches.BeginQuestion(_journal);
        try
        {
            return question(now);
        }
        finally
        {
            _journal.RollBack();
            _searches.EndQuestion();
            Return(now);
        }
    }

    private Effect WhatIf(Action change) => Asking(before =>
    {
        change();
        return Since(before);
    });

    private Standing Now() => new([.. _byClass], _fit, _objective);

    private void Return(Standing to)
    {
        _unseated.Clear();
        to.ByClass.CopyTo(_byClass, 0);
        (_fit, _objective) = (to.Fit, to.Objective);
    }

    private Effect Since(Standing before)
    {
        var classes = new int[_byClass.Length];
        for (var c = 0; c < classes.Length; c++)
            classes[c] = _byClass[c] - before.ByClass[c];
        List<int> without = [], matched = [];
        foreach (var (patient, had) in _had)
            if (Has(patient) != had)
                (had ? without : matched).Add(patient);
        without.Sort();
        matched.Sort();
        return new Effect(classes, _objective - before.Objective, _fit - before.Fit, without, matched);
    }

    private bool Has(int patient) => _m.Match.At[patient] != Market.None;

    /// <summary>What the plan was worth when a question began.</summary>
    private sealed record Standing(int[] ByClass, long Fit, long Objective);
}
