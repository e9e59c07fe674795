namespace Compagnon.Domain.Programme;

/// <summary>
/// Counts that leave a facility, so that nobody is recognised by them: below five is not shown, and what is not shown can't be had by subtracting from the total either.
/// </summary>
public static class SmallCounts
{
    public const int Least = 5;

    /// <summary>The counts of a column and their total; null where a number is not shown. Nought is shown: it is about nobody.</summary>
    public static (IReadOnlyList<int?> Counts, int? Total) Hide(IReadOnlyList<int> counts)
    {
        var total = counts.Sum();
        var hidden = counts.Select(c => c is > 0 and < Least).ToArray();
        // one hidden alone, or several that come to less than five together, would follow from the total
        while (hidden.Contains(true) && (hidden.Count(h => h) < 2 || Sum(hidden, counts) < Least) && Smallest(hidden, counts) is { } next) hidden[next] = true;
        return ([.. counts.Select((c, i) => hidden[i] ? (int?)null : c)], total is > 0 and < Least ? null : total);
    }

    private static int Sum(bool[] hidden, IReadOnlyList<int> counts) => counts.Where((_, i) => hidden[i]).Sum();

    private static int? Smallest(bool[] hidden, IReadOnlyList<int> counts) =>
        Enumerable.Range(0, counts.Count).Where(i => !hidden[i] && counts[i] > 0).OrderBy(i => counts[i]).Select(i => (int?)i).FirstOrDefault();
}
