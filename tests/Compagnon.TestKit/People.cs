using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.TestKit;

/// <summary>Builders that say only what matters to a test: <c>await world.ReferralAsync(r => r.WithConsent())</c>.</summary>
public static class People
{
    public static ReferCommand Refer(Func<ReferCommand, ReferCommand>? change = null)
    {
        var command = new ReferCommand
        {
            Key = Guid.CreateVersion7(), GivenName = "Nadia", Telephone = "5145550123", MayLeaveMessage = true, Agreed = true, Language = Languages.French,
            Situation = new Situation
            {
                Site = CancerSite.Breast, Moment = Moment.InTreatment, Languages = [Languages.French], BirthDecade = 1970, Gender = Gender.Woman,
                Treatments = [new PlannedTreatment { Treatment = Treatment.Chemotherapy, Year = 2026 }],
            },
        };
        return change is null ? command : change(command);
    }

    /// <summary>A referral by the clinician, then changed as the test says.</summary>
    public static async Task<Guid> ReferralAsync(this World world, Action<Referral>? then = null, Func<ReferCommand, ReferCommand>? command = null)
    {
        var id = (await world.In<Refer, Compagnon.Domain.Outcome<Guid>>(r => r.ReferAsync(world.Clinician, Refer(command)))).Value;
        if (then is not null) await world.ChangeAsync(id, then);
        return id;
    }

    public static Task ChangeAsync(this World world, Guid referralId, Action<Referral> change) => world.Rows(async db =>
    {
        var referral = await db.Set<Referral>().FirstAsync(r => r.Id == referralId);
        change(referral);
        referral.Project(new Targets(), new WorkingCalendar());
        await db.SaveChangesAsync();
    });

    /// <summary>Reached, consented to the service, intake complete: ready to be matched.</summary>
    public static Referral ReadyToMatch(this Referral referral)
    {
        var at = referral.ReceivedAt!.Value;
        (referral.ReachedAt, referral.ServiceConsentAt, referral.IntakeCompletedAt) = (at, at, at);
        return referral;
    }

    public static Task<Companion> CompanionAsync(this World world, Action<Companion>? change = null, string name = "Ghislaine Roy", Guid? facilityId = null) => world.Rows(async db =>
    {
        var vault = new Vault(world.Keys);
        var person = vault.NewPerson(db.NetworkId, PersonKind.Companion, facilityId ?? world.Facility.Id, Languages.French);
        var names = name.Split(' ', 2);
        var companion = new Companion
        {
            Id = person.Id, FacilityId = facilityId ?? world.Facility.Id, Pseudonym = names[0], Gender = Gender.Woman, BirthDecade = 1960, Languages = [Languages.French],
            Capacity = 1, ClearedUntil = DateOnly.FromDateTime(world.Clock.Now).AddYears(1), JoinedAt = world.Clock.Now.AddDays(-200),
            OwnWords = "J’ai eu la chimio avec deux ados à la maison. Je peux surtout vous écouter.", Availability = [DayPart.Evening],
            Experiences = [new LivedExperience { Site = CancerSite.Breast, Year = 2022, Treatments = [new LivedTreatment { Treatment = Treatment.Chemotherapy, Year = 2022 }] }],
        };
        change?.Invoke(companion);
        db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = names[0], FamilyName = names.ElementAtOrDefault(1), Telephone = "5145550177" }), companion);
        await db.SaveChangesAsync();
        return companion;
    });

    /// <summary>The two agreed, today: a referral that was ready, its accompaniment and the place it takes.</summary>
    public static async Task<Accompaniment> AccompanimentAsync(this World world, Companion companion, Guid? referralId = null, Action<Accompaniment>? change = null)
    {
        var id = referralId ?? await world.ReferralAsync(r => r.ReadyToMatch());
        await world.ChangeAsync(id, r => r.AgreedAt = world.Clock.Now);
        return await world.Rows(async db =>
        {
            var referral = await db.Set<Referral>().FirstAsync(r => r.Id == id);
            var used = await db.Set<Place>().Where(p => p.CompanionId == companion.Id).Select(p => p.Number).ToListAsync();
            var accompaniment = new Accompaniment
            {
                ReferralId = id, PatientId = referral.PatientId, CompanionId = companion.Id, FacilityId = referral.FacilityId, AgreedAt = world.Clock.Now,
                Agreement = new Agreement { PatientPseudonym = "Nadia", Rhythm = Rhythm.Weekly },
            };
            change?.Invoke(accompaniment);
            db.AddRange(accompaniment, new Place
            {
                CompanionId = companion.Id, ReferralId = id, Since = world.Clock.Now, TakenAt = world.Clock.Now,
                Number = Places.Free(companion.Capacity, used) ?? used.Max() + 1,
            });
            await db.SaveChangesAsync();
            return accompaniment;
        });
    }

    /// <summary>A group of this facility that a restriction may name.</summary>
    public static Task<Guid> GroupAsync(this World world, string name, params Guid[] members) => world.Rows(async db =>
    {
        var group = new NamedGroup { FacilityId = world.Facility.Id, Name = name };
        db.Add(group);
        db.AddRange(members.Select(id => new GroupMember { GroupId = group.Id, PersonId = id }));
        await db.SaveChangesAsync();
        return group.Id;
    });

    /// <summary>The person of this referral keeps somebody out, as the test says.</summary>
    public static Task KeepOutAsync(this World world, Guid referralId, Func<Guid, Restriction> restriction) => world.Rows(async db =>
    {
        db.Add(restriction(await db.Set<Referral>().Where(r => r.Id == referralId).Select(r => r.PatientId).SingleAsync()));
        await db.SaveChangesAsync();
    });

    public static Actor Acting(this Companion companion) => new()
    {
        NetworkId = companion.NetworkId, PersonId = companion.Id, Role = Role.Companion, FacilityId = companion.FacilityId,
    };
}
