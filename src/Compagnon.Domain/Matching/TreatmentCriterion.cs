using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>
/// The same treatment, and how fresh: treatments change, so an experience loses half of what freshness adds every
/// <see cref="Weights.FreshnessYears"/> years, but never falls below half. Another regimen counts three fifths,
/// a named operation for "surgery" four fifths.
/// </summary>
internal static class TreatmentCriterion
{
    private readonly record struct Had(Treatment Treatment, int? Year, string? Regimen);

    private readonly record struct Lived(Fact Fact, double Quality, int? Year, bool? SameRegimen);

    public static Comparison Compare(PatientFacts patient, CompanionFacts companion, Weights weights, DateOnly today)
    {
        var asked = WithoutImplied(patient.Treatments);
        var lived = companion.Experiences.SelectMany(e => e.Treatments.Select(t => new Had(t.Treatment, t.Year ?? e.Year, t.Regimen))).ToArray();
        var facts = Sets.Ordered(asked.Select(t => Fact.Of(t.Treatment)));
        if (facts.Count == 0) return Criteria.Silent(Preference.Treatment, Reading.NotAsked, weights, []);
        if (lived.Length == 0) return Criteria.Silent(Preference.Treatment, Reading.NotKnown, weights, facts);

        var shared = asked.GroupBy(t => t.Treatment).Select(same => Best(same, lived, weights, today)).OfType<Lived>()
            .OrderByDescending(l => l.Quality).ThenBy(l => l.Fact.Code, StringComparer.Ordinal).ToArray();
        if (shared.Length == 0)
        {
            return new(0, new Reason
            {
                Criterion = Preference.Treatment, Reading = Reading.NotShared, NotShared = facts,
                Instead = Sets.Ordered(lived.Select(l => Fact.Of(l.Treatment))),
            });
        }

        var sharedFacts = Sets.Ordered(shared.Select(s => s.Fact));
        return new(Criteria.Above(Criteria.Unknown(weights), shared.Sum(s => s.Quality) / facts.Count), new Reason
        {
            Criterion = Preference.Treatment,
            Reading = sharedFacts.Count == facts.Count ? Reading.Shared : Reading.Partly,
            Shared = sharedFacts,
            NotShared = [.. facts.Except(sharedFacts)],
            Year = shared[0].Year,
            YearsAgo = shared[0].Year is { } year ? YearsAgo(year, today) : null,
            SameRegimen = shared[0].SameRegimen,
        });
    }

    /// <summary>Between a half (long ago) and 1 (this year). An unknown year counts as one half-life ago.</summary>
    internal static double Freshness(int? year, Weights weights, DateOnly today)
    {
        var halfLife = Math.Max(1, weights.FreshnessYears);
        var years = year is { } y ? YearsAgo(y, today) : halfLife;
        return 0.5 + (0.5 * Math.Pow(2, -(double)years / halfLife));
    }

    private static int YearsAgo(int year, DateOnly today) => Math.Max(0, today.Year - year);

    /// <summary>A named operation says what "surgery" said; only the name is compared.</summary>
    private static IReadOnlyList<PlannedTreatment> WithoutImplied(IReadOnlyList<PlannedTreatment> treatments) =>
        treatments.Any(t => t.Treatment != Treatment.Surgery && Trajectory.IsSurgery(t.Treatment))
            ? [.. treatments.Where(t => t.Treatment != Treatment.Surgery)]
            : treatments;

    private static Lived? Best(IEnumerable<PlannedTreatment> asked, Had[] lived, Weights weights, DateOnly today)
    {
        Lived? best = null;
        foreach (var one in asked)
        {
            foreach (var other in lived)
            {
                var kinship = Kinship(one.Treatment, other.Treatment);
                if (kinship <= 0) continue;
                var same = SameRegimen(one.Regimen, other.Regimen);
                var regimen = string.IsNullOrWhiteSpace(one.Regimen) ? 1 : same switch { true => 1, null => 0.9, false => 0.6 };
                var quality = kinship * Freshness(other.Year, weights, today) * regimen;
                var found = new Lived(Fact.Of(one.Treatment), quality, other.Year, same);
                if (best is not { } held || IsBetter(found, held)) best = found;
            }
        }

        return best;
    }

    /// <summary>Equal qualities are told apart by what is shown, so that the order of the lists never matters.</summary>
    private static bool IsBetter(Lived one, Lived other) =>
        (one.Quality, one.Year ?? 0, Code(one.SameRegimen)).CompareTo((other.Quality, other.Year ?? 0, Code(other.SameRegimen))) > 0;

    private static int Code(bool? same) => same switch { true => 2, null => 1, false => 0 };

    /// <summary>Whoever only said "surgery" is answered by any operation; whoever named theirs, by that one.</summary>
    private static double Kinship(Treatment asked, Treatment lived) =>
        asked == lived ? 1 : asked == Treatment.Surgery && Trajectory.IsSurgery(lived) ? 0.8 : 0;

    private static bool? SameRegimen(string? one, string? other)
    {
        if (string.IsNullOrWhiteSpace(one) || string.IsNullOrWhiteSpace(other)) return null;
        return string.Equals(Folding.Fold(one), Folding.Fold(other), StringComparison.Ordinal);
    }
}
