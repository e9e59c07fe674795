namespace Compagnon.Domain.Programme;

/// <summary>How the programme's figures are made of what was measured.</summary>
public static class Figures
{
    /// <summary>The one in the middle, or halfway between the two; null of nothing.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
