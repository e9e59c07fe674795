using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>
/// One criterion's line: "18 of 30", its bar and its reason. Place: the patient's first, second or third choice, null when they didn't rank it.
/// Max: what it can bring for this patient, of 100, the length of the bar. Share: how much of the bar is filled, 0 to 1000.
/// </summary>
public sealed record FitLine(Preference Criterion, int? Place, int Max, int Share, Reason Reason)
{
    /// <summary>Whole points, so that the lines add up to what is shown.</summary>
    public int Points => PointsOf(Max, Share);

    internal static int PointsOf(int max, int share) => ((max * share) + 500) / 1000;
}

/// <summary>How well a companion answers what a patient looks for.</summary>
public sealed record Fit
{
    /// <summary>The patient's choices first, then by what they can bring; criteria that bring nothing are left out.</summary>
    public required IReadOnlyList<FitLine> Lines { get; init; }

    /// <summary>0 to 100, as shown: the sum of the lines' points.</summary>
    public int OutOf100 => Lines.Sum(l => l.Points);

    /// <summary>0 to 1000, as the engine counts.</summary>
    public int Total => OutOf100 * 10;

    /// <summary>The patient asked for something, and nothing at all is known of the companion: the profile has to be completed first.</summary>
    public bool NothingKnown => Lines.Any(l => l.Reason.Reading == Reading.NotKnown) && Lines.All(l => l.Reason.Reading is Reading.NotKnown or Reading.NotAsked);

    public static Fit Of(PatientFacts patient, CompanionFacts companion, Weights weights, DateOnly today) => Of(patient, companion, weights, today, BarsFor(patient, weights));

    /// <summary>For many companions of one patient, whose bars are the same for all.</summary>
    internal static Fit Of(PatientFacts patient, CompanionFacts companion, Weights weights, DateOnly today, IReadOnlyList<Bar> bars)
    {
        var lines = new FitLine[bars.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var (share, reason) = Criteria.Compare(bars[i].Criterion, patient, companion, weights, today);
            lines[i] = new FitLine(bars[i].Criterion, bars[i].Place, bars[i].Max, share, reason);
        }

        return new Fit { Lines = lines };
    }

    /// <summary>The bars of a patient, in their order: they depend on nobody's facts.</summary>
    internal static IReadOnlyList<Bar> BarsFor(PatientFacts patient, Weights weights)
    {
        var ranked = Ranking.Effective(patient.Ranking, patient.WishedGender);
        return
        [
            .. Ranking.WeightsFor(patient.Ranking, weights, patient.WishedGender).Where(max => max.Value > 0)
                .Select(max => new Bar(max.Key, Ranking.PlaceOf(ranked, max.Key) is var place && place < ranked.Count ? place + 1 : null, max.Value))
                .OrderBy(b => b.Place ?? int.MaxValue).ThenByDescending(b => b.Max).ThenBy(b => b.Criterion),
        ];
    }

    internal sealed record Bar(Preference Criterion, int? Place, int Max);
}
