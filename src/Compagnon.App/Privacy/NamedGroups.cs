using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

public sealed record EnterGroup
{
    /// <summary>Made from the form's key and what it says: becomes the group's id.</summary>
    public required Guid Key { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Name { get; init; }
}

public sealed record GroupLine(Guid Id, string Name, string Facility, int Members);

/// <param name="Name">Null where the actor may not know who a companion is.</param>
/// <param name="Roles">Those they hold at the facility; none for somebody who has left it.</param>
public sealed record GroupPerson(Guid PersonId, string? Name, IReadOnlyList<Role> Roles);

/// <param name="Others">Who could join: those of the facility whom the actor knows by name.</param>
public sealed record GroupView(Guid Id, string Name, string Facility, IReadOnlyList<GroupPerson> Members, IReadOnlyList<GroupPerson> Others);

/// <summary>A restriction that stands names the group: it is lifted first.</summary>
public sealed record GroupIsNamed : Refusal;

/// <summary>With them in the group, nobody of the facility could open a file whose restriction names it.</summary>
public sealed record LeavesNobody : Refusal;

/// <summary>Nobody takes themselves out of a group: it would let them in where somebody keeps them out.</summary>
public sealed record NotOneself : Refusal;

/// <summary>Groups of a facility's people that a restriction may name: kept by its manager, or the administrator; the coordinator reads their names.</summary>
[UseCases]
public sealed class NamedGroups(CompagnonDb db, Files files, Restrictions restrictions, TimeProvider clock)
{
    public async Task<IReadOnlyList<GroupLine>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Manager or Role.Administrator or Role.Coordinator)) return [];
        return await (from g in db.Set<NamedGroup>()
                      where g.EndedAt == null && (actor.Role == Role.Administrator || g.FacilityId == actor.FacilityId)
                      join f in db.Set<Facility>() on g.FacilityId equals f.Id
                      orderby f.Name, g.Name
                      select new GroupLine(g.Id, g.Name, f.Name, db.Set<GroupMember>().Count(m => m.GroupId == g.Id))).ToListAsync(stop);
    }

    /// <summary>Where the actor keeps groups.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> FacilitiesAsync(Actor actor, CancellationToken stop = default) =>
        [.. (await db.Set<Facility>().AsNoTracking().OrderBy(f => f.Name).ToListAsync(stop)).Where(f => MayKeep(actor, f.Id)).Select(f => (f.Id, f.Name))];

    public async Task<GroupView?> OpenAsync(Actor actor, Guid groupId, CancellationToken stop = default)
    {
        if (await ToKeepAsync(actor, groupId, stop) is not { } group) return null;
        var inside = await db.Set<GroupMember>().Where(m => m.GroupId == groupId).Select(m => m.PersonId).ToListAsync(stop);
        var roles = (await OfFacility(group).Select(m => new { m.PersonId, m.Role }).ToListAsync(stop)).ToLookup(m => m.PersonId, m => m.Role);
        Guid[] all = [.. inside.Union(roles.Select(r => r.Key))];
        var names = new Dictionary<Guid, string>(await files.StaffNamesAsync(all, stop));
        foreach (var (id, name) in await files.NamesOfCompanionsAsync(actor, all, stop)) names[id] = name;
        var people = all.Select(id => new GroupPerson(id, names.GetValueOrDefault(id), [.. roles[id].Distinct().Order()])).OrderBy(p => p.Name is null).ThenBy(p => p.Name, StringComparer.CurrentCulture).ToLookup(p => inside.Contains(p.PersonId));
        return new GroupView(group.Id, group.Name, await db.Set<Facility>().Where(f => f.Id == group.FacilityId).Select(f => f.Name).FirstAsync(stop), [.. people[true]], [.. people[false].Where(p => p.Name is not null)]);
    }

    public async Task<Outcome<Guid>> EnterAsync(Actor actor, EnterGroup command, CancellationToken stop = default)
    {
        if (!MayKeep(actor, command.FacilityId) || !await db.Set<Facility>().AnyAsync(f => f.Id == command.FacilityId, stop)) return new NotThere();
        if (await db.Set<NamedGroup>().AnyAsync(g => g.Id == command.Key, stop)) return command.Key;
        if (await IsTakenAsync(command.FacilityId, command.Name, stop)) return Taken();
        db.Add(new NamedGroup { Id = command.Key, FacilityId = command.FacilityId, Name = command.Name });
        db.Record(actor, new GroupEntered(command.Key, command.FacilityId), Now);
        return await db.TrySaveAsync(stop) || await db.Set<NamedGroup>().AnyAsync(g => g.Id == command.Key, stop) ? command.Key : Taken();
    }

    public Task<Outcome<Done>> RenameAsync(Actor actor, Guid groupId, string name, CancellationToken stop = default) => ChangeAsync(actor, groupId, async group =>
    {
        if (string.Equals(group.Name, name, StringComparison.Ordinal)) return null;
        // it may be only its own capitals that change
        if (await db.Set<NamedGroup>().AnyAsync(g => g.FacilityId == group.FacilityId && g.Name == name && g.EndedAt == null && g.Id != groupId, stop)) return Taken();
        group.Name = name;
        db.Record(actor, new GroupRenamed(groupId, group.FacilityId), Now);
        return null;
    }, stop);

    /// <summary>From the same save on, whatever keeps the group out keeps them out.</summary>
    public Task<Outcome<Done>> JoinAsync(Actor actor, Guid groupId, Guid personId, CancellationToken stop = default) => ChangeAsync(actor, groupId, async group =>
    {
        if (await db.Set<GroupMember>().AnyAsync(m => m.GroupId == groupId && m.PersonId == personId, stop)) return null;
        if (!await OfFacility(group).AnyAsync(m => m.PersonId == personId, stop)) return new NotThere();
        var member = new GroupMember { GroupId = groupId, PersonId = personId };
        if (await restrictions.WouldLeaveNobodyAsync(member, stop)) return new LeavesNobody();
        db.Add(member);
        db.Touch(group);
        db.Record(actor, new GroupJoined(groupId, group.FacilityId, personId), Now);
        return null;
    }, stop);

    public Task<Outcome<Done>> LeaveAsync(Actor actor, Guid groupId, Guid personId, CancellationToken stop = default) => ChangeAsync(actor, groupId, async group =>
    {
        if (personId == actor.PersonId) return new NotOneself();
        if (await db.Set<GroupMember>().FirstOrDefaultAsync(m => m.GroupId == groupId && m.PersonId == personId, stop) is not { } member) return null;
        db.Remove(member);
        db.Touch(group);
        db.Record(actor, new GroupLeft(groupId, group.FacilityId, personId), Now);
        return null;
    }, stop);

    /// <summary>Nobody can name it any more. Lifted restrictions that once did are kept, and so is it.</summary>
    public Task<Outcome<Done>> EndAsync(Actor actor, Guid groupId, CancellationToken stop = default) => ChangeAsync(actor, groupId, async group =>
    {
        if (await db.Set<Restriction>().AnyAsync(r => r.GroupId == groupId && r.LiftedAt == null, stop)) return new GroupIsNamed();
        var now = Now;
        group.EndedAt = now;
        db.Record(actor, new GroupEnded(groupId, group.FacilityId), now);
        return null;
    }, stop);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<Outcome<Done>> ChangeAsync(Actor actor, Guid groupId, Func<NamedGroup, Task<Refusal?>> change, CancellationToken stop)
    {
        if (await ToKeepAsync(actor, groupId, stop) is not { } group) return new NotThere();
        if (await change(group) is { } refusal) return refusal;
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    private async Task<NamedGroup?> ToKeepAsync(Actor actor, Guid groupId, CancellationToken stop) =>
        await db.Set<NamedGroup>().FirstOrDefaultAsync(g => g.Id == groupId && g.EndedAt == null, stop) is { } group && MayKeep(actor, group.FacilityId) ? group : null;

    /// <summary>Not the coordinator, who works with the files that a restriction closes.</summary>
    private static bool MayKeep(Actor actor, Guid facilityId) => actor.Role is Role.Administrator || (actor.Role is Role.Manager && actor.FacilityId == facilityId);

    private IQueryable<Membership> OfFacility(NamedGroup group) => db.Set<Membership>().Where(m => m.FacilityId == group.FacilityId && m.EndedAt == null);

    private Task<bool> IsTakenAsync(Guid facilityId, string name, CancellationToken stop) => db.Set<NamedGroup>().AnyAsync(g => g.FacilityId == facilityId && g.Name == name && g.EndedAt == null, stop);

    private static Invalid Taken() => Invalid.Field(nameof(EnterGroup.Name), "Taken");
}
