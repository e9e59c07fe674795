using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Messages.Sending;

public enum LetterState { Waiting, Sent, Returned, Cancelled }

public sealed record ShownLetter(Guid Id, string To, string Address, string Subject, string Body, DateTime WrittenAt, LetterState State);

/// <summary>The outbox with everything in it, for the demonstration, where no letter leaves. Its only caller is a page that exists nowhere else.</summary>
[UseCases]
public sealed class SentLetters(CompagnonDb db, Vault vault)
{
    private const int Shown = 50;

    public async Task<IReadOnlyList<ShownLetter>> LatestAsync(CancellationToken stop = default)
    {
        var rows = await (from m in db.Set<OutboxMessage>().AsNoTracking()
                          join p in db.Set<Person>().AsNoTracking() on m.PersonId equals p.Id
                          join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
                          orderby m.CreatedAt descending
                          select new { Message = m, Person = p, Identity = i }).Take(Shown).ToListAsync(stop);
        return [.. rows.Where(r => r.Person.ErasedAt is null).Select(r => Of(r.Message, r.Person, vault.Open(r.Person, r.Identity)))];
    }

    private ShownLetter Of(OutboxMessage m, Person person, IdentityFields who) => new(m.Id, $"{who.GivenName} {who.FamilyName}".Trim(), vault.Open(person, "outbox", m.Address)!,
        vault.Open(person, "outbox", m.Subject)!, vault.Open(person, "outbox", m.Body)!, m.CreatedAt, StateOf(m));

    private static LetterState StateOf(OutboxMessage m) => m switch
    {
        { CancelledAt: not null } => LetterState.Cancelled,
        { SentAt: not null } => LetterState.Sent,
        { BouncedAt: not null } => LetterState.Returned,
        _ => LetterState.Waiting,
    };
}
