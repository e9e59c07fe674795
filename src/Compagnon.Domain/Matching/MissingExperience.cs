using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>
/// Something that this patient looks for and nobody who may be proposed has. Excluded: how many have it but are kept out by a rule. Without a must-have nobody can
/// be proposed.
/// </summary>
public sealed record Missing(Fact Fact, int Excluded, bool IsMustHave)
{
    /// <summary>How many have it and were asked already; have no free place; are pausing. None of these is missing: they are busy.</summary>
    public int Asked { get; init; }
    public int Full { get; init; }
    public int Paused { get; init; }
    public bool IsBusy => Asked + Full + Paused > 0;
    /// <summary>Nobody has it at all, so recruit or borrow.</summary>
    public bool IsNobodys => Excluded == 0 && !IsBusy;
}

/// <summary>"No French-speaking companion with an ostomy": what to recruit or to borrow.</summary>
public static class MissingExperience
{
    /// <summary>In the order in which it matters: languages and must-haves, then as the patient ranked. Empty when everything is there.</summary>
    /// <param name="beingAsked">Whoever holds a place for this patient right now: what they have is there.</param>
    public static IReadOnlyList<Missing> Of(PatientFacts patient, Candidates candidates, IReadOnlyCollection<Guid> beingAsked)
    {
        bool IsThere(Fact fact) => candidates.Ranked.Any(c => c.Companion.Has(fact)) || candidates.Excluded.Any(e => beingAsked.Contains(e.Companion.CompanionId) && e.Companion.Has(fact));
        Missing Named(Fact fact, bool must)
        {
            var kept = candidates.Excluded.Where(e => e.Companion.Has(fact)).ToList();
            var busy = kept.Where(e => e.IsOnlyBusy).CountBy(e => e.Exclusions[^1].Rule).ToDictionary();
            return new(fact, kept.Count(e => !e.IsOnlyBusy), must)
            {
                Asked = busy.GetValueOrDefault(ExclusionRule.AlreadyAsked), Full = busy.GetValueOrDefault(ExclusionRule.Full), Paused = busy.GetValueOrDefault(ExclusionRule.Paused),
            };
        }

        var languages = Sets.Ordered(patient.Languages.Select(Fact.Language));
        var noLanguage = languages.Count > 0 && !languages.Any(IsThere);
        var musts = patient.MustHaves.Distinct().Order().Select(m => HardRules.FactsOf(m, patient)).Where(f => f.Count > 0 && !f.Any(IsThere)).SelectMany(f => f).Distinct().ToArray();
        return
        [
            .. (noLanguage ? languages : []).Select(f => Named(f, must: true)),
            .. musts.Select(f => Named(f, must: true)),
            .. Wanted(patient).Where(f => !musts.Contains(f) && !IsThere(f)).Select(f => Named(f, must: false)),
        ];
    }

    /// <summary>Lived experience only: cancer and treatments, the rest where the patient ranked it, in the patient's order.</summary>
    private static IEnumerable<Fact> Wanted(PatientFacts patient)
    {
        var ranked = Ranking.Effective(patient.Ranking, patient.WishedGender);
        Preference[] lived = [Preference.Cancer, Preference.Treatment, Preference.Concern, Preference.Life, Preference.Culture];
        return lived.OrderBy(c => ranked.Contains(c) ? Ranking.PlaceOf(ranked, c) : ranked.Count).SelectMany(c => Asked(c, patient));
    }

    private static IEnumerable<Fact> Asked(Preference criterion, PatientFacts patient) => criterion switch
    {
        Preference.Cancer when patient.Site is { } site && patient.Certainty != Certainty.NotKnownYet => [Fact.Of(site)],
        Preference.Treatment => Sets.Ordered(patient.Treatments.Select(t => Fact.Of(t.Treatment))),
        Preference.Concern when patient.Ranking.Contains(Preference.Concern) => Sets.Ordered(patient.Topics.Select(Fact.Of)),
        Preference.Life when patient.Ranking.Contains(Preference.Life) => Sets.Ordered(patient.LifeSituations.Select(Fact.Of)),
        Preference.Culture when patient.Ranking.Contains(Preference.Culture) => Sets.Ordered(patient.Cultures.Select(Fact.Culture)),
        _ => [],
    };
}
