using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

public enum AccountStage
{
    /// <summary>The invitation went out and can still be used.</summary>
    Invited,
    /// <summary>It was not used in seven days.</summary>
    InvitationExpired,
    /// <summary>A password is set; the authenticator is not confirmed.</summary>
    Unfinished,
    Active,
    Disabled,
}

/// <summary>One role of one person, for the list of who has access. Name is null where the actor may not know who a companion is.</summary>
public sealed record AccountRow(Guid PersonId, Guid MembershipId, string? Name, Role Role, string? Facility, string? Clinic, DateTime GrantedAt, AccountStage? Stage, bool MayChange);

/// <summary>Who has access: listed, helped to enrol again, closed, opened. Nothing here shows anything about anyone's health.</summary>
[UseCases]
public sealed class Accounts(CompagnonDb db, Files files, Vault vault, Invitations invitations, SessionCache cache, Reauthentication again, TimeProvider clock)
{
    public async Task<IReadOnlyList<AccountRow>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        if (!Grants.MayList(actor)) return [];
        var all = await db.Set<Membership>().AsNoTracking().Where(m => m.EndedAt == null && (actor.Role == Role.Administrator || m.FacilityId == actor.FacilityId)).ToListAsync(stop);
        var ids = all.Select(m => m.PersonId).Distinct().ToList();
        var accounts = await db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.PersonId)).ToDictionaryAsync(a => a.PersonId, stop);
        var now = clock.GetUtcNow().UtcDateTime;
        var open = await db.Set<Invitation>().AsNoTracking().Where(i => ids.Contains(i.PersonId) && i.UsedAt == null && i.ExpiresAt > now).Select(i => i.PersonId).ToListAsync(stop);
        var names = new Dictionary<Guid, string>(await files.StaffNamesAsync(ids, stop));
        var companions = all.Where(m => m.Role is Role.Companion).Select(m => m.PersonId).ToList();
        foreach (var (id, name) in await files.NamesOfCompanionsAsync(actor, companions, stop)) names[id] = name;
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        var clinics = await db.Set<Clinic>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var rows = from m in all
                   let stage = accounts.TryGetValue(m.PersonId, out var a) ? StageOf(a, open.Contains(m.PersonId)) : (AccountStage?)null
                   let name = names.GetValueOrDefault(m.PersonId)
                   select new AccountRow(m.PersonId, m.Id, name, m.Role, facilities.GetValueOrDefault(m.FacilityId ?? Guid.Empty), clinics.GetValueOrDefault(m.ClinicId ?? Guid.Empty),
                       m.GrantedAt, stage, Grants.MayManage(actor, m.PersonId, [.. all.Where(o => o.PersonId == m.PersonId)]));
        return [.. rows.OrderBy(r => r.Role).ThenBy(r => r.Facility, StringComparer.CurrentCulture).ThenBy(r => r.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Clinics a clinician can be invited to, with their facility.</summary>
    public async Task<IReadOnlyList<(Guid Id, Guid FacilityId, string Name)>> ClinicsAsync(Actor actor, CancellationToken stop = default) =>
        [.. (await db.Set<Clinic>().AsNoTracking().Where(c => actor.Role == Role.Administrator || c.FacilityId == actor.FacilityId).OrderBy(c => c.Name).ToListAsync(stop)).Select(c => (c.Id, c.FacilityId, c.Name))];

    public async Task<IReadOnlyList<(Guid Id, string Name)>> FacilitiesAsync(Actor actor, CancellationToken stop = default) =>
        [.. (await db.Set<Facility>().AsNoTracking().Where(f => actor.Role == Role.Administrator || f.Id == actor.FacilityId).OrderBy(f => f.Name).ToListAsync(stop)).Select(f => (f.Id, f.Name))];

    /// <summary>Closes the account; every session of it is over within a minute.</summary>
    public async Task<Outcome<Done>> DisableAsync(Actor actor, Guid personId, string? code, CancellationToken stop = default)
    {
        if (await ToManageAsync(actor, personId, stop) is not { } account) return new NotThere();
        if (account.DisabledAt is not null) return Done.Yes;
        if (await again.WhyNotAsync(actor, code, stop) is { } notProved) return notProved;
        var now = clock.GetUtcNow().UtcDateTime;
        account.DisabledAt = now;
        foreach (var session in await db.Set<Session>().Where(s => s.PersonId == personId && s.EndedAt == null).ToListAsync(stop))
        {
            session.EndedAt = now;
            cache.Forget(session.Id);
        }
        db.Record(actor, new AccountDisabled(personId), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    public async Task<Outcome<Done>> EnableAsync(Actor actor, Guid personId, string? code, CancellationToken stop = default)
    {
        if (await ToManageAsync(actor, personId, stop) is not { } account) return new NotThere();
        if (account.DisabledAt is null) return Done.Yes;
        if (await again.WhyNotAsync(actor, code, stop) is { } notProved) return notProved;
        account.DisabledAt = null;
        db.Record(actor, new AccountEnabled(personId), clock.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>Takes one role away; a session that acts in it is over within a minute.</summary>
    public async Task<Outcome<Done>> EndRoleAsync(Actor actor, Guid membershipId, string? code, CancellationToken stop = default)
    {
        var role = await db.Set<Membership>().FirstOrDefaultAsync(m => m.Id == membershipId && m.EndedAt == null, stop);
        if (role is null || role.PersonId == actor.PersonId || !Grants.MayGrant(actor, role.Role, role.FacilityId, role.ClinicId)) return new NotThere();
        if (await again.WhyNotAsync(actor, code, stop) is { } notProved) return notProved;
        var now = clock.GetUtcNow().UtcDateTime;
        role.EndedAt = now;
        foreach (var id in await db.Set<Session>().Where(s => s.MembershipId == membershipId && s.EndedAt == null).Select(s => s.Id).ToListAsync(stop)) cache.Forget(id);
        db.Record(actor, new RoleEnded(role.PersonId, role.Id, role.Role), now);
        await db.SaveChangesAsync(stop);
        return Done.Yes;
    }

    /// <summary>The first account of an installation, for the command `admin create`: returns the invitation's link, to be opened by its owner alone.</summary>
    public async Task<Outcome<string>> CreateAdministratorAsync(string givenName, string familyName, string email, string language, CancellationToken stop = default)
    {
        var hash = invitations.HashOf(email);
        if (await db.Set<Account>().AnyAsync(a => a.EmailHash == hash, stop)) return new AddressInUse();
        if (!await db.Set<Network>().AnyAsync(stop)) db.Add(new Network { Id = db.NetworkId, Name = "Compagnon" });
        var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, facilityId: null, language);
        var fields = new IdentityFields { GivenName = givenName, FamilyName = familyName, Email = email };
        db.AddRange(person, vault.Seal(person, fields));
        var link = await invitations.AddNewAsync(Actor.System(db.NetworkId), person, fields, new Grant(Role.Administrator, FacilityId: null), Guid.CreateVersion7(), clock.GetUtcNow().UtcDateTime, stop);
        return await db.TrySaveAsync(stop) ? link : new AddressInUse();
    }

    private async Task<Account?> ToManageAsync(Actor actor, Guid personId, CancellationToken stop)
    {
        var roles = await db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == personId && m.EndedAt == null).ToListAsync(stop);
        return Grants.MayManage(actor, personId, roles) ? await db.Set<Account>().FirstOrDefaultAsync(a => a.PersonId == personId, stop) : null;
    }

    private static AccountStage StageOf(Account account, bool invited) => account switch
    {
        { DisabledAt: not null } => AccountStage.Disabled,
        { IsEnrolled: true } => AccountStage.Active,
        { PasswordHash: not null } => AccountStage.Unfinished,
        _ => invited ? AccountStage.Invited : AccountStage.InvitationExpired,
    };
}
