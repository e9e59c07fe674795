using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Accompaniments;

/// <summary>The coordinator ended a request, with everything that hung on it.</summary>
public sealed record FileClosed(Guid ReferralId, Closing Closing) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <param name="ToPersonId">The companion or the patient who was reminded.</param>
public sealed record ReminderSent(Guid ReferralId, Guid ToPersonId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
