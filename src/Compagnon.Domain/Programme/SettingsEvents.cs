using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Programme;

/// <param name="Part">Targets, Weights, People, Contact, Crisis.</param>
/// <param name="Before">As JSON, so that any part can be compared.</param>
public sealed record SettingsChanged(Guid FacilityId, string Part, string Before, string After) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

/// <param name="AwayUntil">Null: back again.</param>
public sealed record AbsenceSet(Guid MembershipId, DateOnly? AwayUntil, Guid? StandInMembershipId) : AuditEvent
{
    public override Guid? Subject => MembershipId;
}
