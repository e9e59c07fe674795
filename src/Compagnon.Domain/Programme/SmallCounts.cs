namespace Compagnon.Domain.Programme;

/// <summary>
/// Counts that leave a facility, so that nobody is recognised by them: below five is not shown, and what is not shown can't be had by subtracting from the total either.
/// </summary>
public static class SmallCounts
{
    public const int Least = 5;

    /// <summary>The counts of a column and their total; null where a number is not shown. Nought is shown: it is about nobody.</summary>
    public static (IReadOnlyList<int?> Counts, int? Total) Hide(IReadOnlyList<int> counts) => Hide(counts, new bool[counts.Count]);

    /// <summary>
    /// Columns of which each counts a part of what the one before it counts. A number that isn't shown isn't shown further on either, be it nought:
    /// that eight of somebody's were reached says that at least eight came, and so how few are left for the others.
    /// </summary>
    public static IReadOnlyList<(IReadOnlyList<int?> Counts, int? Total)> HideSteps(IReadOnlyList<IReadOnlyList<int>> columns)
    {
        List<(IReadOnlyList<int?>, int?)> shown = [];
        var hidden = new bool[columns.Count == 0 ? 0 : columns[0].Count];
        foreach (var column in columns)
        {
            var (counts, total) = Hide(column, hidden);
            hidden = [.. counts.Select(c => c is null)];
            shown.Add((counts, total));
        }
        return shown;
    }

    /// <summary>
    /// Where what a column leaves of the one before it is about people as well (six talked again, five were better): may it be shown? Not where, of a line or of all together,
    /// that is less than five; then nothing of the column is.
    /// </summary>
    public static bool RestMayFollow(IReadOnlyList<int> all, IReadOnlyList<int> part) => !all.Zip(part, (a, p) => a - p).Append(all.Sum() - part.Sum()).Any(rest => rest is > 0 and < Least);

    private static (IReadOnlyList<int?> Counts, int? Total) Hide(IReadOnlyList<int> counts, bool[] before)
    {
        var total = counts.Sum();
        var hidden = counts.Select((c, i) => c is > 0 and < Least || before[i]).ToArray();
        // one hidden alone, or several that come to less than five together, would follow from the total
        while (hidden.Contains(true) && (hidden.Count(h => h) < 2 || Sum(hidden, counts) < Least) && Smallest(hidden, counts) is { } next) hidden[next] = true;
        return ([.. counts.Select((c, i) => hidden[i] ? (int?)null : c)], total is > 0 and < Least ? null : total);
    }

    private static int Sum(bool[] hidden, IReadOnlyList<int> counts) => counts.Where((_, i) => hidden[i]).Sum();

    private static int? Smallest(bool[] hidden, IReadOnlyList<int> counts) =>
        Enumerable.Range(0, counts.Count).Where(i => !hidden[i] && counts[i] > 0).OrderBy(i => counts[i]).Select(i => (int?)i).FirstOrDefault();
}
