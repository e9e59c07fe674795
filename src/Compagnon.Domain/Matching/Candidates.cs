using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

/// <summary>A companion who may be proposed; place 1 is the best. Sharing is what load and idle days add, in thousandths.</summary>
public sealed record Candidate(int Place, CompanionFacts Companion, Fit Fit, int Sharing)
{
    /// <summary>What the order follows: fit and sharing; -1, below everybody else, when nothing is known of the companion.</summary>
    public int Score => Fit.NothingKnown ? -1 : Fit.Total + Sharing;
}

/// <summary>Someone whom a rule keeps out; the fit shows what lifting it would bring.</summary>
public sealed record ExcludedCompanion(CompanionFacts Companion, IReadOnlyList<Exclusion> Exclusions, Fit Fit)
{
    /// <summary>Every rule in the way may be lifted.</summary>
    public bool MayBeLifted => Exclusions.All(e => e.MayBeLifted);

    /// <summary>Nothing but their places, a pause, or having been asked stands in the way: what they lived is not missing.</summary>
    public bool IsOnlyBusy => Exclusions.All(e => e.Rule is ExclusionRule.Full or ExclusionRule.Paused or ExclusionRule.AlreadyAsked);
}

/// <summary>Everybody, for one patient: who may be proposed, best first, and who may not, and why.</summary>
public sealed record Candidates
{
    public required IReadOnlyList<Candidate> Ranked { get; init; }
    /// <summary>Those whose rules may be lifted first, then by fit.</summary>
    public required IReadOnlyList<ExcludedCompanion> Excluded { get; init; }

    /// <summary>Equal scores go to whoever is idle for longest, then by id: the same people always come in the same order.</summary>
    public static Candidates For(PatientFacts patient, IEnumerable<CompanionFacts> companions, ProgrammeSettings settings, DateOnly today)
    {
        List<Candidate> ranked = [];
        List<ExcludedCompanion> excluded = [];
        var bars = Fit.BarsFor(patient, settings.Weights);
        foreach (var companion in companions)
        {
            var fit = Fit.Of(patient, companion, settings.Weights, today, bars);
            var exclusions = HardRules.Check(patient, companion, settings, today);
            if (exclusions.Count > 0) excluded.Add(new(companion, exclusions, fit));
            else ranked.Add(new(0, companion, fit, Sharing.Of(companion, settings.Weights)));
        }

        return new()
        {
            Ranked = [.. ranked.OrderByDescending(c => c.Score).ThenByDescending(c => c.Companion.IdleDays).ThenBy(c => c.Companion.CompanionId)
                .Select((c, index) => c with { Place = index + 1 })],
            Excluded = [.. excluded.OrderByDescending(c => c.MayBeLifted).ThenByDescending(c => c.Fit.Total).ThenBy(c => c.Companion.CompanionId)],
        };
    }

    /// <summary>
    /// Is someone with a better score than one of the chosen left out? Only then is a reason asked. Equals are no better;
    /// chosen people who are not among the ranked (a lifted rule, with its own reason) don't count.
    /// </summary>
    public bool BetterPassedOver(IReadOnlyCollection<Guid> chosen)
    {
        var scores = Ranked.Where(c => chosen.Contains(c.Companion.CompanionId)).Select(c => c.Score).ToArray();
        return scores.Length > 0 && Ranked.Any(c => !chosen.Contains(c.Companion.CompanionId) && c.Score > scores.Min());
    }

    /// <summary>Somebody is good enough, and shares something.</summary>
    public bool HasGoodMatch(Weights weights) => Ranked.Any(c => IsGood(c.Fit, weights));

    /// <summary>The same of those who are excluded for now only.</summary>
    /// <param name="which">Whom of them to look at.</param>
    public bool HasGoodExcluded(Weights weights, Func<ExcludedCompanion, bool> which) => Excluded.Any(e => which(e) && IsGood(e.Fit, weights));

    /// <summary>What the programme calls a good match: close enough, with something in common.</summary>
    public static bool IsGood(int outOf100, bool sharesSomething, Weights weights) => outOf100 >= weights.Good && sharesSomething;

    private static bool IsGood(Fit fit, Weights weights) => IsGood(fit.OutOf100, fit.Lines.Any(l => l.Reason.Shared.Count > 0), weights);
}
