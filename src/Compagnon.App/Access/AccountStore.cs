using System.Security.Cryptography;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>Accounts as they are stored: found by the keyed hash of an address, authenticator keys encrypted under the person's own key, codes by their keyed hashes.</summary>
[UseCases]
public sealed class AccountStore(CompagnonDb db, Vault vault, Duplicates duplicates, Secrets secrets)
{
    private const string KeyPurpose = "authenticator";
    private const string CardPurpose = "card";
    private const int CodesACard = 10;

    public Task<Account?> OfAddressAsync(string email, CancellationToken stop)
    {
        var hash = duplicates.Hash(IndexKind.Email, facilityId: null, email);
        return db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.EmailHash == hash, stop);
    }

    public Task<Account?> OfPersonAsync(Guid personId, CancellationToken stop) => db.Set<Account>().FirstOrDefaultAsync(a => a.PersonId == personId, stop);

    public async Task GiveNewKeyAsync(Account account, CancellationToken stop)
    {
        var person = await db.Set<Person>().FirstAsync(p => p.Id == account.PersonId, stop);
        (account.AuthenticatorKey, account.LastStep) = (vault.Seal(person, KeyPurpose, Convert.ToBase64String(RandomNumberGenerator.GetBytes(20))), 0);
    }

    /// <summary>Null when none was given yet, or the person was erased.</summary>
    public async Task<byte[]?> KeyOfAsync(Account account, CancellationToken stop)
    {
        var person = await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == account.PersonId, stop);
        return vault.Open(person, KeyPurpose, account.AuthenticatorKey) is { } text ? Convert.FromBase64String(text) : null;
    }

    /// <summary>Uses up a code of the authenticator, in one statement: of two who bring the same one, one is too late.</summary>
    public async Task<bool> UseCodeAsync(Account account, string typed, DateTime now, CancellationToken stop)
    {
        if (await StepOfAsync(account, typed, now, stop) is not { } step) return false;
        return await db.Set<Account>().Where(a => a.Id == account.Id && a.LastStep < step).ExecuteUpdateAsync(s => s.SetProperty(a => a.LastStep, step), stop) == 1;
    }

    /// <summary>Whether the authenticator shows this code now, without using it up.</summary>
    public async Task<bool> FitsCodeAsync(Account account, string typed, DateTime now, CancellationToken stop) => await StepOfAsync(account, typed, now, stop) is not null;

    /// <summary>Uses up a code of the printed card.</summary>
    public async Task<bool> UseCardAsync(Account account, string typed, DateTime now, CancellationToken stop)
    {
        var hash = secrets.HashOfCode(CardPurpose, account.Id, typed);
        return await db.Set<RecoveryCode>().Where(c => c.AccountId == account.Id && c.Hash == hash && c.UsedAt == null).ExecuteUpdateAsync(s => s.SetProperty(c => c.UsedAt, now), stop) == 1;
    }

    private async Task<long?> StepOfAsync(Account account, string typed, DateTime now, CancellationToken stop) =>
        await KeyOfAsync(account, stop) is { } key ? Totp.Match(key, typed, now, account.LastStep) : null;

    public Task<int> CodesLeftAsync(Guid accountId, CancellationToken stop) => db.Set<RecoveryCode>().CountAsync(c => c.AccountId == accountId && c.UsedAt == null, stop);

    /// <summary>A new card of ten; the old one no longer works once this is saved.</summary>
    public async Task<IReadOnlyList<string>> NewCardAsync(Guid accountId, CancellationToken stop)
    {
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ToListAsync(stop));
        var codes = Enumerable.Range(0, CodesACard).Select(_ => Secrets.NewCardCode()).ToList();
        db.AddRange(codes.Select(c => new RecoveryCode { AccountId = accountId, Hash = secrets.HashOfCode(CardPurpose, accountId, c) }));
        return codes;
    }
}
