using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
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

/// <summary>A companion answers whether they would accompany somebody. A no gives the place back at once.</summary>
[UseCases]
public sealed class AnswerProposal(CompagnonDb db, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    public async Task<Outcome<Done>> AnswerAsync(Actor actor, Guid proposalId, ProposalAnswer answer, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Companion || await db.Set<Proposal>().FirstOrDefaultAsync(p => p.Id == proposalId, stop) is not { } proposal
            || proposal.CompanionId != actor.PersonId) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        if (proposal.Answer is { } before) return before == answer ? Done.Yes : new AlreadyAnswered(before);
        switch (Proposals.StateOf(proposal, now))
        {
            case ProposalState.Expired: return new ProposalExpired();
            case ProposalState.Released or ProposalState.Chosen: return new ProposalReleased();
        }
        var companion = await db.Set<Companion>().FirstAsync(c => c.Id == actor.PersonId, stop);
        if (answer is ProposalAnswer.Yes && !companion.IsCleared(calendar.LocalDay(now))) return new NotCleared();
        (proposal.Answer, proposal.AnsweredAt) = (answer, now);
        if (answer is not ProposalAnswer.Yes)
            db.RemoveRange(await db.Set<Place>().Where(p => p.CompanionId == actor.PersonId && p.ReferralId == proposal.ReferralId && p.TakenAt == null).ToListAsync(stop));
        await MoveOnAsync(proposal, now, stop);
        db.Record(actor, new ProposalAnswered(proposal.ReferralId, proposalId, answer), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>When all have answered: the patient is asked, or, when all said no, the file goes back to the top.</summary>
    private async Task MoveOnAsync(Proposal answered, DateTime now, CancellationToken stop)
    {
        var referral = await db.Set<Referral>().FirstAsync(r => r.Id == answered.ReferralId, stop);
        var others = await db.Set<Proposal>().Where(p => p.ReferralId == referral.Id && p.Id != answered.Id && p.ReleasedAt == null && p.ExpiredAt == null).ToListAsync(stop);
        var targets = (await settings.FacilityAsync(referral.FacilityId, stop)).Targets;
        referral.AnswerDueAt = others.Where(p => Proposals.StateOf(p, now) is ProposalState.Open).Select(p => (DateTime?)p.ExpiresAt).Min();
        if (referral.AnswerDueAt is null)
        {
            if (answered.Answer is ProposalAnswer.Yes || others.Exists(p => p.Answer is ProposalAnswer.Yes))
                (referral.ChoiceAskedAt, referral.ChoiceDueAt) = (now, now.AddHours(targets.ChooseHours));
            else (referral.ReturnedAt, referral.Returns) = (now, referral.Returns + 1);
        }
        referral.Project(targets, calendar);
    }
}
