using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Access;

/// <summary>What a request needs to know about its session: who acts, in which role, and what the frame of the page shows.</summary>
public sealed record SessionFacts
{
    public required Guid SessionId { get; init; }
    public required int NetworkId { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>Null while one of several roles has not been chosen.</summary>
    public required Actor? Actor { get; init; }
    /// <summary>Of a patient: the request the link was for.</summary>
    public Guid? ReferralId { get; init; }
    /// <summary>That request is over: there is nothing to stop any more, and another one may begin.</summary>
    public bool RequestEnded { get; init; }
    public required SessionLimits Limits { get; init; }
    public required DateTime ExpiresAt { get; init; }
    /// <summary>The active roles from which one is chosen; empty for a patient.</summary>
    public required IReadOnlyList<RoleChoice> Roles { get; init; }
    /// <summary>The whole name of staff; the first name of patients and companions.</summary>
    public required string Name { get; init; }
    public required FacilityFacts? Facility { get; init; }

    /// <summary>When it ends if nothing more happens.</summary>
    public DateTime EndsAt(DateTime now) => now + Limits.Idle < ExpiresAt ? now + Limits.Idle : ExpiresAt;
}

/// <summary>One of the roles an account may act in.</summary>
public sealed record RoleChoice(Guid MembershipId, Role Role, string? Facility, string? Clinic);

/// <summary>How to reach a human being of a facility.</summary>
public sealed record FacilityFacts(string Name, string Telephone, string HoursFr, string HoursEn, string ContactName)
{
    /// <summary>Of the facility's settings: what the frame of every page shows of them.</summary>
    public required ProgrammeSettings Settings { get; init; }

    public static FacilityFacts Of(Facility f, ProgrammeSettings settings) => new(f.Name, f.Telephone, f.HoursFr, f.HoursEn, f.ContactName) { Settings = settings };
}

/// <summary>Who signs in, and on what.</summary>
public sealed record StartSession
{
    public required Guid PersonId { get; init; }
    /// <summary>Null: the only role, or to be chosen among several.</summary>
    public Guid? MembershipId { get; init; }
    /// <summary>Of a patient: the request the link was for.</summary>
    public Guid? ReferralId { get; init; }
    /// <summary>"Firefox on Windows".</summary>
    public required string Device { get; init; }
    public bool IsShared { get; init; }
}

/// <summary>One of one's sessions, for the page that lists them.</summary>
public sealed record SessionRow(Guid Id, string Device, DateTime StartedAt, DateTime SeenAt, Role? Role, bool IsThis);
