using Compagnon.Domain.Companions;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

/// <summary>What matching may know of a companion. An empty list or null means "not known". All lists are sets.</summary>
public sealed record CompanionFacts
{
    public required Guid CompanionId { get; init; }
    public required Guid FacilityId { get; init; }

    public IReadOnlyList<LivedExperience> Experiences { get; init; } = [];
    /// <summary>Side effects and topics lived through.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    /// <summary>What they would rather not talk about; wins over <see cref="Topics"/>.</summary>
    public IReadOnlyList<Topic> Avoids { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public Gender? Gender { get; init; }
    public int? DecadeOfBirth { get; init; }
    public IReadOnlyList<LifeSituation> LifeSituations { get; init; } = [];
    public IReadOnlyList<string> Cultures { get; init; } = [];
    public string? Municipality { get; init; }
    public IReadOnlyList<DayPart> DayParts { get; init; } = [];
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    public int Capacity { get; init; } = 1;
    /// <summary>Places held by open proposals or taken by accompaniments.</summary>
    public int PlacesUsed { get; init; }
    /// <summary>When a place should come free, where an agreement says so.</summary>
    public DateOnly? PlaceExpected { get; init; }
    /// <summary>Last day on which they are cleared to accompany; null when they never were.</summary>
    public DateOnly? ClearedUntil { get; init; }
    public bool Paused { get; init; }
    /// <summary>The day they are back; null while the pause has no end.</summary>
    public DateOnly? PausedUntil { get; init; }
    /// <summary>Days since they last had someone, or since they were cleared.</summary>
    public int IdleDays { get; init; }
    /// <summary>Facilities to which they are lent.</summary>
    public IReadOnlyCollection<Guid> LentTo { get; init; } = [];

    /// <summary>The same cancer in two different years.</summary>
    internal bool HasLivedRecurrence => Experiences.Where(e => e.Year is not null).GroupBy(e => e.Site).Any(same => same.Select(e => e.Year).Distinct().Skip(1).Any());

    /// <summary>What the profile says, with the places in use now and the facilities they are lent to. Someone who left is not cleared any more.</summary>
    public static CompanionFacts Of(Companion companion, int placesUsed, WorkingCalendar calendar, DateTime now, IReadOnlyCollection<Guid> lentTo) => new()
    {
        CompanionId = companion.Id,
        FacilityId = companion.FacilityId,
        Experiences = companion.Experiences,
        Topics = companion.LivedTopics,
        Avoids = companion.AvoidedTopics,
        Languages = companion.Languages,
        Gender = companion.Gender,
        DecadeOfBirth = companion.BirthDecade,
        LifeSituations = companion.Life,
        Cultures = Culture.Words(companion.Culture),
        Municipality = companion.Municipality,
        DayParts = companion.Availability,
        Channels = companion.Channels,
        Capacity = companion.Capacity,
        PlacesUsed = placesUsed,
        ClearedUntil = companion.LeftAt is null ? companion.ClearedUntil : null,
        Paused = companion.PausedAt is not null,
        PausedUntil = companion.PausedUntil,
        IdleDays = companion.IdleDays(calendar, now),
        LentTo = lentTo,
    };

    /// <summary>Does this hold of the companion? Used for naming missing experience.</summary>
    public bool Has(Fact fact) => fact.Kind switch
    {
        FactKind.CancerSite => Experiences.Any(e => Fact.Of(e.Site) == fact),
        FactKind.Treatment => Experiences.Any(e => e.Treatments.Any(t => Fact.Of(t.Treatment) == fact
            || (fact == Fact.Of(Treatment.Surgery) && Trajectory.IsSurgery(t.Treatment)))),
        FactKind.Moment => fact == Fact.Of(Moment.Recurrence) && HasLivedRecurrence,
        FactKind.Topic => Topics.Any(t => Fact.Of(t) == fact && !Avoids.Contains(t)),
        FactKind.Language => Languages.Contains(fact.Code, StringComparer.Ordinal),
        FactKind.Decade => DecadeOfBirth is { } decade && Fact.Decade(decade) == fact,
        FactKind.LifeSituation => LifeSituations.Any(l => Fact.Of(l) == fact),
        FactKind.Culture => Cultures.Any(c => Fact.Culture(c) == fact),
        FactKind.Gender => Gender is { } gender && Fact.Of(gender) == fact,
        FactKind.DayPart => DayParts.Any(d => Fact.Of(d) == fact),
        FactKind.Channel => Channels.Any(c => Fact.Of(c) == fact),
    };
}
