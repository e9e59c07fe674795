using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>
/// Each criterion is a function of its own facts alone, so that one fact moves one bar. Nothing shared is 0, not known is
/// <see cref="Weights.Unknown"/>, and anything shared lies above that: nobody loses by telling what is shared.
/// </summary>
public static class Criteria
{
    public static Comparison Compare(Preference criterion, PatientFacts patient, CompanionFacts companion, Weights weights, DateOnly today) => criterion switch
    {
        Preference.Treatment => TreatmentCriterion.Compare(patient, companion, weights, today),
        Preference.Cancer => Cancer(patient, companion, weights),
        Preference.Concern => Concern(patient, companion, weights),
        Preference.Age => Age(patient, companion, weights),
        Preference.Life => Sets(criterion, weights, [.. patient.LifeSituations.Select(Fact.Of)], [.. companion.LifeSituations.Select(Fact.Of)]),
        Preference.Culture => Culture(patient, companion, weights),
        Preference.Gender => Sets(criterion, weights, patient.WishedGender is { } wish ? [Fact.Of(wish)] : [], companion.Gender is { } gender ? [Fact.Of(gender)] : []),
        Preference.Availability => Availability(patient, companion, weights),
    };

    /// <summary>
    /// The cancer that leads counts four fifths, others that the patient also has one fifth together; where there is only one kind, it counts alone.
    /// A suspected one is compared as if it were sure.
    /// </summary>
    private static Comparison Cancer(PatientFacts patient, CompanionFacts companion, Weights weights)
    {
        var leading = patient.Certainty == Certainty.NotKnownYet ? null : patient.Site;
        var others = patient.OtherSites.Where(s => s != leading).ToHashSet();
        var lived = companion.Experiences.Select(e => e.Site).ToHashSet();
        var led = leading is { } site && lived.Contains(site) ? 1.0 : 0;
        var also = others.Count == 0 ? 0 : (double)others.Count(lived.Contains) / others.Count;
        var quality = others.Count == 0 ? led : leading is null ? also : (0.8 * led) + (0.2 * also);
        Fact[] asked = [.. others.Select(Fact.Of), .. leading is { } first ? [Fact.Of(first)] : Array.Empty<Fact>()];
        return Sets(Preference.Cancer, weights, asked, [.. lived.Select(Fact.Of)], quality);
    }

    /// <summary>Topics, and a recurrence: the one moment that not every companion has lived through.</summary>
    private static Comparison Concern(PatientFacts patient, CompanionFacts companion, Weights weights)
    {
        var asked = patient.Topics.Select(Fact.Of).ToList();
        if (patient.Moment == Moment.Recurrence) asked.Add(Fact.Of(Moment.Recurrence));
        var known = companion.Topics.Except(companion.Avoids).Select(Fact.Of).ToList();
        if (companion.HasLivedRecurrence) known.Add(Fact.Of(Moment.Recurrence));
        var avoided = Matching.Sets.Ordered(patient.Topics.Intersect(companion.Avoids).Select(Fact.Of));
        var (share, reason) = Sets(Preference.Concern, weights, asked, known, isKnown: avoided.Count > 0);
        return new(share, reason with { Avoided = avoided });
    }

    /// <summary>The same decade of birth counts fully, the next one half; two apart is less than unknown, three or more is nothing.</summary>
    private static Comparison Age(PatientFacts patient, CompanionFacts companion, Weights weights)
    {
        if (patient.DecadeOfBirth is not { } asked) return Silent(Preference.Age, Reading.NotAsked, weights, []);
        if (companion.DecadeOfBirth is not { } known) return Silent(Preference.Age, Reading.NotKnown, weights, [Fact.Decade(asked)]);
        var unknown = Unknown(weights);
        var gap = Math.Abs((asked / 10) - (known / 10));
        var share = gap switch { 0 => 1000, 1 => Above(unknown, 0.5), 2 => unknown / 2, _ => 0 };
        var facts = new[] { Fact.Decade(asked) };
        return new(share, new Reason
        {
            Criterion = Preference.Age,
            Reading = gap switch { 0 => Reading.Shared, 1 => Reading.Partly, _ => Reading.NotShared },
            Shared = gap == 0 ? facts : [],
            NotShared = gap == 0 ? [] : facts,
            Instead = gap == 0 ? [] : [Fact.Decade(known)],
        });
    }

