using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>A companion, by their place in the list asked about, who may be proposed. Fit: 0 to 1000 as the engine counts. Score: what the coordinator's list follows.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AllowedPair(int Companion, int Fit, int Score);

/// <summary>
/// For rounds, where everybody who waits is compared with everybody who has a place and nobody reads the reasons. A criterion reads few facts of either side, and many
/// people have the same: each combination is compared once. May be asked by several threads.
/// </summary>
public sealed class AllowedPairs
{
    private readonly IReadOnlyList<CompanionFacts> companions;
    private readonly ProgrammeSettings settings;
    private readonly DateOnly today;
    private readonly int[] sharing;
    private readonly Dictionary<Preference, Alike> alike;
    private readonly ConcurrentDictionary<(Preference, string), Answer[]> rows = new();

    public AllowedPairs(IReadOnlyList<CompanionFacts> companions, ProgrammeSettings settings, DateOnly today)
    {
        (this.companions, this.settings, this.today) = (companions, settings, today);
        sharing = [.. companions.Select(c => Sharing.Of(c, settings.Weights))];
        alike = Enum.GetValues<Preference>().ToDictionary(c => c, c => new Alike(companions, c));
    }

    /// <summary>For a round: an empty profile is in question only for whoever may be proposed nobody else. The profile has to be completed first.</summary>
    public static IReadOnlyList<AllowedPair> ForARound(IReadOnlyList<AllowedPair> pairs) =>
        pairs.Any(IsKnown) && !pairs.All(IsKnown) ? [.. pairs.Where(IsKnown)] : pairs;

    /// <summary>In the order of the companions. Somebody of whom nothing is known fits nobody.</summary>
    public IReadOnlyList<AllowedPair> Of(PatientFacts patient)
    {
        var bars = Fit.BarsFor(patient, settings.Weights);
        var answers = bars.Select(b => (b.Max, alike[b.Criterion].GroupOf, Row: RowOf(b.Criterion, patient))).ToArray();
        List<AllowedPair> pairs = [];
        for (var c = 0; c < companions.Count; c++)
        {
            if (HardRules.Check(patient, companions[c], settings, today).Count > 0) continue;
            var (points, missing, silent) = (0, false, true);
            foreach (var (max, groupOf, row) in answers)
            {
                var (share, reading) = row[groupOf[c]];
                points += FitLine.PointsOf(max, share);
                missing |= reading is Reading.NotKnown;
                silent &= reading is Reading.NotKnown or Reading.NotAsked;
            }
            pairs.Add(missing && silent ? new(c, 0, -1) : new(c, points * 10, (points * 10) + sharing[c]));
        }

        return pairs;
    }

    private static bool IsKnown(AllowedPair pair) => pair.Score >= 0;

    private Answer[] RowOf(Preference criterion, PatientFacts patient) => rows.GetOrAdd((criterion, Facts(criterion, patient)),
        _ => [.. alike[criterion].One.Select(c => Answer.Of(Criteria.Compare(criterion, patient, c, settings.Weights, today)))]);

    /// <summary>What is kept of a comparison: its reasons would fill the memory.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Answer(short Share, Reading Reading)
    {
        public static Answer Of(Comparison c) => new((short)c.Share, c.Reason.Reading);
    }

    /// <summary>Companions who have the same facts under a criterion: one stands for all of them.</summary>
    private sealed class Alike
    {
        public Alike(IReadOnlyList<CompanionFacts> companions, Preference criterion)
        {
            Dictionary<string, int> groups = new(StringComparer.Ordinal);
            GroupOf = new int[companions.Count];
            for (var c = 0; c < companions.Count; c++)
            {
                if (groups.TryAdd(Facts(criterion, companions[c]), groups.Count)) One.Add(companions[c]);
                GroupOf[c] = groups[Facts(criterion, companions[c])];
            }
        }

        public int[] GroupOf { get; }
        public List<CompanionFacts> One { get; } = [];
    }

    /// <summary>All that the criterion reads of a patient.</summary>
    private static string Facts(Preference criterion, PatientFacts p) => criterion switch
    {
        Preference.Treatment => Join(p.Treatments.Select(t => $"{t.Treatment}:{t.Regimen}")),
        Preference.Cancer => $"{p.Site}/{p.Certainty}/{Join(p.OtherSites)}",
        Preference.Concern => $"{p.Moment}/{Join(p.Topics)}",
        Preference.Age => $"{p.DecadeOfBirth}",
        Preference.Life => Join(p.LifeSituations),
        Preference.Culture => $"{Join(p.Cultures)}/{Join(p.Languages)}",
        Preference.Gender => $"{p.WishedGender}",
        Preference.Availability => $"{Join(p.DayParts)}/{Join(p.Channels)}",
    };

    private static string Facts(Preference criterion, CompanionFacts c) => criterion switch
    {
        Preference.Treatment or Preference.Cancer => Lived(c),
        Preference.Concern => $"{Join(c.Topics)}/{Join(c.Avoids)}/{c.HasLivedRecurrence}",
        Preference.Age => $"{c.DecadeOfBirth}",
        Preference.Life => Join(c.LifeSituations),
        Preference.Culture => $"{Join(c.Cultures)}/{Join(c.Languages)}",
        Preference.Gender => $"{c.Gender}",
        Preference.Availability => $"{Join(c.DayParts)}/{Join(c.Channels)}",
    };

    private static string Lived(CompanionFacts c) => Join(c.Experiences.Select(e => $"{e.Site}:{e.Year}:{string.Join('+', e.Treatments.Select(t => $"{t.Treatment}:{t.Year}:{t.Regimen}"))}"));

    private static string Join<T>(IEnumerable<T> items) => string.Join('|', items);
}
