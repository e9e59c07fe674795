using System.Globalization;
using System.Security.Cryptography;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.Domain.Access;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>
/// Erases a person: their key, so that everything sealed under it, in audit rows and backups of this file too, is unreadable; what finds them again; the free words
/// in which they might be recognised. What happened stays, about nobody.
/// </summary>
[UseCases]
public sealed class Erasure(CompagnonDb db, ErasureList list, TimeProvider clock)
{
    /// <summary>False when nobody of this id is there, or they are erased already.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody wrote into what goes with them, the request to erase included: nobody is erased.</exception>
    public async Task<bool> EraseAsync(Actor actor, Guid personId, CancellationToken stop = default)
    {
        if (await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == personId && p.ErasedAt == null, stop) is not { } person) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        await ForgetAsync(person, now, stop);
        db.Record(actor, new PersonErased(personId), now);
        await using var moment = await db.Database.BeginTransactionAsync(stop);
        await db.SaveChangesAsync(stop);
        // then the list, as whoever took their wish back in this moment must not stand on it; and before it holds: dying in between leaves one too many, never one too few
        list.Add(db.NetworkId, personId, now);
        await moment.CommitAsync(stop);
        return true;
    }

    /// <summary>After a restore: everybody on the list whom the backup still had. Says how many.</summary>
    public async Task<int> ReplayAsync(CancellationToken stop = default)
    {
        var count = 0;
        foreach (var personId in list.Read(db.NetworkId))
            if (await EraseAsync(Actor.System(db.NetworkId), personId, stop)) count++;
        return count;
    }

    private async Task ForgetAsync(Person person, DateTime now, CancellationToken stop)
    {
        (person.ErasedAt, person.WrappedKey) = (now, []);
        if (await db.Set<Identity>().FirstOrDefaultAsync(i => i.Id == person.Id, stop) is { } identity)
            (identity.GivenName, identity.FamilyName, identity.Telephone, identity.Email, identity.BirthDate, identity.Notes) = (null, null, null, null, null, null);
        db.RemoveRange(await db.Set<IdentityIndex>().Where(i => i.PersonId == person.Id).ToListAsync(stop));
        db.RemoveRange(await db.Set<GroupMember>().Where(m => m.PersonId == person.Id).ToListAsync(stop));
        foreach (var letter in await db.Set<OutboxMessage>().Where(m => m.PersonId == person.Id && m.SentAt == null && m.CancelledAt == null).ToListAsync(stop)) letter.CancelledAt = now;
        foreach (var referral in await db.Set<Referral>().Where(r => r.PatientId == person.Id).ToListAsync(stop))
        {
            (referral.Situation.Municipality, referral.Situation.Culture, referral.UrgentReason) = (null, null, null);
            (referral.Intake.TopicWords, referral.Intake.WhereTreated) = (null, null);
        }
        foreach (var accompaniment in await db.Set<Accompaniment>().Where(a => a.PatientId == person.Id).ToListAsync(stop)) accompaniment.Agreement.PatientPseudonym = null;
        if (await db.Set<Companion>().FirstOrDefaultAsync(c => c.Id == person.Id, stop) is { } companion)
            (companion.Pseudonym, companion.OwnWords, companion.Culture, companion.Municipality) = ("", null, null, null);
        await CloseAccountAsync(person.Id, now, stop);
    }

    /// <summary>Nobody signs in any more, and no hash of an address is left by which they would be found.</summary>
    private async Task CloseAccountAsync(Guid personId, DateTime now, CancellationToken stop)
    {
        foreach (var account in await db.Set<Account>().Where(a => a.PersonId == personId).ToListAsync(stop))
            (account.EmailHash, account.PasswordHash, account.AuthenticatorKey, account.DisabledAt) = (RandomNumberGenerator.GetBytes(32), null, null, now);
        foreach (var session in await db.Set<Session>().Where(s => s.PersonId == personId && s.EndedAt == null).ToListAsync(stop)) session.EndedAt = now;
        foreach (var membership in await db.Set<Membership>().Where(m => m.PersonId == personId && m.EndedAt == null).ToListAsync(stop)) membership.EndedAt = now;
    }
}

/// <summary>Who was erased, in a file outside the database and its backups; ids only, one line each: "1 019aab… 2026-11-22T13:00:00Z".</summary>
public sealed class ErasureList(string? path)
{
    private readonly Lock writing = new();

    public void Add(int networkId, Guid personId, DateTime at)
    {
        if (path is null) return;
        lock (writing)
        {
            if (Read(networkId).Contains(personId)) return;
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            using var line = new StreamWriter(file);
            line.Write(string.Create(CultureInfo.InvariantCulture, $"{networkId} {personId:N} {at:O}\n"));
            line.Flush();
            file.Flush(flushToDisk: true);
        }
    }

    public IReadOnlyList<Guid> Read(int networkId) => path is null || !File.Exists(path) ? [] :
        [.. File.ReadLines(path).Select(l => l.Split(' ')).Where(l => l.Length == 3 && l[0] == networkId.ToString(CultureInfo.InvariantCulture)).Select(l => Guid.Parse(l[1], CultureInfo.InvariantCulture))];
}
