using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>How a pair parts and how a request ends, whoever ends it and wherever: in the caller's save, which decides who may.</summary>
[UseCases]
public sealed class Endings(CompagnonDb db, RoundKeeper rounds, Post post, ClinicNews news, Projection projection)
{
    /// <summary>
    /// The two are parted: the place is free, what waited to be sent to the patient stays. Whoever did not end it hears neutral words; in case of a death nobody does,
    /// the coordinator tells the other in person.
    /// </summary>
    internal async Task PartAsync(Actor actor, Referral referral, Accompaniment accompaniment, Closing closing, bool newMatch, bool silent, DateTime now, CancellationToken stop)
    {
        var by = ByWhom(actor, closing);
        (accompaniment.EndedAt, accompaniment.EndedBy, accompaniment.Closing) = (now, by, closing);
        await rounds.FreeAsync(accompaniment.CompanionId, referral.Id, stop);
        await post.SilenceAsync(referral.PatientId, now, stop);
        if (!silent && actor.Role is not Role.Companion) await post.TellAsync(accompaniment.CompanionId, referral.FacilityId, "Over", now);
        if (!silent && by is not EndedBy.Patient) await rounds.TellPatientAsync(referral, "Over", now);
        db.Record(actor, new AccompanimentEnded(referral.Id, accompaniment.Id, accompaniment.CompanionId, by, closing, newMatch), now);
    }

    /// <summary>The search begins anew for somebody whose companion left, or who asked for another one.</summary>
    internal async Task BeginAnewAsync(Referral referral, DateTime now, CancellationToken stop)
    {
        (referral.AgreedAt, referral.ChoiceAskedAt, referral.ChoiceDueAt, referral.AnswerDueAt, referral.TalkedAgainAt) = (null, null, null, null, null);
        referral.RematchedAt = now;
        await projection.WriteAsync(referral, stop);
        db.Touch(referral);
    }

    /// <summary>The request ends with everything that hangs on it: the pair, open proposals and their places, consents the person took back, letters to them.</summary>
    internal async Task EndRequestAsync(Actor actor, PatientFile file, Closing closing, bool silent, DateTime now, CancellationToken stop)
    {
        var referral = file.Entity;
        if (await LivingAsync(referral.Id, stop) is { EndedAt: null } living) await PartAsync(actor, referral, living, closing, newMatch: false, silent, now, stop);
        else await post.SilenceAsync(referral.PatientId, now, stop);
        if (closing is Closing.StoppedByPatient or Closing.Declined) await WithdrawConsentsAsync(referral.Id, now, stop);
        await rounds.ReleaseAsync(actor, referral, await rounds.ProposalsOfAsync(referral.Id, stop), Release.RequestEnded, now, silent, stop);
        (referral.EndedAt, referral.Closing, referral.AnswerDueAt, referral.UrgentSince) = (now, closing, null, null);
        await projection.WriteAsync(referral, stop);
        db.Touch(referral);
        db.Record(actor, new RequestEnded(referral.Id, closing, actor.Role is not Role.Patient), now);
        await news.AddAsync(referral, now, stop);
    }

    /// <summary>From now on nothing goes out to them.</summary>
    internal async Task NoteDeathAsync(Actor actor, Person person, DateTime now, CancellationToken stop)
    {
        if (person.DeceasedAt is not null) return;
        person.DeceasedAt = now;
        await post.SilenceAsync(person.Id, now, stop);
        db.Record(actor, new DeathNoted(person.Id), now);
    }

    private Task<Accompaniment?> LivingAsync(Guid referralId, CancellationToken stop) =>
        db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.ReferralId == referralId && a.EndedAt == null, stop);

    private async Task WithdrawConsentsAsync(Guid referralId, DateTime now, CancellationToken stop)
    {
        foreach (var consent in await db.Set<Consent>().Where(c => c.ReferralId == referralId && c.WithdrawnAt == null).ToListAsync(stop)) consent.WithdrawnAt = now;
    }

    /// <summary>What the coordinator writes down for one of the two was still ended by that one.</summary>
    private static EndedBy ByWhom(Actor actor, Closing closing) => closing switch
    {
        Closing.StoppedByPatient or Closing.Declined => EndedBy.Patient,
        Closing.StoppedByCompanion => EndedBy.Companion,
        _ => actor.Role switch { Role.Patient => EndedBy.Patient, Role.Companion => EndedBy.Companion, _ => EndedBy.Coordinator },
    };
}
