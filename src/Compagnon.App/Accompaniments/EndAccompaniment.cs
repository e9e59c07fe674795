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

public sealed record EndCommand
{
    public required Guid AccompanimentId { get; init; }
    public required Closing Closing { get; init; }
    /// <summary>For the coordinator only; kept sealed.</summary>
    public string? Note { get; init; }
    /// <summary>The patient would like somebody else: the search begins anew.</summary>
    public bool WantsAnother { get; init; }
    /// <summary>It is the companion who died: nothing goes out, the patient is told in person and offered a new match.</summary>
    public bool CompanionDied { get; init; }
}

public sealed record Ended(bool NewMatch);

/// <summary>
/// Ending, by any of the three, in one save: the place is free, what was planned is off, letters that wait stay. The other hears neutral words; the reason is kept from
/// them. After a death there is silence: the coordinator tells the other in person.
/// </summary>
[UseCases]
public sealed class EndAccompaniment(CompagnonDb db, Files files, RoundKeeper rounds, Vault vault, Post post, ClinicNews news, Projection projection, TimeProvider clock)
{
    public static IReadOnlyList<Closing> ReasonsOf(Role role) => role switch
    {
        Role.Patient => [Closing.StoppedByPatient, Closing.Completed],
        Role.Companion => [Closing.Completed, Closing.StoppedByCompanion],
        Role.Coordinator => [Closing.Completed, Closing.StoppedByPatient, Closing.StoppedByCompanion, Closing.StoppedByCoordinator, Closing.Deceased],
        Role.Clinician or Role.Manager or Role.NetworkLead or Role.PrivacyOfficer or Role.OnCall or Role.Administrator => [],
    };

    public Task<Outcome<Ended>> EndAsync(Actor actor, EndCommand command, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, command, stop));

    /// <summary>The patient would like to talk to somebody else: no reason is asked, the search begins anew. To stop altogether is <see cref="CloseFile.StopAsync"/>.</summary>
    public Task<Outcome<Ended>> AnotherAsync(Actor actor, Guid referralId, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => AnotherOnceAsync(actor, referralId, stop));

    private async Task<Outcome<Ended>?> OnceAsync(Actor actor, EndCommand command, CancellationToken stop)
    {
        if (await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.Id == command.AccompanimentId, stop) is not { } accompaniment) return new NotThere();
        var mine = actor.PersonId == accompaniment.CompanionId || actor.PersonId == accompaniment.PatientId;
        // Whoever was a part of it may hear that it is over; the file itself is closed to the companion by then.
        if (accompaniment.EndedAt is not null && mine) return accompaniment.EndedBy == By(actor) ? new Ended(NewMatch: false) : new AlreadyEnded();
        if (!ReasonsOf(actor.Role).Contains(command.Closing) || (actor.Role is Role.Companion or Role.Patient && !mine)
            || await files.OpenForChangeAsync(actor, accompaniment.ReferralId, ReadWhat.Accompaniment, stop: stop) is not { } file) return new NotThere();
        if (accompaniment.EndedAt is not null) return new AlreadyEnded();
        var now = clock.GetUtcNow().UtcDateTime;
        // A companion who can't go on does not end the patient's request: they did not ask for it.
        var newMatch = command.Closing is not Closing.Deceased && (command.CompanionDied || (actor.Role is Role.Companion ? command.Closing is Closing.StoppedByCompanion : command.WantsAnother));
        await CloseAsync(actor, file, accompaniment, command, newMatch, now, stop);
        return await db.SavedAsync(new Ended(newMatch), stop);
    }

    private async Task CloseAsync(Actor actor, PatientFile file, Accompaniment accompaniment, EndCommand command, bool newMatch, DateTime now, CancellationToken stop)
    {
        (accompaniment.EndedAt, accompaniment.EndedBy, accompaniment.Closing) = (now, By(actor), command.Closing);
        accompaniment.EndNote = vault.Seal(file.Person, Files.EndNotePurpose, command.Note?.Trim());
        await rounds.FreeAsync(accompaniment.CompanionId, accompaniment.ReferralId, stop);
        await post.SilenceAsync(accompaniment.PatientId, now, stop);
        var silent = command.Closing is Closing.Deceased || command.CompanionDied;
        if (command.Closing is Closing.Deceased) file.Person.DeceasedAt ??= now;
        if (command.CompanionDied) await files.MarkDeceasedAsync(accompaniment.CompanionId, now, stop);
        db.Record(actor, new AccompanimentEnded(file.ReferralId, accompaniment.Id, accompaniment.CompanionId, By(actor), command.Closing, newMatch), now);
        if (!silent && actor.Role is not Role.Companion) await post.TellAsync(accompaniment.CompanionId, accompaniment.FacilityId, "Over", now);
        if (!silent && actor.Role is not Role.Patient) await rounds.TellPatientAsync(file.Entity, "Over", now);
        if (newMatch) await BeginAnewAsync(file.Entity, now, stop);
        else await EndRequestAsync(actor, file, command.Closing, silent, now, stop);
    }

    private async Task BeginAnewAsync(Referral referral, DateTime now, CancellationToken stop)
    {
        (referral.AgreedAt, referral.ChoiceAskedAt, referral.ChoiceDueAt, referral.AnswerDueAt, referral.TalkedAgainAt) = (null, null, null, null, null);
        referral.RematchedAt = now;
        await projection.WriteAsync(referral, stop);
        db.Touch(referral);
    }

    private async Task EndRequestAsync(Actor actor, PatientFile file, Closing closing, bool silent, DateTime now, CancellationToken stop)
    {
        var referral = file.Entity;
        await rounds.ReleaseAsync(actor, referral, await rounds.ProposalsOfAsync(referral.Id, stop), Release.RequestEnded, now, silent, stop);
        (referral.EndedAt, referral.Closing, referral.AnswerDueAt, referral.UrgentSince) = (now, closing, null, null);
        await projection.WriteAsync(referral, stop);
        db.Touch(referral);
        db.Record(actor, new RequestEnded(referral.Id, closing, actor.Role is not Role.Patient), now);
        await news.AddAsync(referral, now, stop);
    }

    private async Task<Outcome<Ended>?> AnotherOnceAsync(Actor actor, Guid referralId, CancellationToken stop)
    {
        if (actor.Role is not Role.Patient || await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file) return new NotThere();
        if (await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.ReferralId == referralId && a.EndedAt == null, stop) is not { } living) return new AlreadyEnded();
        var command = new EndCommand { AccompanimentId = living.Id, Closing = Closing.StoppedByPatient, WantsAnother = true };
        await CloseAsync(actor, file, living, command, newMatch: true, clock.GetUtcNow().UtcDateTime, stop);
        return await db.SavedAsync(new Ended(NewMatch: true), stop);
    }

    private static EndedBy By(Actor actor) => actor.Role switch
    {
        Role.Patient => EndedBy.Patient,
        Role.Companion => EndedBy.Companion,
        Role.Coordinator or Role.Clinician or Role.Manager or Role.NetworkLead or Role.PrivacyOfficer or Role.OnCall or Role.Administrator => EndedBy.Coordinator,
    };
}
