using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Of many requests at once: which the actor may count with, and who is kept from whom.</summary>
/// <param name="Seen">Requests of living people that the actor sees at least counts of, with how much.</param>
/// <param name="Restricted">Companions whom a patient keeps out, by request.</param>
/// <param name="KeptOut">Companions who keep a patient out, by request.</param>
/// <param name="SamePerson">The companion who is this very patient, by person.</param>
internal sealed record RoundSight(IReadOnlyDictionary<Guid, Sight> Seen, ILookup<Guid, Guid> Restricted, ILookup<Guid, Guid> KeptOut, IReadOnlyDictionary<Guid, Guid> SamePerson);

public sealed partial class Files
{
    /// <summary>
    /// The rights and bars of a whole round in a few queries: what <see cref="PatientFile"/> answers for one file. Opens nothing of anybody, so nothing is recorded;
    /// a name is only ever read through the lists above.
    /// </summary>
    internal async Task<RoundSight> SightOfRoundAsync(Actor actor, IReadOnlyList<Referral> referrals, IReadOnlyList<Companion> companions, CancellationToken stop = default)
    {
        Guid[] patients = [.. referrals.Select(r => r.PatientId).Distinct()], ids = [.. companions.Select(c => c.Id)];
        var restrictions = await RestrictionsOfAsync([.. patients, .. ids], stop);
        var deceased = (await db.Set<Person>().Where(p => patients.Contains(p.Id) && p.DeceasedAt != null).Select(p => p.Id).ToListAsync(stop)).ToHashSet();
        Subject Of(Referral r) => new() { PersonId = r.PatientId, FacilityId = r.FacilityId, ClinicId = r.ClinicId, IsDraft = ReferralState.IsDraft(r), Restrictions = [.. restrictions[r.PatientId]] };
        var seen = referrals.Where(r => !deceased.Contains(r.PatientId)).Select(r => (r.Id, Sight: AccessRules.To(Facet.Referral, actor, Of(r)))).Where(r => r.Sight >= Sight.Counts).ToDictionary(r => r.Id, r => r.Sight);
        var restricted = from r in referrals
                         where restrictions[r.PatientId].Any()
                         let subject = Of(r)
                         from c in companions
                         where AccessRules.To(Facet.Referral, Acting(c), subject with { Counterparts = [c.Id] }) is Sight.None
                         select (r.Id, Companion: c.Id);
        var keptOut = from c in companions
                      where restrictions[c.Id].Any()
                      from r in referrals
                      where AccessRules.To(Facet.CompanionProfile, ActingPatient(r), new Subject { PersonId = c.Id, FacilityId = null, Counterparts = [r.PatientId], Restrictions = [.. restrictions[c.Id]] }) is Sight.None
                      select (r.Id, Companion: c.Id);
        return new RoundSight(seen, restricted.ToLookup(p => p.Id, p => p.Companion), keptOut.ToLookup(p => p.Id, p => p.Companion), await SamePeopleAsync(patients, ids, stop));
    }

    private async Task<IReadOnlyDictionary<Guid, Guid>> SamePeopleAsync(Guid[] patients, Guid[] companions, CancellationToken stop)
    {
        var same = await (from mine in db.Set<IdentityIndex>()
                          where patients.Contains(mine.PersonId)
                          join other in db.Set<IdentityIndex>() on new { mine.Kind, mine.Hash } equals new { other.Kind, other.Hash }
                          where companions.Contains(other.PersonId)
                          select new { Patient = mine.PersonId, Companion = other.PersonId, other.Kind }).Distinct().ToListAsync(stop);
        return same.GroupBy(s => (s.Patient, s.Companion)).Where(g => g.Count() > 1).GroupBy(g => g.Key.Patient).ToDictionary(g => g.Key, g => g.First().Key.Companion);
    }

    internal static Actor Acting(Companion c) => new() { NetworkId = c.NetworkId, PersonId = c.Id, Role = Role.Companion, FacilityId = c.FacilityId };

    private static Actor ActingPatient(Referral r) => new() { NetworkId = r.NetworkId, PersonId = r.PatientId, Role = Role.Patient, FacilityId = r.FacilityId };
}
