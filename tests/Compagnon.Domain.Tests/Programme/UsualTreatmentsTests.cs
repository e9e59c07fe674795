using Compagnon.Domain.Programme;
using static Compagnon.Domain.Programme.Treatment;

namespace Compagnon.Domain.Tests.Programme;

/// <summary>What is asked first of whom: careful, so that only the absurd is put behind.</summary>
public sealed class UsualTreatmentsTests
{
    private static readonly Treatment[] ofEverybody = [Surgery, Chemotherapy, Radiotherapy, HormoneTherapy, Immunotherapy, TargetedTherapy, ActiveSurveillance];

    public static TheoryData<CancerSite> Sites => [.. Enum.GetValues<CancerSite>()];

    [Theory, MemberData(nameof(Sites))]
    public void EverySite_HasWhatGoesToTheWholeBody_AndNothingTwice(CancerSite site)
    {
        var usual = UsualTreatments.Of(site);
        Assert.Empty(ofEverybody.Except(usual));
        Assert.Equal(usual.Distinct(), usual);
    }

    [Fact]
    public void EveryTreatment_BelongsToACancerThatIsNamed() =>
        Assert.All(Enum.GetValues<Treatment>(), t => Assert.Contains(Enum.GetValues<CancerSite>(), s => s is not (CancerSite.Other or CancerSite.Sarcoma) && UsualTreatments.Of(s).Contains(t)));

    [Theory]
    [InlineData(CancerSite.Prostate, new[] { Mastectomy, Lumpectomy, Reconstruction, Laryngectomy, LungResection, StemCellTransplant })]
    [InlineData(CancerSite.Breast, new[] { Prostatectomy, Cystectomy, Laryngectomy, Colectomy, PancreaticSurgery })]
    [InlineData(CancerSite.Leukaemia, new[] { Mastectomy, Prostatectomy, Colectomy, Ostomy })]
    public void TheAbsurd_IsLeftOut(CancerSite site, Treatment[] absurd) => Assert.Empty(UsualTreatments.Of(site).Intersect(absurd));

    [Theory]
    [InlineData(CancerSite.Breast, new[] { Lumpectomy, Mastectomy, Reconstruction })]
    [InlineData(CancerSite.Colorectal, new[] { Colectomy, Ostomy })]
    [InlineData(CancerSite.Prostate, new[] { Prostatectomy, HormoneTherapy, ActiveSurveillance })]
    [InlineData(CancerSite.Bladder, new[] { Cystectomy, Ostomy, Prostatectomy })]
    [InlineData(CancerSite.Lung, new[] { LungResection })]
    [InlineData(CancerSite.HeadAndNeck, new[] { Laryngectomy })]
    [InlineData(CancerSite.Pancreas, new[] { PancreaticSurgery })]
    [InlineData(CancerSite.Lymphoma, new[] { StemCellTransplant })]
    [InlineData(CancerSite.Leukaemia, new[] { StemCellTransplant })]
    [InlineData(CancerSite.Myeloma, new[] { StemCellTransplant })]
    public void WhatTheCancerIsKnownFor_IsThere(CancerSite site, Treatment[] known) => Assert.Empty(known.Except(UsualTreatments.Of(site)));

    [Fact]
    public void NoCancer_AnotherOne_OrASarcoma_IsAskedEverything() =>
        Assert.All([UsualTreatments.Of(), UsualTreatments.Of(CancerSite.Other), UsualTreatments.Of(CancerSite.Sarcoma)], usual => Assert.Equal(Enum.GetValues<Treatment>(), usual));

    /// <summary>He reads of his prostate before he reads of a bladder that is seldom taken along.</summary>
    [Fact]
    public void WhatIsSeldom_ComesLast() => Assert.Equal(
        [Surgery, Prostatectomy, Chemotherapy, Radiotherapy, HormoneTherapy, Immunotherapy, TargetedTherapy, ActiveSurveillance, Ostomy, Cystectomy], UsualTreatments.Of(CancerSite.Prostate));

    [Fact]
    public void SeveralCancers_AreAskedWhatEachIs() =>
        Assert.All(Enum.GetValues<CancerSite>().SelectMany(a => Enum.GetValues<CancerSite>().Select(b => (a, b))),
            pair => Assert.Equal(UsualTreatments.Of(pair.a).Union(UsualTreatments.Of(pair.b)).Order(), UsualTreatments.Of(pair.a, pair.b).Order()));
}
