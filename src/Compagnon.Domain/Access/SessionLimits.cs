using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Access;

/// <summary>How long a session lasts: without a sign of life, and at most. A remembered device is a patient's own telephone or tablet.</summary>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute, bool IsRemembered = false)
{
    /// <param name="role">Null while none of several has been chosen.</param>
    public static SessionLimits Of(Role? role, bool isShared) => role switch
    {
        Role.Patient => isShared ? new(TimeSpan.FromMinutes(20), TimeSpan.FromHours(2)) : new(TimeSpan.FromDays(30), TimeSpan.FromDays(90), IsRemembered: true),
        // a volunteer of seventy writes slowly
        Role.Companion => new(TimeSpan.FromHours(1), TimeSpan.FromHours(12)),
        Role.Administrator => new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(8)),
        null or Role.Coordinator or Role.Clinician or Role.Manager or Role.NetworkLead or Role.PrivacyOfficer or Role.OnCall => new(TimeSpan.FromMinutes(30), TimeSpan.FromHours(12)),
    };

    public bool Holds(Session session, DateTime now) => session.EndedAt is null && now < session.ExpiresAt && now - session.SeenAt < Idle;
}
