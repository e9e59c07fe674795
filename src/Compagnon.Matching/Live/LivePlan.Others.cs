namespace Compagnon.Matching;

/// <summary>What choosing a pair does to everybody but its patient.</summary>
/// <param name="MatchesByClass">How many others more (or, below 0, fewer) have somebody, in each priority class: beside the best plan that gives this patient somebody, or, where none does, beside the best plan; of a patient who doesn't wait, beside the best plan without them.</param>
/// <param name="Example">One of a class that loses, who has a companion in the plan and would have none; nobody's number where no class loses. Of people as good as each other it is one.</param>
/// <param name="IsBest">There is a best plan with this pair.</param>
/// <param name="SomebodyElse">Nobody more waits, but in this plan it would be somebody else: an example, too.</param>
public sealed record EffectOnOthers(IReadOnlyList<int> MatchesByClass, int Example, bool IsBest, bool SomebodyElse)
{
    /// <summary>People left without anyone, class by class: one of a later class who is served instead makes up for none of them.</summary>
    public int Lost => MatchesByClass.Sum(c => Math.Max(0, -c));

    /// <summary>People of a later class who have somebody instead.</summary>
    public int Instead => MatchesByClass.Sum(c => Math.Max(0, c));
}

public sealed partial class LivePlan
{
    /// <summary>
    /// As <see cref="EffectOf"/>, said of the others. It follows from the values of plans alone, never from which of several best plans is the one at hand.
    /// </summary>
    /// <param name="waits">The patient is one of those whom the plan is made for; otherwise all that the pair takes is taken from the others.</param>
    /// <returns>Nothing when the pair isn't allowed or the companion has no free place.</returns>
    public EffectOnOthers? EffectOnOthers(int patient, int companion, bool waits = true)
    {
        if (EffectOf(patient, companion) is not { } effect)
            return null;
        int[] others = [.. effect.MatchesByClass];
        IEnumerable<int> without = effect.LeftWithout;
        if (!waits)
        {
            var gone = WhatIf(() => Leave(patient));
            for (var c = 0; c < others.Length; c++)
                others[c] -= gone.MatchesByClass[c];
            others[_class[patient]]--;
            without = effect.LeftWithout.Except(gone.LeftWithout).Concat(gone.NowMatched.Except(effect.NowMatched)).Order();
        }
        else if (!effect.IsNothing && !MayBeMatched(patient))
            others[_class[patient]]--;
        var example = without.FirstOrDefault(p => others[_class[p]] < 0, Plan.Nobody);
        return new EffectOnOthers(others, example, effect.IsNothing, example == Plan.Nobody && without.Any());
    }

    private void Leave(int patient)
    {
        var from = PutAway(patient);
        if (from != Plan.Nobody)
            Settle(from);
    }

    /// <summary>Some best plan gives the patient somebody.</summary>
    private bool MayBeMatched(int patient) => CompanionOf(patient) != Plan.Nobody || BestFor(patient, 1) is [{ Effect.IsNothing: true }];
}
