namespace Compagnon.Domain.Access;

/// <summary>
/// A form was received and done: sent again, it is not done again. Its id is a fingerprint of the form's key, its address, who sent it and what it said, so that nobody can
/// tell any of them from it, and whatever differs in one of them is another post.
/// </summary>
public sealed class Receipt : Row
{
    /// <summary>A fingerprint of key, address and sender without what was said: of one form as it was shown, the last post counts.</summary>
    public required Guid FormId { get; init; }
    public required DateTime At { get; init; }
    /// <summary>The address it led to, for whoever sends it again; null while that is not known.</summary>
    public string? LeadsTo { get; set; }
}
