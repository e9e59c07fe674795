using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using FsCheck;
using FsCheck.Fluent;

namespace Compagnon.Domain.Tests.Privacy;

/// <summary>The access table, as properties over thousands of random worlds. Each reads as the sentence it guards.</summary>
public sealed class AccessTests
{
    internal static readonly Config Thousands = Config.QuickThrowOnFailure.WithMaxTest(4000);

    private static readonly Guid[] People = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];
    private static readonly Guid[] Houses = [.. Enumerable.Range(11, 3).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static Gen<T?> Maybe<T>(IEnumerable<T> of) where T : struct => Gen.OneOf(Gen.Constant<T?>(value: null), Gen.Elements(of).Select(v => (T?)v));

    internal static readonly Gen<Actor> Actors =
        from person in Gen.Elements(People)
        from role in Gen.Elements(Enum.GetValues<Role>())
        from facility in Maybe(Houses)
        from clinic in Maybe(Houses)
        from function in Maybe(Enum.GetValues<ClinicianFunction>())
        select new Actor { NetworkId = 1, PersonId = person, Role = role, FacilityId = facility, ClinicId = clinic, Function = function };

    private static readonly Gen<RestrictionFacts> Restrictions =
        from role in Maybe(Enum.GetValues<Role>())
        from function in Maybe(Enum.GetValues<ClinicianFunction>())
        from facility in Maybe(Houses)
        from clinic in Maybe(Houses)
        from grouped in Gen.Elements(true, false)
        from members in Gen.SubListOf(People.AsEnumerable())
        from person in Maybe(People)
        from except in Maybe(People)
        select new RestrictionFacts
        {
            Role = role, Function = function, FacilityId = facility, ClinicId = clinic, Group = grouped ? [.. members] : null, AgainstPersonId = person, ExceptPersonId = except,
        };

    internal static readonly Gen<Subject> Subjects =
        from person in Gen.Elements(People)
        from facility in Maybe(Houses)
        from clinic in Maybe(Houses)
        from asked in Gen.SubListOf(People.AsEnumerable())
        from agreed in Gen.SubListOf(asked.AsEnumerable())
        from refused in Gen.Elements(true, false)
        from restrictions in Gen.Frequency((3, Gen.Constant<List<RestrictionFacts>>([])), (1, Gen.ListOf(Restrictions, 2).Select(l => l.ToList())))
        select new Subject
        {
            PersonId = person, FacilityId = facility, ClinicId = clinic, Counterparts = [.. asked], Agreed = [.. agreed], StatusRefused = refused, Restrictions = restrictions,
        };

    private sealed record Case(Actor Actor, Subject Subject, Facet Facet)
    {
        public Sight Sight => AccessRules.To(Facet, Actor, Subject);
        public bool Own => Actor.PersonId == Subject.PersonId;
    }

    private static void Always(Func<Case, bool> holds) => Prop.ForAll(
        (from actor in Actors from subject in Subjects from facet in Gen.Elements(Enum.GetValues<Facet>()) select new Case(actor, subject, facet)).ToArbitrary(), holds).Check(Thousands);

    [Fact]
    public void ACompanion_NeverLearnsWhoAPatientIs() =>
        Always(c => c is not { Actor.Role: Role.Companion, Facet: Facet.PatientIdentity or Facet.Consents } || c.Sight is Sight.None);

    [Fact]
    public void APatient_NeverLearnsWhoACompanionIs() =>
        Always(c => c is not { Actor.Role: Role.Patient, Facet: Facet.CompanionIdentity or Facet.PrivateReflection } || c.Sight is Sight.None);

    [Fact]
    public void APatient_ReadsOfALogbook_OnlyWhatWasReleasedOfTheirOwn() =>
        Always(c => c is not { Actor.Role: Role.Patient, Facet: Facet.Logbook } || c.Sight == (c.Own ? Sight.Card : Sight.None));

    [Fact]
    public void APatient_SeesACard_OnlyOfACompanionBoundToThem() => Always(c => c.Actor.Role is not Role.Patient || c.Own || c.Sight is Sight.None
        || (c is { Facet: Facet.CompanionProfile, Sight: Sight.Card } && c.Subject.Counterparts.Contains(c.Actor.PersonId)));

    [Fact]
    public void ACompanion_SeesNothingOfAPatientTheyWereNotAskedAbout() =>
        Always(c => c.Actor.Role is not Role.Companion || c.Own || c.Subject.Counterparts.Contains(c.Actor.PersonId) || c.Sight is Sight.None);

    [Fact]
    public void ACompanion_WhoIsOnlyAsked_SeesNoAccompanimentAndNoLogbook() => Always(c => c.Actor.Role is not Role.Companion || c.Own
        || c.Subject.Agreed.Contains(c.Actor.PersonId) || c.Facet is not (Facet.Accompaniment or Facet.Logbook) || c.Sight is Sight.None);

    [Fact]
    public void Staff_NeverOpenTheirOwnFile() => Always(c => !c.Own || c.Actor.Role is Role.Patient or Role.Companion || c.Sight is Sight.None);

    [Fact]
    public void ACoordinator_SeesNothingOfAnotherFacility() =>
        Always(c => c.Actor.Role is not Role.Coordinator || (c.Actor.FacilityId is not null && c.Actor.FacilityId == c.Subject.FacilityId) || c.Sight is Sight.None);

    [Fact]
    public void APrivateReflection_IsItsWritersAlone() => Always(c => c.Facet is not Facet.PrivateReflection || c.Sight is Sight.None || (c.Own && c.Actor.Role is Role.Companion));

    [Fact]
    public void AClinician_SeesTheirClinicsReferrals_AndNeitherWishesNorProposals() => Always(c => c.Actor.Role is not Role.Clinician || c.Sight is Sight.None
        || (c.Actor.ClinicId == c.Subject.ClinicId && c.Facet is Facet.PatientIdentity or Facet.Referral or Facet.Accompaniment or Facet.CompanionProfile));

    [Fact]
    public void WhereThePatientRefused_TheClinicHearsNothingOfWhatFollows() =>
        Always(c => c is not { Actor.Role: Role.Clinician, Facet: Facet.Accompaniment or Facet.CompanionProfile, Subject.StatusRefused: true } || c.Sight is Sight.None);

    [Fact]
    public void AClinician_LearnsTheCompanionsPseudonymAtMost_AndOnlyOfWhoeverAgreed() => Always(c => c is not { Actor.Role: Role.Clinician, Facet: Facet.CompanionProfile or Facet.CompanionIdentity }
        || c.Sight is Sight.None || (c is { Facet: Facet.CompanionProfile, Sight: Sight.Status, Subject.StatusRefused: false } && c.Subject.Agreed.Count > 0));

    [Fact]
    public void ReadsOfAFile_AreForItsOwner_ItsFacilitysCoordinator_AndThePrivacyOfficer() => Always(c => c.Facet is not Facet.Reads || c.Sight is Sight.None || c.Actor.Role is Role.PrivacyOfficer
        || (c.Own && c.Actor.Role is Role.Patient or Role.Companion) || (c.Actor.Role is Role.Coordinator && c.Actor.FacilityId == c.Subject.FacilityId));

    [Fact]
    public void ThoseWhoCount_SeeCountsOnly() => Always(c => c.Actor.Role is not Role.NetworkLead || c.Sight <= Sight.Counts);

    /// <summary>Their day comes with the alerts; until then they see nobody.</summary>
    [Fact]
    public void WhoeverIsOnCall_SeesNobody() => Always(c => c.Actor.Role is not Role.OnCall || c.Sight is Sight.None);

    [Fact]
    public void AManager_SeesCounts_AndTheCompanionsOfTheirOwnFacility() => Always(c => c.Actor.Role is not Role.Manager || c.Sight <= Sight.Counts
        || (c.Actor.FacilityId is not null && c.Actor.FacilityId == c.Subject.FacilityId && c.Facet is Facet.CompanionIdentity or Facet.CompanionProfile));

    [Fact]
    public void AManager_NeverLearnsWhoAPatientIs() => Always(c => c is not { Actor.Role: Role.Manager, Facet: Facet.PatientIdentity or Facet.PrivateReflection or Facet.Reads } || c.Sight is Sight.None);

    [Fact]
    public void AnAdministrator_SeesNobody() => Always(c => c.Actor.Role is not Role.Administrator || c.Sight is Sight.None);

    [Fact]
    public void ThePrivacyOfficer_SeesReadsAndNothingElse() =>
        Always(c => c.Actor.Role is not Role.PrivacyOfficer || c.Own || c.Subject.Restrictions.Count > 0 || c.Sight == (c.Facet is Facet.Reads ? Sight.Full : Sight.None));

    [Fact]
    public void WhoeverIsNamedByARestriction_FindsNothing() => Always(c =>
        c.Own || !c.Subject.Restrictions.Any(r => r.AgainstPersonId == c.Actor.PersonId && r.ExceptPersonId != c.Actor.PersonId && r is { Role: null, Function: null, FacilityId: null, ClinicId: null, Group: null }) || c.Sight is Sight.None);

    /// <summary>The group as it is at this moment: the same restriction, with them in it and without.</summary>
    [Fact]
    public void WhoeverJoinsANamedGroup_FindsNothing_AndWhoeverLeavesIt_FindsWhatTheyFoundBefore() => Always(c =>
    {
        Sight Among(params Guid[] members) => AccessRules.To(c.Facet, c.Actor, c.Subject with { Restrictions = [.. c.Subject.Restrictions, new RestrictionFacts { Group = members }] });
        return (c.Own || Among([.. People]) is Sight.None) && Among([.. People.Except([c.Actor.PersonId])]) == c.Sight;
    });

    /// <summary>A substitute is excepted from a restriction, not from belonging to the group that it names.</summary>
    [Fact]
    public void WhoeverIsExcepted_AndJoinsTheNamedGroup_FindsNothing() => Always(c => c.Own
        || AccessRules.To(c.Facet, c.Actor, c.Subject with { Restrictions = [new RestrictionFacts { Group = [c.Actor.PersonId], ExceptPersonId = c.Actor.PersonId }] }) is Sight.None);

    [Fact]
    public void WhatIsNamedBesideAGroup_NarrowsIt() => Always(c =>
    {
        var all = new RestrictionFacts { Group = People };
        var some = c.Subject.Restrictions.Select(r => r with { Group = People });
        return some.All(r => AccessRules.IsRestricted(c.Actor, c.Subject with { Restrictions = [all] }) || !AccessRules.IsRestricted(c.Actor, c.Subject with { Restrictions = [r] }));
    });

    [Fact]
    public void ARestrictionOfAClinic_NamesThatClinicAlone() => Always(c => c.Own || c.Actor.ClinicId is not { } clinic
        || (AccessRules.IsRestricted(c.Actor, c.Subject with { Restrictions = [new RestrictionFacts { ClinicId = clinic }] })
            && !AccessRules.IsRestricted(c.Actor, c.Subject with { Restrictions = [new RestrictionFacts { ClinicId = Guid.Empty }] })));

    [Fact]
    public void ARestriction_OnlyTakesAway() => Always(c => c.Sight <= AccessRules.To(c.Facet, c.Actor, c.Subject with { Restrictions = [] }));

    [Fact]
    public void ARestriction_NeverKeepsOneFromOnesOwnFile() =>
        Always(c => !c.Own || c.Sight == AccessRules.To(c.Facet, c.Actor, c.Subject with { Restrictions = [] }));

    [Fact]
    public void ARestrictionThatNamesNobody_RestrictsNobody() =>
        Always(c => c.Sight == AccessRules.To(c.Facet, c.Actor, c.Subject with { Restrictions = [.. c.Subject.Restrictions, new RestrictionFacts()] }));

    /// <summary>The guard itself: a rule that gave a companion the patient's name would be found.</summary>
    [Fact]
    public void APlantedLeak_IsFound() => Assert.ThrowsAny<Exception>(() => Always(c =>
        c is not { Actor.Role: Role.Companion, Facet: Facet.Referral } || c.Sight is Sight.None));
}
