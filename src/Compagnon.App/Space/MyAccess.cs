using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Space;

/// <summary>One restriction as its owner reads it.</summary>
/// <param name="Person">Somebody of the staff by name, a companion by the pseudonym.</param>
public sealed record MyRestriction(Guid Id, Role? Role, ClinicianFunction? Function, string? Facility, string? Person, bool IsClinic, DateTime SetAt)
{
    public string? Clinic { get; init; }
    public string? Group { get; init; }
}

/// <summary>Someone of the staff who has looked at the file.</summary>
public sealed record Looker(Guid PersonId, string Name);

public sealed record MyAccessView
{
    public required Guid FacilityId { get; init; }
    public required bool HasClinic { get; init; }
    public required IReadOnlyList<MyRestriction> Restrictions { get; init; }
    public required IReadOnlyList<Looker> Lookers { get; init; }
}

/// <summary>To whom a patient has closed their file, and to whom they could.</summary>
[UseCases]
public sealed class MyAccess(CompagnonDb db, Files files)
{
    public async Task<MyAccessView?> ShowAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Patient || await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file) return null;
        var (me, referral) = (actor.PersonId, file.Referral);
        var set = await db.Set<Restriction>().AsNoTracking().Where(r => r.PersonId == me && r.LiftedAt == null).OrderBy(r => r.SetAt).ToListAsync(stop);
        var lookerIds = await db.Set<AccessEntry>().AsNoTracking().Where(e => e.ReaderId != me && (e.PersonId == me || (e.PersonId == null && e.Listed.Contains(me))))
            .Select(e => e.ReaderId).Distinct().ToListAsync(stop);
        var named = set.Select(r => r.AgainstPersonId).OfType<Guid>().ToList();
        var names = await files.StaffNamesAsync([.. lookerIds.Union(named)], stop);
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        var clinics = await db.Set<Clinic>().AsNoTracking().Where(c => set.Select(r => r.ClinicId).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var groups = await db.Set<NamedGroup>().AsNoTracking().Where(g => set.Select(r => r.GroupId).Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => g.Name, stop);
        var companions = await db.Set<Companion>().AsNoTracking().Where(c => named.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Pseudonym, stop);
        return new MyAccessView
        {
            FacilityId = referral.FacilityId, HasClinic = referral.ClinicId is not null,
            Restrictions = [.. set.Select(r => new MyRestriction(r.Id, r.Role, r.Function, r.FacilityId is { } f ? facilities.GetValueOrDefault(f) : null,
                r.AgainstPersonId is { } p ? names.GetValueOrDefault(p) ?? companions.GetValueOrDefault(p) : null, r is { Role: Role.Clinician, Function: null, AgainstPersonId: null, ClinicId: null, GroupId: null }, r.SetAt)
            {
                Clinic = r.ClinicId is { } c ? clinics.GetValueOrDefault(c) : null, Group = r.GroupId is { } g ? groups.GetValueOrDefault(g) : null,
            })],
            Lookers = [.. lookerIds.Except(named).Where(names.ContainsKey).Select(id => new Looker(id, names[id])).OrderBy(l => l.Name, StringComparer.CurrentCulture)],
        };
    }
}
