namespace Compagnon.Domain.Matching;

/// <summary>The patient has not consented to the service, or their wishes are not complete, or somebody already accompanies them.</summary>
public sealed record MayNotBeProposed : Refusal;

/// <summary>The last place was taken in between.</summary>
public sealed record CompanionAtCapacity(Guid CompanionId) : Refusal;

/// <summary>This companion has been asked and has not answered yet, or said yes.</summary>
public sealed record AlreadyProposed(Guid CompanionId) : Refusal;

/// <summary>One at a time, or three where the patient agreed to it.</summary>
public sealed record TooManyAtOnce(int Allowed) : Refusal;

/// <summary>Rules keep this companion out.</summary>
public sealed record NotEligible(Guid CompanionId, IReadOnlyList<Exclusion> Exclusions) : Refusal;

/// <summary>A better-ranked companion is passed over, or a rule is lifted: say why.</summary>
public sealed record ReasonNeeded(bool PassedOver, IReadOnlyList<ExclusionRule> Lifted) : Refusal;

/// <summary>The patient has been asked to choose: nobody else is asked meanwhile.</summary>
public sealed record PatientIsChoosing : Refusal;

/// <summary>It is over: expired, taken back, answered otherwise. Told kindly; nothing was written.</summary>
public sealed record ProposalClosed(ProposalState State) : Refusal;

/// <summary>There is nobody to choose (any more).</summary>
public sealed record NothingToChoose : Refusal;

/// <summary>Somebody else was chosen already.</summary>
public sealed record AlreadyChosen(Guid ProposalId) : Refusal;
