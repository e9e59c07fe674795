using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Referrals;

/// <summary>
/// What a companion reads of somebody before and while they accompany them: all that the patient agreed to share. Never a name, a number, a file, a place
/// or a date by which the person could be found.
/// </summary>
public sealed record SharedSummary
{
    public CancerSite? Site { get; init; }
    public Certainty Certainty { get; init; }
    public IReadOnlyList<CancerSite> OtherSites { get; init; } = [];
    public Moment? Moment { get; init; }
    public IReadOnlyList<Treatment> Treatments { get; init; } = [];
    public Gender? Gender { get; init; }
    public int? BirthDecade { get; init; }
    public IReadOnlyList<string> Languages { get; init; } = [];
    public IReadOnlyList<LifeSituation> Life { get; init; } = [];
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    /// <summary>In their own words; the page where they wrote them said that a companion reads them.</summary>
    public string? TopicWords { get; init; }
    public IReadOnlyList<DayPart> When { get; init; } = [];
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    public static SharedSummary Of(Referral referral) => new()
    {
        Site = referral.Situation.Site, Certainty = referral.Situation.Certainty, OtherSites = referral.Situation.OtherSites, Moment = referral.Situation.Moment,
        Treatments = [.. referral.Situation.Treatments.Select(t => t.Treatment).Distinct()], Gender = referral.Situation.Gender, BirthDecade = referral.Situation.BirthDecade,
        Languages = referral.Situation.Languages, Life = referral.Situation.Life, Topics = referral.Intake.Topics, TopicWords = referral.Intake.TopicWords,
        When = referral.Intake.When, Channels = referral.Intake.Channels,
    };
}
