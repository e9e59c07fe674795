using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>A companion asked about this request, and what came of it.</summary>
public sealed record AskedCompanion(Guid ProposalId, Guid CompanionId, string Name, ProposalState State, DateTime ProposedAt, DateTime ExpiresAt, bool HoldsPlace, TakenBackFor? TakenBackFor);

/// <summary>All that a coordinator needs to decide whom to ask.</summary>
public sealed record MatchBoardView
{
    public required PatientFile File { get; init; }
    public required MatchTable Table { get; init; }
    /// <summary>Full names: companions of one's own facility.</summary>
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }
    public required IReadOnlyList<AskedCompanion> Asked { get; init; }
    public required IReadOnlyList<Missing> Missing { get; init; }
    /// <summary>How many may still be asked now.</summary>
    public required int MayStillAsk { get; init; }
    public required bool SeveralAgreed { get; init; }
    public required string? ReferredBy { get; init; }
    public required DateTime Now { get; init; }
    public Referral Referral => File.Referral;
    /// <summary>Among those who may be proposed or are being asked.</summary>
    public bool HasGoodMatch => HasGoodCandidate || Table.Candidates.HasGoodExcluded(Table.Settings.Weights, IsBeingAsked);
    public bool HasGoodCandidate => Table.Candidates.HasGoodMatch(Table.Settings.Weights);
    /// <summary>Somebody would be good, and is asked already, full or pausing.</summary>
    public bool HasGoodButBusy => Table.Candidates.HasGoodExcluded(Table.Settings.Weights, e => e.IsOnlyBusy);
    public bool MayBeProposed => !File.IsDeceased && ReferralState.MayBeProposed(Referral) && Referral.ChoiceAskedAt is null;
    /// <summary>Excluded, without those who are being asked right now.</summary>
    public IReadOnlyList<ExcludedCompanion> Excluded => [.. Table.Candidates.Excluded.Where(e => !IsBeingAsked(e))];
    private bool IsBeingAsked(ExcludedCompanion e) => Asked.Any(a => a.CompanionId == e.Companion.CompanionId && a.HoldsPlace);
}

/// <summary>One line of the list of matches.</summary>
public sealed record MatchRow(Guid ReferralId, string GivenName, NextStep Step, DateTime Since, DateTime? DueAt, DateTime? BackSince, int Returns, Situation Situation, string FileNumber);

[UseCases]
public sealed class MatchBoard(CompagnonDb db, Files files, MatchTables tables, TimeProvider clock)
{
    private const int Longest = 200;

    public async Task<MatchBoardView?> ShowAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenAsync(actor, referralId, ReadWhat.Matching, stop: stop) is not { } file) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var table = await tables.ForAsync(file, now, stop);
        var names = await files.NamesOfCompanionsAsync(actor, [.. table.Companions.Keys.Union(table.Proposals.Select(p => p.CompanionId))], stop);
        var several = file.Has(ConsentKind.SeveralCompanions);
        var by = await files.StaffNamesAsync([file.Entity.ReferredBy], stop);
        return new MatchBoardView
        {
            File = file, Table = table, Names = names, SeveralAgreed = several, Now = now, Missing = MissingExperience.Of(table.Patient, table.Candidates, [.. table.Proposals.Where(Proposals.HoldsPlace).Select(p => p.CompanionId)]),
            MayStillAsk = Math.Max(0, Rounds.Allowed(several) - table.Proposals.Count(Proposals.HoldsPlace)), ReferredBy = by.GetValueOrDefault(file.Entity.ReferredBy),
            Asked = [.. table.Proposals.Select(p => new AskedCompanion(p.Id, p.CompanionId, names.GetValueOrDefault(p.CompanionId, ""), Proposals.StateOf(p, now), p.ProposedAt, p.ExpiresAt, Proposals.HoldsPlace(p), p.TakenBackFor))],
        };
    }

    /// <summary>To match, waiting for answers, to choose: each most overdue first.</summary>
    public async Task<IReadOnlyList<MatchRow>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        NextStep[] steps = [NextStep.Match, NextStep.Answer, NextStep.Choose];
        var rows = await db.Set<Referral>().AsNoTracking().Where(r => r.FacilityId == actor.FacilityId && steps.Contains(r.Next)).OrderBy(r => r.NextDueAt).Take(Longest).ToListAsync(stop);
        var names = await files.NamesOfReferralsAsync(actor, [.. rows.Select(r => r.Id)], stop);
        return [.. rows.Where(r => names.ContainsKey(r.Id)).Select(r => new MatchRow(r.Id, names[r.Id], r.Next, r.ReceivedAt ?? r.OfferedAt ?? r.NextDueAt!.Value, r.NextDueAt, ReferralState.BackSince(r.ReturnedAt, r.RematchedAt), r.Returns, r.Situation, r.FileNumber))];
    }
}
