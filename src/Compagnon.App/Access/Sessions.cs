using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>Sessions begin, are looked at on each request, and end. The row decides, not the cookie: what is ended here is over within a minute everywhere.</summary>
[UseCases]
public sealed class Sessions(CompagnonDb db, Files files, SettingsOf settings, SessionCache cache, TimeProvider clock)
{
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    /// <summary>The caller has made sure who it is. Refused for nobody, an erased person, a disabled account, a role the person does not have.</summary>
    public async Task<Outcome<SessionFacts>> StartAsync(StartSession start, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var roles = await RolesAsync(start.PersonId, stop);
        var membership = start.MembershipId ?? (roles is [var only] && start.ReferralId is null ? only.Id : null);
        var role = start.ReferralId is not null ? Role.Patient : roles.Find(m => m.Id == membership)?.Role;
        if (start.ReferralId is null && (roles.Count == 0 || (membership is not null && role is null))) return new NotThere();
        var session = new Session
        {
            PersonId = start.PersonId, MembershipId = membership, ReferralId = start.ReferralId, Device = start.Device, IsShared = start.IsShared,
            StartedAt = now, SeenAt = now, ExpiresAt = now + SessionLimits.Of(role, start.IsShared).Absolute,
        };
        if (await FactsAsync(session, roles, stop) is not { } facts) return new NotThere();
        db.Add(session);
        db.Record(facts.Actor ?? Nobody(facts), new SessionStarted(session.PersonId, session.Id, role), now);
        await db.SaveChangesAsync(stop);
        cache.Keep(facts);
        return facts;
    }

