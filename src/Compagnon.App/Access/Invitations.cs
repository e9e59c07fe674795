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
    /// <summary>The form's key; becomes the membership's id, so that a form posted twice grants once.</summary>
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
        // first of all: without it nobody learns which addresses are known
        if (await again.WhyNotAsync(actor, command.Code, stop) is { } notProved) return notProved;
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = HashOf(command.Email);
        if (await db.Set<Account>().FirstOrDefaultAsync(a => a.EmailHash == hash, stop) is { } known)
        {
            if (await FurtherRoleAsync(actor, known, command, now, stop) is { } refusal) return refusal;
        }
        else
        {
            var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, command.Grant.FacilityId, command.Language);
            var fields = new IdentityFields { GivenName = command.GivenName, FamilyName = command.FamilyName, Email = command.Email };
            db.AddRange(person, vault.Seal(person, fields));
            await AddNewAsync(actor, person, fields, command.Grant, command.Key, now, stop);
        }
        // at the same time twice is once: the membership's key and the address are unique
        await db.TrySaveAsync(stop);
        return Done.Yes;
    }

    /// <summary>
    /// For the use case that enters a companion, and has asked for the code: adds membership, account, invitation and letters to its save. The person and their identity, with an e-mail, are its own to add.
    /// Null when all is well. Without an e-mail there is a role and no account: the coordinator does every step on their behalf.
    /// </summary>
    internal async Task<Refusal?> AddAsync(Actor actor, Person person, IdentityFields identity, Grant grant, CancellationToken stop = default)
    {
        if (!Grants.MayGrant(actor, grant.Role, grant.FacilityId, grant.ClinicId)) return new NotThere();
        if (identity.Email is { } email)
        {
            var hash = HashOf(email);
            if (await db.Set<Account>().AnyAsync(a => a.EmailHash == hash, stop)) return new AddressInUse();
        }
        await AddNewAsync(actor, person, identity, grant, Guid.CreateVersion7(), clock.GetUtcNow().UtcDateTime, stop);
        return null;
    }

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
    /// For the use case that changes a companion's identity, and has asked for the code: the address they sign in with follows it, and who had none until now is invited, all in its save.
    /// </summary>
    internal async Task<Refusal?> FollowAddressAsync(Actor actor, Person person, IdentityFields identity, CancellationToken stop = default)
    {
        if (identity.Email is not { } email) return null;
        var hash = HashOf(email);
        if (await db.Set<Account>().AnyAsync(a => a.EmailHash == hash && a.PersonId != person.Id, stop)) return new AddressInUse();
        if (await db.Set<Account>().FirstOrDefaultAsync(a => a.PersonId == person.Id, stop) is { } account)
        {
            account.EmailHash = hash;
            return null;
        }
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new Account { PersonId = person.Id, EmailHash = hash, SecurityStamp = Secrets.NewToken() });
        outbox.Add(person, identity, "Invitation", now, await NameOfAsync(actor, stop), await MakeAsync(person.Id, reEnrols: false, now, stop));
        db.Record(actor, new InvitationSent(person.Id, ReEnrols: false), now);
        return null;
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

    private async Task<Refusal?> FurtherRoleAsync(Actor actor, Account known, InviteCommand command, DateTime now, CancellationToken stop)
    {
        var kind = await db.Set<Person>().Where(p => p.Id == known.PersonId).Select(p => p.Kind).FirstAsync(stop);
        if (kind is not PersonKind.Staff) return new AddressInUse();
        var held = await db.Set<Membership>().Where(m => m.PersonId == known.PersonId && m.EndedAt == null).ToListAsync(stop);
        var grant = command.Grant;
        if (held.Exists(m => m.Role == grant.Role && m.FacilityId == grant.FacilityId && m.ClinicId == grant.ClinicId)) return null;
        if (!Roles.MayBeGranted(grant.Role, held.Select(m => m.Role))) return new RoleNotAllowed();
        db.Add(new Membership
        {
            Id = command.Key, PersonId = known.PersonId, Role = grant.Role, FacilityId = grant.FacilityId, ClinicId = grant.ClinicId, Function = grant.Function, GrantedAt = now,
            GrantedBy = actor.IsSystem ? null : actor.PersonId,
        });
        await GrantedAsync(actor, known.PersonId, grant, now, stop);
        await outbox.AddAsync(known.PersonId, "NewRole", now, await NameOfAsync(actor, stop), grant.Role, address.Of("/role"));
        return null;
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
