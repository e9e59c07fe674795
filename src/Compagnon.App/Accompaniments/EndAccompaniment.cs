using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
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
}

public sealed record Ended(bool NewMatch);

/// <summary>Ending, by any of the three, in one save (<see cref="Endings"/>). The reason is kept from the other.</summary>
[UseCases]
public sealed class EndAccompaniment(CompagnonDb db, Files files, Vault vault, Endings endings, TimeProvider clock)
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
        if (accompaniment.EndedAt is not null && mine) return accompaniment.EndedBy == Own(actor) ? new Ended(NewMatch: false) : new AlreadyEnded();
        if (!ReasonsOf(actor.Role).Contains(command.Closing) || (actor.Role is Role.Companion or Role.Patient && !mine)
            || await files.OpenForChangeAsync(actor, accompaniment.ReferralId, ReadWhat.Accompaniment, stop: stop) is not { } file) return new NotThere();
        if (accompaniment.EndedAt is not null) return new AlreadyEnded();
        var now = clock.GetUtcNow().UtcDateTime;
        accompaniment.EndNote = vault.Seal(file.Person, Files.EndNotePurpose, command.Note?.Trim());
        // A companion who can't go on does not end the patient's request: they did not ask for it.
        var newMatch = command.Closing is not Closing.Deceased && (actor.Role is Role.Companion ? command.Closing is Closing.StoppedByCompanion : command.WantsAnother);
        if (newMatch) await BeginAnewAsync(actor, file, accompaniment, command.Closing, now, stop);
        else await EndRequestAsync(actor, file, command.Closing, now, stop);
        return await db.SavedAsync(new Ended(newMatch), stop);
    }

    private async Task BeginAnewAsync(Actor actor, PatientFile file, Accompaniment accompaniment, Closing closing, DateTime now, CancellationToken stop)
    {
        await endings.PartAsync(actor, file.Entity, accompaniment, closing, newMatch: true, silent: false, now, stop);
        await endings.BeginAnewAsync(file.Entity, now, stop);
    }

    private async Task EndRequestAsync(Actor actor, PatientFile file, Closing closing, DateTime now, CancellationToken stop)
    {
        var died = closing is Closing.Deceased;
        if (died) await endings.NoteDeathAsync(actor, file.Person, now, stop);
        await endings.EndRequestAsync(actor, file, closing, silent: died, now, stop);
    }

    private async Task<Outcome<Ended>?> AnotherOnceAsync(Actor actor, Guid referralId, CancellationToken stop)
    {
        if (actor.Role is not Role.Patient || await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file) return new NotThere();
        if (await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.ReferralId == referralId && a.EndedAt == null, stop) is not { } living) return new AlreadyEnded();
        await BeginAnewAsync(actor, file, living, Closing.StoppedByPatient, clock.GetUtcNow().UtcDateTime, stop);
        return await db.SavedAsync(new Ended(NewMatch: true), stop);
    }

    private static EndedBy Own(Actor actor) => actor.Role is Role.Companion ? EndedBy.Companion : EndedBy.Patient;
}
