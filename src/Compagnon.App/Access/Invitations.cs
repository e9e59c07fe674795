using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>A role at a place.</summary>
public sealed record Grant(Role Role, Guid? FacilityId, Guid? ClinicId = null, ClinicianFunction? Function = null);

public sealed record InviteCommand
{
    /// <summary>Made from the form's key and what it says: becomes the membership's id, so that the same post sent twice grants once.</summary>
    public required Guid Key { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Email { get; init; }
    /// <summary>fr or en.</summary>
    public required string Language { get; init; }
    public required Grant Grant { get; init; }
    /// <summary>Of the inviter's authenticator.</summary>
    public required string? Code { get; init; }
}

/// <summary>The address belongs to an account of another kind: a companion's and a clinician's are never one.</summary>
public sealed record AddressInUse : Refusal;

/// <summary>This role does not go with those the person has: an administrator's account holds no care role.</summary>
public sealed record RoleNotAllowed : Refusal;

/// <summary>Invitations by e-mail: single use, seven days. Each role given is told to the facility's manager and to the privacy officer.</summary>
[UseCases]
public sealed class Invitations(CompagnonDb db, Vault vault, Duplicates duplicates, Files files, Outbox outbox, PublicAddress address, Reauthentication again, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Invites somebody of the staff, or gives one who has an account already a further role.</summary>
    public async Task<Outcome<Done>> InviteAsync(Actor actor, InviteCommand command, CancellationToken stop = default)
    {
        if (command.Grant.Role is Role.Companion || !Grants.MayGrant(actor, command.Grant.Role, command.Grant.FacilityId, command.Grant.ClinicId)) return new NotThere();
        if (await db.Set<Membership>().AnyAsync(m => m.Id == command.Key, stop)) return Done.Yes;
        if (command.Grant.ClinicId is { } clinicId && !await db.Set<Clinic>().AnyAsync(c => c.Id == clinicId && c.FacilityId == command.Grant.FacilityId, stop)) return new NotThere();
        // first of all: without it nobody learns which addresses are known, and that one of them is a companion's
        if (await again.WhyNotLookAsync(actor, command.Code, stop) is { } notProved) return notProved;
        if (await FindAsync(command, stop) is { Refusal: { } refusal }) return refusal;
        if (await again.WhyNotAsync(actor, command.Code, stop) is { } usedUp) return usedUp;
        // at the same time twice is once, and two roles are two: whoever comes second finds the account
        return await Again.UntilSettledAsync(() => GrantOnceAsync(actor, command, stop));
    }

    private async Task<Outcome<Done>?> GrantOnceAsync(Actor actor, InviteCommand command, CancellationToken stop)
    {
        if (await db.Set<Membership>().AnyAsync(m => m.Id == command.Key, stop)) return Done.Yes;
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await FindAsync(command, stop);
        if (found.Refusal is { } refusal) return refusal;
        if (found.HasRole) return Done.Yes;
        if (found.PersonId is { } known) await FurtherRoleAsync(actor, known, command, now, stop);
        else
        {
            var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, command.Grant.FacilityId, command.Language);
            var fields = new IdentityFields { GivenName = command.GivenName, FamilyName = command.FamilyName, Email = command.Email };
            db.AddRange(person, vault.Seal(person, fields));
            await AddNewAsync(actor, person, fields, command.Grant, command.Key, now, stop);
        }
        return await db.TrySaveAsync(stop) ? Done.Yes : (Outcome<Done>?)null;
    }

    /// <summary>Whether the address serves somebody else's account.</summary>
    internal async Task<Refusal?> WhyNotAsync(Guid personId, string? email, CancellationToken stop)
    {
        if (email is null) return null;
        var hash = HashOf(email);
        return await db.Set<Account>().AnyAsync(a => a.EmailHash == hash && a.PersonId != personId, stop) ? new AddressInUse() : null;
    }

    /// <summary>
    /// For the use case that enters a companion, and has asked whether it may, about the address and for the code: adds membership, account, invitation and letters to its save. The
    /// person and their identity, with an e-mail, are its own to add. Without an e-mail there is a role and no account: the coordinator does every step on their behalf.
    /// </summary>
    internal Task AddAsync(Actor actor, Person person, IdentityFields identity, Grant grant, CancellationToken stop = default) =>
        AddNewAsync(actor, person, identity, grant, Guid.CreateVersion7(), clock.GetUtcNow().UtcDateTime, stop);

    /// <summary>Sends the invitation anew, or, where the telephone or the card was lost, one that enrols again. The account stays as it is until it is used.</summary>
    /// <param name="code">Asked to enrol again: an invitation that goes out a second time opens nothing that was not open.</param>
    public async Task<Outcome<Done>> SendAgainAsync(Actor actor, Guid personId, string? code, CancellationToken stop = default)
    {
        var account = await db.Set<Account>().FirstOrDefaultAsync(a => a.PersonId == personId, stop);
        var roles = await db.Set<Membership>().Where(m => m.PersonId == personId && m.EndedAt == null).ToListAsync(stop);
        if (account is null || roles.Count == 0 || !Grants.MayManage(actor, personId, roles)) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var reEnrols = account.PasswordHash is not null;
        if (reEnrols && await again.WhyNotAsync(actor, code, stop) is { } notProved) return notProved;
        var link = await MakeAsync(personId, reEnrols, now, stop);
        await outbox.AddAsync(personId, reEnrols ? "ReEnrolment" : "Invitation", now, await NameOfAsync(actor, stop), link);
        db.Record(actor, new InvitationSent(personId, reEnrols), now);
        await db.SaveChangesAsync(stop);
        return Done.Yes;
    }

