using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>It was answered before, otherwise.</summary>
public sealed record AlreadyAnswered(ProposalAnswer Answer) : Refusal;

/// <summary>The time to answer has passed. Nobody holds it against anybody.</summary>
public sealed record ProposalExpired : Refusal;

/// <summary>The request has found somebody else, or has ended.</summary>
public sealed record ProposalReleased : Refusal;

/// <summary>The hard rule: not cleared to accompany today.</summary>
public sealed record NotCleared : Refusal;

/// <summary>The companion answers: yes, not this time, or "I may know this person". No reason is asked; a no gives the place back at once.</summary>
[UseCases]
public sealed class AnswerProposal(CompagnonDb db, Files files, RoundKeeper rounds, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>The same answer twice is one. A yes may still become a no until the patient has chosen; a place given back is not taken again.</summary>
    public Task<Outcome<Done>> AnswerAsync(Actor actor, Guid proposalId, ProposalAnswer answer, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, proposalId, answer, stop));

    private async Task<Outcome<Done>?> OnceAsync(Actor actor, Guid proposalId, ProposalAnswer answer, CancellationToken stop)
    {
        if (actor.Role is not Role.Companion
            || await db.Set<Proposal>().FirstOrDefaultAsync(p => p.Id == proposalId && p.CompanionId == actor.PersonId, stop) is not { } mine) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        if (mine.Answer == answer && mine.ReleasedAt is null) return Done.Yes;
        if (WhyNot(mine, now) is { } refusal) return refusal;
        // Since they were asked the person may have kept them out: then there is nothing to answer any more.
        if (await files.OpenForChangeAsync(actor, mine.ReferralId, ReadWhat.Proposal, stop: stop) is not { } file) return new ProposalReleased();
        if (answer is ProposalAnswer.Yes && !(await db.Set<Companion>().FirstAsync(c => c.Id == actor.PersonId, stop)).IsCleared(calendar.LocalDay(now))) return new NotCleared();
        var before = mine.Answer;
        (mine.Answer, mine.AnsweredAt) = (answer, now);
        if (answer is not ProposalAnswer.Yes) await rounds.FreeAsync(mine.CompanionId, mine.ReferralId, stop);
        db.Record(actor, new ProposalAnswered(mine.ReferralId, mine.Id, mine.CompanionId, before, answer), now);
        var proposals = await rounds.ProposalsOfAsync(mine.ReferralId, stop);
        await rounds.LetGoKeptOutAsync(Actor.System(actor.NetworkId), file, proposals, now, stop);
        await rounds.SettleAsync(actor, file, proposals, now, stop: stop);
        return await db.SavedAsync(default(Done), stop);
    }

    private static Refusal? WhyNot(Proposal mine, DateTime now) => Proposals.StateOf(mine, now) switch
    {
        ProposalState.Open or ProposalState.Accepted => null,
        ProposalState.Declined => new AlreadyAnswered(mine.Answer!.Value),
        ProposalState.Chosen => new AlreadyAnswered(ProposalAnswer.Yes),
        ProposalState.Expired => new ProposalExpired(),
        ProposalState.Released => new ProposalReleased(),
    };
}
