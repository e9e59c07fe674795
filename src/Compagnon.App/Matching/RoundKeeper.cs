using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>What every change of a proposal has in common: the ledger of places, the request's dates, the trail and the letters, all in the caller's save.</summary>
[UseCases]
public sealed class RoundKeeper(CompagnonDb db, SettingsOf settings, WorkingCalendar calendar, Post post)
{
    /// <summary>From this many on the patient is told honestly that it takes longer.</summary>
    private const int TellAfter = 2;

    public Task<List<Proposal>> ProposalsOfAsync(Guid referralId, CancellationToken stop = default) =>
        db.Set<Proposal>().Where(p => p.ReferralId == referralId).OrderBy(p => p.ProposedAt).ToListAsync(stop);

    /// <summary>Frees the place that a proposal held.</summary>
    public async Task FreeAsync(Guid companionId, Guid referralId, CancellationToken stop = default)
    {
        if (await db.Set<Place>().FirstOrDefaultAsync(p => p.CompanionId == companionId && p.ReferralId == referralId, stop) is { } place) db.Remove(place);
    }

    /// <summary>Lets companions go, each with the same neutral words, and frees their places.</summary>
    public async Task ReleaseAsync(Actor actor, Referral referral, IEnumerable<Proposal> proposals, Release why, DateTime now, bool silent = false, CancellationToken stop = default)
    {
        foreach (var proposal in proposals.Where(Proposals.HoldsPlace).ToList())
        {
            (proposal.ReleasedAt, proposal.Release) = (now, why);
            await FreeAsync(proposal.CompanionId, referral.Id, stop);
            db.Record(actor, new CompanionLetGo(referral.Id, proposal.Id, proposal.CompanionId, why, proposal.TakenBackFor), now);
            if (!silent) await post.TellAsync(proposal.CompanionId, referral.FacilityId, "Released", now);
        }
    }

    /// <summary>
    /// Who said yes and may still come. Whoever the patient keeps out since is let go, with the same neutral words; where nobody is left, the request is back with the
    /// coordinator, and nothing has failed. The caller saves.
    /// </summary>
    public async Task<List<Proposal>> AcceptedAsync(Actor actor, PatientFile file, IReadOnlyCollection<Proposal> proposals, DateTime now, CancellationToken stop = default)
    {
        if (await LetGoKeptOutAsync(actor, file, proposals, now, stop)) await SettleAsync(actor, file, proposals, now, takenBack: true, stop: stop);
        return [.. proposals.Where(Proposals.IsAccepted)];
    }

    /// <summary>Lets go who said yes and is kept out since, so that nobody is told to choose where there is nobody to choose. The caller settles.</summary>
    public async Task<bool> LetGoKeptOutAsync(Actor actor, PatientFile file, IReadOnlyCollection<Proposal> proposals, DateTime now, CancellationToken stop = default)
    {
        var accepted = proposals.Where(Proposals.IsAccepted).ToList();
        Guid[] ids = [.. accepted.Select(p => p.CompanionId)];
        var letIn = (await db.Set<Companion>().Where(c => ids.Contains(c.Id)).ToListAsync(stop)).Where(file.LetsIn).Select(c => c.Id).ToHashSet();
        var keptOut = accepted.Where(p => !letIn.Contains(p.CompanionId)).ToList();
        await ReleaseAsync(actor, file.Entity, keptOut, Release.TakenBack, now, stop: stop);
        return keptOut.Count > 0;
    }

    /// <summary>Writes what follows for the request, and tells the patient where there is something to tell.</summary>
    public async Task<RoundResult> SettleAsync(Actor actor, PatientFile file, IReadOnlyCollection<Proposal> proposals, DateTime now, bool takenBack = false, CancellationToken stop = default)
    {
        var referral = file.Entity;
        var targets = (await settings.FacilityAsync(referral.FacilityId, stop)).Targets;
        var result = Rounds.Settle(referral, proposals, targets, now, takenBack);
        if (result is RoundResult.PatientAsked)
        {
            db.Record(actor, new PatientAskedToChoose(referral.Id, proposals.Count(Proposals.IsAccepted), referral.ChoiceDueAt!.Value), now);
            await TellPatientAsync(referral, "Choice", now);
        }
        if (result is RoundResult.Returned)
        {
            db.Record(actor, new RequestReturned(referral.Id, referral.Returns), now);
            if (referral.Returns >= TellAfter) await TellPatientAsync(referral, "StillLooking", now);
        }
        referral.Project(targets, calendar);
        db.Touch(referral);
        return result;
    }

    /// <summary>Whoever has only a telephone gets no letters: the coordinator calls.</summary>
    public Task TellPatientAsync(Referral referral, string letter, DateTime now) =>
        referral.TelephoneOnly ? Task.CompletedTask : post.TellAsync(referral.PatientId, referral.FacilityId, letter, now);
}
