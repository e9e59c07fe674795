using System.Runtime.InteropServices;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Matching;

/// <summary>A request and a companion.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RoundPair(Guid ReferralId, Guid CompanionId);

/// <summary>What the coordinator has decided about the round in front of them: the rest is planned anew around it. Kept in the address of the page, so that Back undoes it.</summary>
public sealed record RoundDecisions(IReadOnlyList<RoundPair> Fixed, IReadOnlyList<RoundPair> Forbidden)
{
    public static readonly RoundDecisions None = new([], []);
}

/// <summary>One line of the plan.</summary>
public sealed record RoundLine
{
    public required RoundPair Pair { get; init; }
    public required string Patient { get; init; }
    public required string FileNumber { get; init; }
    public required string Companion { get; init; }
    public required CancerSite? Site { get; init; }
    public required int Days { get; init; }
    public required bool IsUrgent { get; init; }
    public required bool IsFixed { get; init; }
    /// <summary>Another companion was set aside for this patient.</summary>
    public required bool IsAnother { get; init; }
    public required int FitOf100 { get; init; }
    /// <summary>Not what the programme calls a good match (<see cref="Candidates.IsGood(int, bool, Weights)"/>).</summary>
    public required bool IsWeak { get; init; }
    /// <summary>The companion's place in the patient's own list.</summary>
    public required int Rank { get; init; }
    public required IReadOnlyList<Fact> Shared { get; init; }
}

/// <summary>What a way of matching reaches: how many people, and their fit on average, out of 100.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RoundSum(int Matched, long TotalFit)
{
    public int Average => Matched == 0 ? 0 : (int)Math.Round(TotalFit / 10.0 / Matched, MidpointRounding.AwayFromZero);
}

public sealed record RoundView
{
    public required IReadOnlyList<RoundLine> Lines { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
    public required int Waiting { get; init; }
    /// <summary>Of those to match, who is to be called later: they are not in the round.</summary>
    public required int PutOff { get; init; }
    /// <summary>Free places of those who can be asked.</summary>
    public required int Places { get; init; }
    public required RoundSum Plan { get; init; }
    /// <summary>The same people one by one, urgent first and then whoever has waited longest, each with the best who is still free.</summary>
    public required RoundSum OneByOne { get; init; }
    /// <summary>Those for whom there is nobody at all among those who have a place.</summary>
    public required int WithoutAnybody { get; init; }
    /// <summary>The first of those without anybody in this plan, urgent first and then whoever has waited longest.</summary>
    public required IReadOnlyList<(Guid ReferralId, string Patient)> Left { get; init; }
    /// <summary>Pairs that were to be kept and can't be any more, with the names of both.</summary>
    public required IReadOnlyList<(string Patient, string Companion)> Dropped { get; init; }
    /// <summary>Something was kept or set aside: the plan is the best around that.</summary>
    public required bool IsDecided { get; init; }
    /// <summary>Pairs kept out of this round, with the names of both.</summary>
    public required IReadOnlyList<(RoundPair Pair, string Patient, string Companion)> Forbidden { get; init; }
    /// <summary>The names of further lines that were asked about, where the actor may know them.</summary>
    public required IReadOnlyDictionary<RoundPair, (string Patient, string Companion)> Told { get; init; }
    public int LeftWaiting => Waiting - Plan.Matched - WithoutAnybody;
}
