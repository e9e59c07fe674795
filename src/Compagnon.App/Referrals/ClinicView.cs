using Compagnon.Domain.Referrals;

namespace Compagnon.App.Referrals;

/// <summary>Which of the clinic's referrals: all, or those of a name, a number, a step.</summary>
public sealed record ClinicFilter
{
    public const int PageSize = 10;

    /// <summary>The beginning of a name, a whole telephone or a file number.</summary>
    public string? Words { get; init; }
    public ReferralStage? Stage { get; init; }
    public int Page { get; init; } = 1;

    public bool IsNarrow => !string.IsNullOrWhiteSpace(Words) || Stage is not null;
}

/// <summary>One referral as its clinic sees it in a list.</summary>
public sealed record ClinicRow
{
    public required Guid ReferralId { get; init; }
    public required string FileNumber { get; init; }
    public required string GivenName { get; init; }
    public required HeardSteps Steps { get; init; }
    /// <summary>The person keeps the rest for themselves.</summary>
    public required bool StatusRefused { get; init; }
    public required DateTime ReachBy { get; init; }
}

public sealed record ClinicView
{
    /// <summary>The one where something happened last; only on the first page, without a filter.</summary>
    public ClinicRow? Newest { get; init; }
    public required IReadOnlyList<ClinicRow> Rows { get; init; }
    /// <summary>Their number does not work: the clinic is asked.</summary>
    public required IReadOnlyList<ClinicRow> WrongNumbers { get; init; }
    /// <summary>On all pages, without the newest.</summary>
    public required int Found { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
    /// <summary>How many come after this page.</summary>
    public required int Older { get; init; }
    public required ClinicYear Year { get; init; }
    public required DateTime Now { get; init; }
}

/// <summary>Since January. Those who keep it for themselves are counted as referred, never as having talked.</summary>
/// <param name="Referred">How many were referred.</param>
/// <param name="Talked">Of them, how many had a first conversation.</param>
/// <param name="MedianDays">From the referral to that conversation; null while there is none.</param>
/// <param name="Waiting">How many of all still wait for theirs, whenever they were referred.</param>
/// <param name="LongestDays">How long the one has waited who waits longest.</param>
public sealed record ClinicYear(int Referred, int Talked, double? MedianDays, int Waiting, int LongestDays);

/// <summary>One referral, opened by its clinic.</summary>
public sealed record ClinicFile
{
    public required Guid ReferralId { get; init; }
    public required string FileNumber { get; init; }
    public required string GivenName { get; init; }
    public required string? Telephone { get; init; }
    public required bool MayLeaveMessage { get; init; }
    /// <summary>What the clinic wrote to the coordinator.</summary>
    public string? Note { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public required string ReferredBy { get; init; }
    public required HeardSteps Steps { get; init; }
    /// <summary>The pseudonym of who accompanies them; null before the two agreed, after the end, and where the person refused.</summary>
    public required string? Companion { get; init; }
    public required bool StatusRefused { get; init; }
    public required bool NumberIsWrong { get; init; }
    public required bool MayCorrect { get; init; }
    public required bool MayWithdraw { get; init; }
    public required DateTime ReachBy { get; init; }
    public required DateTime Now { get; init; }
    /// <summary>The programme's targets, by which the page says what happens next and by when.</summary>
    public required Compagnon.Domain.Programme.Targets Targets { get; init; }
}
