using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Engine = Compagnon.Matching;

namespace Compagnon.App.Matching;

/// <summary>What choosing a companion does to the others who wait.</summary>
/// <param name="LeftWithout">How many others would have nobody in the best plan, who otherwise would have somebody; somebody less urgent who would have somebody instead makes up for none of them.</param>
/// <param name="Urgent">How many of them are urgent.</param>
/// <param name="Instead">How many less urgent people would have somebody instead.</param>
/// <param name="Example">What one of them lives, so that it can be said: the cancer, and what they share with this companion and few others, or else a rare treatment. Empty where it may not be said.</param>
/// <param name="IsBest">The best plan there is has this pair, or another as good.</param>
/// <param name="SomebodyElse">Nobody more waits, but it may be somebody else.</param>
public sealed record ChoiceCost(int LeftWithout, int Urgent, int Instead, IReadOnlyList<Fact> Example, bool IsBest, bool SomebodyElse)
{
    public static ChoiceCost Of(Engine.EffectOnOthers others, IReadOnlyList<Fact> example)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new ChoiceCost(others.Lost, Math.Max(0, -others.MatchesByClass[RoundGame.Urgent]), others.Instead, example, others.IsBest, others.SomebodyElse);
    }
}

/// <summary>
/// "Choosing this person leaves nobody else waiting": exactly, by forcing the pair, planning everybody else anew, comparing, and taking it back. Whoever is not to be matched today takes from those who are. Only people whose
/// files the coordinator may open are in the question, all of their own facility; they are described by what they live, never named.
/// </summary>
[UseCases]
public sealed class ChoiceCosts(RoundTables tables, TimeProvider clock)
{
    /// <returns>By companion; those without a free place or kept out by a rule are left out.</returns>
    public async Task<IReadOnlyDictionary<Guid, ChoiceCost>> OfAsync(Actor actor, Guid referralId, IReadOnlyCollection<Guid> companions, CancellationToken stop = default)
    {
        Dictionary<Guid, ChoiceCost> costs = [];
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facility } || companions.Count == 0) return costs;
        var game = RoundGame.Of(await tables.ForAsync(actor, facility, clock.GetUtcNow().UtcDateTime, also: referralId, stop: stop), stop);
        if (game.PatientOf(referralId) is not (>= 0 and var patient)) return costs;
        using var plan = new Engine.LivePlan(game.Problem, cancel: stop);
        RoundGame.Prove(plan);
        foreach (var id in companions)
        {
            if (game.CompanionOf(id) is not (>= 0 and var companion) || plan.EffectOnOthers(patient, companion, game.Table.Waiting[patient].IsOfRound) is not { } others) continue;
            costs.Add(id, ChoiceCost.Of(others, others.Example == Engine.Plan.Nobody ? [] : Describe(game, others.Example, companion)));
        }
        return costs;
    }

    private static IReadOnlyList<Fact> Describe(RoundGame game, int patient, int companion)
    {
        var waiting = game.Table.Waiting[patient];
        if (waiting.Sight is not Sight.Full) return [];
        var (facts, chosen) = (waiting.Facts, game.Table.Companions[companion]);
        // what they share with the chosen companion says best why it matters; else the treatment that fewest companions have lived
        var lived = facts.Treatments.Select(t => Fact.Of(t.Treatment)).Concat(facts.Topics.Select(Fact.Of).Where(chosen.Has)).Distinct()
            .OrderByDescending(chosen.Has).ThenBy(f => game.Table.Companions.Count(c => c.Has(f))).Take(1);
        return [.. facts.Site is { } site && facts.Certainty != Certainty.NotKnownYet ? [Fact.Of(site)] : Array.Empty<Fact>(), .. lived];
    }
}
