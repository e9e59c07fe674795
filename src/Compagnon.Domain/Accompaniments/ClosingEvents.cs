using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Accompaniments;

/// <param name="ToPersonId">The companion or the patient who was reminded.</param>
public sealed record ReminderSent(Guid ReferralId, Guid ToPersonId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
