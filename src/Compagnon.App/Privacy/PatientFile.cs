using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Privacy;

/// <summary>A patient's file as one actor may see it. What they may not see is null; asking for the whole referral without the right to it is a bug and throws.</summary>
public sealed class PatientFile
{
    private readonly Actor actor;
    private readonly Subject subject;
    private readonly List<Consent> consents;

    internal PatientFile(Actor actor, Subject subject, Referral referral, Person person, Identity identity, IdentityFields? fields, List<Consent> consents)
    {
        (this.actor, this.subject, this.consents) = (actor, subject, consents);
        (Entity, Person, StoredIdentity, Identity) = (referral, person, identity, fields);
    }

    /// <summary>For use cases only: the rows to change.</summary>
    internal Referral Entity { get; }
    internal Person Person { get; }
    internal Identity StoredIdentity { get; }

    public Guid ReferralId => Entity.Id;
    public Guid PatientId => Entity.PatientId;
    public string Language => Person.Language;
    public bool IsDeceased => Person.DeceasedAt is not null;

    /// <summary>Null unless the actor may know who the person is.</summary>
    public IdentityFields? Identity { get; }

    /// <summary>The whole referral.</summary>
    /// <exception cref="InvalidOperationException">The actor has no right to it: a page asked for what it must not show.</exception>
    public Referral Referral => Sight(Facet.Referral) is Domain.Privacy.Sight.Full ? Entity
        : throw new InvalidOperationException($"A {actor.Role} does not see the whole referral.");

    /// <summary>The anonymous summary, for whoever sees at least that.</summary>
    /// <exception cref="InvalidOperationException">The actor has no right to it.</exception>
    public SharedSummary Summary => Sight(Facet.Preferences) >= Domain.Privacy.Sight.Card ? SharedSummary.Of(Entity)
        : throw new InvalidOperationException($"A {actor.Role} does not see the summary.");

    /// <summary>How far it has come, where the clinic may hear it.</summary>
    public ReferralStage Stage => ReferralState.StageOf(Entity);

    public IReadOnlyList<Consent> Consents => Sight(Facet.Consents) is Domain.Privacy.Sight.Full ? consents : [];

    public bool Has(ConsentKind kind) => consents.Any(c => c.Kind == kind && c.WithdrawnAt is null);

    public Sight Sight(Facet facet) => AccessRules.To(facet, actor, subject);

    /// <summary>May this companion be shown the summary once asked? A restriction of the patient says no.</summary>
    internal bool LetsIn(Companion companion) => AccessRules.To(Facet.Referral, Files.Acting(companion), subject with { Counterparts = [companion.Id] }) is not Domain.Privacy.Sight.None;
}

/// <summary>A companion's file as one actor may see it.</summary>
public sealed class CompanionFile
{
    private readonly Actor actor;
    private readonly Subject subject;

    internal CompanionFile(Actor actor, Subject subject, Companion companion, Person person, Identity identity, IdentityFields? fields)
    {
        (this.actor, this.subject) = (actor, subject);
        (Entity, Person, StoredIdentity, Identity) = (companion, person, identity, fields);
    }

    internal Companion Entity { get; }
    internal Person Person { get; }
    internal Identity StoredIdentity { get; }

    public Guid CompanionId => Entity.Id;
    public string Pseudonym => Entity.Pseudonym;
    public string? OwnWords => Entity.OwnWords;
    public string Language => Person.Language;

    /// <summary>Null unless the actor may know who the companion is.</summary>
    public IdentityFields? Identity { get; }

    /// <summary>What a patient reads of them.</summary>
    public CompanionCard Card => CompanionCard.Of(Entity);

    /// <summary>The whole profile.</summary>
    /// <exception cref="InvalidOperationException">The actor has no right to it.</exception>
    public Companion Companion => Sight(Facet.CompanionProfile) is Domain.Privacy.Sight.Full ? Entity
        : throw new InvalidOperationException($"A {actor.Role} does not see the whole profile.");

    public Sight Sight(Facet facet) => AccessRules.To(facet, actor, subject);
}
