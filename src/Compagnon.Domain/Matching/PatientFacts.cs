using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>
/// What matching may know of a patient. An empty list or null means "not said". Only <see cref="Ranking"/> has an order: all other lists are sets.
/// </summary>
public sealed record PatientFacts
{
    public required Guid ReferralId { get; init; }
    public required Guid FacilityId { get; init; }

    /// <summary>The cancer that leads; not compared while it is <see cref="Certainty.NotKnownYet"/>.</summary>
    public CancerSite? Site { get; init; }
    public Certainty Certainty { get; init; } = Certainty.Confirmed;
    public IReadOnlyList<CancerSite> OtherSites { get; init; } = [];
    public IReadOnlyList<PlannedTreatment> Treatments { get; init; } = [];
    public Moment? Moment { get; init; }
    /// <summary>What they want to talk about.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    /// <summary>ISO 639-1 codes they can talk in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
    /// <summary>First year of the decade of birth: 1970.</summary>
    public int? DecadeOfBirth { get; init; }
    public IReadOnlyList<LifeSituation> LifeSituations { get; init; } = [];
    public IReadOnlyList<string> Cultures { get; init; } = [];
    public string? Municipality { get; init; }
    public IReadOnlyList<DayPart> DayParts { get; init; } = [];
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>What must be so, or the companion is not proposed.</summary>
    public IReadOnlyList<MustHave> MustHaves { get; init; } = [];
    /// <summary>What matters most, first choice first.</summary>
    public IReadOnlyList<Preference> Ranking { get; init; } = [];
    /// <summary>"A woman, or a man": only then does gender count.</summary>
    public Gender? WishedGender { get; init; }

    /// <summary>Companions already asked for this referral, whatever they answered.</summary>
    public IReadOnlyCollection<Guid> AlreadyAsked { get; init; } = [];
    /// <summary>Companions of whom either side said "I may know this person".</summary>
    public IReadOnlyCollection<Guid> Acquainted { get; init; } = [];
    /// <summary>The companion who is this very person, found by the keyed index.</summary>
    public Guid? SamePersonAs { get; init; }
    public Restricted Restricted { get; init; } = new();

    /// <summary>What the referral says; asked, acquainted and restricted are added with <c>with</c>.</summary>
    public static PatientFacts Of(Referral referral) => new()
    {
        ReferralId = referral.Id,
        FacilityId = referral.FacilityId,
        Site = referral.Situation.Site,
        Certainty = referral.Situation.Certainty,
        OtherSites = referral.Situation.OtherSites,
        Treatments = referral.Situation.Treatments,
        Moment = referral.Situation.Moment,
        Topics = referral.Intake.Topics,
        Languages = referral.Situation.Languages,
        DecadeOfBirth = referral.Situation.BirthDecade,
        LifeSituations = referral.Situation.Life,
        Cultures = Culture.Words(referral.Situation.Culture),
        Municipality = referral.Situation.Municipality,
        DayParts = referral.Intake.When,
        Channels = referral.Intake.Channels,
        MustHaves = referral.Intake.MustHaves,
        Ranking = referral.Intake.Ranking,
        WishedGender = referral.Intake.WishedGender,
    };
}

internal static class Culture
{
    /// <summary>"Haïtienne, créole / catholique": each word is compared alone.</summary>
    public static IReadOnlyList<string> Words(string? text) =>
        text?.Split([',', ';', '/', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>Who may not see this patient's file; one of them is never proposed.</summary>
public sealed record Restricted
{
    /// <summary>No companion at all may see it.</summary>
    public bool EveryCompanion { get; init; }
    public IReadOnlyCollection<Guid> Companions { get; init; } = [];
    public IReadOnlyCollection<Guid> Facilities { get; init; } = [];
}
