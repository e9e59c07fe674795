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

public sealed record FacilityEntered(Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

public sealed record ClinicEntered(Guid ClinicId, Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

/// <summary>From now on this facility takes whoever does not know where they are treated.</summary>
public sealed record IntakeChosen(Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}
