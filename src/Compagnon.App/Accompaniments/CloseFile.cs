using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Accompaniments;

public sealed record CloseCommand
{
    public required Guid ReferralId { get; init; }
    public required Closing Closing { get; init; }
    /// <summary>The call in which it came out; null when there was none.</summary>
    public AttemptCommand? Attempt { get; init; }
}

/// <summary>
/// Ends a request in one save with everything that hangs on it. After a death nothing goes out any more; the companion hears of it from the coordinator, in person.
/// </summary>
[UseCases]
public sealed class CloseFile(CompagnonDb db, Files files, Endings endings, Attempts attempts, TimeProvider clock)
{
    /// <summary>Reasons a coordinator may give; the others come about by themselves.</summary>
    public static IReadOnlyList<Closing> Reasons { get; } =
        [Closing.Completed, Closing.StoppedByPatient, Closing.NotReached, Closing.Declined, Closing.Underage, Closing.StoppedByCoordinator, Closing.Deceased];

    public async Task<Outcome<Done>> CloseAsync(Actor actor, CloseCommand command, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.File, stop: stop) is not { } file || actor.Role is not Role.Coordinator) return new NotThere();
        if (!Reasons.Contains(command.Closing)) return Invalid.Field(nameof(command.Closing), "NotAReason");
        var died = command.Closing is Closing.Deceased;
        var now = clock.GetUtcNow().UtcDateTime;
        // A death is also written into a file that ended before: nothing may reach the family.
        if (died) await endings.NoteDeathAsync(actor, file.Person, now, stop);
        if (ReferralState.IsOpen(file.Referral))
        {
            if (command.Attempt is { } attempt) attempts.Add(actor, file, attempt, now);
            await endings.EndRequestAsync(actor, file, command.Closing, silent: died, now, stop);
        }
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>The person stops by themselves, at once and without a reason: whatever was open ends in the same save.</summary>
    public Task<Outcome<Done>> StopAsync(Actor actor, Guid referralId, CancellationToken stop = default) =>
        // somebody else wrote in this very moment: who stops need not be told, it is done again
        Again.UntilSettledAsync(() => StopOnceAsync(actor, referralId, stop));

    private async Task<Outcome<Done>?> StopOnceAsync(Actor actor, Guid referralId, CancellationToken stop)
    {
        if (actor.Role is not Role.Patient || await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || file.PatientId != actor.PersonId) return new NotThere();
        if (!ReferralState.IsOpen(file.Referral)) return Done.Yes;
        await endings.EndRequestAsync(actor, file, Closing.StoppedByPatient, silent: false, clock.GetUtcNow().UtcDateTime, stop);
        return await db.SavedAsync(default(Done), stop);
    }
}
