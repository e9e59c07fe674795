using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Messages;

/// <summary>An e-mail that an address refused, as its coordinator sees it.</summary>
/// <param name="Name">A patient's first name, anybody else's whole name.</param>
/// <param name="Address">Of a patient: what may be corrected here. Of others null: their account hangs on it.</param>
public sealed record ReturnedLetter(Guid Id, PersonKind Kind, string Name, string? Address, DateTime WrittenAt, DateTime ReturnedAt, Guid? ReferralId, Guid? CompanionId);

/// <summary>What came back is sent again to a corrected address, or noted as settled: then it leaves the coordinator's day.</summary>
[UseCases]
public sealed class ReturnedLetters(CompagnonDb db, Files files, Outbox outbox, Identities identities, TimeProvider clock)
{
    public async Task<ReturnedLetter?> ShowAsync(Actor actor, Guid messageId, CancellationToken stop = default)
    {
        if (await FindAsync(actor, messageId, stop) is not var (message, person)) return null;
        var shown = new ReturnedLetter(message.Id, person.Kind, "", Address: null, message.CreatedAt, message.BouncedAt!.Value, ReferralId: null, CompanionId: null);
        switch (person.Kind)
        {
            case PersonKind.Patient:
                return await PatientAsync(actor, person.Id, stop) is { } file
                    ? shown with { Name = file.Identity?.GivenName ?? "", Address = file.Identity?.Email, ReferralId = file.ReferralId } : null;
            case PersonKind.Companion:
                return (await files.NamesOfCompanionsAsync(actor, [person.Id], stop)).TryGetValue(person.Id, out var companion) ? shown with { Name = companion, CompanionId = person.Id } : null;
            default:
                return shown with { Name = (await files.StaffNamesAsync([person.Id], stop)).GetValueOrDefault(person.Id, "") };
        }
    }

    /// <param name="email">A patient's right address: the letter goes out again. Null: settled otherwise, by telephone.</param>
    public async Task<Outcome<Done>> SettleAsync(Actor actor, Guid messageId, string? email, CancellationToken stop = default)
    {
        if (await FindAsync(actor, messageId, stop) is not var (message, person)) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var file = person.Kind is PersonKind.Patient ? await PatientAsync(actor, person.Id, stop) : null;
        if (person.Kind is PersonKind.Patient && file is null) return new NotThere();
        if (person.Kind is PersonKind.Companion && await files.OpenCompanionAsync(actor, person.Id, ReadWhat.Identity, stop: stop) is null) return new NotThere();
        if (email is not null)
        {
            if (file is not { Identity: { } identity }) return new NotThere();
            await identities.ChangeAsync(file.Person, file.StoredIdentity, identity with { Email = email }, stop);
            outbox.Again(file.Person, message, email, now);
        }
        message.CancelledAt = now;
        db.Record(actor, new ReturnedLetterSettled(person.Id, email is not null), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    private async Task<(OutboxMessage Message, Person Person)?> FindAsync(Actor actor, Guid messageId, CancellationToken stop)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facilityId }) return null;
        if (await db.Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == messageId && m.BouncedAt != null && m.CancelledAt == null, stop) is not { } message) return null;
        return await db.Set<Person>().FirstAsync(p => p.Id == message.PersonId, stop) is { } person && person.FacilityId == facilityId ? (message, person) : null;
    }

    private async Task<PatientFile?> PatientAsync(Actor actor, Guid personId, CancellationToken stop)
    {
        var newest = await db.Set<Referral>().Where(r => r.PatientId == personId).OrderByDescending(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(stop);
        return newest is { } id ? await files.OpenAsync(actor, id, ReadWhat.Identity, stop: stop) : null;
    }
}
