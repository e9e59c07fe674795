using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Companions;

/// <summary>All that a patient ever reads of a companion: pseudonym, own words, agreed facts. The name, the town and the year of birth are not among them.</summary>
public sealed record CompanionCard
{
    public required Guid CompanionId { get; init; }
    public required string Pseudonym { get; init; }
    public string? OwnWords { get; init; }
    public int? BirthDecade { get; init; }
    public IReadOnlyList<LivedExperience> Experiences { get; init; } = [];
    public IReadOnlyList<DayPart> Availability { get; init; } = [];
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    public static CompanionCard Of(Companion companion) => new()
    {
        CompanionId = companion.Id, Pseudonym = companion.Pseudonym, OwnWords = companion.OwnWords, BirthDecade = companion.BirthDecade, Experiences = companion.Experiences,
        Availability = companion.Availability, Channels = companion.Channels,
    };
}
