using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Accompaniments;

/// <summary>A conversation and what the companion writes of it.</summary>
public sealed record LogbookCommand
{
    public required Guid AccompanimentId { get; init; }
    /// <summary>The conversation: the form's key for a new one, or one that is known already (the coordinator placed the call, or the entry is corrected).</summary>
    public required Guid ConversationId { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime HeldAt { get; init; }
    public required Channel Channel { get; init; }
    public required int Minutes { get; init; }
    public required bool BothTookPart { get; init; }
    public required IReadOnlyList<Activity> Activities { get; init; }
    public required Seemed Seemed { get; init; }
    public string? Reflection { get; init; }
    /// <summary>The coordinator may read the reflection.</summary>
    public bool ShareReflection { get; init; }
    public required HowAreYou HowAreYou { get; init; }
    public DateOnly? NextOn { get; init; }
    public string? NextNote { get; init; }
}

/// <summary>An entry may be corrected for seven days; after that it stays as it is.</summary>
public sealed record TooLateToEdit : Refusal;

/// <summary>The coordinator noted that it was none: there is nothing to write of it.</summary>
public sealed record NoConversation : Refusal;
