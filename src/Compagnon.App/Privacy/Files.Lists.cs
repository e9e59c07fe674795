using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>First names of patients and full names of companions on one page.</summary>
public sealed record PairNames(IReadOnlyDictionary<Guid, string> Referrals, IReadOnlyDictionary<Guid, string> Companions);

public sealed partial class Files
{
    private sealed record Seen(Guid Id, Person Person, Identity Identity);

    /// <summary>For a page on which patients stand beside companions: one row of the log names them all.</summary>
    public async Task<PairNames> NamesOfPairsAsync(Actor actor, IReadOnlyCollection<Guid> referralIds, IReadOnlyCollection<Guid> companionIds, CancellationToken stop = default)
    {
        var referrals = await SeenReferralsAsync(actor, referralIds, stop);
        var companions = await SeenCompanionsAsync(actor, companionIds, stop);
        await RecordListAsync(actor, [.. referrals.Select(r => r.Person.Id), .. companions.Select(c => c.Id)], stop);
        return new PairNames(GivenNames(referrals), FullNames(companions));
    }

    private async Task<List<Seen>> SeenReferralsAsync(Actor actor, IReadOnlyCollection<Guid> referralIds, CancellationToken stop)
    {
        var rows = await Patients.For(db)(db, referralIds).ToListAsync(stop);
        var restrictions = await RestrictionsOfAsync([.. rows.Select(r => r.Person.Id)], stop);
        return [.. rows.Where(r => AccessRules.To(Facet.PatientIdentity, actor, new Subject
        {
            PersonId = r.Person.Id, FacilityId = r.FacilityId, ClinicId = r.ClinicId, IsDraft = r.IsDraft, Restrictions = [.. restrictions[r.Person.Id]],
        }) is Sight.Full).Select(r => new Seen(r.Id, r.Person, r.Identity))];
    }

    private async Task<List<Seen>> SeenCompanionsAsync(Actor actor, IReadOnlyCollection<Guid> companionIds, CancellationToken stop)
    {
        var rows = await (from c in db.Set<Companion>().AsNoTracking()
                          where companionIds.Contains(c.Id)
                          join p in db.Set<Person>().AsNoTracking() on c.Id equals p.Id
                          join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
                          select new { c.Id, c.FacilityId, Person = p, Identity = i }).ToListAsync(stop);
        var restrictions = await RestrictionsOfAsync([.. rows.Select(r => r.Id)], stop);
        return [.. rows.Where(r => AccessRules.To(Facet.CompanionIdentity, actor, new Subject
        {
            PersonId = r.Id, FacilityId = r.FacilityId, Restrictions = [.. restrictions[r.Id]],
        }) is Sight.Full).Select(r => new Seen(r.Id, r.Person, r.Identity))];
    }

    private Dictionary<Guid, string> GivenNames(List<Seen> seen) => seen.ToDictionary(r => r.Id, r => vault.OpenGivenName(r.Person, r.Identity) ?? "");

    private Dictionary<Guid, string> FullNames(List<Seen> seen) => seen.ToDictionary(r => r.Id, r => FullName(vault.Open(r.Person, r.Identity)));
}
