using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>The key for the authenticator, to scan or to type.</summary>
public sealed record AuthenticatorKey(string Address, string Typed);

/// <summary>From an invitation to a complete account: a password, an authenticator that gave a right code, a printed card.</summary>
[UseCases]
public sealed class Enrolment(CompagnonDb db, AccountStore accounts, Guesses guesses, Reauthentication again, Files files, Outbox outbox, SessionCache cache, TimeProvider clock)
{
    /// <summary>Looking consumes nothing: mail scanners open links.</summary>
    public Task<bool> IsGoodAsync(string token, CancellationToken stop = default)
    {
        var (hash, now) = (Secrets.HashOfToken(token), clock.GetUtcNow().UtcDateTime);
        return db.Set<Invitation>().AnyAsync(i => i.TokenHash == hash && i.UsedAt == null && i.ExpiresAt > now, stop);
    }

    /// <summary>Uses the invitation: sets the password and gives a new authenticator key, which counts only once confirmed. Everything older ends.</summary>
    /// <returns>Whose it was.</returns>
    public async Task<Outcome<Guid>> AcceptAsync(string token, string password, CancellationToken stop = default)
    {
        var (hash, now) = (Secrets.HashOfToken(token), clock.GetUtcNow().UtcDateTime);
        var invitation = await db.Set<Invitation>().FirstOrDefaultAsync(i => i.TokenHash == hash && i.UsedAt == null && i.ExpiresAt > now, stop);
        if (invitation is null || await accounts.OfPersonAsync(invitation.PersonId, stop) is not { DisabledAt: null } account) return new NotThere();
        if (await FaultAsync(invitation.PersonId, password, stop) is { } fault) return new PasswordRefused(fault);
        invitation.UsedAt = now;
        (account.PasswordHash, account.SecurityStamp) = (Passwords.HashOf(account, password), Secrets.NewToken());
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        await accounts.GiveNewKeyAsync(account, stop);
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account.Id).ToListAsync(stop));
        await EndSessionsAsync(account.PersonId, now, stop);
        db.Record(await SelfAsync(account.PersonId, stop), new InvitationUsed(account.PersonId), now);
        if (invitation.ReEnrols) await outbox.AddAsync(account.PersonId, "PasswordChanged", now);
        return await db.TrySaveAsync(stop) ? account.PersonId : new NotThere();
    }

    /// <summary>Null once confirmed: the key is never shown again.</summary>
    public async Task<AuthenticatorKey?> KeyAsync(Guid personId, CancellationToken stop = default)
    {
        if (await accounts.OfPersonAsync(personId, stop) is not { DisabledAt: null, PasswordHash: not null, IsEnrolled: false } account) return null;
        if (await accounts.KeyOfAsync(account, stop) is not { } key) return null;
        var owner = (await files.OwnIdentityAsync(await SelfAsync(personId, stop), stop))?.Email ?? "compte";
        return new AuthenticatorKey(Totp.Address(key, owner), Totp.ToText(key));
    }

    /// <summary>The first right code completes the account and gives the card of ten codes: shown once, kept only as hashes.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> ConfirmAsync(Guid personId, string code, CancellationToken stop = default)
    {
        if (await accounts.OfPersonAsync(personId, stop) is not { DisabledAt: null, IsEnrolled: false } account || !await guesses.PayAsync(account.Id, stop)) return new NotRecognised();
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await accounts.UseCodeAsync(account, code, now, stop))
        {
            await guesses.WrongAsync(account, stop);
            return new NotRecognised();
        }
        await guesses.ForgetAsync(account.Id, stop);
        var codes = await accounts.NewCardAsync(account.Id, stop);
        db.Record(await SelfAsync(personId, stop), new AuthenticatorEnrolled(personId), now);
        await db.SaveChangesAsync(stop);
        return Outcome<IReadOnlyList<string>>.Done(codes);
    }

    /// <summary>A new card, for one who can still give a code of the authenticator.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> NewCardAsync(Actor actor, string code, CancellationToken stop = default)
    {
        if (await again.ProveAsync(actor, password: null, code, stop) is not { } account) return new NotRecognised();
        var codes = await accounts.NewCardAsync(account.Id, stop);
        db.Record(actor, new CodeCardMade(actor.PersonId), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(stop);
        return Outcome<IReadOnlyList<string>>.Done(codes);
    }

    /// <summary>Changes the password of one who knows the old one and can give a code. All other sessions end.</summary>
    public async Task<Outcome<Done>> ChangePasswordAsync(Actor actor, Guid sessionId, string old, string code, string password, CancellationToken stop = default)
    {
        if (await FaultAsync(actor.PersonId, password, stop) is { } fault) return new PasswordRefused(fault);
        if (await again.ProveAsync(actor, old, code, stop) is not { } account) return new NotRecognised();
        var now = clock.GetUtcNow().UtcDateTime;
        (account.PasswordHash, account.SecurityStamp) = (Passwords.HashOf(account, password), Secrets.NewToken());
        await EndSessionsAsync(actor.PersonId, now, stop, but: sessionId);
        db.Record(actor, new PasswordChanged(actor.PersonId), now);
        await outbox.AddAsync(actor.PersonId, "PasswordChanged", now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    public async Task<int> CodesLeftAsync(Actor actor, CancellationToken stop = default) =>
        await accounts.OfPersonAsync(actor.PersonId, stop) is { } account ? await accounts.CodesLeftAsync(account.Id, stop) : 0;

    private async Task<PasswordFault?> FaultAsync(Guid personId, string password, CancellationToken stop)
    {
        var own = await files.OwnIdentityAsync(await SelfAsync(personId, stop), stop);
        return Passwords.Check(password, own?.GivenName, own?.FamilyName, own?.Email?.Split('@')[0]);
    }

    private async Task EndSessionsAsync(Guid personId, DateTime now, CancellationToken stop, Guid? but = null)
    {
        foreach (var session in await db.Set<Session>().Where(s => s.PersonId == personId && s.EndedAt == null && s.Id != but).ToListAsync(stop))
        {
            session.EndedAt = now;
            cache.Forget(session.Id);
        }
    }

    /// <summary>Before a session there is no role yet: the first one the person has stands in the trail.</summary>
    private async Task<Actor> SelfAsync(Guid personId, CancellationToken stop)
    {
        var first = await db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == personId && m.EndedAt == null).OrderBy(m => m.GrantedAt).FirstOrDefaultAsync(stop);
        return new Actor { NetworkId = db.NetworkId, PersonId = personId, Role = first?.Role ?? Role.Clinician, FacilityId = first?.FacilityId };
    }
}
