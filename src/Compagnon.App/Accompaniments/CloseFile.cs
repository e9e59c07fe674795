using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

public sealed record CloseCommand
{
    public required Guid ReferralId { get; init; }
    public required Closing Closing { get; init; }
    /// <summary>The call in which it came out; null when there was none.</summary>
    public AttemptCommand? Attempt { get; init; }
}

/// <summary>
/// Ends a file in one save with everything that hangs on it: open proposals are let go, places freed, the accompaniment ended, letters to the person stopped.
/// After a death nothing goes out any more; the companion hears of it from the coordinator, in person.
/// </summary>
[UseCases]
public sealed class CloseFile(CompagnonDb db, Files files, RoundKeeper rounds, Post post, Attempts attempts, Projection projection, ClinicNews news, TimeProvider clock)
{
    /// <summary>Reasons a coordinator may give; the others come about by themselves.</summary>
    public static IReadOnlyList<Closing> Reasons { get; } =
        [Closing.Completed, Closing.StoppedByPatient, Closing.NotReached, Closing.Declined, Closing.Underage, Closing.StoppedByCoordinator, Closing.Deceased];

    public async Task<Outcome<Done>> CloseAsync(Actor actor, CloseCommand command, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.File, stop: stop) is not { } file || actor.Role is not Role.Coordinator) return new NotThere();
        if (!Reasons.Contains(command.Closing)) return Invalid.Field(nameof(command.Closing), "NotAReason");
        var referral = file.Referral;
        var now = clock.GetUtcNow().UtcDateTime;
        // A death is also written into a file that ended before: nothing may reach the family.
        if (!ReferralState.IsOpen(referral)) return command.Closing is not Closing.Deceased || file.IsDeceased ? Done.Yes : await SilenceAsync(actor, file, now, stop);
        if (command.Attempt is { } attempt) attempts.Add(actor, file, attempt, now);
        if (command.Closing is Closing.Deceased) file.Person.DeceasedAt ??= now;
        await EndAsync(actor, file, command.Closing, now, stop);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>The person stops by themselves, at once and without a reason: whatever was open ends in the same save.</summary>
    public async Task<Outcome<Done>> StopAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        for (var left = 3; left > 0; left--)
        {
            if (actor.Role is not Role.Patient || await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || file.PatientId != actor.PersonId) return new NotThere();
            if (!ReferralState.IsOpen(file.Referral)) return Done.Yes;
            await EndAsync(actor, file, Closing.StoppedByPatient, clock.GetUtcNow().UtcDateTime, stop);
            // somebody else wrote in this very moment: who stops need not be told, it is done again
            if (await db.TrySaveAsync(stop)) return Done.Yes;
        }
        return new ChangedMeanwhile();
    }

    private async Task EndAsync(Actor actor, PatientFile file, Closing closing, DateTime now, CancellationToken stop)
    {
        foreach (var consent in file.Consents.Where(c => closing is Closing.StoppedByPatient or Closing.Declined && c.WithdrawnAt is null)) consent.WithdrawnAt = now;
        var referral = file.Referral;
        (referral.EndedAt, referral.Closing, referral.AnswerDueAt, referral.UrgentSince) = (now, closing, null, null);
        await LetGoAsync(actor, referral, closing, now, stop);
        await CancelLettersAsync(referral.PatientId, now, stop);
        await news.AddAsync(referral, now, stop);
        await projection.WriteAsync(referral, stop);
        db.Record(actor, new FileClosed(referral.Id, closing), now);
    }

    private async Task<Outcome<Done>> SilenceAsync(Actor actor, PatientFile file, DateTime now, CancellationToken stop)
    {
        file.Person.DeceasedAt = now;
        await CancelLettersAsync(file.PatientId, now, stop);
        db.Record(actor, new FileClosed(file.ReferralId, Closing.Deceased), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    private async Task LetGoAsync(Actor actor, Referral referral, Closing closing, DateTime now, CancellationToken stop)
    {
        var silent = closing is Closing.Deceased;
        await rounds.ReleaseAsync(actor, referral, await rounds.ProposalsOfAsync(referral.Id, stop), Release.RequestEnded, now, silent, stop);
        if (await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.ReferralId == referral.Id && a.EndedAt == null, stop) is not { } accompaniment) return;
        (accompaniment.EndedAt, accompaniment.Closing) = (now, closing);
        accompaniment.EndedBy = closing is Closing.StoppedByPatient or Closing.Declined ? EndedBy.Patient : EndedBy.Coordinator;
        await rounds.FreeAsync(accompaniment.CompanionId, referral.Id, stop);
        if (!silent) await post.TellAsync(accompaniment.CompanionId, referral.FacilityId, "Over", now);
        db.Record(actor, new AccompanimentEnded(referral.Id, accompaniment.Id, accompaniment.CompanionId, accompaniment.EndedBy.Value, closing, NewMatch: false), now);
    }

    private async Task CancelLettersAsync(Guid patientId, DateTime now, CancellationToken stop)
    {
        foreach (var letter in await db.Set<OutboxMessage>().Where(m => m.PersonId == patientId && m.SentAt == null && m.CancelledAt == null).ToListAsync(stop)) letter.CancelledAt = now;
    }
}
