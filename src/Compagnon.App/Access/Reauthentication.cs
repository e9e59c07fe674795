using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Access;

/// <summary>The one-time code is asked for once more, and none was given.</summary>
public sealed record CodeNeeded : Refusal;

/// <summary>Wrong, used already, or too many were wrong before it.</summary>
public sealed record CodeWrong : Refusal;

/// <summary>
/// Whoever is signed in gives a code of their authenticator once more, before what opens doors or cannot be undone: a screen left open is not enough for it.
/// The use case itself asks, once all else is right and before it changes anything: no page can forget it.
/// <code>if (await again.WhyNotAsync(actor, command.Code, stop) is { } refusal) return refusal;</code>
/// </summary>
[UseCases]
public sealed class Reauthentication(AccountStore accounts, Guesses guesses, TimeProvider clock)
{
    /// <summary>False only for who has no account, and so no way in but the demonstration's own page.</summary>
    public async Task<bool> IsNeededAsync(Actor actor, CancellationToken stop = default) => await accounts.OfPersonAsync(actor.PersonId, stop) is not null;

    /// <summary>Null: proved, or not needed.</summary>
    internal async Task<Refusal?> WhyNotAsync(Actor actor, string? code, CancellationToken stop)
    {
        if (!await IsNeededAsync(actor, stop)) return null;
        if (string.IsNullOrWhiteSpace(code)) return new CodeNeeded();
        return await ProveAsync(actor, password: null, code.Trim(), stop) is null ? new CodeWrong() : null;
    }

    /// <summary>
    /// Before a look whose answer is told to nobody without a code, and may be a refusal: the code is looked at and still good, so that a slip in what was asked does not cost the wait
    /// for the next one. A wrong one counts as a guess. What is then done asks <see cref="WhyNotAsync"/>, which uses it up.
    /// </summary>
    internal async Task<Refusal?> WhyNotLookAsync(Actor actor, string? code, CancellationToken stop)
    {
        if (!await IsNeededAsync(actor, stop)) return null;
        if (string.IsNullOrWhiteSpace(code)) return new CodeNeeded();
        return await ProveAsync(actor, password: null, (account, now) => accounts.FitsCodeAsync(account, code.Trim(), now, stop), stop) is null ? new CodeWrong() : null;
    }

    /// <summary>Null: not proved, and the guess counts.</summary>
    /// <param name="password">Null where the code alone is asked.</param>
    internal Task<Account?> ProveAsync(Actor actor, string? password, string code, CancellationToken stop) =>
        ProveAsync(actor, password, (account, now) => accounts.UseCodeAsync(account, code, now, stop), stop);

    private async Task<Account?> ProveAsync(Actor actor, string? password, Func<Account, DateTime, Task<bool>> fits, CancellationToken stop)
    {
        if (await accounts.OfPersonAsync(actor.PersonId, stop) is not { DisabledAt: null, IsEnrolled: true } account || !await guesses.PayAsync(account.Id, stop)) return null;
        if ((password is null || Passwords.Fits(account, password)) && await fits(account, clock.GetUtcNow().UtcDateTime))
        {
            await guesses.ForgetAsync(account.Id, stop);
            return account;
        }
        await guesses.WrongAsync(account, stop);
        return null;
    }
}
