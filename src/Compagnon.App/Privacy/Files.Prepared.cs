using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>What every list asks about the people on it.</summary>
public sealed partial class Files
{
    private sealed record Patient(Guid Id, Guid FacilityId, Guid? ClinicId, bool IsDraft, Person Person, Identity Identity);

    private static readonly Prepared<Func<CompagnonDb, IReadOnlyCollection<Guid>, IAsyncEnumerable<Patient>>> Patients = new(() => EF.CompileAsyncQuery((CompagnonDb db, IReadOnlyCollection<Guid> referralIds) =>
        from r in db.Set<Referral>().AsNoTracking()
        where referralIds.Contains(r.Id)
        join p in db.Set<Person>().AsNoTracking() on r.PatientId equals p.Id
        join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
        select new Patient(r.Id, r.FacilityId, r.ClinicId, r.ReceivedAt == null && r.OfferedAt == null, p, i)));

    private static readonly Prepared<Func<CompagnonDb, IReadOnlyCollection<Guid>, IAsyncEnumerable<Seen>>> Staff = new(() => EF.CompileAsyncQuery((CompagnonDb db, IReadOnlyCollection<Guid> personIds) =>
        from p in db.Set<Person>().AsNoTracking()
        where personIds.Contains(p.Id) && p.Kind == PersonKind.Staff
        join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
        select new Seen(p.Id, p, i)));
}
