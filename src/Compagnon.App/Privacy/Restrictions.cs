using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Whom a person keeps out of their file. What is set narrows: "nurses of this facility" is function and facility together.</summary>
public sealed record RestrictCommand
{
    /// <summary>Made from the form's key and what it says: becomes the restriction's id.</summary>
    public required Guid Key { get; init; }
    public required Guid ReferralId { get; init; }
    public Role? Role { get; init; }
    public ClinicianFunction? Function { get; init; }
    public Guid? FacilityId { get; init; }
    public Guid? ClinicId { get; init; }
    /// <summary>A group of the file's facility.</summary>
    public Guid? GroupId { get; init; }
    public Guid? AgainstPersonId { get; init; }
    /// <summary>The coordinator who still serves the person, where the restriction leaves none.</summary>
    public Guid? SubstituteId { get; init; }
}

/// <summary>With this restriction no coordinator could serve the person: one of these is chosen together with it.</summary>
public sealed record NeedsSubstitute(IReadOnlyList<Substitute> Candidates) : Refusal;

/// <summary>A coordinator who could serve the person, and where.</summary>
public sealed record Substitute(Guid PersonId, string Name, string FacilityName);

/// <summary>Sets and lifts restrictions at the person's wish; the loader enforces them from the same save on.</summary>
[UseCases]
public sealed class Restrictions(CompagnonDb db, Files files, Duplicates duplicates, TimeProvider clock)
{
    public async Task<Outcome<Done>> SetAsync(Actor actor, RestrictCommand command, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.File, stop: stop) is not { } file || !MaySay(actor, file)) return new NotThere();
        if (await db.Set<Restriction>().AnyAsync(r => r.Id == command.Key, stop)) return Done.Yes;
        if (command is { Role: null, Function: null, FacilityId: null, ClinicId: null, GroupId: null, AgainstPersonId: null }) return Invalid.Field(nameof(command.Role), "Nobody");
        if (command.GroupId is { } groupId && !await NameAsync(groupId, file.Referral.FacilityId, stop)) return Invalid.Field(nameof(command.GroupId), "Gone");
        var now = clock.GetUtcNow().UtcDateTime;
        var restriction = new Restriction
        {
            Id = command.Key, PersonId = file.PatientId, Role = command.Role, Function = command.Function, FacilityId = command.FacilityId, ClinicId = command.ClinicId, GroupId = command.GroupId,
            AgainstPersonId = command.AgainstPersonId, SetAt = now, SetBy = actor.PersonId,
        };
        var facts = await files.FactsOfAsync(restriction, stop);
        RestrictionFacts[] standing = [.. (await files.RestrictionsOfAsync([file.PatientId], stop))[file.PatientId]];
        var coordinators = await CoordinatorsAsync(stop);
        if (!AnyLeft(file.PatientId, file.Referral.FacilityId, [.. standing, facts], coordinators))
        {
            var candidates = Candidates(file, facts, standing, coordinators);
            if (candidates.FirstOrDefault(c => c.Membership.PersonId == command.SubstituteId) is not { Membership: { } chosen }) return await NeedsAsync(candidates, stop);
            restriction.ExceptPersonId = chosen.PersonId;
            if (chosen.FacilityId != file.Referral.FacilityId) await MoveAsync(actor, file, chosen, now, stop);
            file.Referral.CoordinatorId = chosen.PersonId;
        }
        db.Add(restriction);
        db.Record(actor, new RestrictionSet(command.ReferralId, command.Key), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    public async Task<Outcome<Done>> LiftAsync(Actor actor, Guid referralId, Guid restrictionId, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || !MaySay(actor, file)) return new NotThere();
        if (await db.Set<Restriction>().FirstOrDefaultAsync(r => r.Id == restrictionId && r.PersonId == file.PatientId, stop) is not { } restriction) return new NotThere();
        if (restriction.LiftedAt is not null) return Done.Yes;
        var now = clock.GetUtcNow().UtcDateTime;
        restriction.LiftedAt = now;
        db.Record(actor, new RestrictionLifted(referralId, restrictionId), now);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>The person themselves, or the coordinator who writes down what they wish.</summary>
    private static bool MaySay(Actor actor, PatientFile file) => actor.Role is Role.Coordinator || (actor.Role is Role.Patient && actor.PersonId == file.PatientId);

    private sealed record Candidate(Membership Membership, string FacilityName);

    /// <summary>The group can be named; and whoever ends it, or lets somebody join, in between is told, or we are.</summary>
    private async Task<bool> NameAsync(Guid groupId, Guid facilityId, CancellationToken stop)
    {
        if (await db.Set<NamedGroup>().FirstOrDefaultAsync(g => g.Id == groupId && g.FacilityId == facilityId && g.EndedAt == null, stop) is not { } group) return false;
        db.Touch(group);
        return true;
    }

    /// <summary>With this person in the group, is there an open file left that no coordinator of its facility could open any more?</summary>
    internal async Task<bool> WouldLeaveNobodyAsync(GroupMember joining, CancellationToken stop)
    {
        var naming = await db.Set<Restriction>().AsNoTracking().Where(r => r.GroupId == joining.GroupId && r.LiftedAt == null).Select(r => r.PersonId).Distinct().ToListAsync(stop);
        if (naming.Count == 0) return false;
        var open = await db.Set<Referral>().Where(r => naming.Contains(r.PatientId) && r.EndedAt == null).Select(r => new { r.PatientId, r.FacilityId }).ToListAsync(stop);
        var (now, then) = (await files.RestrictionsOfAsync(naming, stop), await files.RestrictionsOfAsync(naming, joining, stop));
        var coordinators = await CoordinatorsAsync(stop);
        // who has nobody already is not left alone by this
        return open.Exists(r => AnyLeft(r.PatientId, r.FacilityId, [.. now[r.PatientId]], coordinators) && !AnyLeft(r.PatientId, r.FacilityId, [.. then[r.PatientId]], coordinators));
    }

    /// <summary>Could any coordinator of the file's facility open it?</summary>
    private static bool AnyLeft(Guid patientId, Guid facilityId, IReadOnlyList<RestrictionFacts> restrictions, List<Candidate> coordinators) =>
        coordinators.Exists(c => c.Membership.FacilityId == facilityId && MayServe(c.Membership, patientId, restrictions));

    /// <summary>Everybody of the network who would be let in once excepted: colleagues first. Who is named as a person, or is in the group that is named, is never a substitute.</summary>
    private static List<Candidate> Candidates(PatientFile file, RestrictionFacts added, IReadOnlyList<RestrictionFacts> standing, List<Candidate> coordinators) => [.. coordinators
        .Where(c => c.Membership.PersonId != added.AgainstPersonId && added.Group?.Contains(c.Membership.PersonId) is not true
            && MayServe(c.Membership, file.PatientId, [.. standing, added with { ExceptPersonId = c.Membership.PersonId }]))
        .OrderBy(c => c.Membership.FacilityId != file.Referral.FacilityId).ThenBy(c => c.FacilityName, StringComparer.CurrentCulture)];

    private static bool MayServe(Membership m, Guid patientId, IReadOnlyList<RestrictionFacts> restrictions) => AccessRules.MayOpen(
        new Actor { NetworkId = m.NetworkId, PersonId = m.PersonId, Role = Role.Coordinator, FacilityId = m.FacilityId, MembershipId = m.Id },
        new Subject { PersonId = patientId, FacilityId = m.FacilityId, Restrictions = restrictions });

    private async Task<Outcome<Done>> NeedsAsync(IReadOnlyList<Candidate> candidates, CancellationToken stop)
    {
        var names = await files.StaffNamesAsync([.. candidates.Select(c => c.Membership.PersonId)], stop);
        return new NeedsSubstitute([.. candidates.Where(c => names.ContainsKey(c.Membership.PersonId)).Select(c => new Substitute(c.Membership.PersonId, names[c.Membership.PersonId], c.FacilityName))]);
    }

    /// <summary>The other facility takes the file over whole: its coordinators see it, the first one's no longer do. Duplicates are looked for there.</summary>
    private async Task MoveAsync(Actor actor, PatientFile file, Membership to, DateTime now, CancellationToken stop)
    {
        db.Record(actor, new FileMoved(file.ReferralId, file.Referral.FacilityId, to.FacilityId!.Value), now);
        (file.Referral.FacilityId, file.Person.FacilityId) = (to.FacilityId.Value, to.FacilityId);
        db.RemoveRange(await db.Set<IdentityIndex>().Where(i => i.PersonId == file.PatientId).ToListAsync(stop));
        db.AddRange(duplicates.IndexOf(file.Person, file.Identity!));
    }

    private async Task<List<Candidate>> CoordinatorsAsync(CancellationToken stop) =>
        await (from m in db.Set<Membership>().AsNoTracking()
               where m.Role == Role.Coordinator && m.EndedAt == null
               join f in db.Set<Facility>() on m.FacilityId equals f.Id
               select new Candidate(m, f.Name)).ToListAsync(stop);
}
