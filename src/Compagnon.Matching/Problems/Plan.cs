namespace Compagnon.Matching;

/// <summary>Who is matched with whom.</summary>
public sealed class Plan(int[] companions)
{
    public const int Nobody = -1;

    private readonly int[] _companions = companions;

    public int Patients => _companions.Length;

    /// <summary>The companion of a patient, or <see cref="Nobody"/>.</summary>
    public int CompanionOf(int patient) => _companions[patient];

    public ReadOnlySpan<int> Companions => _companions;
}

/// <summary>
/// The certificate: a price a patient (what it would gain by being matched) and one a companion (what a place there costs).
/// They prove a plan optimal and mean nothing else: there are many, so they are never shown to anybody.
/// </summary>
public sealed class Prices(long[] patients, long[] companions)
{
    private readonly long[] _patients = patients;
    private readonly long[] _companions = companions;

    public ReadOnlySpan<long> Patients => _patients;
    public ReadOnlySpan<long> Companions => _companions;
}

/// <summary>What a plan reaches, in the order in which it counts.</summary>
/// <param name="MatchedByClass">Matched patients by priority class; the last entry counts those of no class.</param>
/// <param name="TotalFit">The sum of the fits.</param>
/// <param name="Objective">Fits and waiting less load prices.</param>
public sealed record Totals(int Matched, IReadOnlyList<int> MatchedByClass, long TotalFit, long Objective)
{
    /// <exception cref="ArgumentException">The plan has a pair that isn't allowed, or fills a place twice.</exception>
    public static Totals Of(Problem problem, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Patients != problem.Patients)
            throw new ArgumentException("the plan is for another number of patients", nameof(plan));
        var byClass = new int[Problem.NoClass + 1];
        var filled = new int[problem.Companions];
        var matched = 0;
        long fit = 0, objective = 0;
        for (var i = 0; i < problem.Patients; i++)
        {
            var j = plan.CompanionOf(i);
            if (j == Plan.Nobody)
                continue;
            var pair = problem.FitOf(i, j) ?? throw new ArgumentException($"pair {i}, {j} isn't allowed", nameof(plan));
            var place = filled[j]++;
            if (place >= problem.CapacityOf(j))
                throw new ArgumentException($"companion {j} is over capacity", nameof(plan));
            matched++;
            byClass[problem.ClassOf(i)]++;
            fit += pair;
            objective += pair + problem.WaitWorth(i) - problem.PlacePrice(j, place);
        }
        return new Totals(matched, byClass, fit, objective);
    }

    /// <summary>Better (above 0), as good (0) or worse than the other, class by class and then by the objective.</summary>
    public int Against(Totals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var c = 0; c < MatchedByClass.Count; c++)
            if (MatchedByClass[c] != other.MatchedByClass[c])
                return MatchedByClass[c].CompareTo(other.MatchedByClass[c]);
        return Objective.CompareTo(other.Objective);
    }
}

public sealed record Solution(Plan Plan, Prices Prices);
