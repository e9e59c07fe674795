using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Access;

/// <summary>
/// Whoever is signed in gives a code of their authenticator once more, before what opens doors or cannot be undone: a screen left open is not enough for it.
/// </summary>
[UseCases]
public sealed class Reauthentication(AccountStore accounts, Guesses guesses, TimeProvider clock)
{
    /// <summary>False only for who has no account, and so no way in but the demonstration's own page.</summary>
    public async Task<bool> IsNeededAsync(Actor actor, CancellationToken stop = default) => await accounts.OfPersonAsync(actor.PersonId, stop) is not null;

    public async Task<bool> IsProvedAsync(Actor actor, string code, CancellationToken stop = default) => await ProveAsync(actor, password: null, code, stop) is not null;

    /// <summary>Null: not proved, and the guess counts.</summary>
    /// <param name="password">Null where the code alone is asked.</param>
    internal async Task<Account?> ProveAsync(Actor actor, string? password, string code, CancellationToken stop)
    {
        if (await accounts.OfPersonAsync(actor.PersonId, stop) is not { DisabledAt: null, IsEnrolled: true } account || !await guesses.PayAsync(account.Id, stop)) return null;
        if ((password is null || Passwords.Fits(account, password)) && await accounts.UseCodeAsync(account, code, clock.GetUtcNow().UtcDateTime, stop))
        {
            await guesses.ForgetAsync(account.Id, stop);
            return account;
        }
        await guesses.WrongAsync(account, stop);
        return null;
    }
}
