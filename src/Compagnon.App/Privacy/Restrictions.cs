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
    /// <summary>The form's key: becomes the restriction's id.</summary>
    public required Guid Key { get; init; }
    public required Guid ReferralId { get; init; }
    public Role? Role { get; init; }
    public ClinicianFunction? Function { get; init; }
    public Guid? FacilityId { get; init; }
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
        if (command is { Role: null, Function: null, FacilityId: null, AgainstPersonId: null }) return Invalid.Field(nameof(command.Role), "Nobody");
        var now = clock.GetUtcNow().UtcDateTime;
        var facts = new RestrictionFacts(command.Role, command.Function, command.FacilityId, command.AgainstPersonId);
        Guid? except = null;
        if (!await AnyLeftAsync(file, facts, stop))
        {
            var candidates = await CandidatesAsync(file, facts, stop);
            if (candidates.FirstOrDefault(c => c.Membership.PersonId == command.SubstituteId) is not { Membership: { } chosen }) return await NeedsAsync(candidates, stop);
            except = chosen.PersonId;
            if (chosen.FacilityId != file.Referral.FacilityId) await MoveAsync(actor, file, chosen, now, stop);
            file.Referral.CoordinatorId = chosen.PersonId;
        }
        db.Add(new Restriction
        {
            Id = command.Key, PersonId = file.PatientId, Role = command.Role, Function = command.Function, FacilityId = command.FacilityId, AgainstPersonId = command.AgainstPersonId,
            ExceptPersonId = except, SetAt = now, SetBy = actor.PersonId,
        });
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

    /// <summary>Could any coordinator of the file's facility still open it, with the new restriction beside those that stand?</summary>
    private async Task<bool> AnyLeftAsync(PatientFile file, RestrictionFacts added, CancellationToken stop)
    {
        var standing = await StandingAsync(file.PatientId, stop);
        return (await CoordinatorsAsync(stop)).Exists(c => c.Membership.FacilityId == file.Referral.FacilityId && MayServe(c.Membership, file, [.. standing, added]));
    }

    /// <summary>Everybody of the network who would be let in once excepted: colleagues first. Who is named as a person is never a substitute.</summary>
    private async Task<List<Candidate>> CandidatesAsync(PatientFile file, RestrictionFacts added, CancellationToken stop)
    {
        var standing = await StandingAsync(file.PatientId, stop);
        return [.. (await CoordinatorsAsync(stop))
            .Where(c => c.Membership.PersonId != added.AgainstPersonId && MayServe(c.Membership, file, [.. standing, added with { ExceptPersonId = c.Membership.PersonId }]))
            .OrderBy(c => c.Membership.FacilityId != file.Referral.FacilityId).ThenBy(c => c.FacilityName, StringComparer.CurrentCulture)];
    }

    private static bool MayServe(Membership m, PatientFile file, IReadOnlyList<RestrictionFacts> restrictions) => AccessRules.MayOpen(
        new Actor { NetworkId = m.NetworkId, PersonId = m.PersonId, Role = Role.Coordinator, FacilityId = m.FacilityId, MembershipId = m.Id },
        new Subject { PersonId = file.PatientId, FacilityId = m.FacilityId, Restrictions = restrictions });

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

    private async Task<List<RestrictionFacts>> StandingAsync(Guid personId, CancellationToken stop) =>
        [.. (await db.Set<Restriction>().AsNoTracking().Where(r => r.PersonId == personId && r.LiftedAt == null).ToListAsync(stop))
            .Select(r => new RestrictionFacts(r.Role, r.Function, r.FacilityId, r.AgainstPersonId, r.ExceptPersonId))];

    private async Task<List<Candidate>> CoordinatorsAsync(CancellationToken stop) =>
        await (from m in db.Set<Membership>().AsNoTracking()
               where m.Role == Role.Coordinator && m.EndedAt == null
               join f in db.Set<Facility>() on m.FacilityId equals f.Id
               select new Candidate(m, f.Name)).ToListAsync(stop);
}
