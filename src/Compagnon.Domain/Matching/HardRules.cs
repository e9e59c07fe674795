using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>Who may be proposed at all. A pair that breaks a rule is never ranked and never reaches the engine.</summary>
public static class HardRules
{
    /// <summary>Every rule that this pair breaks, firmest first; empty when the companion may be proposed.</summary>
    public static IReadOnlyList<Exclusion> Check(PatientFacts patient, CompanionFacts companion, ProgrammeSettings settings, DateOnly today)
    {
        List<Exclusion> broken = [];
        CheckPrivacy(patient, companion, settings, broken);
        CheckService(patient, companion, today, broken);
        CheckWishes(patient, companion, broken);
        return broken;
    }

    /// <summary>On the day named they are back; without one the pause lasts until they end it.</summary>
    public static bool IsPaused(CompanionFacts companion, DateOnly today) => companion.Paused && (companion.PausedUntil is not { } until || today < until);

    public static bool IsCleared(CompanionFacts companion, DateOnly today) => companion.ClearedUntil is { } until && today <= until;

    private static void CheckPrivacy(PatientFacts patient, CompanionFacts companion, ProgrammeSettings settings, List<Exclusion> broken)
    {
        if (patient.SamePersonAs == companion.CompanionId) broken.Add(new(ExclusionRule.OwnFile, []));
        var restricted = patient.Restricted;
        if (restricted.EveryCompanion || restricted.Companions.Contains(companion.CompanionId) || restricted.Facilities.Contains(companion.FacilityId))
            broken.Add(new(ExclusionRule.Restricted, []));
        if (patient.Acquainted.Contains(companion.CompanionId)) broken.Add(new(ExclusionRule.Acquainted, []));
        if (AreOfSameSmallTown(patient.Municipality, companion.Municipality, settings.SmallTowns)) broken.Add(new(ExclusionRule.SameSmallTown, []));
    }

    private static void CheckService(PatientFacts patient, CompanionFacts companion, DateOnly today, List<Exclusion> broken)
    {
        if (!IsCleared(companion, today)) broken.Add(new(ExclusionRule.NotCleared, [], companion.ClearedUntil));
        if (companion.FacilityId != patient.FacilityId && !companion.LentTo.Contains(patient.FacilityId)) broken.Add(new(ExclusionRule.OtherFacility, []));
        if (IsPaused(companion, today)) broken.Add(new(ExclusionRule.Paused, [], companion.PausedUntil));
        if (companion.PlacesUsed >= companion.Capacity) broken.Add(new(ExclusionRule.Full, [], companion.PlaceExpected));
    }

    private static void CheckWishes(PatientFacts patient, CompanionFacts companion, List<Exclusion> broken)
    {
        if (patient.Topics.Count > 0 && patient.Topics.All(companion.Avoids.Contains)) broken.Add(new(ExclusionRule.AvoidsEveryTopic, Sets.Ordered(patient.Topics.Select(Fact.Of))));
        // a language that the patient never told cannot be missed; one that the companion never told can't be counted on
        if (patient.Languages.Count > 0 && !patient.Languages.Any(l => companion.Languages.Contains(l, StringComparer.Ordinal)))
            broken.Add(new(ExclusionRule.NoCommonLanguage, Sets.Ordered(patient.Languages.Select(Fact.Language))));
        foreach (var must in patient.MustHaves.Distinct().Order())
        {
            var facts = FactsOf(must, patient);
            if (facts.Count > 0 && !facts.Any(companion.Has)) broken.Add(new(ExclusionRule.MustHave, facts) { MustHave = must });
        }

        if (patient.AlreadyAsked.Contains(companion.CompanionId)) broken.Add(new(ExclusionRule.AlreadyAsked, []));
    }

    /// <summary>Any of these satisfies it; none when the patient has not told what it would be compared with.</summary>
    internal static IReadOnlyList<Fact> FactsOf(MustHave must, PatientFacts patient) => must switch
    {
        MustHave.SameCancer => patient.Site is { } site && patient.Certainty != Certainty.NotKnownYet ? [Fact.Of(site)] : [],
        MustHave.SameTreatment => Sets.Ordered(patient.Treatments.Select(t => Fact.Of(t.Treatment))),
        MustHave.WishedGender => patient.WishedGender is { } gender ? [Fact.Of(gender)] : [],
        MustHave.InPerson => [Fact.Of(Channel.InPerson)],
        MustHave.Video => [Fact.Of(Channel.Video)],
    };

    private static bool AreOfSameSmallTown(string? one, string? other, List<string> smallTowns)
    {
        if (one is null || other is null || smallTowns.Count == 0) return false;
        var town = Folding.Fold(one);
        return town.Length > 0 && string.Equals(town, Folding.Fold(other), StringComparison.Ordinal)
            && smallTowns.Exists(small => string.Equals(Folding.Fold(small), town, StringComparison.Ordinal));
    }
}
