using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>The coordinator takes a proposal back, or lets go a companion who said yes: on the telephone they said that they can't after all.</summary>
[UseCases]
public sealed class WithdrawProposal(CompagnonDb db, Files files, RoundKeeper rounds, TimeProvider clock)
{
    /// <param name="why">For the file's history, which coordinators read; nobody has to say it.</param>
    public Task<Outcome<RoundResult>> WithdrawAsync(Actor actor, Guid proposalId, TakenBackFor? why = null, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, proposalId, why, stop));

    private async Task<Outcome<RoundResult>?> OnceAsync(Actor actor, Guid proposalId, TakenBackFor? why, CancellationToken stop)
    {
        if (actor.Role is not Role.Coordinator || await db.Set<Proposal>().FirstOrDefaultAsync(p => p.Id == proposalId, stop) is not { } proposal
            || await files.OpenForChangeAsync(actor, proposal.ReferralId, ReadWhat.Matching, stop: stop) is not { } file) return new NotThere();
        if (proposal.Release is Release.TakenBack) return RoundResult.Nothing;
        var now = clock.GetUtcNow().UtcDateTime;
        if (!Proposals.HoldsPlace(proposal)) return new ProposalClosed(Proposals.StateOf(proposal, now));
        proposal.TakenBackFor = why;
        await rounds.ReleaseAsync(actor, file.Entity, [proposal], Release.TakenBack, now, stop: stop);
        var next = await rounds.SettleAsync(actor, file, await rounds.ProposalsOfAsync(proposal.ReferralId, stop), now, takenBack: true, stop: stop);
        return await db.SavedAsync(next, stop);
    }
}
