using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Messages;

/// <summary>Writes a letter to somebody of whom a use case knows only the id. {0} of every letter is the programme's telephone.</summary>
[UseCases]
public sealed class Post(CompagnonDb db, Files files, Outbox outbox)
{
    /// <summary>Adds the letter to the save under way; does nothing where no letter may go.</summary>
    public async Task TellAsync(Guid personId, Guid facilityId, string letter, DateTime now, params object[] values)
    {
        if (await files.ReceiverAsync(personId) is not { Identity.Email: not null } to) return;
        var telephone = await db.Set<Facility>().Where(f => f.Id == facilityId).Select(f => f.Telephone).FirstAsync();
        outbox.Add(to.Person, to.Identity, letter, now, [Written(telephone), .. values]);
    }

    /// <summary>Letters to this person that have not left yet stay: they stopped, or died.</summary>
    public async Task SilenceAsync(Guid personId, DateTime now, CancellationToken stop = default)
    {
        foreach (var letter in await db.Set<OutboxMessage>().Where(m => m.PersonId == personId && m.SentAt == null && m.BouncedAt == null && m.CancelledAt == null).ToListAsync(stop))
            letter.CancelledAt = now;
    }

    private static string Written(string digits) => digits.Length == 10 ? $"{digits[..3]}\u00a0{digits[3..6]}-{digits[6..]}" : digits;
}
