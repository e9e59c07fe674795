using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>
/// Finds people by the beginnings of their names. No index is kept of them: it would tell without the key who shares a first name. The names of those whom the actor may see are
/// opened, compared and forgotten; whoever is then shown is recorded by the list that shows them.
/// </summary>
public sealed partial class Files
{
    private const int MostFound = 200;

    /// <summary>Patients of the actor's facility, a clinician's of their clinic; the newest first.</summary>
    internal async Task<IReadOnlyList<Guid>> PatientsCalledAsync(Actor actor, string wanted, CancellationToken stop)
    {
        var hidden = (await KeepingOutAsync(actor, stop)).ToHashSet();
        var of = db.Set<Referral>().AsNoTracking().Where(r => r.FacilityId == actor.FacilityId && (r.ReceivedAt != null || r.OfferedAt != null));
        if (actor.Role is Role.Clinician) of = of.Where(r => r.ClinicId == actor.ClinicId);
        var all = from r in of
                  join p in db.Set<Person>().AsNoTracking() on r.PatientId equals p.Id
                  join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
                  orderby r.Id descending
                  select new { r.FacilityId, r.ClinicId, Person = p, Identity = i };
        var (words, found) = (new NameWords(wanted), new List<Guid>());
        await foreach (var row in all.AsAsyncEnumerable().WithCancellation(stop))
        {
            var subject = new Subject { PersonId = row.Person.Id, FacilityId = row.FacilityId, ClinicId = row.ClinicId };
            if (hidden.Contains(row.Person.Id) || AccessRules.To(Facet.PatientIdentity, actor, subject) is not Sight.Full || !words.Fit(NameOf(row.Person, row.Identity))) continue;
            found.Add(row.Person.Id);
            if (found.Count == MostFound) break;
        }
        return found;
    }

    /// <summary>Companions of the actor's facility.</summary>
    internal async Task<IReadOnlyCollection<Guid>> CompanionsCalledAsync(Actor actor, string wanted, CancellationToken stop)
    {
        var ids = await db.Set<Companion>().Where(c => c.FacilityId == actor.FacilityId).Select(c => c.Id).ToListAsync(stop);
        var words = new NameWords(wanted);
        return [.. (await SeenCompanionsAsync(actor, ids, stop)).Where(c => words.Fit(NameOf(c.Person, c.Identity))).Select(c => c.Id)];
    }

    private string NameOf(Person person, Identity identity) => $"{vault.OpenGivenName(person, identity)} {vault.OpenFamilyName(person, identity)}";
}
