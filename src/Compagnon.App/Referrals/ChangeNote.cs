using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Referrals;

/// <summary>The clinic writes its note anew, or takes it away: it noticed that it wrote more than calling the person needs. The trail says that it was, never what.</summary>
[UseCases]
public sealed class ChangeNote(CompagnonDb db, Files files, Vault vault, TimeProvider clock)
{
    public const int Most = 300;

    /// <param name="actor">The clinic's clinician.</param>
    /// <param name="referralId">The file.</param>
    /// <param name="note">Null takes it away.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<Done>> ChangeAsync(Actor actor, Guid referralId, string? note, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Clinician) return new NotThere();
        if (await files.OpenForChangeAsync(actor, referralId, ReadWhat.Identity, stop: stop) is not { Identity: { } identity } file || file.Person.ErasedAt is not null) return new NotThere();
        // where the person refused that the clinic hears, an ended file answers as an open one
        if (file.Entity is { EndedAt: not null, StatusRefusedAt: null }) return new NotThere();
        if (Anonymity.HasHealthNumber(note ?? "")) return Invalid.Field(nameof(ReferCommand.Note), nameof(Revealing.HealthNumber));
        if (identity.Notes != note)
        {
            vault.Reseal(file.Person, file.StoredIdentity, identity with { Notes = note });
            db.Record(actor, new NoteChanged(referralId), clock.GetUtcNow().UtcDateTime);
        }
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }
}
