using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>An offer that nobody took up ends by itself, and says nothing to anybody.</summary>
public sealed class ExpireOffers(CompagnonDb db, Projection projection, TimeProvider clock) : IJobHandler
{
    private const int Batch = 200;

    public string Kind => "expire-offers";
    public int? EverySeconds => 3600;

    public async Task RunAsync(Job job, CancellationToken stop)
    {
        while (await ExpireSomeAsync(stop) == Batch) db.ChangeTracker.Clear();
    }

    private async Task<int> ExpireSomeAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<Referral>().Where(r => r.Next == NextStep.Offer && r.NextDueAt <= now).OrderBy(r => r.Id).Take(Batch).ToListAsync(stop);
        foreach (var offer in due)
        {
            (offer.EndedAt, offer.Closing) = (now, Closing.OfferExpired);
            await projection.WriteAsync(offer, stop);
            db.Record(Actor.System(db.NetworkId), new OfferExpired(offer.Id), now);
        }
        // Somebody who takes up an offer in this very moment wins; the rest is tried again next time.
        return await db.TrySaveAsync(stop) ? due.Count : 0;
    }
}
