using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>
/// Every minute: proposals whose time is over, and choices that nobody made. Expired is not declined: the place frees, and whoever else said yes is
/// offered to the patient. Run twice it does the same once.
/// </summary>
public sealed class ExpireProposals(CompagnonDb db, Files files, RoundKeeper rounds, WorkingCalendar calendar, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 200;

    public string Kind => "expire-proposals";

    public int? EverySeconds => 60;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        var system = Actor.System(job.NetworkId);
        var now = clock.GetUtcNow().UtcDateTime;
        var overdue = await db.Set<Proposal>().Where(p => p.AnsweredAt == null && p.ExpiredAt == null && p.ReleasedAt == null && p.ExpiresAt <= now)
            .OrderBy(p => p.ExpiresAt).Select(p => p.ReferralId).Take(AtOnce).ToListAsync(stop);
        foreach (var referralId in overdue.Distinct()) await ExpireAsync(system, referralId, now, stop);
        var choosing = await db.Set<Referral>().Where(r => r.EndedAt == null && r.AgreedAt == null && r.ChoiceDueAt != null && r.ChoiceDueAt <= now)
            .OrderBy(r => r.ChoiceDueAt).Select(r => r.Id).Take(AtOnce).ToListAsync(stop);
        foreach (var referralId in choosing) await ChoiceOverAsync(system, referralId, now, stop);
    }

    private async Task ExpireAsync(Actor system, Guid referralId, DateTime now, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        if (await files.OpenForChangeAsync(system, referralId, ReadWhat.Matching, stop: stop) is not { } file) return;
        var proposals = await rounds.ProposalsOfAsync(referralId, stop);
        foreach (var proposal in proposals.Where(p => Proposals.IsOpen(p) && p.ExpiresAt <= now).ToList())
        {
            proposal.ExpiredAt = now;
            await rounds.FreeAsync(proposal.CompanionId, referralId, stop);
            db.Record(system, new ProposalRanOut(referralId, proposal.Id, proposal.CompanionId), now);
        }
        await rounds.LetGoKeptOutAsync(system, file, proposals, now, stop);
        await rounds.SettleAsync(system, file, proposals, now, stop: stop);
        // Somebody answered this very moment: the next minute looks again.
        await db.TrySaveAsync(stop);
    }

    /// <summary>First a kind reminder; the companions are let go only after the coordinator had time to call. Somebody chosen waits for the agreement.</summary>
    private async Task ChoiceOverAsync(Actor system, Guid referralId, DateTime now, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        if (await files.OpenForChangeAsync(system, referralId, ReadWhat.Choice, stop: stop) is not { } file) return;
        var referral = file.Entity;
        var proposals = await rounds.ProposalsOfAsync(referralId, stop);
        if (referral.ChoiceDueAt is not { } due || proposals.Exists(p => Proposals.IsAccepted(p) && p.ChosenAt is not null)) return;
        if (now >= Rounds.ChoiceEndsAt(due, calendar))
        {
            await rounds.ReleaseAsync(system, referral, proposals, Release.ChoiceExpired, now, stop: stop);
            await rounds.SettleAsync(system, file, proposals, now, stop: stop);
        }
        else if (!await db.Set<OutboxMessage>().AnyAsync(m => m.PersonId == referral.PatientId && m.Letter == "ChoiceReminder" && m.CreatedAt >= due, stop))
        {
            await rounds.TellPatientAsync(referral, "ChoiceReminder", now);
        }
        await db.TrySaveAsync(stop);
    }
}
