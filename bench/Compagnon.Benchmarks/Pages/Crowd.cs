using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Benchmarks.Pages;

/// <summary>Open files and companions by the thousand, invented from a seed, at every step and with every due date.</summary>
internal sealed class Crowd(Vault vault, Guid facilityId, Guid coordinatorId)
{
    private const int Batch = 2000;
    private readonly Random random = new(20261122);
    private readonly WorkingCalendar calendar = new();
    private readonly Targets targets = new();
    private readonly DateTime now = DateTime.UtcNow;

    public async Task AddReferralsAsync(CompagnonDb db, int count)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var i = 0; i < count; i++)
        {
            var person = vault.NewPerson(db.NetworkId, PersonKind.Patient, facilityId, Languages.French);
            db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = $"Personne{i % 97}", Telephone = $"51455501{i % 100:00}" }), ReferralOf(person));
            if (i % Batch == Batch - 1 || i == count - 1)
            {
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
        }
    }

    public async Task AddCompanionsAsync(CompagnonDb db, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var person = vault.NewPerson(db.NetworkId, PersonKind.Companion, facilityId, Languages.French);
            db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = $"Accompagnatrice{i % 89}", FamilyName = "Essai", Telephone = $"51455501{i % 100:00}" }), new Companion
            {
                Id = person.Id, FacilityId = facilityId, Pseudonym = $"A{i}", Languages = [Languages.French], Capacity = 1 + (i % 3), ClearedUntil = DateOnly.FromDateTime(now).AddYears(1),
                JoinedAt = now.AddDays(-random.Next(10, 900)), Experiences = [new LivedExperience { Site = Any<CancerSite>(), Year = 2015 + (i % 10) }],
            });
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private Referral ReferralOf(Person person)
    {
        var received = now.AddMinutes(-random.Next(60, 60 * 24 * 30));
        var step = random.Next(6);
        var referral = new Referral
        {
            PatientId = person.Id, FacilityId = facilityId, Source = ReferralSource.Telephone, ReferredBy = coordinatorId, FileNumber = FileNumbers.Next() + FileNumbers.Next()[..2],
            CoordinatorId = random.Next(3) == 0 ? null : coordinatorId, ReceivedAt = received, MayLeaveMessage = true,
            Situation = new Situation { Site = Any<CancerSite>(), Moment = Any<Moment>(), BirthDecade = 1940 + (10 * random.Next(6)), Languages = [Languages.French] },
        };
        if (step > 0) referral.ReachedAt = received.AddHours(5);
        if (step > 1) (referral.ServiceConsentAt, referral.IntakeCompletedAt) = (received.AddHours(6), received.AddHours(7));
        if (step == 3) referral.AnswerDueAt = now.AddHours(random.Next(-30, 48));
        if (step == 4) (referral.ChoiceAskedAt, referral.ChoiceDueAt) = (now.AddHours(-20), now.AddHours(random.Next(-20, 60)));
        if (step == 5) referral.AgreedAt = now.AddDays(-random.Next(1, 12));
        referral.Project(targets, calendar);
        return referral;
    }

    private T Any<T>() where T : struct, Enum
    {
        var all = Enum.GetValues<T>();
        return all[random.Next(all.Length)];
    }
}
