using Compagnon.App.Accompaniments;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Space;

/// <summary>A person asks from their own space to be erased, and takes it back while it waits. The privacy officer decides, as of any other (<see cref="ErasureRequests"/>).</summary>
[UseCases]
public sealed class MyErasure(CompagnonDb db, Files files, Endings endings, ErasureRequests requests, TimeProvider clock)
{
    /// <summary>What is still open ends in the same save, as by "stop". Asked twice is asked once.</summary>
    public Task<Outcome<Done>> AskAsync(Actor actor, Guid referralId, CancellationToken stop = default) =>
        // somebody else wrote in this very moment: who asks need not be told, it is done again
        Again.UntilSettledAsync(() => AskOnceAsync(actor, referralId, stop));

    /// <summary>Only what was asked in their name: a file that was entered by mistake, or whose time is over, is the programme's to see to.</summary>
    public async Task<Outcome<Done>> TakeBackAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (await MineAsync(actor, referralId, stop) is not { } file) return new NotThere();
        if (await requests.WaitingForAsync(file.PatientId, stop) is not { Reason: ErasureReason.AskedByPerson } request) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        (request.DecidedAt, request.DecidedBy, request.Refused) = (now, actor.PersonId, true);
        db.Record(actor, new ErasureTakenBack(file.PatientId, request.Id), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    private async Task<Outcome<Done>?> AskOnceAsync(Actor actor, Guid referralId, CancellationToken stop)
    {
        if (await MineAsync(actor, referralId, stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        if (ReferralState.IsOpen(file.Referral)) await endings.EndRequestAsync(actor, file, Closing.StoppedByPatient, silent: false, now, stop);
        if (await requests.WaitingForAsync(file.PatientId, stop) is null) requests.Add(actor, file.Person, ErasureReason.AskedByPerson, now);
        return await db.SavedAsync(default(Done), stop);
    }

    private async Task<PatientFile?> MineAsync(Actor actor, Guid referralId, CancellationToken stop) =>
        actor.Role is Role.Patient && await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is { } file && file.PatientId == actor.PersonId ? file : null;
}
