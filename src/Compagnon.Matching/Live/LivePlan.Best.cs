namespace Compagnon.Matching;

public sealed unsafe partial class LivePlan
{
    private readonly Heap _least = new();
    private readonly Journal _further = new();

    /// <summary>The companions whose choice is best for the whole plan, the best first; of equal ones the better fit.</summary>
    /// <remarks>
    /// The rest is planned once without the patient, whatever is chosen; then, for each companion who could be among the best, only for whom the patient takes the place of.
    /// What a place turns out to be worth to the rest is the highest price it could have, and prices that say so prove the same plan: they stay while others are tried,
    /// whose places they show to be dearer too, or lead to sooner.
    /// </remarks>
    public IReadOnlyList<Choice> BestFor(int patient, int count)
    {
        CheckUsable();
        CheckPatient(patient);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return _m.Match.At[patient] == Market.Away ? [] : Asking(before =>
        {
            var best = new List<Choice>();
            var had = CompanionAtPlay(patient);
            Leave(patient);
            var gone = Cost(Since(before));
            RankByPrice(patient);
            while (_least.TryTake(out var price, out var companion))
            {
                if (Lacks(patient, WordOf(patient, companion)) is var risen && risen > price)
                {
                    _least.Add(risen, companion);
                    continue;
                }
                // a pair costs the plan at least what its fit falls short of the place's price: what is left can't be better than what was found
                if (best.Count == count && gone + price > Cost(best[^1].Effect))
                    break;
                if (_m.Capacity.At[companion] == 0)
                    continue;
                var choice = companion == had ? AsPlanned(patient, companion) : Try(patient, companion, before);
                var place = best.FindIndex(b => Before(choice, b));
                best.Insert(place < 0 ? best.Count : place, choice);
                if (best.Count > count)
                    best.RemoveAt(count);
            }
            return best;
        });
    }

    // A question within a question: the patient, who is out of the game, has this companion.
    private Choice Try(int patient, int companion, Standing before)
    {
        var fit = Problem.FitOf(WordOf(patient, companion));
        var now = Now();
        // only where every place is taken is one person all that has to be seated anew
        var leaves = _m.Filled.At[companion] < _m.Capacity.At[companion] ? Plan.Nobody : LastAt(companion);
        var worth = leaves == Plan.Nobody ? 0 : _m.WorthOf(leaves);
        var price = _m.Price.At[companion];
        Choice choice;
        _searches.BeginFurther(_further, pricesStay: leaves != Plan.Nobody);
        try
        {
            TakePlace(patient, companion, fit);
            Settle(companion);
            choice = new Choice(companion, fit, Since(before));
            if (leaves != Plan.Nobody)
                price = worth - _m.Patient[leaves].Gain; // at which whoever leaves would as soon have stayed
        }
        finally
        {
            _further.RollBack();
            _searches.EndFurther(_journal);
            Return(now);
        }
        if (_m.Price.At[companion] != price)
            _searches.SetPrice(companion, price);
        return choice;
    }

    private Choice AsPlanned(int patient, int companion) =>
        new(companion, Problem.FitOf(WordOf(patient, companion)), new Effect(new int[_byClass.Length], 0, 0, [], []));

    /// <summary>By what a pair is worth less than the place there.</summary>
    private long Lacks(int patient, uint word) => _m.Price.At[Problem.CompanionOf(word)] - _m.Patient[patient].Base - Problem.FitOf(word);

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

    // Each companion allowed, by what the place costs beyond what the pair is worth.
    private void RankByPrice(int patient)
    {
        _least.Clear();
        var state = _m.Patient + patient;
        uint* at = _m.Row.At + state->RowStart, end = at + state->RowLength;
        for (; at < end; at++)
            _least.Add(Lacks(patient, *at), Problem.CompanionOf(*at));
    }
}
