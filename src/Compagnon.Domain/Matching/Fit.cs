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
    public int Points => ((Max * Share) + 500) / 1000;
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

    public static Fit Of(PatientFacts patient, CompanionFacts companion, Weights weights, DateOnly today)
    {
        var ranked = Ranking.Effective(patient.Ranking, patient.WishedGender);
        var lines = Ranking.WeightsFor(patient.Ranking, weights, patient.WishedGender).Where(max => max.Value > 0).Select(max =>
        {
            var (share, reason) = Criteria.Compare(max.Key, patient, companion, weights, today);
            var place = Ranking.PlaceOf(ranked, max.Key);
            return new FitLine(max.Key, place < ranked.Count ? place + 1 : null, max.Value, share, reason);
        });
        return new Fit { Lines = [.. lines.OrderBy(l => l.Place ?? int.MaxValue).ThenByDescending(l => l.Max).ThenBy(l => l.Criterion)] };
    }
}
