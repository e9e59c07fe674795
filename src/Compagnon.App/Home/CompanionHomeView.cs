using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Home;

/// <summary>A companion's home: who waits for an answer, my people, what is to write down, my places.</summary>
public sealed record CompanionHomeView
{
    public required string Pseudonym { get; init; }
    public required CompanionStatus Status { get; init; }
    public required bool IsPaused { get; init; }
    public required DateOnly? PausedUntil { get; init; }
    public required int Used { get; init; }
    public required int Capacity { get; init; }
    public required IReadOnlyList<ProposalCard> Proposals { get; init; }
    /// <summary>They said yes; the other person is choosing.</summary>
    public required int WaitingForChoice { get; init; }
    public required IReadOnlyList<MyPerson> People { get; init; }
    /// <summary>Whom they accompanied until these days, when they did not end it themselves.</summary>
    public required IReadOnlyList<EndedPerson> Ended { get; init; }
    public required IReadOnlyList<DueEntry> Due { get; init; }
}

/// <summary>Somebody would like to talk: the summary, what both share; never a name or a number.</summary>
public sealed record ProposalCard
{
    public required Guid Id { get; init; }
    public required SharedSummary Summary { get; init; }
    public required IReadOnlyList<Fact> Shared { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public required ProposalState State { get; init; }
}

public sealed record MyPerson
{
    public required Guid AccompanimentId { get; init; }
    public required string? Pseudonym { get; init; }
    public required SharedSummary Summary { get; init; }
    public required Agreement Agreement { get; init; }
    public required DateTime AgreedAt { get; init; }
    public required int Conversations { get; init; }
    public required DateTime? LastHeldAt { get; init; }
    public required DateOnly? NextOn { get; init; }
    public required string? NextNote { get; init; }
    public required bool HasDraft { get; init; }
    /// <summary>The programme shows numbers, and this person consented to it.</summary>
    public bool ShowsNumber { get; init; }
}

/// <summary>It is over, and nobody says why.</summary>
public sealed record EndedPerson(Guid AccompanimentId, string? Pseudonym);

/// <summary>A conversation to write down: held (the coordinator placed it), planned and past, begun as a draft, or perhaps forgotten: none for longer than agreed.</summary>
public sealed record DueEntry
{
    public required Guid AccompanimentId { get; init; }
    public required string? Pseudonym { get; init; }
    /// <summary>The conversation that stands already; null when it is still to be told.</summary>
    public Guid? ConversationId { get; init; }
    public DateTime? At { get; init; }
    public DateOnly? Day { get; init; }
    public int? Minutes { get; init; }
    public required DueReason Reason { get; init; }
}

public enum DueReason { Held, Planned, Draft, Silent }
