using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>Nobody of that id coordinates at this facility.</summary>
public sealed record NoSuchCoordinator : Refusal;

/// <summary>How a file goes on: who looks after it, whether it is urgent, when to call, what was consented to.</summary>
[UseCases]
public sealed class Progress(CompagnonDb db, Files files, Projection projection, WorkingCalendar calendar, TimeProvider clock)
{
    /// <param name="coordinatorId">Null: nobody's yet.</param>
    public Task<Outcome<Done>> AssignAsync(Actor actor, Guid referralId, Guid? coordinatorId, CancellationToken stop = default) => ChangeAsync(actor, referralId, async (file, now) =>
    {
        var referral = file.Referral;
        if (coordinatorId is { } id && !await db.Set<Membership>().AnyAsync(
            m => m.PersonId == id && m.FacilityId == referral.FacilityId && m.Role == Role.Coordinator && m.EndedAt == null, stop)) return new NoSuchCoordinator();
        if (referral.CoordinatorId != coordinatorId) db.Record(actor, new CoordinatorAssigned(referralId, referral.CoordinatorId, coordinatorId), now);
        referral.CoordinatorId = coordinatorId;
        return null;
    }, stop);

    /// <param name="reason">Null: no longer urgent.</param>
    public Task<Outcome<Done>> SetUrgentAsync(Actor actor, Guid referralId, string? reason, CancellationToken stop = default) => ChangeAsync(actor, referralId, (file, now) =>
    {
        var referral = file.Referral;
        referral.UrgentSince = reason is null ? null : referral.UrgentSince ?? now;
        referral.UrgentReason = reason;
        db.Record(actor, new UrgencySet(referralId, referral.UrgentSince), now);
        return Task.FromResult<Refusal?>(null);
    }, stop);

    /// <summary>"Call me after my surgery": pauses the target, never the figure.</summary>
    /// <param name="day">Null: call as soon as possible after all.</param>
    public Task<Outcome<Done>> PostponeAsync(Actor actor, Guid referralId, DateOnly? day, CancellationToken stop = default) => ChangeAsync(actor, referralId, (file, now) =>
    {
        if (day is { } wanted && ReferralState.WhyNotOn(wanted, calendar.LocalDay(now)) is { } why) return Task.FromResult<Refusal?>(Invalid.Field("Day", why));
        db.Record(actor, new CallPostponed(referralId, file.Referral.NotBefore, day), now);
        file.Referral.NotBefore = day;
        return Task.FromResult<Refusal?>(null);
    }, stop);

    /// <summary>The coordinator writes down what the person agreed to on the telephone or on paper. Given twice is given once.</summary>
    public Task<Outcome<Done>> GiveConsentAsync(Actor actor, Guid referralId, ConsentKind kind, ConsentHow how, CancellationToken stop = default) => ChangeAsync(actor, referralId, (file, now) =>
    {
        if (file.Has(kind)) return Task.FromResult<Refusal?>(null);
        var referral = file.Referral;
        var consent = new Consent
        {
            PersonId = referral.PatientId, ReferralId = referralId, Kind = kind, GivenAt = now, How = how, TakenBy = actor.PersonId,
            NoticeVersion = Refer.NoticeVersion, NoticeLanguage = file.Language,
        };
        db.Add(consent);
        if (kind is ConsentKind.Service) referral.ServiceConsentAt ??= now;
        if (kind is ConsentKind.StatusToClinic) referral.StatusRefusedAt = null;
        db.Record(actor, new ConsentGiven(referralId, consent.Id, kind, how), now);
        return Task.FromResult<Refusal?>(null);
    }, stop);

    /// <summary>Takes effect at once. Without consent to be contacted or accompanied there is no request: withdrawing these ends it, which <c>CloseFile</c> does.</summary>
    public Task<Outcome<Done>> WithdrawConsentAsync(Actor actor, Guid referralId, ConsentKind kind, CancellationToken stop = default)
    {
        if (kind is ConsentKind.Contact or ConsentKind.Service) throw new ArgumentException("Withdrawing this ends the request.", nameof(kind));
        return ChangeAsync(actor, referralId, (file, now) =>
        {
            foreach (var consent in file.Consents.Where(c => c.Kind == kind && c.WithdrawnAt is null))
            {
                consent.WithdrawnAt = now;
                db.Record(actor, new ConsentWithdrawn(referralId, consent.Id, kind), now);
            }
            if (kind is ConsentKind.StatusToClinic) file.Referral.StatusRefusedAt ??= now;
            return Task.FromResult<Refusal?>(null);
        }, stop);
    }

    private async Task<Outcome<Done>> ChangeAsync(Actor actor, Guid referralId, Func<PatientFile, DateTime, Task<Refusal?>> change, CancellationToken stop)
    {
        if (await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || actor.Role is not Role.Coordinator) return new NotThere();
        if (!ReferralState.IsOpen(file.Referral)) return new FileIsClosed();
        if (await change(file, clock.GetUtcNow().UtcDateTime) is { } refusal) return refusal;
        await projection.WriteAsync(file.Referral, stop);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }
}