    /// <summary>
    /// For the use case that changes a companion's identity, and has asked about the address and for the code: the address they sign in with follows it, and who had none until now is
    /// invited, all in its save.
    /// </summary>
    internal async Task FollowAddressAsync(Actor actor, Person person, IdentityFields identity, CancellationToken stop = default)
    {
        if (identity.Email is not { } email) return;
        var hash = HashOf(email);
        if (await db.Set<Account>().FirstOrDefaultAsync(a => a.PersonId == person.Id, stop) is { } account)
        {
            account.EmailHash = hash;
            return;
        }
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new Account { PersonId = person.Id, EmailHash = hash, SecurityStamp = Secrets.NewToken() });
        outbox.Add(person, identity, "Invitation", now, await NameOfAsync(actor, stop), await MakeAsync(person.Id, reEnrols: false, now, stop));
        db.Record(actor, new InvitationSent(person.Id, ReEnrols: false), now);
    }

    internal byte[] HashOf(string email) => duplicates.Hash(IndexKind.Email, facilityId: null, email);

    /// <summary>A new invitation for the person; those before it no longer work. Returns the link.</summary>
    internal async Task<string> MakeAsync(Guid personId, bool reEnrols, DateTime now, CancellationToken stop)
    {
        foreach (var old in await db.Set<Invitation>().Where(i => i.PersonId == personId && i.UsedAt == null).ToListAsync(stop)) old.UsedAt = now;
        var token = Secrets.NewToken();
        db.Add(new Invitation { PersonId = personId, TokenHash = Secrets.HashOfToken(token), SentAt = now, ExpiresAt = now + Lasts, ReEnrols = reEnrols });
        return address.Of($"/invitation/{token}");
    }

    internal async Task<string> AddNewAsync(Actor actor, Person person, IdentityFields identity, Grant grant, Guid membershipId, DateTime now, CancellationToken stop)
    {
        db.Add(new Membership
        {
            Id = membershipId, PersonId = person.Id, Role = grant.Role, FacilityId = grant.FacilityId, ClinicId = grant.ClinicId, Function = grant.Function, GrantedAt = now,
            GrantedBy = actor.IsSystem ? null : actor.PersonId,
        });
        await GrantedAsync(actor, person.Id, grant, now, stop);
        if (identity.Email is not { } email) return "";
        db.Add(new Account { PersonId = person.Id, EmailHash = HashOf(email), SecurityStamp = Secrets.NewToken() });
        var link = await MakeAsync(person.Id, reEnrols: false, now, stop);
        outbox.Add(person, identity, "Invitation", now, await NameOfAsync(actor, stop), link);
        db.Record(actor, new InvitationSent(person.Id, ReEnrols: false), now);
        return link;
    }

    /// <summary>Whose the address is, and whether they may be given the role or have it already. Reads alone.</summary>
    private async Task<(Guid? PersonId, bool HasRole, Refusal? Refusal)> FindAsync(InviteCommand command, CancellationToken stop)
    {
        var (hash, grant) = (HashOf(command.Email), command.Grant);
        var known = await (from a in db.Set<Account>() where a.EmailHash == hash join p in db.Set<Person>() on a.PersonId equals p.Id select new { p.Id, p.Kind }).FirstOrDefaultAsync(stop);
        if (known is null) return (null, false, null);
        if (known.Kind is not PersonKind.Staff) return (known.Id, false, new AddressInUse());
        var held = await db.Set<Membership>().Where(m => m.PersonId == known.Id && m.EndedAt == null).ToListAsync(stop);
        if (held.Exists(m => m.Role == grant.Role && m.FacilityId == grant.FacilityId && m.ClinicId == grant.ClinicId)) return (known.Id, true, null);
        return (known.Id, false, Roles.MayBeGranted(grant.Role, held.Select(m => m.Role)) ? null : new RoleNotAllowed());
    }

    private async Task FurtherRoleAsync(Actor actor, Guid personId, InviteCommand command, DateTime now, CancellationToken stop)
    {
        var grant = command.Grant;
        db.Add(new Membership
        {
            Id = command.Key, PersonId = personId, Role = grant.Role, FacilityId = grant.FacilityId, ClinicId = grant.ClinicId, Function = grant.Function, GrantedAt = now,
            GrantedBy = actor.IsSystem ? null : actor.PersonId,
        });
        await GrantedAsync(actor, personId, grant, now, stop);
        await outbox.AddAsync(personId, "NewRole", now, await NameOfAsync(actor, stop), grant.Role, address.Of("/role"));
    }

    /// <summary>The letters name no one who was given a role: a companion's name would say that they had cancer.</summary>
    private async Task GrantedAsync(Actor actor, Guid personId, Grant grant, DateTime now, CancellationToken stop)
    {
        db.Record(actor, new RoleGranted(personId, grant.Role, grant.FacilityId, grant.ClinicId), now);
        var told = await db.Set<Membership>().Where(m => m.EndedAt == null && m.PersonId != personId
            && (m.Role == Role.PrivacyOfficer || (m.Role == Role.Manager && m.FacilityId == grant.FacilityId))).Select(m => m.PersonId).Distinct().ToListAsync(stop);
        var by = await NameOfAsync(actor, stop);
        foreach (var id in told) await outbox.AddAsync(id, "RoleGranted", now, by, grant.Role, address.Of("/entrer"));
    }

    private async Task<string> NameOfAsync(Actor actor, CancellationToken stop) => (await files.StaffNamesAsync([actor.PersonId], stop)).GetValueOrDefault(actor.PersonId) ?? "Compagnon";
}
