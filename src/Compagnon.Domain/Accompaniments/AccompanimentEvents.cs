using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Accompaniments;

/// <summary>The two accepted each other; the place is taken. Names they chose are not repeated here.</summary>
public sealed record AgreementReached(Guid ReferralId, Guid AccompanimentId, Guid CompanionId, bool OnBehalf) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>Rhythm, channel, first contact, day or room of the agreement changed.</summary>
public sealed record AgreementChanged(Guid ReferralId, Guid AccompanimentId, IReadOnlyList<string> Parts) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The coordinator asked how the two are getting on: they go on.</summary>
public sealed record FollowedUp(Guid ReferralId, Guid AccompanimentId, FollowUpReason Reason) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The place is free again. The note, where there is one, stands encrypted in the accompaniment.</summary>
public sealed record AccompanimentEnded(Guid ReferralId, Guid AccompanimentId, Guid CompanionId, EndedBy By, Closing Closing, bool NewMatch) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The companion can't go on for now: the patient is offered somebody else.</summary>
public sealed record AnotherOffered(Guid ReferralId, Guid AccompanimentId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The patient would rather wait for their companion.</summary>
public sealed record AnotherDeclined(Guid ReferralId, Guid AccompanimentId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>A death became known: of the patient whose file it is, or of a companion. Nothing goes out to them any more.</summary>
public sealed record DeathNoted(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>The request is over: nothing more goes out to this person.</summary>
public sealed record RequestEnded(Guid ReferralId, Closing Closing, bool OnBehalf) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>The patient consented, apart and revocably, to their companion seeing their number; or took it back.</summary>
public sealed record NumberConsentChanged(Guid ReferralId, bool Given) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}
