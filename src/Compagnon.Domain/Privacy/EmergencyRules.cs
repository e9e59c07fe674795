using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>How somebody may come to know who a person is.</summary>
public enum EmergencyWay
{
    /// <summary>Not even in an emergency: as if there were nobody.</summary>
    Closed,
    /// <summary>They see it anyway, by <see cref="AccessRules"/>: nothing is to be disclosed.</summary>
    Ordinary,
    Open,
}

/// <summary>
/// The one place that decides who may learn an identity in an emergency, and who reviews it. It stands beside <see cref="AccessRules"/> and takes nothing from them: what they
/// allow needs no emergency, and what they refuse is opened here for the identity alone, never for anything of health.
/// </summary>
public static class EmergencyRules
{
    /// <summary>How long it can be seen by whoever asked.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(30);

    /// <summary>Within so many working days it should be reviewed.</summary>
    public const int ReviewWorkingDays = 3;

    /// <summary>Fewer letters say no reason.</summary>
    public const int ShortestReason = 20;

    public static bool MayAsk(Actor actor) => actor is { Role: Role.Coordinator or Role.OnCall, FacilityId: not null };

    /// <param name="identity">The patient's, or the companion's.</param>
    public static EmergencyWay WayOf(Actor actor, Subject subject, Facet identity)
    {
        if (!MayAsk(actor) || actor.FacilityId != subject.FacilityId || actor.PersonId == subject.PersonId || subject.IsDraft || IsKeptOutByName(actor.PersonId, subject.Restrictions)) return EmergencyWay.Closed;
        return AccessRules.To(identity, actor, subject) is Sight.Full ? EmergencyWay.Ordinary : EmergencyWay.Open;
    }

    public static bool IsShown(Disclosure disclosure, DateTime now) => now < disclosure.AskedAt + ShownFor;

    /// <summary>Whoever a person keeps out by name, or with a group that lists them by name, may be the danger itself. Somebody else of the facility can ask.</summary>
    public static bool IsKeptOutByName(Guid personId, IEnumerable<RestrictionFacts> restrictions) => restrictions.Any(r => r.AgainstPersonId == personId || r.Group?.Contains(personId) is true);

    /// <summary>
    /// Whose task the review is: the officers whom the person does not keep out by name. Where that leaves nobody, all who may review: a review by somebody who is kept out is
    /// better than none.
    /// </summary>
    public static IReadOnlyList<Guid> ReviewersOf(Disclosure disclosure, IReadOnlyCollection<RestrictionFacts> restrictions, IEnumerable<Guid> officers)
    {
        var others = officers.Where(o => o != disclosure.AskedBy && o != disclosure.PersonId).ToList();
        var letIn = others.Where(o => !IsKeptOutByName(o, restrictions)).ToList();
        return letIn.Count > 0 ? letIn : others;
    }

    /// <summary>The privacy officer, never of what they asked themselves.</summary>
    public static bool MayReview(Actor actor, Disclosure disclosure) =>
        actor.Role is Role.PrivacyOfficer && actor.PersonId != disclosure.AskedBy && actor.PersonId != disclosure.PersonId;
}
