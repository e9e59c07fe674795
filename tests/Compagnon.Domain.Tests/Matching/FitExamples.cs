using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using static Compagnon.Domain.Tests.Matching.People;

namespace Compagnon.Domain.Tests.Matching;

public sealed class FitExamples
{
    private static CompanionFacts WithTreatment(int number, Treatment treatment, int? year, string? regimen = null) => Cleared(number) with
    {
        Experiences = [Lived(CancerSite.Breast, 2020, new LivedTreatment { Treatment = treatment, Year = year, Regimen = regimen })],
    };

    private static Candidates Rank(PatientFacts patient, params CompanionFacts[] companions) => Candidates.For(patient, companions, Settings, Today);

    [Fact]
    public void Ranking_PutsSharedTreatmentFirst_WhenThePatientDoes()
    {
        var sameTreatment = WithTreatment(1, Treatment.Chemotherapy, 2024, "AC-T") with { LifeSituations = [LifeSituation.Retired] };
        var sameLife = WithTreatment(2, Treatment.Radiotherapy, 2024) with { LifeSituations = [LifeSituation.Teenagers] };
        Assert.Equal(sameTreatment, Rank(Nadia, sameLife, sameTreatment).Ranked[0].Companion);
        Assert.Equal(sameLife, Rank(Nadia with { Ranking = [Preference.Life] }, sameLife, sameTreatment).Ranked[0].Companion);
    }

    [Fact]
    public void Lines_BeginWithThePatientsChoices_AndAddUpToTheTotal()
    {
        var fit = Of(Nadia, Ghislaine);
        Assert.Equal([Preference.Treatment, Preference.Life, Preference.Age], fit.Lines.Take(3).Select(l => l.Criterion));
        Assert.Equal([1, 2, 3], fit.Lines.Take(3).Select(l => l.Place));
        Assert.Equal(100, fit.Lines.Sum(l => l.Max));
        Assert.Equal(fit.Total, fit.Lines.Sum(l => l.Points) * 10);
        Assert.DoesNotContain(fit.Lines, l => l.Criterion == Preference.Gender);
    }

    [Fact]
    public void Reason_SaysTheRegimenTheYearAndHowLongAgo()
    {
        var reason = Of(Nadia, Ghislaine).Line(Preference.Treatment).Reason;
        Assert.Equal("Treatment.Shared.SameRegimen", reason.Key);
        Assert.Equal((2022, 4), (reason.Year, reason.YearsAgo));
        Assert.Equal([new Fact(FactKind.Treatment, "Chemotherapy")], reason.Shared);
        var other = Of(Nadia, WithTreatment(1, Treatment.Chemotherapy, 2019, "FEC")).Line(Preference.Treatment).Reason;
        Assert.Equal("Treatment.Shared.OtherRegimen", other.Key);
    }

    [Fact]
    public void Reason_SaysWhatTheCompanionHasInstead()
    {
        var fit = Of(Nadia, Cleared(1) with { Experiences = [Lived(CancerSite.Lung, 2021)], Topics = [Topic.Fear], Avoids = [Topic.HairLoss] });
        Assert.Equal(Reading.NotShared, fit.Line(Preference.Cancer).Reason.Reading);
        Assert.Equal([Fact.Of(CancerSite.Lung)], fit.Line(Preference.Cancer).Reason.Instead);
        Assert.Equal(0, fit.Line(Preference.Cancer).Points);
        Assert.Equal([Fact.Of(Topic.HairLoss)], fit.Line(Preference.Concern).Reason.Avoided);
        Assert.Equal(Reading.NotKnown, fit.Line(Preference.Age).Reason.Reading);
    }

    [Fact]
    public void FullAnswer_IsAHundred()
    {
        var twin = Cleared(1) with
        {
            Experiences = [Lived(CancerSite.Breast, 2026, new LivedTreatment { Treatment = Treatment.Chemotherapy, Regimen = "AC-T" })],
            Topics = [Topic.Children, Topic.HairLoss], DecadeOfBirth = 1970, LifeSituations = [LifeSituation.Teenagers], DayParts = [DayPart.Evening], Channels = [Channel.Telephone],
            Cultures = ["Innu"],
        };
        Assert.Equal(1000, Of(Nadia with { Cultures = ["innu"] }, twin).Total);
    }

