using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

public sealed partial class Files
{
    internal const string ReasonPurpose = "proposal-reason";
    internal const string EndNotePurpose = "end-note";

    /// <summary>What a coordinator wrote about this file: why somebody was passed over, why it ended. Null without the right to it.</summary>
    internal string? OpenNote(PatientFile file, string purpose, byte[]? box) =>
        file.Sight(Facet.Proposal) is Sight.Full ? vault.Open(file.Person, purpose, box) : null;

    /// <summary>The companion who is this very patient, by the keyed index: two of telephone, e-mail and name must agree.</summary>
    internal async Task<Guid?> SamePersonAsync(Guid patientId, IReadOnlyCollection<Guid> companionIds, CancellationToken stop = default)
    {
        var same = await (from mine in db.Set<IdentityIndex>()
                          where mine.PersonId == patientId
                          join other in db.Set<IdentityIndex>() on new { mine.Kind, mine.Hash } equals new { other.Kind, other.Hash }
                          where companionIds.Contains(other.PersonId)
                          select new { other.PersonId, other.Kind }).Distinct().ToListAsync(stop);
        return same.GroupBy(s => s.PersonId).Where(g => g.Count() > 1).Select(g => (Guid?)g.Key).FirstOrDefault();
    }

    /// <summary>Companions who keep this patient out of what concerns them.</summary>
    internal async Task<IReadOnlyList<Guid>> CompanionsKeepingOutAsync(Actor patient, IReadOnlyCollection<Guid> companionIds, CancellationToken stop = default)
    {
        var restrictions = await RestrictionsOfAsync(companionIds, stop);
        return [.. companionIds.Where(id => AccessRules.To(Facet.CompanionProfile, patient, new Subject
        {
            PersonId = id, FacilityId = null, Counterparts = [patient.PersonId], Restrictions = [.. restrictions[id]],
        }) is Sight.None)];
    }

    /// <summary>The programme shows numbers, and the patient's separate consent stands.</summary>
    internal async Task<bool> ShowsNumberAsync(Referral referral, CancellationToken stop = default) =>
        await db.Set<ProgrammeSettings>().AnyAsync(s => s.FacilityId == referral.FacilityId && s.NumberMayBeShown, stop)
        && await db.Set<Consent>().AnyAsync(c => c.ReferralId == referral.Id && c.Kind == ConsentKind.NumberShown && c.WithdrawnAt == null, stop);

    /// <summary>
    /// The patient's number, for the companion who accompanies them: only while the programme shows numbers and the patient's separate consent stands.
    /// Each display is a row of the access log.
    /// </summary>
    public async Task<string?> NumberForCompanionAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Companion || await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.Id == accompanimentId && a.CompanionId == actor.PersonId && a.EndedAt == null, stop)
            is not { } accompaniment) return null;
        var referral = await db.Set<Referral>().FirstAsync(r => r.Id == accompaniment.ReferralId, stop);
        if (AccessRules.To(Facet.Accompaniment, actor, await SubjectOfAsync(referral, stop)) is not Sight.Full
            || !await ShowsNumberAsync(referral, stop)) return null;
        var person = await db.Set<Person>().FirstAsync(p => p.Id == referral.PatientId, stop);
        var telephone = await db.Set<Identity>().Where(i => i.Id == person.Id).Select(i => i.Telephone).FirstAsync(stop);
        Record(actor, person.Id, ReadWhat.Identity, "number");
        await db.SaveChangesAsync(stop);
        return vault.Open(person, "telephone", telephone);
    }
}
