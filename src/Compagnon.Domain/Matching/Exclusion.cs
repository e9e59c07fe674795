using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>Why a companion is not proposed for a patient. Firmest first: pages show the first one.</summary>
public enum ExclusionRule
{
    /// <summary>The companion is the patient.</summary>
    OwnFile,
    /// <summary>The patient lets no companion, or not this one, or nobody of this facility, see their file.</summary>
    Restricted,
    /// <summary>Either said that they may know the other.</summary>
    Acquainted,
    /// <summary>Same municipality, where people could recognise each other.</summary>
    SameSmallTown,
    NotCleared,
    /// <summary>Of another facility, not lent to this one.</summary>
    OtherFacility,
    Paused,
    Full,
    /// <summary>Would rather not talk about any of what the patient wants to talk about.</summary>
    AvoidsEveryTopic,
    NoCommonLanguage,
    MustHave,
    AlreadyAsked,
}

/// <summary>
/// A rule that a pair breaks. Facts: what it is about, the languages, what would satisfy the must-have, the topics. Until: the day
/// they are back from a pause; last day of the clearance that ended; or when a place is expected.
/// </summary>
public sealed record Exclusion(ExclusionRule Rule, IReadOnlyList<Fact> Facts, DateOnly? Until = null)
{
    /// <summary>Which must-have, for <see cref="ExclusionRule.MustHave"/>.</summary>
    public MustHave? MustHave { get; init; }

    /// <summary>A coordinator may lift it, with a reason. What protects a person, is a fact about places, or would leave two people without a language in common, stays.</summary>
    public bool MayBeLifted => Rule is ExclusionRule.MustHave or ExclusionRule.AlreadyAsked;
}
