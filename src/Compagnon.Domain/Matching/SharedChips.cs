using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>"What you have in common", on the card of a companion.</summary>
public static class SharedChips
{
    /// <summary>
    /// Facts both share, in the order of the patient's ranking, then cancer, treatment, life and the rest. Only what the patient told is ever named,
    /// so a card gives nothing else away. Gender and availability stand on the card anyway.
    /// </summary>
    public static IReadOnlyList<Fact> Of(PatientFacts patient, CompanionFacts companion, Weights weights, DateOnly today)
    {
        Preference[] usual = [Preference.Cancer, Preference.Treatment, Preference.Life, Preference.Concern, Preference.Age, Preference.Culture];
        var ranked = Ranking.Effective(patient.Ranking, patient.WishedGender);
        return
        [
            .. usual.OrderBy(c => ranked.Contains(c) ? Ranking.PlaceOf(ranked, c) : ranked.Count)
                .SelectMany(c => Criteria.Compare(c, patient, companion, weights, today).Reason.Shared),
        ];
    }
}
