using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Access;

/// <summary>Who may give which role, and look after whose account. Looking after an account shows nothing about anyone's health.</summary>
public static class Grants
{
    /// <summary>A coordinator: those of their own facility who do the work. An administrator: everybody but companions, who are entered by a coordinator.</summary>
    public static IReadOnlyList<Role> Of(Actor actor) => actor switch
    {
        { IsSystem: true } => [.. Enum.GetValues<Role>().Where(r => r is not Role.Patient)],
        { Role: Role.Coordinator } => [Role.Companion, Role.Clinician, Role.Coordinator],
        { Role: Role.Administrator } => [Role.Clinician, Role.Coordinator, Role.OnCall, Role.Manager, Role.NetworkLead, Role.PrivacyOfficer, Role.Administrator],
        _ => [],
    };

    /// <summary>A role has the place it needs: none for the network's, a clinic for a clinician, a facility for all others.</summary>
    public static bool MayGrant(Actor actor, Role role, Guid? facilityId, Guid? clinicId) =>
        Of(actor).Contains(role)
        && (Roles.IsOfNetwork(role) ? facilityId is null : facilityId is not null)
        && (role is Role.Clinician) == (clinicId is not null)
        && (actor.Role is not Role.Coordinator || facilityId == actor.FacilityId);

    /// <summary>May this actor invite anew, re-enrol, disable the account of somebody with these active roles? Never their own.</summary>
    public static bool MayManage(Actor actor, Guid personId, IReadOnlyCollection<Membership> roles) => personId != actor.PersonId && actor switch
    {
        { IsSystem: true } or { Role: Role.Administrator } => true,
        { Role: Role.Coordinator } => roles.Count > 0 && roles.All(m => m.FacilityId == actor.FacilityId && m.Role is Role.Companion or Role.Clinician or Role.Coordinator),
        _ => false,
    };

    /// <summary>A manager sees who has access at their facility, without being able to change it.</summary>
    public static bool MayList(Actor actor) => actor.Role is Role.Coordinator or Role.Administrator or Role.Manager;
}
