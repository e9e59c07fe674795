using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Messages.Sending;

/// <summary>
/// Sends what waits in the outbox, oldest first, each letter saved as sent before the next one is tried. Dying in between sends one letter twice under one Message-Id;
/// it never loses one. What may pass is tried again, later and later, for three days; what is refused for good comes back to the coordinator.
/// </summary>
internal sealed class SendLetters(CompagnonDb db, Vault vault, IMailServer server, TimeProvider clock) : IJobHandler
{
    private const int Batch = 50;
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    public string Kind => "send-letters";
    public int? EverySeconds => 5;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        if (!server.IsThere) return;
        // the lease lasts two minutes: another node must not begin while this one still sends
        var until = clock.GetUtcNow().UtcDateTime + Longest;
        foreach (var id in await DueAsync(stop))
            if (clock.GetUtcNow().UtcDateTime > until || !await SendAsync(id, stop)) return;
    }

    private Task<List<Guid>> DueAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Set<OutboxMessage>().Where(m => m.SentAt == null && m.BouncedAt == null && m.CancelledAt == null && m.NextAttemptAt <= now)
            .OrderBy(m => m.NextAttemptAt).ThenBy(m => m.Id).Select(m => m.Id).Take(Batch).ToListAsync(stop);
    }

    /// <summary>False when there is no use in trying the next one.</summary>
    private async Task<bool> SendAsync(Guid id, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        var message = await db.Set<OutboxMessage>().FirstAsync(m => m.Id == id, stop);
        var person = await db.Set<Person>().FirstAsync(p => p.Id == message.PersonId, stop);
        var handed = Silenced(person) ? null : await server.SendAsync(LetterOf(message, person), stop);
        var now = clock.GetUtcNow().UtcDateTime;
        if (handed is null) message.CancelledAt = now;
        else Note(message, handed, now);
        await db.TrySaveAsync(stop);
        return handed is not { IsDown: true };
    }

    private static bool Silenced(Person person) => person.DeceasedAt is not null || person.ErasedAt is not null;

    private Letter LetterOf(OutboxMessage message, Person person) => new(message.Id, vault.Open(person, "outbox", message.Address)!,
        vault.Open(person, "outbox", message.Subject)!, vault.Open(person, "outbox", message.Body)!, message.Language);

    private static void Note(OutboxMessage message, Handed handed, DateTime now)
    {
        message.Attempts++;
        message.LastError = handed.Said;
        if (handed.Handing is Handing.Taken) message.SentAt = now;
        else if (handed.Handing is Handing.Refused || now - message.CreatedAt > GivenUpAfter) message.BouncedAt = now;
        else message.NextAttemptAt = now + Pauses[Math.Min(message.Attempts, Pauses.Length) - 1];
    }
}
