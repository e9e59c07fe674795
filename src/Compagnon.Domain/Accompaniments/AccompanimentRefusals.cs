namespace Compagnon.Domain.Accompaniments;

/// <summary>Nobody is chosen (any more), so there is nothing to agree on.</summary>
public sealed record NobodyChosen : Refusal;

/// <summary>They agreed already.</summary>
public sealed record AlreadyAgreed(Guid AccompanimentId) : Refusal;

/// <summary>The programme does not show numbers, or the patient has not consented to it.</summary>
public sealed record NumberNotShown : Refusal;

/// <summary>It has ended.</summary>
public sealed record AlreadyEnded : Refusal;
