namespace Compagnon.Domain.Programme;

public enum Role { Patient, Companion, Coordinator, Clinician, Manager, NetworkLead, PrivacyOfficer, OnCall, Administrator }

/// <summary>What a clinician does; never a role of its own.</summary>
public enum ClinicianFunction { NurseNavigator, Nurse, Physician, Pharmacist, SocialWorker, Other }

/// <summary>One role at one facility (and clinic) that an account may act in, one at a time: rights are never united.</summary>
public sealed class Membership : Row
{
    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }
    /// <summary>Null only for roles of the whole network.</summary>
    public Guid? FacilityId { get; init; }
    public Guid? ClinicId { get; init; }
    public ClinicianFunction? Function { get; init; }
    public required DateTime GrantedAt { get; init; }
    public Guid? GrantedBy { get; init; }
    public DateTime? EndedAt { get; set; }
    /// <summary>On leave until this day; a colleague may stand in.</summary>
    public DateOnly? AwayUntil { get; set; }
    public Guid? StandInMembershipId { get; set; }
    /// <summary>Wants a neutral e-mail when something new can be read about the clinic's referrals.</summary>
    public bool NewsByEmail { get; set; }

    public bool IsActive => EndedAt is null;
}

public static class Roles
{
    /// <summary>Roles that look after people. An administrator's account can hold none of them.</summary>
    public static bool IsCare(Role role) => role is Role.Companion or Role.Coordinator or Role.Clinician or Role.OnCall;

    public static bool IsOfNetwork(Role role) => role is Role.NetworkLead or Role.PrivacyOfficer or Role.Administrator;

    /// <summary>May this person be given this role beside those they hold?</summary>
    public static bool MayBeGranted(Role role, IEnumerable<Role> held) =>
        role is not Role.Patient && (role is Role.Administrator ? !held.Any(IsCare) : !(IsCare(role) && held.Contains(Role.Administrator)));
}

/// <summary>Who acts, in which role, where. Comes from the session and is handed to every use case.</summary>
public sealed record Actor
{
    public required int NetworkId { get; init; }
    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }
    public Guid? FacilityId { get; init; }
    public Guid? ClinicId { get; init; }
    /// <summary>Null for a patient, and for the programme's own jobs.</summary>
    public Guid? MembershipId { get; init; }
    public ClinicianFunction? Function { get; init; }

    /// <summary>The programme itself: jobs, imports, commands.</summary>
    public static Actor System(int networkId) => new() { NetworkId = networkId, PersonId = Guid.Empty, Role = Role.Administrator };

    public bool IsSystem => PersonId == Guid.Empty;
}
