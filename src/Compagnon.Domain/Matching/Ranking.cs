using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>From what matters most to a patient to the points of each criterion. The formula, with an example: docs/matching.md.</summary>
public static class Ranking
{
    /// <summary>Places that a patient can fill.</summary>
    public const int Places = 3;

    /// <summary>What is handed out for a first, second and third place: 3, 2 and 1 sixths.</summary>
    private static readonly int[] Steps = [3, 2, 1];

    private static readonly Preference[] All = Enum.GetValues<Preference>();

    /// <summary>What counts of a ranking: each criterion once, at most three, gender only with a wish.</summary>
    public static IReadOnlyList<Preference> Effective(IReadOnlyList<Preference> ranking, Gender? wishedGender) =>
        [.. ranking.Distinct().Where(c => c != Preference.Gender || wishedGender is not null).Take(Places)];

    /// <summary>Points of each criterion, whole numbers that add up to 100. They depend on nobody's facts, only on the ranking and the programme.</summary>
    public static IReadOnlyDictionary<Preference, int> WeightsFor(IReadOnlyList<Preference> ranking, Weights programme, Gender? wishedGender = null)
    {
        var ranked = Effective(ranking, wishedGender);
        var own = All.Select(c => c == Preference.Gender && wishedGender is null ? 0 : Math.Max(0, Of(programme, c))).ToArray();
        if (own.Sum() == 0) own = [.. All.Select(c => c == Preference.Gender && wishedGender is null ? 0 : 1)];

        // in units of 1 / (100 × 6 × sum of weights), so that everything stays whole
        long sum = own.Sum(), handedOut = 0;
        var say = Math.Clamp(programme.Ranked, 0, 100);
        for (var place = 0; place < ranked.Count; place++) handedOut += say * Steps[place];
        var exact = own.Select(w => w * (600 - handedOut)).ToArray();
        for (var place = 0; place < ranked.Count; place++) exact[(int)ranked[place]] += say * Steps[place] * sum;

        // whatever the programme's weights, the first choice counts no less than the second, the second no less than the third
        var values = ranked.Select(c => exact[(int)c]).OrderDescending().ToArray();
        for (var place = 0; place < ranked.Count; place++) exact[(int)ranked[place]] = values[place];
        return Whole(exact, 6 * sum, ranked);
    }

    public static int Of(Weights weights, Preference criterion) => criterion switch
    {
        Preference.Treatment => weights.Treatment,
        Preference.Cancer => weights.Cancer,
        Preference.Concern => weights.Concern,
        Preference.Age => weights.Age,
        Preference.Life => weights.Life,
        Preference.Culture => weights.Culture,
        Preference.Gender => weights.Gender,
        Preference.Availability => weights.Availability,
    };

    /// <summary>Largest remainders first; equal ones go to the better ranked, then in the order of the criteria.</summary>
    private static Dictionary<Preference, int> Whole(long[] exact, long unit, IReadOnlyList<Preference> ranked)
    {
        var points = All.ToDictionary(c => c, c => (int)(exact[(int)c] / unit));
        var left = 100 - points.Values.Sum();
        foreach (var criterion in All.OrderByDescending(c => exact[(int)c] % unit).ThenBy(c => PlaceOf(ranked, c)).Take(left)) points[criterion]++;

        // rounding may not turn the patient's order round, either
        var values = ranked.Select(c => points[c]).OrderDescending().ToArray();
        for (var place = 0; place < ranked.Count; place++) points[ranked[place]] = values[place];
        return points;
    }

    internal static int PlaceOf(IReadOnlyList<Preference> ranked, Preference criterion)
    {
        for (var place = 0; place < ranked.Count; place++)
        {
            if (ranked[place] == criterion) return place;
        }

        return ranked.Count + (int)criterion;
    }
}
