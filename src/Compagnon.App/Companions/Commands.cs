using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;

namespace Compagnon.App.Companions;

/// <summary>Who someone is: entered and changed by the coordinator, who has seen their papers.</summary>
public sealed record IdentityPart
{
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    /// <summary>Ten digits.</summary>
    public required string Telephone { get; init; }
    /// <summary>Without one there is no account: the coordinator does every step on their behalf.</summary>
    public string? Email { get; init; }
    public DateOnly? BirthDate { get; init; }
    /// <summary>The language of screens and letters: fr or en.</summary>
    public required string Language { get; init; }
}

/// <summary>Screened, agreement signed, trained: until this day. Null takes the clearance away.</summary>
public sealed record ClearancePart(DateOnly? Until);

/// <summary>How the programme reaches them: what a companion changes without the coordinator.</summary>
public sealed record ContactPart(string Telephone, string Language);

/// <summary>The parts to change; what is null stays.</summary>
public sealed record ProfileChange
{
    public required Guid CompanionId { get; init; }
    /// <summary>The version the page showed; another one means somebody changed it in between. Null doesn't ask.</summary>
    public int? Version { get; init; }
    public IdentityPart? Identity { get; init; }
    public ContactPart? Contact { get; init; }
    public LivedPart? Lived { get; init; }
    public LifePart? Life { get; init; }
    public AvailabilityPart? Availability { get; init; }
    public WordsPart? Words { get; init; }
    public ClearancePart? Clearance { get; init; }
    /// <summary>The coordinator has seen that someone has the same telephone or e-mail.</summary>
    public bool DuplicateSeen { get; init; }
    /// <summary>Of the coordinator's authenticator: asked where the address changes with which the companion signs in, or is invited.</summary>
    public string? Code { get; init; }
}

public sealed record EnterCompanion
{
    /// <summary>Made from the form's key and what it says: becomes the companion's id, so that the same post sent twice makes one.</summary>
    public required Guid Key { get; init; }
    public required IdentityPart Identity { get; init; }
    public required LivedPart Lived { get; init; }
    public required LifePart Life { get; init; }
    public required AvailabilityPart Availability { get; init; }
    public required WordsPart Words { get; init; }
    public required ClearancePart Clearance { get; init; }
    public bool DuplicateSeen { get; init; }
    /// <summary>Of the coordinator's authenticator: who is entered is invited.</summary>
    public required string? Code { get; init; }
}

/// <summary>A companion of this facility has the same telephone or e-mail. Saying so again with <c>DuplicateSeen</c> goes on.</summary>
public sealed record SameContact(Guid CompanionId, string Name, IndexKind Kind) : Refusal;

/// <summary>Nobody is left alone: their people are handed over first.</summary>
public sealed record StillAccompanies(int Count) : Refusal;
