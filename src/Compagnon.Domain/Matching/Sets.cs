using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

internal static class Sets
{
    /// <summary>Each fact once, in an order that doesn't depend on how it was typed in: as enums declare them, words by their letters.</summary>
    public static IReadOnlyList<Fact> Ordered(IEnumerable<Fact> facts)
    {
        List<Fact> ordered = [];
        foreach (var fact in facts)
        {
            var at = ordered.Count;
            while (at > 0 && Compare(fact, ordered[at - 1]) < 0) at--;
            if (at == 0 || ordered[at - 1] != fact) ordered.Insert(at, fact);
        }

        return ordered;
    }

    private static int Compare(Fact one, Fact other)
    {
        var kinds = one.Kind.CompareTo(other.Kind);
        if (kinds != 0) return kinds;
        var places = Place(one).CompareTo(Place(other));
        return places != 0 ? places : string.CompareOrdinal(one.Code, other.Code);
    }

    private static int Place(Fact fact) => fact.Kind switch
    {
        FactKind.CancerSite => Members<CancerSite>.Place(fact),
        FactKind.Treatment => Members<Treatment>.Place(fact),
        FactKind.Moment => Members<Moment>.Place(fact),
        FactKind.Topic => Members<Topic>.Place(fact),
        FactKind.LifeSituation => Members<LifeSituation>.Place(fact),
        FactKind.Gender => Members<Gender>.Place(fact),
        FactKind.DayPart => Members<DayPart>.Place(fact),
        FactKind.Channel => Members<Channel>.Place(fact),
        FactKind.Language or FactKind.Decade or FactKind.Culture => 0,
    };
}

/// <summary>The facts of an enum, made once: ranking two thousand companions compares some hundred thousand of them.</summary>
internal static class Members<T> where T : struct, Enum
{
    private static readonly Dictionary<T, Fact> Facts = Enum.GetValues<T>().ToDictionary(m => m, m => new Fact(Enum.Parse<FactKind>(typeof(T).Name), m.ToString()));
    private static readonly Dictionary<string, int> Places = Enum.GetNames<T>().Select((name, place) => (name, place)).ToDictionary(n => n.name, n => n.place, StringComparer.Ordinal);

    public static Fact Of(T member) => Facts.TryGetValue(member, out var fact) ? fact : throw new ArgumentOutOfRangeException(nameof(member), member, "No such member");

    public static int Place(Fact fact) => Places.GetValueOrDefault(fact.Code, int.MaxValue);
}
