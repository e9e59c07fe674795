using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Access;

/// <summary>A link that was made. The coordinator reads the code out; the link is theirs to hand over only where it did not go by e-mail.</summary>
/// <param name="Code">Six digits.</param>
/// <param name="Link">Null when it went by e-mail: whoever has the code does not get the link, too.</param>
/// <param name="ExpiresAt">In seven days.</param>
public sealed record MadeLink(string Code, string? Link, DateTime ExpiresAt);

/// <summary>Who may enter by a link and its code.</summary>
public sealed record LinkOpened(Guid PersonId, Guid ReferralId);

/// <summary>This person asked to be called only: no link goes out, the coordinator does every step on their behalf.</summary>
public sealed record OnlyByTelephone : Refusal;

/// <summary>The request is over, or was never agreed to.</summary>
public sealed record RequestNotOpen : Refusal;

/// <summary>A patient's way in: a single-use link and a six-digit code that travels another way. Either alone opens nothing.</summary>
[UseCases]
public sealed class PatientLinks(CompagnonDb db, Files files, Outbox outbox, Secrets secrets, PublicAddress address, TimeProvider clock)
{
    public const int MostWrongCodes = 5;
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Is there still a request to lead to? Null where there is none that the actor may open.</summary>
    public async Task<bool?> IsOpenAsync(Actor actor, Guid referralId, CancellationToken stop = default) =>
        actor.Role is Role.Coordinator && await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is { } file ? ReferralState.IsOpen(file.Referral) : null;

    /// <summary>Makes a new link; those before it no longer work. It goes by letter where there is an address, unless it is to be handed over.</summary>
    public async Task<Outcome<MadeLink>> SendAsync(Actor actor, Guid referralId, bool handOver = false, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenForChangeAsync(actor, referralId, ReadWhat.Identity, "link", stop) is not { } file) return new NotThere();
        return await MakeAsync(actor, file, "PatientLink", handOver, stop);
    }

    /// <summary>To go on later on another device: the link goes to their own address, the code is on their screen now.</summary>
    public async Task<Outcome<MadeLink>> SendToMeAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Patient || await files.OpenForChangeAsync(actor, referralId, ReadWhat.Identity, "link", stop) is not { } file) return new NotThere();
        return file.Identity?.Email is null ? new NotThere() : await MakeAsync(actor, file, "PatientLinkToMe", handOver: false, stop);
    }

    private async Task<Outcome<MadeLink>> MakeAsync(Actor actor, PatientFile file, string letter, bool handOver, CancellationToken stop)
    {
        if (file.Referral.TelephoneOnly) return new OnlyByTelephone();
        if (file.IsDeceased || (file.Referral.ReceivedAt is null && actor.Role is not Role.Patient) || !ReferralState.IsOpen(file.Referral)) return new RequestNotOpen();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var old in await db.Set<PatientLink>().Where(l => l.ReferralId == file.ReferralId && l.UsedAt == null).ToListAsync(stop)) old.UsedAt = now;
        var (token, code, id) = (Secrets.NewToken(), Secrets.NewSixDigits(), Guid.CreateVersion7());
        db.Add(new PatientLink
        {
            Id = id, PersonId = file.PatientId, ReferralId = file.ReferralId, TokenHash = Secrets.HashOfToken(token), CodeHash = secrets.HashOfCode("link", id, code), SentAt = now, ExpiresAt = now + Lasts,
        });
        var link = address.Of($"/lien/{token}");
        var byMail = !handOver && await outbox.AddAsync(file.PatientId, letter, now, link);
        db.Record(actor, new PatientLinkMade(file.ReferralId, byMail), now);
        return await db.TrySaveAsync(stop) ? new MadeLink(code, byMail ? null : link, now + Lasts) : new ChangedMeanwhile();
    }

    /// <summary>Whether a right code would still open it: not used, not a week old, not ended by wrong codes or by a newer link. It says nothing of the code, nor why not.</summary>
    public Task<bool> IsGoodAsync(string token, CancellationToken stop = default) => Good(token, clock.GetUtcNow().UtcDateTime).AnyAsync(stop);

    private IQueryable<PatientLink> Good(string token, DateTime now)
    {
        var hash = Secrets.HashOfToken(token);
        return db.Set<PatientLink>().Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now && l.WrongCodes < MostWrongCodes);
    }

    /// <summary>
    /// Uses the link up if the code is right. A wrong code is paid for before it is looked at, in one statement; the fifth ends the link. One answer for an unknown,
    /// used, expired link and a wrong code.
    /// </summary>
    public async Task<Outcome<LinkOpened>> OpenAsync(string token, string code, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var good = Good(token, now);
        if (await good.AsNoTracking().FirstOrDefaultAsync(stop) is not { } link) return new NotRecognised();
        if (await good.ExecuteUpdateAsync(s => s.SetProperty(l => l.WrongCodes, l => l.WrongCodes + 1), stop) != 1) return new NotRecognised();
        if (!Secrets.Same(link.CodeHash, secrets.HashOfCode("link", link.Id, code)))
        {
            if (!await good.AnyAsync(stop))
            {
                db.Record(Actor.System(db.NetworkId), new PatientLinkLocked(link.ReferralId), now);
                await db.SaveChangesAsync(stop);
            }
            return new NotRecognised();
        }
        var used = await db.Set<PatientLink>().Where(l => l.Id == link.Id && l.UsedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.UsedAt, now), stop);
        return used == 1 ? new LinkOpened(link.PersonId, link.ReferralId) : new NotRecognised();
    }
}
