using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

/// <summary>
/// One row of the map: a cancer, a treatment and a language, how many wait for it, how many companions have lived it and speak the language, and how many of these
/// have a free place. Null stands for several together: without a cancer for all that is too rare to be named.
/// </summary>
public sealed record ExperienceRow(CancerSite? Site, Treatment? Treatment, string? Language, int Waiting, int Could, int Free)
{
    /// <summary>How many more wait than there are companions with a place: the largest gap comes first.</summary>
    public int Gap => Waiting - Free;
}

/// <summary>Which experience is sought and who has it. A patient counts in each row that is about them, once.</summary>
public static class ExperienceMap
{
    /// <summary>Counts below this are not shown to those who see counts only, nor written into a call.</summary>
    public const int Least = 5;

    private sealed record Cell(CancerSite? Site, Treatment? Treatment, string? Language, HashSet<int> Who);

    /// <summary>All rows, for whoever may see each file anyway; the widest gap first.</summary>
    public static IReadOnlyList<ExperienceRow> Of(IReadOnlyList<PatientFacts> waiting, IReadOnlyList<CompanionFacts> companions, DateOnly today) =>
        Rows(CellsOf(waiting), companions, today);

    /// <summary>
    /// Small counts rolled up: within a cancer the rare rows become one, and where that one is still small, the next smallest row goes with it, so that nothing
    /// small can be worked out from what is left. A cancer that stays small goes with the other rare ones. Below five in all, nothing.
    /// </summary>
    public static IReadOnlyList<ExperienceRow> RolledUp(IReadOnlyList<PatientFacts> waiting, IReadOnlyList<CompanionFacts> companions, DateOnly today)
    {
        List<List<Cell>> sites = [];
        HashSet<int> rare = [];
        foreach (var site in CellsOf(waiting).GroupBy(c => c.Site))
        {
            var (cells, left) = Together([.. site]);
            if (left.Count is > 0 and < Least) rare.UnionWith(left);
            else sites.Add(left.Count == 0 ? cells : [.. cells, new Cell(site.Key, null, null, left)]);
        }

        while (rare.Count is > 0 and < Least && sites.Count > 0)
        {
            var smallest = sites.MinBy(s => (s.SelectMany(c => c.Who).Distinct().Count(), s[0].Site))!;
            foreach (var cell in smallest) rare.UnionWith(cell.Who);
            sites.Remove(smallest);
        }

        return Rows([.. sites.SelectMany(s => s), .. rare.Count >= Least ? [new Cell(null, null, null, rare)] : Array.Empty<Cell>()], companions, today);
    }

    /// <summary>What stays by itself, and everybody of the rest together: at least five, or, with nothing by itself, all there are.</summary>
    private static (List<Cell> Cells, HashSet<int> Left) Together(List<Cell> cells)
    {
        var named = cells.Where(c => c.Who.Count >= Least).OrderByDescending(c => c.Who.Count).ThenBy(c => c.Treatment).ThenBy(c => c.Language, StringComparer.Ordinal).ToList();
        HashSet<int> left = [.. cells.Where(c => c.Who.Count < Least).SelectMany(c => c.Who)];
        while (left.Count is > 0 and < Least && named.Count > 0)
        {
            left.UnionWith(named[^1].Who);
            named.RemoveAt(named.Count - 1);
        }

        return left.Count >= Least ? ([.. named], left) : named.Count > 0 ? (named, []) : ([], left);
    }

    private static List<Cell> CellsOf(IReadOnlyList<PatientFacts> waiting)
    {
        Dictionary<(CancerSite, Treatment?, string), Cell> cells = [];
        for (var who = 0; who < waiting.Count; who++)
        {
            var patient = waiting[who];
            if (patient.Site is not { } site || patient.Certainty == Certainty.NotKnownYet) continue;
            foreach (var treatment in TreatmentsOf(patient))
            {
                foreach (var language in patient.Languages.Distinct(StringComparer.Ordinal))
                {
                    if (!cells.TryGetValue((site, treatment, language), out var cell)) cells.Add((site, treatment, language), cell = new Cell(site, treatment, language, []));
                    cell.Who.Add(who);
                }
            }
        }

        return [.. cells.Values];
    }

    /// <summary>A named operation says what "surgery" said.</summary>
    private static IEnumerable<Treatment?> TreatmentsOf(PatientFacts patient)
    {
        var all = patient.Treatments.Select(t => t.Treatment).Distinct().ToList();
        if (all.Exists(t => t != Treatment.Surgery && Trajectory.IsSurgery(t))) all.Remove(Treatment.Surgery);
        return all.Count == 0 ? [null] : all.Select(t => (Treatment?)t);
    }

    private static IReadOnlyList<ExperienceRow> Rows(IEnumerable<Cell> cells, IReadOnlyList<CompanionFacts> companions, DateOnly today)
    {
        var serving = companions.Where(c => HardRules.IsCleared(c, today) && !HardRules.IsPaused(c, today)).ToList();
        return
        [
            .. cells.Select(cell =>
            {
                var could = serving.Where(c => Could(c, cell)).ToList();
                return new ExperienceRow(cell.Site, cell.Treatment, cell.Language, cell.Who.Count, could.Count, could.Count(c => c.PlacesUsed < c.Capacity));
            }).OrderBy(r => r.Site is null).ThenByDescending(r => r.Gap).ThenByDescending(r => r.Waiting).ThenBy(r => r.Site).ThenBy(r => r.Treatment).ThenBy(r => r.Language, StringComparer.Ordinal),
        ];
    }

    /// <summary>The same cancer, with the treatment, in the language.</summary>
    private static bool Could(CompanionFacts companion, Cell cell) =>
        (cell.Language is null || companion.Languages.Contains(cell.Language, StringComparer.Ordinal))
        && (cell.Site is not { } site || companion.Experiences.Any(e => e.Site == site && (cell.Treatment is not { } treatment
            || e.Treatments.Any(t => t.Treatment == treatment || (treatment == Treatment.Surgery && Trajectory.IsSurgery(t.Treatment))))));
}
