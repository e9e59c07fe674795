using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>The clinic can't take it back by itself any more: whoever has agreed to the service decides, and so does whoever keeps the rest from the clinic.</summary>
public sealed record AskTheProgramme : Refusal;

/// <summary>The clinic takes its referral back: a wrong person, a changed mind. Neutral, and only until the person's own consent to the service.</summary>
[UseCases]
public sealed class Withdraw(CompagnonDb db, Files files, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    public static bool IsPossible(Referral r) => r is { EndedAt: null, ServiceConsentAt: null, StatusRefusedAt: null };

    public async Task<Outcome<Done>> WithdrawAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Clinician || await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file) return new NotThere();
        var referral = file.Entity;
        if (referral is { Closing: Closing.Withdrawn, StatusRefusedAt: null }) return Done.Yes;
        if (!IsPossible(referral)) return new AskTheProgramme();
        var now = clock.GetUtcNow().UtcDateTime;
        (referral.EndedAt, referral.Closing) = (now, Closing.Withdrawn);
        referral.Project((await settings.FacilityAsync(referral.FacilityId, stop)).Targets, calendar);
        await SilenceAsync(referral, now, stop);
        db.Record(actor, new ReferralWithdrawn(referralId, referral.ClinicId), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>Nothing reaches the person any more: their agreement ends, links close, letters that wait are not sent.</summary>
    private async Task SilenceAsync(Referral referral, DateTime now, CancellationToken stop)
    {
        foreach (var consent in await db.Set<Consent>().Where(c => c.ReferralId == referral.Id && c.WithdrawnAt == null).ToListAsync(stop)) consent.WithdrawnAt = now;
        foreach (var link in await db.Set<PatientLink>().Where(l => l.ReferralId == referral.Id && l.UsedAt == null && l.ExpiresAt > now).ToListAsync(stop)) link.ExpiresAt = now;
        foreach (var letter in await db.Set<OutboxMessage>().Where(m => m.PersonId == referral.PatientId && m.SentAt == null && m.CancelledAt == null).ToListAsync(stop)) letter.CancelledAt = now;
    }
}