    [Fact]
    public void NamedOperation_IsAnOperation_ButTheSameOneCountsMore()
    {
        var asked = Nadia with { Treatments = [new() { Treatment = Treatment.Surgery }] };
        var named = Of(asked, WithTreatment(1, Treatment.Mastectomy, 2024)).Line(Preference.Treatment);
        var same = Of(asked, WithTreatment(1, Treatment.Surgery, 2024)).Line(Preference.Treatment);
        Assert.Equal(Reading.Shared, named.Reason.Reading);
        Assert.True(same.Points > named.Points && named.Points > 0);
        Assert.Equal(0, Of(Nadia with { Treatments = [new() { Treatment = Treatment.Lumpectomy }] }, WithTreatment(1, Treatment.Mastectomy, 2024)).Line(Preference.Treatment).Points);
    }

    [Fact]
    public void Cancer_NotKnownYet_IsNotCompared()
    {
        Assert.Equal(Reading.NotAsked, Of(Nadia with { Certainty = Certainty.NotKnownYet }, Ghislaine).Line(Preference.Cancer).Reason.Reading);
        Assert.Equal(Reading.Shared, Of(Nadia with { Certainty = Certainty.Suspected }, Ghislaine).Line(Preference.Cancer).Reason.Reading);
    }

    [Fact]
    public void Recurrence_IsSharedWithWhoeverHadTheSameCancerTwice()
    {
        var again = Nadia with { Topics = [], Moment = Moment.Recurrence };
        var twice = Cleared(1) with { Experiences = [Lived(CancerSite.Breast, 2012), Lived(CancerSite.Breast, 2021)] };
        Assert.Equal([Fact.Of(Moment.Recurrence)], Of(again, twice).Line(Preference.Concern).Reason.Shared);
        Assert.Equal(Reading.NotKnown, Of(again, Cleared(1) with { Experiences = [Lived(CancerSite.Breast, 2012)] }).Line(Preference.Concern).Reason.Reading);
    }

    [Fact]
    public void Points_ForNadia_AreThoseOfTheDocument() => Assert.Equal(
        new Dictionary<Preference, int>
        {
            [Preference.Treatment] = 33, [Preference.Cancer] = 12, [Preference.Concern] = 10, [Preference.Age] = 17, [Preference.Life] = 22,
            [Preference.Culture] = 3, [Preference.Gender] = 0, [Preference.Availability] = 3,
        },
        Ranking.WeightsFor([Preference.Treatment, Preference.Life, Preference.Age], new Weights()));

    [Fact]
    public void Ghislaine_Answers86Of100_AsInTheDocument()
    {
        var fit = Of(Nadia, Ghislaine);
        Assert.Equal([30, 22, 11, 12, 7, 1, 3], fit.Lines.Select(l => l.Points));
        Assert.Equal(860, fit.Total);
    }

    [Fact]
    public void IdleCompanion_ComesFirst_AmongEquals()
    {
        var rested = WithTreatment(1, Treatment.Chemotherapy, 2024) with { IdleDays = 10 };
        var idle = WithTreatment(2, Treatment.Chemotherapy, 2024) with { IdleDays = 300 };
        Assert.Equal(idle, Rank(Nadia, rested, idle).Ranked[0].Companion);
        var loaded = idle with { Capacity = 2, PlacesUsed = 1 };
        Assert.Equal(idle.CompanionId, Rank(Nadia, loaded with { CompanionId = rested.CompanionId }, idle).Ranked[0].Companion.CompanionId);
    }

    [Fact]
    public void Reason_IsAsked_OnlyWhenABetterOneIsPassedOver()
    {
        var best = Ghislaine with { PlacesUsed = 0 };
        var second = WithTreatment(2, Treatment.Chemotherapy, 2019);
        var third = Cleared(3) with { Experiences = [Lived(CancerSite.Lung, 2020)] };
        var tied = second with { CompanionId = Cleared(4).CompanionId };
        var candidates = Rank(Nadia, third, best, second, tied);
        Assert.False(candidates.BetterPassedOver([best.CompanionId]));
        Assert.False(candidates.BetterPassedOver([best.CompanionId, tied.CompanionId]));
        Assert.True(candidates.BetterPassedOver([second.CompanionId]));
        Assert.True(candidates.BetterPassedOver([best.CompanionId, third.CompanionId]));
        Assert.False(candidates.BetterPassedOver([]));
    }

