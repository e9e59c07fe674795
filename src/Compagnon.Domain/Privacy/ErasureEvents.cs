namespace Compagnon.Domain.Privacy;

/// <summary>A person's key was destroyed: nothing sealed under it opens any more.</summary>
public sealed record PersonErased(Guid PersonId) : AuditEvent
{
    public override Guid? Subject => PersonId;
}
