using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Companions;

/// <summary>What makes a profile fit to be read by a patient.</summary>
public static class Profile
{
    public const int MostOwnWords = 700;
    public const int MostPlaces = 10;

    /// <summary>Errors by field, as keys that pages put into words; empty when all is well.</summary>
    public static IReadOnlyDictionary<string, string> Check(WordsPart words, IdentityFields identity)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!words.Pseudonym.Any(char.IsLetter)) errors[nameof(words.Pseudonym)] = "Missing";
        else if (Anonymity.In(words.Pseudonym, identity) is [var shown, ..]) errors[nameof(words.Pseudonym)] = shown.ToString();
        if (words.OwnWords is { Length: > MostOwnWords }) errors[nameof(words.OwnWords)] = "TooLong";
        else if (Anonymity.In(words.OwnWords ?? "", identity) is [var told, ..]) errors[nameof(words.OwnWords)] = told.ToString();
        return errors;
    }

    /// <summary>First year of the decade: all that the matching ever learns of a birth date.</summary>
    public static int DecadeOf(DateOnly born) => born.Year / 10 * 10;
}

/// <summary>What they lived through: cancers, treatments, and of what they can or would rather not speak.</summary>
public sealed record LivedPart
{
    public required IReadOnlyList<LivedExperience> Experiences { get; init; }
    public required IReadOnlyList<Topic> LivedTopics { get; init; }
    public required IReadOnlyList<Topic> AvoidedTopics { get; init; }
}

public sealed record LifePart
{
    public Gender? Gender { get; init; }
    /// <summary>In which they can talk; at least one.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    public required IReadOnlyList<LifeSituation> Life { get; init; }
    public string? Culture { get; init; }
    public string? Municipality { get; init; }
}

public sealed record AvailabilityPart
{
    public required IReadOnlyList<DayPart> Availability { get; init; }
    public required IReadOnlyList<Channel> Channels { get; init; }
    /// <summary>How many people at once, 1 to <see cref="Profile.MostPlaces"/>. Below the load of now it only keeps new ones away.</summary>
    public required int Capacity { get; init; }
}

/// <summary>What a patient reads of them.</summary>
public sealed record WordsPart
{
    public required string Pseudonym { get; init; }
    public string? OwnWords { get; init; }
}
