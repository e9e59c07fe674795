using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>A part of what is held about people, as the columns of the access table.</summary>
public enum Facet
{
    PatientIdentity, Referral, Consents, Preferences, Proposal, Accompaniment, Logbook, PrivateReflection, CompanionIdentity, CompanionProfile, Reads,
}

/// <summary>How much of a facet an actor sees. The order is from nothing to everything.</summary>
public enum Sight
{
    None,
    /// <summary>Counts only, small ones rolled up.</summary>
    Counts,
    /// <summary>How far it has come, dates, nothing confidential; of a companion, the pseudonym.</summary>
    Status,
    /// <summary>The anonymous summary the patient agreed to, a companion's own words and agreed facts, or what of a logbook was released to the patient.</summary>
    Card,
    Full,
}

/// <summary>Whose file it is and who is bound to it: everything the decision needs, as values.</summary>
public sealed record Subject
{
    public required Guid PersonId { get; init; }
    public required Guid? FacilityId { get; init; }
    public Guid? ClinicId { get; init; }
    /// <summary>The companion asked, chosen or accompanying, when the file is a patient's; the patient when it is a companion's.</summary>
    public IReadOnlyList<Guid> Counterparts { get; init; } = [];
    /// <summary>Counterparts bound by an agreement, not only asked.</summary>
    public IReadOnlyList<Guid> Agreed { get; init; } = [];
    public bool StatusRefused { get; init; }
    /// <summary>Begun and not sent: it is still the person's own.</summary>
    public bool IsDraft { get; init; }
    /// <summary>The clinician's own clinic wrote it: the clinic still sees what it wrote.</summary>
    public IReadOnlyList<RestrictionFacts> Restrictions { get; init; } = [];
}

/// <summary>Whom one restriction names. What is set narrows: "nurses of this clinic" is function and clinic together.</summary>
public sealed record RestrictionFacts
{
    public Role? Role { get; init; }
    public ClinicianFunction? Function { get; init; }
    public Guid? FacilityId { get; init; }
    public Guid? ClinicId { get; init; }
    /// <summary>Who is in the group it names, at this moment: whoever joins is kept out at once, whoever leaves is let in. Null: it names no group.</summary>
    public IReadOnlyCollection<Guid>? Group { get; init; }
    public Guid? AgainstPersonId { get; init; }
    public Guid? ExceptPersonId { get; init; }
}

/// <summary>The one place that decides who sees what: docs/privacy.md shows it as a table. Pure; the loader asks it, nobody else decides.</summary>
public static class AccessRules
{
    public static Sight To(Facet facet, Actor actor, Subject subject)
    {
        if (actor.IsSystem) return Sight.Full;
        if (IsRestricted(actor, subject)) return Sight.None;
        var own = actor.PersonId == subject.PersonId;
        if (subject.IsDraft && !own) return Sight.None;
        // One never opens one's own file in a staff role: a nurse who is treated here is a patient like another.
        if (own && actor.Role is not (Role.Patient or Role.Companion)) return Sight.None;
        return actor.Role switch
        {
            Role.Patient => own ? OwnPatient(facet) : OfMyCompanion(facet, actor, subject),
            Role.Companion => own ? OwnCompanion(facet) : OfMyPatient(facet, actor, subject),
            Role.Coordinator => InFacility(actor, subject) && facet is not (Facet.PrivateReflection) ? Sight.Full : Sight.None,
            Role.Clinician => OfClinic(facet, actor, subject),
            Role.Manager => ForManager(facet, actor, subject),
            Role.NetworkLead => facet is Facet.PatientIdentity or Facet.PrivateReflection or Facet.CompanionIdentity or Facet.CompanionProfile or Facet.Reads ? Sight.None : Sight.Counts,
            Role.PrivacyOfficer => facet is Facet.Reads ? Sight.Full : Sight.None,
            Role.OnCall or Role.Administrator => Sight.None,
        };
    }

    /// <summary>May this actor know that the file exists at all?</summary>
    public static bool MayOpen(Actor actor, Subject subject) =>
        To(Facet.Referral, actor, subject) > Sight.Counts || To(Facet.CompanionProfile, actor, subject) > Sight.Counts;

