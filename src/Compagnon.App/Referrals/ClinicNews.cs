using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>
/// Tells the clinic, in neutral words, that its pages have something new: never a name, never a step. To be called by the use cases of reaching, matching, the first
/// conversation and the end, before their own save: <c>await news.AddAsync(referral, now, stop)</c>.
/// </summary>
[UseCases]
public sealed class ClinicNews(CompagnonDb db, Files files, Outbox outbox)
{
    /// <summary>Adds a letter for each member of the clinic who wants one; for nobody where the person refused that the clinic hears, and in case of death.</summary>
    public async Task AddAsync(Referral referral, DateTime now, CancellationToken stop = default)
    {
        var members = await WhoMayOpenAsync(referral, stop);
        await SendAsync("ClinicNews", [.. members.Where(m => m.NewsByEmail).Select(m => m.PersonId)], now, stop);
    }

    /// <summary>
    /// Asks for the right number, for the clinic gave the wrong one: whoever made the referral, or, once they may no longer open it, everybody of the clinic who may.
    /// </summary>
    public async Task AskForNumberAsync(Referral referral, DateTime now, CancellationToken stop = default)
    {
        if (!ReferralState.NumberIsAskedOfClinic(referral)) return;
        HashSet<Guid> members = [.. (await WhoMayOpenAsync(referral, stop)).Select(m => m.PersonId)];
        await SendAsync("NumberToCorrect", members.Contains(referral.ReferredBy) ? [referral.ReferredBy] : members, now, stop);
    }

    /// <summary>The clinic's members who may open the file; nobody where the person refused that the clinic hears, and in case of death.</summary>
    private async Task<List<Membership>> WhoMayOpenAsync(Referral referral, CancellationToken stop)
    {
        if (referral.ClinicId is not { } clinicId || !ReferralState.ClinicHears(referral) || referral.Closing is Closing.Deceased) return [];
        var members = await db.Set<Membership>().AsNoTracking().Where(m => m.ClinicId == clinicId && m.Role == Role.Clinician && m.EndedAt == null).ToListAsync(stop);
        if (members.Count == 0) return [];
        var restrictions = await files.RestrictionsOfAsync([referral.PatientId], stop);
        var subject = new Subject
        {
            PersonId = referral.PatientId, FacilityId = referral.FacilityId, ClinicId = clinicId,
            Restrictions = [.. restrictions[referral.PatientId]],
        };
        return [.. members.Where(m => AccessRules.MayOpen(ActingAs(m), subject))];
    }

    private async Task SendAsync(string letter, HashSet<Guid> wanted, DateTime now, CancellationToken stop)
    {
        if (wanted.Count == 0) return;
        // one unread hint says as much as ten
        wanted.ExceptWith(await db.Set<OutboxMessage>().Where(m => m.Letter == letter && wanted.Contains(m.PersonId) && m.SentAt == null && m.BouncedAt == null && m.CancelledAt == null)
            .Select(m => m.PersonId).ToListAsync(stop));
        foreach (var id in wanted)
            if (await files.ReceiverAsync(id, stop) is { } receiver) outbox.Add(receiver.Person, receiver.Identity, letter, now);
    }

    /// <summary>Does this clinician want the e-mails, and where would they go? Null address: none is known.</summary>
    public async Task<(bool Wanted, string? Email)> PreferenceAsync(Actor actor, CancellationToken stop = default)
    {
        var wanted = await db.Set<Membership>().Where(m => m.Id == actor.MembershipId).Select(m => m.NewsByEmail).FirstOrDefaultAsync(stop);
        return (wanted, (await files.OwnIdentityAsync(actor, stop))?.Email);
    }

    public async Task<Outcome<Done>> PreferAsync(Actor actor, bool wanted, CancellationToken stop = default)
    {
        if (await db.Set<Membership>().FirstOrDefaultAsync(m => m.Id == actor.MembershipId && m.PersonId == actor.PersonId && m.Role == Role.Clinician, stop) is not { } mine) return new NotThere();
        mine.NewsByEmail = wanted;
        await db.SaveChangesAsync(stop);
        return Done.Yes;
    }

    private static Actor ActingAs(Membership m) => new()
    {
        NetworkId = m.NetworkId, PersonId = m.PersonId, Role = m.Role, FacilityId = m.FacilityId, ClinicId = m.ClinicId, MembershipId = m.Id, Function = m.Function,
    };
}
