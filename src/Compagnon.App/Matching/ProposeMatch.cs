using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>The coordinator asks one companion, or up to three where the patient agreed that several see the summary.</summary>
public sealed record ProposeCommand
{
    public required Guid ReferralId { get; init; }
    public required IReadOnlyList<Guid> Companions { get; init; }
    /// <summary>Needed only when a better-ranked companion is passed over, or a rule is lifted.</summary>
    public string? Reason { get; init; }
    /// <summary>Those of the companions for whom the rules that may be lifted are lifted.</summary>
    public IReadOnlyList<Guid> Lifting { get; init; } = [];
    /// <summary>A line of a round: who is passed over here is better served elsewhere, so no reason is asked.</summary>
    public bool OfRound { get; init; }
    /// <summary>It was a line of a round and is none any more: what it takes from the others is not what the coordinator read.</summary>
    public bool LeftRound { get; init; }
}

/// <summary>The best plan has another line by now.</summary>
public sealed record LeftThePlan : Refusal;

public sealed record Proposed(IReadOnlyList<Guid> Proposals, DateTime AnswerDueAt);

/// <summary>Asks companions. The database decides who gets the last place: a place is a row whose key is (companion, number).</summary>
[UseCases]
public sealed class ProposeMatch(CompagnonDb db, Files files, MatchTables tables, RoundKeeper rounds, Vault vault, Post post, TimeProvider clock)
{
    public Task<Outcome<Proposed>> ProposeAsync(Actor actor, ProposeCommand command, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, command, stop));

    private async Task<Outcome<Proposed>?> OnceAsync(Actor actor, ProposeCommand command, CancellationToken stop)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.Matching, stop: stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var table = await tables.ForAsync(file, now, stop);
        Guid[] wanted = [.. command.Companions.Distinct()];
        if (AlreadyDone(actor, table, wanted) is { } done) return done;
        if (WhyNot(file, table, wanted, command) is { } refusal) return refusal;
        var proposals = table.Proposals.ToList();
        foreach (var companion in wanted)
        {
            if (await HoldAsync(companion, table.Companions[companion].Capacity, file.ReferralId, now, stop) is not { } place) return new CompanionAtCapacity(companion);
            proposals.Add(Ask(actor, file, table, companion, command, place, now));
            await post.TellAsync(companion, file.Entity.FacilityId, "Proposal", now, table.Settings.Targets.AnswerHours);
        }
        await rounds.SettleAsync(actor, file, proposals, now, stop: stop);
        return await db.SavedAsync(new Proposed([.. proposals.TakeLast(wanted.Length).Select(p => p.Id)], file.Entity.AnswerDueAt!.Value), stop);
    }

    /// <summary>The button was pressed twice: the same coordinator has asked just these, and is told the same again.</summary>
    private static Outcome<Proposed>? AlreadyDone(Actor actor, MatchTable table, Guid[] wanted)
    {
        var open = table.Proposals.Where(Proposals.IsOpen).ToList();
        if (wanted.Length == 0 || !wanted.All(id => open.Exists(p => p.CompanionId == id && p.ProposedBy == actor.PersonId))) return null;
        var same = open.Where(p => wanted.Contains(p.CompanionId)).ToList();
        return new Proposed([.. same.Select(p => p.Id)], same.Min(p => p.ExpiresAt));
    }

    private static Refusal? WhyNot(PatientFile file, MatchTable table, Guid[] wanted, ProposeCommand command)
    {
        var referral = file.Entity;
        if (wanted.Length == 0) return Invalid.Field(nameof(command.Companions), "Nobody");
        if (file.IsDeceased || !ReferralState.MayBeProposed(referral)) return new MayNotBeProposed();
        if (referral.ChoiceAskedAt is not null) return new PatientIsChoosing();
        var held = table.Proposals.Where(Proposals.HoldsPlace).ToList();
        foreach (var id in wanted)
            if (held.Exists(p => p.CompanionId == id)) return new AlreadyProposed(id);
        var allowed = Rounds.Allowed(file.Has(ConsentKind.SeveralCompanions));
        if (held.Count + wanted.Length > allowed) return new TooManyAtOnce(allowed);
        foreach (var id in wanted)
            if (WhyNot(table, id, command.Lifting.Contains(id)) is { } refusal) return refusal;
        if (command.LeftRound) return new LeftThePlan();
        var lifted = wanted.SelectMany(id => LiftedFor(table, id)).Distinct().ToList();
        var passedOver = table.Candidates.BetterPassedOver(wanted);
        return ((passedOver && !command.OfRound) || lifted.Count > 0) && string.IsNullOrWhiteSpace(command.Reason) ? new ReasonNeeded(passedOver, lifted) : null;
    }

    private static Refusal? WhyNot(MatchTable table, Guid companion, bool lifting)
    {
        if (table.Candidates.Ranked.Any(c => c.Companion.CompanionId == companion)) return null;
        if (table.Candidates.Excluded.FirstOrDefault(e => e.Companion.CompanionId == companion) is not { } excluded) return new NotThere();
        if (lifting && excluded.MayBeLifted) return null;
        // Full alone is not a wrong choice: somebody else was faster.
        return excluded.Exclusions is [{ Rule: ExclusionRule.Full }] ? new CompanionAtCapacity(companion) : new NotEligible(companion, excluded.Exclusions);
    }

    private static IEnumerable<ExclusionRule> LiftedFor(MatchTable table, Guid companion) =>
        table.Candidates.Excluded.FirstOrDefault(e => e.Companion.CompanionId == companion)?.Exclusions.Select(e => e.Rule) ?? [];

    private async Task<int?> HoldAsync(Guid companion, int capacity, Guid referralId, DateTime now, CancellationToken stop)
    {
        var used = await db.Set<Place>().Where(p => p.CompanionId == companion).Select(p => p.Number).ToListAsync(stop);
        if (used.Count >= capacity || Places.Free(capacity, used) is not { } number) return null;
        db.Add(new Place { CompanionId = companion, Number = number, ReferralId = referralId, Since = now });
        return number;
    }

    private Proposal Ask(Actor actor, PatientFile file, MatchTable table, Guid companion, ProposeCommand command, int place, DateTime now)
    {
        var candidate = table.Candidates.Ranked.FirstOrDefault(c => c.Companion.CompanionId == companion);
        var fit = candidate?.Fit ?? table.Candidates.Excluded.First(e => e.Companion.CompanionId == companion).Fit;
        var passedOver = table.Candidates.BetterPassedOver([.. command.Companions]);
        var lifted = LiftedFor(table, companion).ToList();
        var proposal = new Proposal
        {
            ReferralId = file.ReferralId, CompanionId = companion, ProposedBy = actor.PersonId, ProposedAt = now, ExpiresAt = now.AddHours(table.Settings.Targets.AnswerHours),
            Fit = fit.Total, Rank = candidate?.Place, PassedOver = passedOver, Lifted = lifted,
            Reason = passedOver || lifted.Count > 0 ? vault.Seal(file.Person, Files.ReasonPurpose, command.Reason?.Trim()) : null,
        };
        db.Add(proposal);
        db.Record(actor, new ProposalMade(file.ReferralId, proposal.Id, companion, place, proposal.Rank, proposal.Fit, passedOver, lifted, command.OfRound), now);
        return proposal;
    }
}
