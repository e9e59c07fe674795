using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using FsCheck;
using FsCheck.Fluent;

namespace Compagnon.Domain.Tests.Privacy;

/// <summary>Who may learn an identity in an emergency, as properties over the same random worlds as the access table.</summary>
public sealed class EmergencyTests
{
    private sealed record Case(Actor Actor, Subject Subject, Facet Identity)
    {
        public EmergencyWay Way => EmergencyRules.WayOf(Actor, Subject, Identity);
        public bool Asks => Actor is { Role: Role.Coordinator or Role.OnCall, FacilityId: not null };
        public bool IsNamed => Subject.Restrictions.Any(r => r.AgainstPersonId == Actor.PersonId || (r.Group is { } group && group.Contains(Actor.PersonId)));
    }

    private static readonly Gen<Case> Cases =
        from actor in AccessTests.Actors
        from asks in Gen.Elements(true, false)
        from role in Gen.Elements(Role.Coordinator, Role.OnCall)
        from subject in AccessTests.Subjects
        from near in Gen.Elements(true, false)
        from draft in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from identity in Gen.Elements(Facet.PatientIdentity, Facet.CompanionIdentity)
        select new Case(asks ? actor with { Role = role } : actor, subject with { IsDraft = draft, FacilityId = near ? actor.FacilityId : subject.FacilityId }, identity);

    private static void Always(Func<Case, bool> holds) => Prop.ForAll(Cases.ToArbitrary(), holds).Check(AccessTests.Thousands);

    [Fact]
    public void OnlyCoordinators_AndWhoeverIsOnCall_LearnAnything() => Always(c => c.Actor.Role is Role.Coordinator or Role.OnCall || c.Way is EmergencyWay.Closed);

    [Fact]
    public void NobodyLearnsOfAnotherFacilitysPeople() => Always(c => (c.Actor.FacilityId is not null && c.Actor.FacilityId == c.Subject.FacilityId) || c.Way is EmergencyWay.Closed);

    [Fact]
    public void NobodyOpensTheirOwnFile() => Always(c => c.Actor.PersonId != c.Subject.PersonId || c.Way is EmergencyWay.Closed);

    [Fact]
    public void ADraft_StaysItsWriters() => Always(c => !c.Subject.IsDraft || c.Way is EmergencyWay.Closed);

    /// <summary>By their own name or by a group that lists them; not even in another role or place than the restriction says: who is feared is feared everywhere.</summary>
    [Fact]
    public void WhoeverIsKeptOutByName_StaysOut() => Always(c => !c.IsNamed || c.Way is EmergencyWay.Closed);

    [Fact]
    public void ARestrictionOfARoleOrAPlace_DoesNotCloseAnEmergency() => Always(c => !c.Asks || c.Actor.FacilityId != c.Subject.FacilityId || c.Subject.IsDraft || c.IsNamed
        || c.Actor.PersonId == c.Subject.PersonId || c.Way is not EmergencyWay.Closed);

    [Fact]
    public void WhoeverSeesItAnyway_DisclosesNothing() => Always(c => c.Way is EmergencyWay.Closed || c.Way is EmergencyWay.Ordinary == AccessRules.To(c.Identity, c.Actor, c.Subject) is Sight.Full);

    /// <summary>So that "already open" tells nobody of a file that they could not open.</summary>
    [Fact]
    public void WhoeverIsOnCall_NeverHasTheOrdinaryWay() => Always(c => c.Actor.Role is not Role.OnCall || c.Way is not EmergencyWay.Ordinary);

    /// <summary>The guard itself: a rule that let whoever is on call in everywhere would be found, and the worlds do hold open ways.</summary>
    [Fact]
    public void APlantedLeak_IsFound() => Assert.ThrowsAny<Exception>(() => Always(c => c.Way is not EmergencyWay.Open));

    [Fact]
    public void TheReview_IsThePrivacyOfficers_AndNeverOfWhoeverAsked()
    {
        var (asker, person, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var asked = Asked(asker, person, new DateTime(2026, 11, 23, 14, 30, 0, DateTimeKind.Utc));
        foreach (var role in Enum.GetValues<Role>())
            foreach (var reader in (Guid[])[asker, person, other])
                Assert.Equal(role is Role.PrivacyOfficer && reader == other, EmergencyRules.MayReview(new Actor { NetworkId = 1, PersonId = reader, Role = role }, asked));
    }

    [Fact]
    public void TheReview_IsNotOfWhoeverIsKeptOutByName_WhileAnotherOfficerIsLeft()
    {
        var (asker, person, feared, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var asked = Asked(asker, person, new DateTime(2026, 11, 23, 14, 30, 0, DateTimeKind.Utc));
        foreach (var restriction in (RestrictionFacts[])[new() { AgainstPersonId = feared }, new() { Group = [feared] }])
        {
            Assert.Equal([other], EmergencyRules.ReviewersOf(asked, [restriction], [asker, person, feared, other]));
            Assert.Equal([feared], EmergencyRules.ReviewersOf(asked, [restriction], [asker, person, feared]));
        }
        Assert.Equal([feared, other], EmergencyRules.ReviewersOf(asked, [new() { Role = Role.PrivacyOfficer }], [feared, other]));
        Assert.Empty(EmergencyRules.ReviewersOf(asked, [], [asker, person]));
    }

    [Fact]
    public void TheIdentity_IsGoneAfterHalfAnHour()
    {
        var at = new DateTime(2026, 11, 23, 14, 30, 0, DateTimeKind.Utc);
        var asked = Asked(Guid.NewGuid(), Guid.NewGuid(), at);
        Assert.True(EmergencyRules.IsShown(asked, at.AddMinutes(30).AddTicks(-1)));
        Assert.False(EmergencyRules.IsShown(asked, at.AddMinutes(30)));
    }

    private static Disclosure Asked(Guid by, Guid person, DateTime at) => new()
    {
        PersonId = person, FacilityId = Guid.NewGuid(), AskedBy = by, AskedAs = Role.OnCall, AskedAt = at, Danger = Danger.OwnLife, Reason = [],
    };
}
