using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using static Compagnon.Domain.Tests.Matching.People;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>What a round and the map of experience are made of, in random worlds of many people.</summary>
public sealed class RoundProperties
{
    private static IEnumerable<(PatientFacts[] Patients, CompanionFacts[] Companions)> Worlds(int most)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var r = new Random(seed);
            yield return ([.. Enumerable.Range(0, r.Next(most)).Select(_ => Common(r))], [.. Enumerable.Range(0, r.Next(12)).Select(_ => RandomCompanion(r))]);
        }
    }

    /// <summary>Few cancers and treatments, so that counts on both sides of five come up.</summary>
    private static PatientFacts Common(Random r) => RandomPatient(r) with
    {
        Site = r.Next(8) == 0 ? null : (CancerSite)r.Next(4),
        Treatments = [.. Enumerable.Range(0, r.Next(3)).Select(_ => new PlannedTreatment { Treatment = (Treatment)r.Next(4) })],
        Languages = r.Next(4) == 0 ? ["fr", "en"] : ["fr"],
    };

    [Fact]
    public void AllowedPairs_AreTheRankedOfThePage_WithTheirFitAndScore_WhoeverIsLikeWhom()
    {
        foreach (var (patients, companions) in Worlds(20))
        {
            var allowed = new AllowedPairs(companions, Settings, Today);
            foreach (var patient in patients)
            {
                var ranked = Candidates.For(patient, companions, Settings, Today).Ranked;
                Assert.Equal(ranked.Select(c => (c.Companion.CompanionId, c.Fit.NothingKnown ? 0 : c.Fit.Total, c.Score)).Order(),
                    allowed.Of(patient).Select(p => (companions[p.Companion].CompanionId, p.Fit, p.Score)).Order());
            }
        }
    }

    [Fact]
    public void InARound_AnEmptyProfileIsInQuestion_OnlyWhereNobodyElseIs()
    {
        var (dropped, alone) = (0, 0);
        foreach (var (patients, companions) in Worlds(20))
        {
            CompanionFacts[] all = [.. companions, new() { CompanionId = Guid.NewGuid(), FacilityId = companions.Length > 0 ? companions[0].FacilityId : Settings.FacilityId, Languages = ["fr", "en"], ClearedUntil = Today, Capacity = 1 }];
            var allowed = new AllowedPairs(all, Settings, Today);
            foreach (var patient in patients)
            {
                var pairs = allowed.Of(patient);
                var round = AllowedPairs.ForARound(pairs);
                Assert.Equal(pairs.Any(p => p.Score >= 0) ? pairs.Where(p => p.Score >= 0) : pairs, round);
                dropped += pairs.Count - round.Count;
                alone += round.Count(p => p.Score < 0);
            }
        }
        Assert.True(dropped > 50 && alone > 50, $"{dropped} dropped, {alone} alone");
    }

    [Fact]
    public void TheMap_CountsEachPersonOnceInEachRowAboutThem()
    {
        foreach (var (patients, companions) in Worlds(30))
        {
            foreach (var row in ExperienceMap.Of(patients, companions, Today))
            {
                Assert.Equal(patients.Count(p => IsIn(p, row)), row.Waiting);
                Assert.InRange(row.Free, 0, row.Could);
                Assert.InRange(row.Could, 0, companions.Length);
            }
        }
    }

    [Fact]
    public void RolledUp_NothingSmallIsShown_AndNobodyIsLost()
    {
        var shown = 0;
        foreach (var (patients, companions) in Worlds(60))
        {
            var rows = ExperienceMap.RolledUp(patients, companions, Today);
            Assert.All(rows, r => Assert.True(r.Waiting >= ExperienceMap.Least, r.ToString()));
            var all = patients.Where(p => p.Site is not null && p.Certainty != Certainty.NotKnownYet && p.Languages.Count > 0).ToList();
            if (rows.Count == 0) Assert.True(all.Count < ExperienceMap.Least);
            foreach (var patient in rows.Count == 0 ? [] : all)
                Assert.Contains(rows, r => r.Site is null || (r.Site == patient.Site && (r.Language is null || IsIn(patient, r))));
            // what a rolled-up row hides can't be worked out: it is a row of its own, and it is not small
            Assert.All(rows.Where(r => r.Language is null).GroupBy(r => r.Site), g => Assert.Single(g));
            shown += rows.Count;
        }
        Assert.True(shown > 300, $"only {shown} rows: the worlds are too small to show anything");
    }

    [Fact]
    public void TheOrderOfPeople_ChangesNothing()
    {
        foreach (var (patients, companions) in Worlds(40))
        {
            var r = new Random(patients.Length);
            Assert.Equal(ExperienceMap.RolledUp(patients, companions, Today), ExperienceMap.RolledUp(Shuffle(r, patients), Shuffle(r, companions), Today));
            Assert.Equal(ExperienceMap.Of(patients, companions, Today), ExperienceMap.Of(Shuffle(r, patients), Shuffle(r, companions), Today));
        }
    }

    [Fact]
    public void PricesRise_AndWaitingIsWorthMoreTheLongerItLasts()
    {
        var settings = Settings;
        Assert.Equal([0, 30, 60, 90, 120], PlanWeights.LoadPrices(settings));
        Assert.Equal(((7, 30), (70, 300)), (PlanWeights.Waiting(settings)[0], PlanWeights.Waiting(settings)[^1]));
        settings.Weights = settings.Weights with { Sharing = 0 };
        Assert.All(PlanWeights.LoadPrices(settings), p => Assert.Equal(0, p));
        Assert.All(PlanWeights.Waiting(settings), w => Assert.Equal(0, w.Worth));
    }

    [Fact]
    public void AnOstomyThatNobodyHasLived_IsTheWidestGap()
    {
        PatientFacts[] patients = [.. Enumerable.Range(0, 6).Select(i => Nadia with { Site = CancerSite.Colorectal, Treatments = [new() { Treatment = Treatment.Surgery }, new() { Treatment = Treatment.Ostomy }] }), Nadia];
        var rows = ExperienceMap.Of(patients, [Ghislaine], Today);
        Assert.Equal(new ExperienceRow(CancerSite.Colorectal, Treatment.Ostomy, "fr", 6, 0, 0), rows[0]);
        Assert.Equal(new ExperienceRow(CancerSite.Breast, Treatment.Chemotherapy, "fr", 1, 1, 1), rows[^1]);
        // the one with another cancer goes with the six: alone they would be one
        Assert.Equal([new ExperienceRow(null, null, null, 7, 1, 1)], ExperienceMap.RolledUp(patients, [Ghislaine], Today));
    }

    private static bool IsIn(PatientFacts p, ExperienceRow row) =>
        p.Site == row.Site && p.Certainty != Certainty.NotKnownYet && p.Languages.Contains(row.Language!)
        && (row.Treatment is { } t ? p.Treatments.Any(x => x.Treatment == t) && !(t == Treatment.Surgery && p.Treatments.Any(x => x.Treatment != t && Trajectory.IsSurgery(x.Treatment))) : p.Treatments.Count == 0);
}
