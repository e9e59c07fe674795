using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using static Compagnon.Domain.Tests.Matching.People;

namespace Compagnon.Domain.Tests.Matching;

public sealed class HardRuleExamples
{
    private static Exclusion Only(PatientFacts patient, CompanionFacts companion) => Assert.Single(HardRules.Check(patient, companion, Settings, Today));

    private static void Excludes(ExclusionRule rule, bool mayBeLifted, PatientFacts patient, CompanionFacts companion)
    {
        Assert.Empty(HardRules.Check(Nadia, Ghislaine, Settings, Today));
        var exclusion = Only(patient, companion);
        Assert.Equal((rule, mayBeLifted), (exclusion.Rule, exclusion.MayBeLifted));
    }

    [Fact]
    public void NoCommonLanguage_Excludes_AndIsFirm() => Excludes(ExclusionRule.NoCommonLanguage, false, Nadia, Ghislaine with { Languages = ["en"] });

    [Fact]
    public void Full_Excludes() => Excludes(ExclusionRule.Full, false, Nadia, Ghislaine with { PlacesUsed = 2 });

    [Fact]
    public void Paused_Excludes_UntilTheDayTheyAreBack()
    {
        Excludes(ExclusionRule.Paused, false, Nadia, Ghislaine with { Paused = true });
        Assert.Equal(Today.AddDays(1), Only(Nadia, Ghislaine with { Paused = true, PausedUntil = Today.AddDays(1) }).Until);
        Assert.Empty(HardRules.Check(Nadia, Ghislaine with { Paused = true, PausedUntil = Today }, Settings, Today));
    }

    [Fact]
    public void NotCleared_Excludes_FromTheDayAfterTheLast()
    {
        Excludes(ExclusionRule.NotCleared, false, Nadia, Ghislaine with { ClearedUntil = null });
        Excludes(ExclusionRule.NotCleared, false, Nadia, Ghislaine with { ClearedUntil = Today.AddDays(-1) });
        Assert.Empty(HardRules.Check(Nadia, Ghislaine with { ClearedUntil = Today }, Settings, Today));
    }

    [Fact]
    public void SameSmallTown_Excludes_HoweverItIsSpelt_AndABigTownDoesNot()
    {
        Excludes(ExclusionRule.SameSmallTown, false, Nadia, Ghislaine with { Municipality = "SAINT FELICIEN" });
        Assert.Empty(HardRules.Check(Nadia with { Municipality = "Montréal" }, Ghislaine with { Municipality = "Montreal" }, Settings, Today));
    }

    [Fact]
    public void OtherFacility_Excludes_UnlessLent()
    {
        Excludes(ExclusionRule.OtherFacility, false, Nadia, Ghislaine with { FacilityId = Elsewhere });
        Assert.Empty(HardRules.Check(Nadia, Ghislaine with { FacilityId = Elsewhere, LentTo = [Here] }, Settings, Today));
    }

    [Fact]
    public void WishedGender_AsAMustHave_Excludes_ButMayBeLifted()
    {
        var patient = Nadia with { WishedGender = Gender.Woman, MustHaves = [MustHave.WishedGender] };
        Excludes(ExclusionRule.MustHave, true, patient, Ghislaine with { Gender = Gender.Man });
        Assert.Equal(MustHave.WishedGender, Only(patient, Ghislaine with { Gender = null }).MustHave);
        Assert.Empty(HardRules.Check(patient, Ghislaine, Settings, Today));
    }

    [Fact]
    public void EachMustHave_IsNamed()
    {
        var patient = Nadia with { MustHaves = [MustHave.Video, MustHave.SameTreatment, MustHave.SameCancer, MustHave.InPerson] };
        var broken = HardRules.Check(patient, Ghislaine with { Experiences = [] }, Settings, Today);
        Assert.Equal([MustHave.SameCancer, MustHave.SameTreatment, MustHave.InPerson, MustHave.Video], broken.Select(b => b.MustHave!.Value));
        Assert.Equal([Fact.Of(CancerSite.Breast)], broken[0].Facts);
    }

    [Fact]
    public void AvoidedTopics_Exclude_OnlyWhenNothingIsLeftToTalkAbout()
    {
        Excludes(ExclusionRule.AvoidsEveryTopic, false, Nadia with { Topics = [Topic.Fear] }, Ghislaine with { Avoids = [Topic.Fear] });
        Assert.Empty(HardRules.Check(Nadia with { Topics = [Topic.Fear, Topic.Work] }, Ghislaine with { Avoids = [Topic.Fear] }, Settings, Today));
    }

    [Fact]
    public void AlreadyAsked_IsLeftOut_UnlessTheCoordinatorOverrides() =>
        Excludes(ExclusionRule.AlreadyAsked, true, Nadia with { AlreadyAsked = [Ghislaine.CompanionId] }, Ghislaine);

    [Fact]
    public void WhatProtectsAPerson_CannotBeLifted()
    {
        var id = Ghislaine.CompanionId;
        Excludes(ExclusionRule.Acquainted, false, Nadia with { Acquainted = [id] }, Ghislaine);
        Excludes(ExclusionRule.OwnFile, false, Nadia with { SamePersonAs = id }, Ghislaine);
        Excludes(ExclusionRule.Restricted, false, Nadia with { Restricted = new() { EveryCompanion = true } }, Ghislaine);
        Excludes(ExclusionRule.Restricted, false, Nadia with { Restricted = new() { Companions = [id] } }, Ghislaine);
        Excludes(ExclusionRule.Restricted, false, Nadia with { Restricted = new() { Facilities = [Here] } }, Ghislaine);
    }

    [Fact]
    public void Excluded_AreShownWithEveryRule_AndThoseThatMayBeLiftedFirst()
    {
        var speaksOther = Ghislaine with { Languages = ["en"] };
        var fullAndPaused = Ghislaine with { CompanionId = Cleared(9).CompanionId, PlacesUsed = 2, Paused = true };
        var excluded = Candidates.For(Nadia, [fullAndPaused, speaksOther], Settings, Today).Excluded;
        Assert.Equal(speaksOther, excluded[0].Companion);
        Assert.Equal([ExclusionRule.Paused, ExclusionRule.Full], excluded[1].Exclusions.Select(e => e.Rule));
    }
}
