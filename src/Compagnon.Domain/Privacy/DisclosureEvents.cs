namespace Compagnon.Domain.Privacy;

/// <summary>In an emergency somebody learned who a person is. The kind of danger and the reason stay out of the trail.</summary>
public sealed record IdentityDisclosed(Guid PersonId, Guid DisclosureId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>In an emergency somebody asked who a person is, and nobody was shown: whoever guesses leaves a trail, too. What they typed stays out of it.</summary>
public sealed record IdentityAskedInVain(Guid FacilityId) : AuditEvent
{
    public override Guid? Subject => FacilityId;
}

/// <summary>The privacy officer reviewed it: justified, or not.</summary>
public sealed record DisclosureReviewed(Guid PersonId, Guid DisclosureId, bool Justified) : AuditEvent
{
    public override Guid? Subject => PersonId;
}
