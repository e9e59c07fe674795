namespace Compagnon.Domain.Privacy;

/// <summary>A person's key was destroyed: nothing sealed under it opens any more.</summary>
public sealed record PersonErased(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A coordinator asked that a person be erased, and why; or the person asked it themselves.</summary>
public sealed record ErasureAsked(Guid PersonId, Guid RequestId, ErasureReason Reason) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>The privacy officer confirmed the erasure, or refused it.</summary>
public sealed record ErasureDecided(Guid PersonId, Guid RequestId, bool Erased) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>The person took back that they be erased, while it waited.</summary>
public sealed record ErasureTakenBack(Guid PersonId, Guid RequestId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}

/// <summary>A person took a copy of what is kept of them.</summary>
public sealed record CopyTaken(Guid ReferralId) : AuditEvent
{
    public override Guid? Subject => ReferralId;
}

/// <summary>An e-mail that came back was sent again to a corrected address, or noted as settled.</summary>
public sealed record ReturnedLetterSettled(Guid PersonId, bool SentAgain) : AuditEvent
{
    public override Guid? Subject => PersonId;
}