    /// <summary>The person keeps this actor out: the file is as if absent.</summary>
    public static bool IsRestricted(Actor actor, Subject subject) => actor.PersonId != subject.PersonId && subject.Restrictions.Any(r => Names(r, actor));

    private static bool Names(RestrictionFacts r, Actor actor) =>
        // a substitute who joins the named group later is kept out like everybody in it
        (r.ExceptPersonId != actor.PersonId || r.Group?.Contains(actor.PersonId) is true)
        && r is not { AgainstPersonId: null, Group: null, Role: null, Function: null, FacilityId: null, ClinicId: null }
        && (r.AgainstPersonId is null || r.AgainstPersonId == actor.PersonId)
        && (r.Group is null || r.Group.Contains(actor.PersonId))
        && (r.Role is null || r.Role == actor.Role)
        && (r.Function is null || r.Function == actor.Function)
        && (r.FacilityId is null || r.FacilityId == actor.FacilityId)
        && (r.ClinicId is null || r.ClinicId == actor.ClinicId);

    private static bool InFacility(Actor actor, Subject subject) => actor.FacilityId is not null && actor.FacilityId == subject.FacilityId;

    private static Sight OwnPatient(Facet facet) => facet switch
    {
        Facet.PatientIdentity or Facet.Referral or Facet.Consents or Facet.Preferences or Facet.Accompaniment or Facet.Reads => Sight.Full,
        Facet.Proposal => Sight.Card,
        // what was released after review, never the logbook itself
        Facet.Logbook => Sight.Card,
        Facet.PrivateReflection or Facet.CompanionIdentity or Facet.CompanionProfile => Sight.None,
    };

    private static Sight OwnCompanion(Facet facet) => facet switch
    {
        Facet.CompanionIdentity or Facet.CompanionProfile or Facet.Proposal or Facet.Accompaniment or Facet.Logbook or Facet.PrivateReflection or Facet.Reads => Sight.Full,
        Facet.PatientIdentity or Facet.Referral or Facet.Consents or Facet.Preferences => Sight.None,
    };

    /// <summary>A companion towards a patient: the summary the patient agreed to, never who they are.</summary>
    private static Sight OfMyPatient(Facet facet, Actor actor, Subject subject) => !subject.Counterparts.Contains(actor.PersonId) ? Sight.None : facet switch
    {
        Facet.Referral or Facet.Preferences or Facet.Proposal => Sight.Card,
        Facet.Accompaniment or Facet.Logbook => subject.Agreed.Contains(actor.PersonId) ? Sight.Full : Sight.None,
        Facet.PatientIdentity or Facet.Consents or Facet.PrivateReflection or Facet.CompanionIdentity or Facet.CompanionProfile or Facet.Reads => Sight.None,
    };

    /// <summary>A patient towards a companion: pseudonym, own words, agreed facts.</summary>
    private static Sight OfMyCompanion(Facet facet, Actor actor, Subject subject) =>
        facet is Facet.CompanionProfile && subject.Counterparts.Contains(actor.PersonId) ? Sight.Card : Sight.None;

    private static Sight OfClinic(Facet facet, Actor actor, Subject subject) => actor.ClinicId is null || actor.ClinicId != subject.ClinicId ? Sight.None : facet switch
    {
        Facet.PatientIdentity => Sight.Full,
        Facet.Referral => Sight.Card,
        Facet.Accompaniment => subject.StatusRefused ? Sight.None : Sight.Status,
        // who accompanies their patient, by the pseudonym and only once the two have agreed
        Facet.CompanionProfile => subject.StatusRefused || subject.Agreed.Count == 0 ? Sight.None : Sight.Status,
        Facet.Consents or Facet.Preferences or Facet.Proposal or Facet.Logbook or Facet.PrivateReflection or Facet.CompanionIdentity or Facet.Reads => Sight.None,
    };

    private static Sight ForManager(Facet facet, Actor actor, Subject subject) => !InFacility(actor, subject) ? Sight.None : facet switch
    {
        Facet.CompanionIdentity or Facet.CompanionProfile => Sight.Full,
        Facet.Referral or Facet.Consents or Facet.Preferences or Facet.Proposal or Facet.Accompaniment or Facet.Logbook => Sight.Counts,
        Facet.PatientIdentity or Facet.PrivateReflection or Facet.Reads => Sight.None,
    };
}
