using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>How a comparison came out, worst known first.</summary>
public enum Reading
{
    /// <summary>The patient said nothing to compare with: the same for every companion.</summary>
    NotAsked,
    /// <summary>Nothing is known of the companion here.</summary>
    NotKnown,
    NotShared,
    /// <summary>Some of it, or nearly.</summary>
    Partly,
    Shared,
}

/// <summary>
/// Why a criterion got its points, as data: Web puts <see cref="Key"/> and <see cref="Arguments"/> into words, in one place and both languages.
/// </summary>
public sealed record Reason
{
    public required Preference Criterion { get; init; }
    public required Reading Reading { get; init; }
    /// <summary>The patient's facts that hold of the companion, too.</summary>
    public IReadOnlyList<Fact> Shared { get; init; } = [];
    /// <summary>The patient's facts that don't.</summary>
    public IReadOnlyList<Fact> NotShared { get; init; } = [];
    /// <summary>What the companion has in their place.</summary>
    public IReadOnlyList<Fact> Instead { get; init; } = [];
    /// <summary>Of what the patient wants to talk about, what the companion would rather not.</summary>
    public IReadOnlyList<Fact> Avoided { get; init; } = [];
    /// <summary>Year of the shared experience that counts, where it has one.</summary>
    public int? Year { get; init; }
    public int? YearsAgo { get; init; }
    /// <summary>True for the same regimen, false for another one, null where it isn't known.</summary>
    public bool? SameRegimen { get; init; }

    /// <summary>"Treatment.Shared", "Age.Partly" …; a known regimen adds ".SameRegimen" or ".OtherRegimen".</summary>
    public string Key => SameRegimen switch
    {
        true => $"{Criterion}.{Reading}.SameRegimen",
        false => $"{Criterion}.{Reading}.OtherRegimen",
        null => $"{Criterion}.{Reading}",
    };

    /// <summary>{0} shared, {1} not shared, {2} what the companion has instead (lists of <see cref="Fact"/>), {3} year, {4} years ago, {5} avoided (facts).</summary>
    public IReadOnlyList<object?> Arguments => [Shared, NotShared, Instead, Year, YearsAgo, Avoided];
}

/// <summary>The share is what this companion answers of the criterion, 0 to 1000: the filled part of its bar.</summary>
public readonly record struct Comparison(int Share, Reason Reason);