    [Fact]
    public void MissingExperience_NamesTheOstomyThatNobodyHas_AndTheOneWhoHasItButIsPaused()
    {
        var patient = Nadia with { Site = CancerSite.Colorectal, Treatments = [new() { Treatment = Treatment.Ostomy }] };
        var paused = Cleared(2) with { Experiences = [Lived(CancerSite.Colorectal, 2020)], Paused = true };
        var candidates = Rank(patient, Ghislaine, paused);
        Assert.False(candidates.HasGoodMatch(new Weights { Good = 90 }));
        Assert.Equal(
            [new Missing(Fact.Of(Treatment.Ostomy), 0, IsMustHave: false), new Missing(Fact.Of(CancerSite.Colorectal), 0, IsMustHave: false) { Paused = 1 }],
            MissingExperience.Of(patient, candidates, []));
        // who is being asked right now is there; who said no has it, and was asked
        var asked = Rank(patient with { AlreadyAsked = [paused.CompanionId] }, Ghislaine, paused with { Paused = false, PlacesUsed = 1, Capacity = 1 });
        Assert.Equal([Fact.Of(Treatment.Ostomy)], MissingExperience.Of(patient, asked, [paused.CompanionId]).Select(m => m.Fact));
        Assert.Equal(new Missing(Fact.Of(CancerSite.Colorectal), 0, IsMustHave: false) { Asked = 1 }, MissingExperience.Of(patient, asked, [])[1]);
        Assert.False(candidates.HasGoodExcluded(new Weights { Good = 101 }, e => e.IsOnlyBusy));
        Assert.True(candidates.HasGoodExcluded(new Weights { Good = 1 }, e => e.IsOnlyBusy));
        Assert.Equal(new Missing(Fact.Language("iu"), 0, IsMustHave: true), MissingExperience.Of(patient with { Languages = ["iu"] }, Rank(patient with { Languages = ["iu"] }, paused), [])[0]);
    }

    [Fact]
    public void Chips_ComeInThePatientsOrder_AndNameOnlyWhatThePatientTold()
    {
        Assert.Equal(
            [Fact.Of(Treatment.Chemotherapy), Fact.Of(LifeSituation.Teenagers), Fact.Of(CancerSite.Breast), Fact.Of(Topic.Children)],
            SharedChips.Of(Nadia, Ghislaine, new Weights(), Today));
        Assert.Equal(Fact.Of(CancerSite.Breast), SharedChips.Of(Nadia with { Ranking = [] }, Ghislaine, new Weights(), Today)[0]);
    }

    [Fact]
    public void Facts_ComeFromTheReferralAndTheProfile()
    {
        var referral = new Referral
        {
            PatientId = Guid.NewGuid(), FacilityId = Here, Source = ReferralSource.Clinician, ReferredBy = Guid.NewGuid(), FileNumber = "ABC123",
            Situation = new Situation { Site = CancerSite.Breast, Culture = "Haïtienne, créole", Languages = ["fr"] },
            Intake = new Intake { Topics = [Topic.Fear], MustHaves = [MustHave.Video], Ranking = [Preference.Culture] },
        };
        var patient = PatientFacts.Of(referral);
        Assert.Equal(["Haïtienne", "créole"], patient.Cultures);
        var companion = new Companion
        {
            FacilityId = Here, Pseudonym = "Rose", JoinedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), ClearedUntil = Today, Culture = "haitienne",
            Experiences = [Lived(CancerSite.Breast, 2020)], Languages = ["fr"], Channels = [Channel.Video],
        };
        var now = new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);
        var facts = CompanionFacts.Of(companion, 0, new WorkingCalendar(), now, []);
        // the evening of 31 December, in Quebec
        Assert.Equal(327, facts.IdleDays);
        Assert.Empty(HardRules.Check(patient, facts, Settings, Today));
        Assert.Equal([Fact.Culture("Haïtienne"), Fact.Of(CancerSite.Breast)], SharedChips.Of(patient, facts, new Weights(), Today));
        companion.LeftAt = now;
        Assert.Equal(ExclusionRule.NotCleared, Assert.Single(HardRules.Check(patient, CompanionFacts.Of(companion, 0, new WorkingCalendar(), now, []), Settings, Today)).Rule);
    }
}