    /// <summary>Null when the session is over: ended, too old, too long without a sign of life, its account disabled or its role taken away.</summary>
    public async Task<SessionFacts?> LookAsync(Guid sessionId, CancellationToken stop = default)
    {
        if (cache.Find(sessionId) is { } known) return known;
        var session = await db.Set<Session>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == sessionId, stop);
        if (session is not { EndedAt: null }) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        if (await FactsAsync(session, await RolesAsync(session.PersonId, stop), stop) is not { } facts || !facts.Limits.Holds(session, now)) return null;
        if (now - session.SeenAt > Touch)
            await db.Set<Session>().Where(s => s.Id == sessionId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.SeenAt, now), stop);
        cache.Keep(facts);
        return facts;
    }

    /// <summary>From now on the session acts in this role, and in no other.</summary>
    public async Task<Outcome<SessionFacts>> ChooseRoleAsync(SessionFacts facts, Guid membershipId, CancellationToken stop = default)
    {
        var roles = await RolesAsync(facts.PersonId, stop);
        if (roles.Find(m => m.Id == membershipId) is not { } chosen) return new NotThere();
        var session = await db.Set<Session>().FirstOrDefaultAsync(s => s.Id == facts.SessionId && s.EndedAt == null, stop);
        if (session is null) return new NotThere();
        var latest = session.StartedAt + SessionLimits.Of(chosen.Role, session.IsShared).Absolute;
        (session.MembershipId, session.ExpiresAt) = (membershipId, latest < session.ExpiresAt ? latest : session.ExpiresAt);
        if (await FactsAsync(session, roles, stop) is not { } changed || !await db.TrySaveAsync(stop)) return new NotThere();
        cache.Keep(changed);
        return changed;
    }

    /// <summary>Ends one of one's own sessions.</summary>
    public async Task<Outcome<Done>> EndAsync(SessionFacts facts, Guid sessionId, CancellationToken stop = default)
    {
        var session = await db.Set<Session>().FirstOrDefaultAsync(s => s.Id == sessionId && s.PersonId == facts.PersonId, stop);
        if (session is null) return new NotThere();
        cache.Forget(sessionId);
        if (session.EndedAt is not null) return Done.Yes;
        var now = clock.GetUtcNow().UtcDateTime;
        session.EndedAt = now;
        db.Record(facts.Actor ?? Nobody(facts), new SessionEnded(session.PersonId, session.Id), now);
        await db.TrySaveAsync(stop);
        return Done.Yes;
    }

    /// <summary>Where this person is signed in, last seen first.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(SessionFacts facts, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await db.Set<Session>().AsNoTracking().Where(s => s.PersonId == facts.PersonId && s.EndedAt == null && s.ExpiresAt > now).OrderByDescending(s => s.SeenAt).ToListAsync(stop);
        var roles = await RolesAsync(facts.PersonId, stop);
        return [.. from s in rows
                   let role = s.ReferralId is not null ? Role.Patient : roles.Find(m => m.Id == s.MembershipId)?.Role
                   where SessionLimits.Of(role, s.IsShared).Holds(s, now)
                   select new SessionRow(s.Id, s.Device, s.StartedAt, s.SeenAt, role, s.Id == facts.SessionId)];
    }

    /// <summary>For an operator who knows that the protection keys are gone for good: ends every session of every network, so that the program starts with new keys.</summary>
    public async Task<int> EndAllAsync(CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<ProtectionKey>().IgnoreQueryFilters().ExecuteDeleteAsync(stop);
        return await db.Set<Session>().IgnoreQueryFilters().Where(s => s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, now), stop);
    }

    private Task<List<Membership>> RolesAsync(Guid personId, CancellationToken stop) =>
        db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == personId && m.EndedAt == null).OrderBy(m => m.GrantedAt).ToListAsync(stop);

    private async Task<SessionFacts?> FactsAsync(Session session, List<Membership> roles, CancellationToken stop)
    {
        if (await db.Set<Account>().AnyAsync(a => a.PersonId == session.PersonId && a.DisabledAt != null, stop)) return null;
        if (await ActorAsync(session, roles, stop) is not { } acts) return null;
        var identity = await files.OwnIdentityAsync(Nobody(session), stop);
        if (identity is null) return null;
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, stop);
        var clinicIds = roles.Select(m => m.ClinicId).OfType<Guid>().ToList();
        var clinics = clinicIds.Count == 0 ? [] : await db.Set<Clinic>().AsNoTracking().Where(c => clinicIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var facility = acts.Actor?.FacilityId is { } f ? facilities.GetValueOrDefault(f) : null;
        return new SessionFacts
        {
            SessionId = session.Id, NetworkId = db.NetworkId, PersonId = session.PersonId, Actor = acts.Actor, ReferralId = session.ReferralId, RequestEnded = acts.RequestEnded,
            Limits = SessionLimits.Of(acts.Actor?.Role, session.IsShared), ExpiresAt = session.ExpiresAt,
            Roles = [.. roles.Select(m => new RoleChoice(m.Id, m.Role, facilities.GetValueOrDefault(m.FacilityId ?? Guid.Empty)?.Name, clinics.GetValueOrDefault(m.ClinicId ?? Guid.Empty)))],
            Name = acts.Actor?.Role is Role.Patient or Role.Companion ? identity.GivenName ?? "" : $"{identity.GivenName} {identity.FamilyName}".Trim(),
            Facility = facility is null ? null : FacilityFacts.Of(facility, await settings.ShownAsync(facility.Id, stop)),
        };
    }

    /// <summary>Null: nobody may act. Inside, null: a role must still be chosen.</summary>
    private async Task<Acts?> ActorAsync(Session session, List<Membership> roles, CancellationToken stop)
    {
        if (session.ReferralId is { } referralId)
        {
            var referral = await db.Set<Referral>().AsNoTracking().Where(r => r.Id == referralId && r.PatientId == session.PersonId).Select(r => new { r.FacilityId, r.EndedAt }).FirstOrDefaultAsync(stop);
            return referral is null ? null : new Acts(new Actor { NetworkId = db.NetworkId, PersonId = session.PersonId, Role = Role.Patient, FacilityId = referral.FacilityId }, referral.EndedAt is not null);
        }
        if (roles.Count == 0) return null;
        if (session.MembershipId is null) return new Acts(Actor: null);
        return roles.Find(m => m.Id == session.MembershipId) is not { } m ? null : new Acts(new Actor
        {
            NetworkId = db.NetworkId, PersonId = m.PersonId, Role = m.Role, FacilityId = m.FacilityId, ClinicId = m.ClinicId, MembershipId = m.Id, Function = m.Function,
        });
    }

    private Actor Nobody(Session session) => new() { NetworkId = db.NetworkId, PersonId = session.PersonId, Role = Role.Patient };

    private static Actor Nobody(SessionFacts facts) => new() { NetworkId = facts.NetworkId, PersonId = facts.PersonId, Role = facts.Roles is [var first, ..] ? first.Role : Role.Patient };

    private sealed record Acts(Actor? Actor, bool RequestEnded = false);
}
