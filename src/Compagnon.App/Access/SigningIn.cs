using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>One answer for an unknown address, a wrong password, a wrong or used code, a locked or disabled account: nobody learns which.</summary>
public sealed record NotRecognised : Refusal;

/// <summary>The password was right. Next comes a code, or, for a new account, setting up the authenticator.</summary>
public sealed record FirstStep(Guid PersonId, bool MustEnrol);

/// <summary>Password, then a code that works once: from the authenticator or from the printed card.</summary>
[UseCases]
public sealed class SigningIn(CompagnonDb db, AccountStore accounts, Guesses guesses, Outbox outbox, TimeProvider clock)
{
    public async Task<Outcome<FirstStep>> PasswordAsync(string email, string password, CancellationToken stop = default)
    {
        var account = await accounts.OfAddressAsync(email, stop);
        var paid = account is not null && await guesses.PayAsync(account.Id, stop);
        // looked at even where it can't help: the answer takes as long
        var fits = Passwords.Fits(account, password);
        if (account is null || !paid) return new NotRecognised();
        if (!fits)
        {
            await guesses.WrongAsync(account, stop);
            return new NotRecognised();
        }
        await guesses.GiveBackAsync(account.Id, stop);
        if (account.DisabledAt is not null) return new NotRecognised();
        if (account.IsEnrolled) return new FirstStep(account.PersonId, MustEnrol: false);
        var now = clock.GetUtcNow().UtcDateTime;
        // begun but not finished: goes on while its invitation would still be good
        return await db.Set<Invitation>().AnyAsync(i => i.PersonId == account.PersonId && i.ExpiresAt > now, stop) ? new FirstStep(account.PersonId, MustEnrol: true) : new NotRecognised();
    }

    /// <summary>Six digits of the authenticator, or a code of the card.</summary>
    /// <param name="personId">Whose password was right.</param>
    /// <param name="typed">With spaces or dashes, as people type it.</param>
    public async Task<Outcome<Done>> CodeAsync(Guid personId, string typed, CancellationToken stop = default)
    {
        if (await accounts.OfPersonAsync(personId, stop) is not { DisabledAt: null, IsEnrolled: true } account || !await guesses.PayAsync(account.Id, stop)) return new NotRecognised();
        var now = clock.GetUtcNow().UtcDateTime;
        if (await accounts.UseCodeAsync(account, typed, now, stop))
        {
            await guesses.ForgetAsync(account.Id, stop);
            return Done.Yes;
        }
        if (!await accounts.UseCardAsync(account, typed, now, stop))
        {
            await guesses.WrongAsync(account, stop);
            return new NotRecognised();
        }
        await guesses.ForgetAsync(account.Id, stop);
        db.Record(Actor.System(db.NetworkId), new CardCodeUsed(personId), now);
        await outbox.AddAsync(personId, "CardCodeUsed", now, await accounts.CodesLeftAsync(account.Id, stop));
        await db.SaveChangesAsync(stop);
        return Done.Yes;
    }
}
