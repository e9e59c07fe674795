using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Companions;

/// <summary>
/// A trained former patient. Who they are stands in <see cref="Compagnon.Domain.Privacy.Identity"/>; here stands what the matching needs and what a patient may read of them.
/// The id is the person's id.
/// </summary>
public sealed class Companion : Row, IVersioned
{
    public required Guid FacilityId { get; init; }
    /// <summary>First name or nickname: all that a patient ever learns.</summary>
    public required string Pseudonym { get; set; }
    public Gender? Gender { get; set; }
    /// <summary>First year of the decade of birth: 1960.</summary>
    public int? BirthDecade { get; set; }
    public List<LivedExperience> Experiences { get; set; } = [];
    /// <summary>Side effects and other things lived through, of which they can speak.</summary>
    public List<Topic> LivedTopics { get; set; } = [];
    public List<Topic> AvoidedTopics { get; set; } = [];
    public List<LifeSituation> Life { get; set; } = [];
    public List<string> Languages { get; set; } = [];
    public string? Culture { get; set; }
    /// <summary>Accent-folded for comparison; only the small-town rule reads it.</summary>
    public string? Municipality { get; set; }
    public List<DayPart> Availability { get; set; } = [];
    public List<Channel> Channels { get; set; } = [Channel.Telephone];
    /// <summary>In their own voice: predicts better than demographics whether a patient makes contact.</summary>
    public string? OwnWords { get; set; }
    public int Capacity { get; set; } = 1;
    /// <summary>Screened, agreement signed, trained: cleared to accompany until this day. Null is not cleared.</summary>
    public DateOnly? ClearedUntil { get; set; }
    public DateTime? PausedAt { get; set; }
    /// <summary>Null while paused means until they come back by themselves.</summary>
    public DateOnly? PausedUntil { get; set; }
    public required DateTime JoinedAt { get; init; }
    /// <summary>When somebody was last entrusted to them; with it, load and idle days need no later stage.</summary>
    public DateTime? LastMatchedAt { get; set; }
    public DateTime? LeftAt { get; set; }
    public int Version { get; set; }

    public bool IsPaused(DateOnly today) => PausedAt is not null && (PausedUntil is null || today < PausedUntil);
    public bool IsCleared(DateOnly today) => ClearedUntil is { } until && today <= until;
    public int IdleDays(WorkingCalendar calendar, DateTime now) => calendar.DaysSince(LastMatchedAt ?? JoinedAt, now);
}

/// <summary>One cancer, lived through, with its treatments and when.</summary>
public sealed class LivedExperience
{
    public required CancerSite Site { get; set; }
    public int? Year { get; set; }
    public List<LivedTreatment> Treatments { get; set; } = [];
}

public sealed class LivedTreatment
{
    public required Treatment Treatment { get; set; }
    public int? Year { get; set; }
    /// <summary>The protocol as they name it, "AC-T"; shown, never a rule.</summary>
    public string? Regimen { get; set; }
}

/// <summary>
/// One unit of a companion's capacity that is not free: held by an open proposal, or taken by an accompaniment. The key (companion, number) lets the database
/// decide between two who want the last one.
/// </summary>
public sealed class Place
{
    public int NetworkId { get; set; }
    public required Guid CompanionId { get; init; }
    /// <summary>1 up to the capacity.</summary>
    public required int Number { get; init; }
    public required Guid ReferralId { get; init; }
    public required DateTime Since { get; init; }
    /// <summary>Null while only held by a proposal.</summary>
    public DateTime? TakenAt { get; set; }
}

public static class Places
{
    /// <summary>The lowest number that is not in use, or null when the companion is full.</summary>
    public static int? Free(int capacity, IEnumerable<int> used)
    {
        var taken = used.ToHashSet();
        for (var number = 1; number <= capacity; number++)
            if (!taken.Contains(number)) return number;
        return null;
    }
}
