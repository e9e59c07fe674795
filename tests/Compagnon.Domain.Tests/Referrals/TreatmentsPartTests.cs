using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Tests.Referrals;

/// <summary>What was said of treatments stays, whatever the cancer turns out to be.</summary>
public sealed class TreatmentsPartTests
{
    private static Referral Someone(CancerSite? site, Certainty certainty = Certainty.Confirmed, params CancerSite[] others) => new()
    {
        PatientId = Guid.NewGuid(), FacilityId = Guid.NewGuid(), Source = ReferralSource.Self, ReferredBy = Guid.NewGuid(), FileNumber = "H7PAJK",
        Situation = new()
        {
            Site = site, Certainty = certainty, OtherSites = [.. others],
            Treatments = [new() { Treatment = Treatment.Chemotherapy, Year = 2026, Regimen = "AC-T" }, new() { Treatment = Treatment.Mastectomy, Year = 2025 }],
        },
    };

    private static string Said(Referral r) => string.Join(", ", r.Situation.Treatments.OrderBy(t => t.Treatment).Select(t => $"{t.Treatment} {t.Year} {t.Regimen}".Trim()));

    [Fact]
    public void AnotherCancer_TakesNothingAway_AndThePageSentAgainNeither()
    {
        var r = Someone(CancerSite.Breast);
        var before = Said(r);
        new CancerPart(Certainty.Confirmed, CancerSite.Prostate).Apply(r);
        Assert.DoesNotContain(Treatment.Mastectomy, TreatmentsPart.Usual(r));
        Assert.Equal(before, Said(r));
        ((TreatmentsPart)IntakePart.Read(IntakePage.Treatments, r, new IdentityFields())!).Apply(r);
        Assert.Equal(before, Said(r));
    }

    [Fact]
    public void TheOrderOfThePage_IsNoOtherAnswer() =>
        Assert.Equal(new TreatmentsPart([Treatment.Mastectomy, Treatment.Chemotherapy]).Treatments, new TreatmentsPart([Treatment.Chemotherapy, Treatment.Mastectomy, Treatment.Chemotherapy]).Treatments);

    [Theory]
    [InlineData(null, Certainty.Confirmed)]
    [InlineData(null, Certainty.NotKnownYet)]
    public void WhereNoCancerIsNamed_EverythingIsAsked(CancerSite? site, Certainty certainty) => Assert.Equal(Enum.GetValues<Treatment>(), TreatmentsPart.Usual(Someone(site, certainty)));

    [Fact]
    public void ASuspectedCancer_IsAskedAboutAsThatCancer() => Assert.Equal(TreatmentsPart.Usual(Someone(CancerSite.Prostate)), TreatmentsPart.Usual(Someone(CancerSite.Prostate, Certainty.Suspected)));

    [Fact]
    public void AnEarlierCancer_IsAskedAbout_Too()
    {
        Assert.DoesNotContain(Treatment.Lumpectomy, TreatmentsPart.Usual(Someone(CancerSite.Lung)));
        Assert.Contains(Treatment.Lumpectomy, TreatmentsPart.Usual(Someone(CancerSite.Lung, Certainty.Confirmed, CancerSite.Breast)));
    }
}
