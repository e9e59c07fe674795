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
        if (!MayAsk(actor) || actor.FacilityId != subject.FacilityId || actor.PersonId == subject.PersonId || subject.IsDraft || IsKeptOutByName(actor, subject)) return EmergencyWay.Closed;
        return AccessRules.To(identity, actor, subject) is Sight.Full ? EmergencyWay.Ordinary : EmergencyWay.Open;
    }

    public static bool IsShown(Disclosure disclosure, DateTime now) => now < disclosure.AskedAt + ShownFor;

    /// <summary>The privacy officer, never of what they asked themselves.</summary>
    public static bool MayReview(Actor actor, Disclosure disclosure) =>
        actor.Role is Role.PrivacyOfficer && actor.PersonId != disclosure.AskedBy && actor.PersonId != disclosure.PersonId;

    /// <summary>Whoever a person keeps out by name may be the danger itself. Somebody else of the facility can ask.</summary>
    private static bool IsKeptOutByName(Actor actor, Subject subject) => subject.Restrictions.Any(r => r.AgainstPersonId == actor.PersonId);
}