    /// <summary>Words for a culture, and a language beside the two of the screens, which the hard rule already sees to.</summary>
    private static Comparison Culture(PatientFacts patient, CompanionFacts companion, Weights weights)
    {
        static IEnumerable<Fact> Facts(IEnumerable<string> cultures, IEnumerable<string> languages) => cultures.Select(Fact.Culture).Where(f => f.Code.Length > 0)
            .Concat(languages.Where(l => l is not (Languages.French or Languages.English)).Select(Fact.Language));

        return Sets(Preference.Culture, weights, [.. Facts(patient.Cultures, patient.Languages)], [.. Facts(companion.Cultures, companion.Languages)]);
    }

    /// <summary>When and how count half each; where the patient named only one of them, it counts alone.</summary>
    private static Comparison Availability(PatientFacts patient, CompanionFacts companion, Weights weights)
    {
        var parts = patient.DayParts.Distinct().ToArray();
        var channels = patient.Channels.Distinct().ToArray();
        var when = parts.Length == 0 ? 0 : (double)parts.Count(companion.DayParts.Contains) / parts.Length;
        var how = channels.Length == 0 ? 0 : (double)channels.Count(companion.Channels.Contains) / channels.Length;
        var quality = parts.Length == 0 ? how : channels.Length == 0 ? when : (when + how) / 2;
        Fact[] known = [.. parts.Length == 0 ? [] : companion.DayParts.Select(Fact.Of), .. channels.Length == 0 ? [] : companion.Channels.Select(Fact.Of)];
        return Sets(Preference.Availability, weights, [.. parts.Select(Fact.Of), .. channels.Select(Fact.Of)], known, quality);
    }

    /// <summary>
    /// The part of the patient's facts that the companion shares, between unknown and full. A quality counts instead of that part;
    /// isKnown means that the companion said something, even where the list is empty.
    /// </summary>
    internal static Comparison Sets(Preference criterion, Weights weights, IReadOnlyList<Fact> asked, IReadOnlyCollection<Fact> known, double? quality = null, bool isKnown = false)
    {
        var facts = Matching.Sets.Ordered(asked);
        if (facts.Count == 0) return Silent(criterion, Reading.NotAsked, weights, []);
        if (known.Count == 0 && !isKnown) return Silent(criterion, Reading.NotKnown, weights, facts);
        var shared = facts.Where(known.Contains).ToArray();
        var reason = new Reason
        {
            Criterion = criterion,
            Reading = shared.Length == 0 ? Reading.NotShared : shared.Length == facts.Count ? Reading.Shared : Reading.Partly,
            Shared = shared,
            NotShared = [.. facts.Except(shared)],
            Instead = shared.Length == 0 ? Matching.Sets.Ordered(known) : [],
        };
        return new(shared.Length == 0 ? 0 : Above(Unknown(weights), quality ?? ((double)shared.Length / facts.Count)), reason);
    }

    internal static Comparison Silent(Preference criterion, Reading reading, Weights weights, IReadOnlyList<Fact> notShared) =>
        new(Unknown(weights), new Reason { Criterion = criterion, Reading = reading, NotShared = notShared });

    /// <summary>What unknown is worth, 0 to 500 of 1000: more would make silence better than half an answer.</summary>
    internal static int Unknown(Weights weights) => Math.Clamp(weights.Unknown, 0, 50) * 10;

    /// <summary>Something shared lies above unknown; a quality of 1 is full.</summary>
    internal static int Above(int unknown, double quality) => unknown + (int)Math.Round((1000 - unknown) * Math.Clamp(quality, 0, 1), MidpointRounding.AwayFromZero);
}
