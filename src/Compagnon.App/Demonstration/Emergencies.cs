using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;

namespace Compagnon.App.Demonstration;

/// <summary>Identities that whoever is on call asked for in an emergency: one reviewed, one that waits.</summary>
internal sealed class Emergencies(CompagnonDb db, Cast cast, Places at)
{
    public Disclosure Disclose(Story story, DateTime askedAt, Danger danger, string reason, int displays)
    {
        var asked = new Disclosure
        {
            PersonId = story.Person.Id, ReferralId = story.Referral.Id, FacilityId = story.Referral.FacilityId, AskedBy = at.OnCall.Person.Id, AskedAs = at.OnCall.Actor.Role, AskedAt = askedAt,
            Danger = danger, Reason = cast.Sealed(story.Person, Files.EmergencyPurpose, reason)!,
        };
        db.Add(asked);
        db.Record(at.OnCall.Actor, new IdentityDisclosed(asked.PersonId, asked.Id), askedAt);
        for (var i = 0; i < displays; i++)
            db.Add(new AccessEntry
            {
                At = askedAt.AddMinutes(i * 4), ReaderId = asked.AskedBy, ReaderRole = asked.AskedAs, ReaderFacilityId = asked.FacilityId, PersonId = asked.PersonId, What = ReadWhat.Emergency,
            });
        return asked;
    }

    public void Review(Story story, Disclosure asked, DateTime reviewedAt, string conclusion)
    {
        (asked.ReviewedAt, asked.ReviewedBy, asked.Justified) = (reviewedAt, at.Officer.Person.Id, true);
        asked.ReviewWords = cast.Sealed(story.Person, Files.ReviewPurpose, conclusion);
        db.Record(at.Officer.Actor, new DisclosureReviewed(asked.PersonId, asked.Id, Justified: true), reviewedAt);
    }
}
