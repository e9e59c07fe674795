using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>The number given is the one that does not work.</summary>
public sealed record SameNumber : Refusal;

/// <summary>A wrong telephone number is replaced: by the clinic that gave it, or by the coordinator. The trail says that it was, never by which.</summary>
[UseCases]
public sealed class CorrectNumber(CompagnonDb db, Files files, Vault vault, Duplicates duplicates, TimeProvider clock)
{
    /// <param name="actor">The clinic's clinician, or the facility's coordinator.</param>
    /// <param name="referralId">The file.</param>
    /// <param name="telephone">Ten digits.</param>
    /// <param name="mayLeaveMessage">Null leaves it as it is.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<Done>> CorrectAsync(Actor actor, Guid referralId, string telephone, bool? mayLeaveMessage = null, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Clinician or Role.Coordinator)) return new NotThere();
        if (await files.OpenForChangeAsync(actor, referralId, ReadWhat.Identity, stop: stop) is not { Identity: { } identity } file || file.Person.ErasedAt is not null) return new NotThere();
        var referral = file.Entity;
        if (actor.Role is Role.Coordinator && !ReferralState.IsOpen(referral)) return new FileIsClosed();
        // where the person refused that the clinic hears, an ended file answers as an open one
        if (referral is { EndedAt: not null, StatusRefusedAt: null }) return new NotThere();
        if (mayLeaveMessage is { } may) referral.MayLeaveMessage = may;
        if (identity.Telephone == telephone)
        {
            // a clinic that may not hear it does not learn in this way that the number does not work
            if (referral.WrongNumberAt is not null && (actor.Role is Role.Coordinator || ReferralState.NumberIsAskedOfClinic(referral))) return new SameNumber();
            return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
        }
        var now = clock.GetUtcNow().UtcDateTime;
        var corrected = identity with { Telephone = telephone };
        vault.Reseal(file.Person, file.StoredIdentity, corrected);
        db.RemoveRange(await db.Set<IdentityIndex>().Where(i => i.PersonId == file.PatientId && i.Kind == IndexKind.Telephone).ToListAsync(stop));
        db.AddRange(duplicates.IndexOf(file.Person, corrected).Where(i => i.Kind is IndexKind.Telephone));
        (referral.WrongNumberAt, referral.NumberCorrectedAt) = (null, now);
        db.Record(actor, new NumberCorrected(referralId), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }
}
