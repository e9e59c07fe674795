namespace Compagnon.Domain.Matching;

internal static class Sets
{
    /// <summary>Each fact once, in an order that doesn't depend on how it was typed in.</summary>
    public static IReadOnlyList<Fact> Ordered(IEnumerable<Fact> facts) =>
        [.. facts.Distinct().OrderBy(f => f.Kind).ThenBy(f => Rank(f)).ThenBy(f => f.Code, StringComparer.Ordinal)];

    /// <summary>Enum members in the order in which they are declared, as pages show them; words by their letters.</summary>
    private static int Rank(Fact fact) => fact.Kind switch
    {
        FactKind.CancerSite => Index<Programme.CancerSite>(fact),
        FactKind.Treatment => Index<Programme.Treatment>(fact),
        FactKind.Moment => Index<Programme.Moment>(fact),
        FactKind.Topic => Index<Programme.Topic>(fact),
        FactKind.LifeSituation => Index<Programme.LifeSituation>(fact),
        FactKind.Gender => Index<Programme.Gender>(fact),
        FactKind.DayPart => Index<Programme.DayPart>(fact),
        FactKind.Channel => Index<Programme.Channel>(fact),
        FactKind.Language or FactKind.Decade or FactKind.Culture => 0,
    };

    private static int Index<T>(Fact fact) where T : struct, Enum => Enum.TryParse<T>(fact.Code, out var value) ? Convert.ToInt32(value, null) : int.MaxValue;
}
