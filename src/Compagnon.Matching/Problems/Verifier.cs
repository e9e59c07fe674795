namespace Compagnon.Matching;

/// <summary>Whether a plan is proved the best, and if not, why not.</summary>
public sealed record Verdict(bool Optimal, string? Reason)
{
    internal static readonly Verdict Yes = new(true, null);
}

/// <summary>
/// Proves a plan optimal by complementary slackness, in O(edges), sharing no code with the engine.
/// <para>A match of the class that comes last is worth 2^48, of the one before 2·2^48, and so on. A plan's objective is below 2^47
/// in size (4 million people, 2 million a pair), so one match more always wins; and since the sets of patients that can be matched
/// together form a matroid, any falling weights choose class by class. Prices and values stay below 2^58.</para>
/// </summary>
public static class Verifier
{
    private const int MatchShift = 48;
    private const long Sane = 1L << 58;

    public static Verdict Verify(Problem problem, Plan plan, Prices prices)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(prices);
        if (plan.Patients != problem.Patients || prices.Patients.Length != problem.Patients || prices.Companions.Length != problem.Companions)
            return new Verdict(false, "the plan or the prices are for other people");
        var filled = new int[problem.Companions];
        for (var i = 0; i < problem.Patients; i++)
        {
            if (Patient(problem, i, plan.CompanionOf(i), prices) is { } reason)
                return new Verdict(false, $"patient {i + 1}: {reason}");
            if (plan.CompanionOf(i) >= 0)
                filled[plan.CompanionOf(i)]++;
        }
        for (var j = 0; j < problem.Companions; j++)
            if (Companion(problem, j, filled[j], prices.Companions[j]) is { } reason)
                return new Verdict(false, $"companion {j + 1}: {reason}");
        return Verdict.Yes;
    }

    private static string? Patient(Problem problem, int patient, int companion, Prices prices)
    {
        var gain = prices.Patients[patient];
        if (gain is < 0 or > Sane)
            return "the price is out of range";
        if (companion < Plan.Nobody || companion >= problem.Companions)
            return "matched with nobody who exists";
        if (companion == Plan.Nobody && gain != 0)
            return "left without, and would gain by a match";
        var worth = ((long)(Problem.NoClass + 1 - problem.ClassOf(patient)) << MatchShift) + problem.WaitWorth(patient);
        var found = companion == Plan.Nobody;
        foreach (var word in problem.Row(patient))
        {
            var other = (int)(word >> Problem.FitBits);
            var price = prices.Companions[other];
            if (price is < 0 or > Sane)
                return "a companion's price is out of range";
            var slack = gain + price - worth - (word & Problem.FitMask);
            if (slack < 0)
                return $"companion {other + 1} would be better";
            if (other != companion)
                continue;
            if (slack != 0)
                return "the pair costs more than it is worth";
            found = true;
        }
        return found ? null : "the pair isn't allowed";
    }

    private static string? Companion(Problem problem, int companion, int filled, long price)
    {
        var capacity = problem.CapacityOf(companion);
        if (filled > capacity)
            return "over capacity";
        if (price is < 0 or > Sane)
            return "the price is out of range";
        if (filled > 0 && price < problem.PlacePrice(companion, filled - 1))
            return "a place is filled below its price";
        if (filled < capacity && price > problem.PlacePrice(companion, filled))
            return "a place stays free above its price";
        return null;
    }
}
