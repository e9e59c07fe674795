using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using FsCheck;
using FsCheck.Fluent;
using static Compagnon.Domain.Tests.Matching.People;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>What holds of every patient, companion and setting; each case is a seed, which a failure prints.</summary>
public sealed class FitProperties
{
    private sealed record World(Random R, PatientFacts Patient, CompanionFacts Companion, Weights Weights)
    {
        public Fit Fit(CompanionFacts? companion = null, PatientFacts? patient = null) =>
            Domain.Matching.Fit.Of(patient ?? Patient, companion ?? Companion, Weights, Today);
    }

    private static void InEveryWorld(Action<World> holds) => Prop.ForAll<int>(seed =>
    {
        var r = new Random(seed);
        holds(new World(r, RandomPatient(r), RandomCompanion(r), RandomWeights(r)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(1_000_000_000).WithStartSize(1_000_000));

    private static string Show(FitLine line) => string.Join('|', line.Criterion, line.Place, line.Max, line.Share, line.Points, line.Reason.Key,
        string.Join(',', line.Reason.Shared), string.Join(',', line.Reason.NotShared), string.Join(',', line.Reason.Instead), string.Join(',', line.Reason.Avoided),
        line.Reason.Year, line.Reason.YearsAgo);

    private static string Show(Fit fit) => string.Join('\n', fit.Lines.Select(Show));

    private static string Show(IEnumerable<Exclusion> exclusions) => string.Join('\n', exclusions.Select(e => $"{e.Rule} {e.MustHave} {string.Join(',', e.Facts)} {e.Until}"));

    [Fact]
    public void PointsStayWithinTheirMost_AndAddUpToTheTotal() => InEveryWorld(w =>
    {
        var fit = w.Fit();
        Assert.All(fit.Lines, l => Assert.InRange(l.Points, 0, l.Max));
        Assert.All(fit.Lines, l => Assert.InRange(l.Share, 0, 1000));
        Assert.Equal(100, fit.Lines.Sum(l => l.Max));
        Assert.Equal(fit.Total, 10 * fit.Lines.Sum(l => l.Points));
        Assert.InRange(fit.Total, 0, 1000);
    });

    [Fact]
    public void PatientsOrder_IsTheOrderOfTheBars() => InEveryWorld(w =>
    {
        var ranked = w.Fit().Lines.Where(l => l.Place is not null).ToArray();
        Assert.Equal(Enumerable.Range(1, ranked.Length), ranked.Select(l => l.Place!.Value));
        Assert.Equal(ranked.OrderByDescending(l => l.Max).Select(l => l.Max), ranked.Select(l => l.Max));
    });

    [Fact]
    public void RankingACriterion_NeverMakesItCountLess() => InEveryWorld(w =>
    {
        foreach (var criterion in Enum.GetValues<Preference>())
        {
            var before = Ranking.WeightsFor([], w.Weights, w.Patient.WishedGender);
            var after = Ranking.WeightsFor([criterion], w.Weights, w.Patient.WishedGender);
            Assert.True(after[criterion] >= before[criterion]);
        }
    });

    [Fact]
    public void DeletingOneSharedFact_RemovesExactlyThatReason_AndMovesOnlyItsBar()
    {
        var deleted = new HashSet<Preference>();
        InEveryWorld(w =>
        {
            var before = w.Fit();
            foreach (var (line, fact) in before.Lines.SelectMany(l => l.Reason.Shared.Select(f => (l, f))))
            {
                var after = w.Fit(Without(w.Companion, fact, w.Patient));
                deleted.Add(line.Criterion);
                Assert.Equal(before.Lines.Where(l => l.Criterion != line.Criterion).Select(Show), after.Lines.Where(l => l.Criterion != line.Criterion).Select(Show), StringComparer.Ordinal);
                var now = after.Line(line.Criterion);
                Assert.Equal(line.Reason.Shared.Where(f => f != fact), now.Reason.Shared);
                Assert.Contains(fact, now.Reason.NotShared);
                Assert.True(now.Share < line.Share, $"{fact}: {line.Share} → {now.Share}");
                Assert.True(now.Points <= line.Points);
                Assert.Equal(line.Max, now.Max);
            }
        });
        Assert.Equal(Enum.GetValues<Preference>(), deleted.Order());
    }

    [Fact]
    public void AddingATrueMatchingFact_NeverLowers_AndShowsIt() => InEveryWorld(w =>
    {
        var before = w.Fit();
        foreach (var (line, fact) in before.Lines.SelectMany(l => l.Reason.NotShared.Select(f => (l, f))))
        {
            // a treatment or a recurrence comes with a cancer: on an empty list it would add two facts at once
            if (fact.Kind is FactKind.Treatment or FactKind.Moment && w.Companion.Experiences.Count == 0) continue;
            var after = w.Fit(With(w.Companion, fact));
            Assert.True(after.Line(line.Criterion).Share >= line.Share, $"{fact}");
            Assert.True(after.Total >= before.Total, $"{fact}");
            Assert.Contains(fact, after.Line(line.Criterion).Reason.Shared);
        }
    });

    [Fact]
    public void EmptyProfile_NeverStandsBeforeOneOfWhomSomethingIsKnown() => InEveryWorld(w =>
    {
        var settings = new ProgrammeSettings { FacilityId = Here, Weights = w.Weights };
        var empty = Cleared(1) with { Languages = [], IdleDays = 5000 };
        var known = Eligible(w.Companion) with { IdleDays = 0 };
        var patient = w.Patient with { MustHaves = [], Languages = [], Topics = [] };
        var ranked = Candidates.For(patient, [empty, known], settings, Today).Ranked;
        Assert.Equal(2, ranked.Count);
        var knownFit = ranked.Single(c => c.Companion.CompanionId == known.CompanionId).Fit;
        if (knownFit.Lines.Any(l => l.Reason.Shared.Count > 0 || l.Reason.Reading is Reading.NotShared or Reading.Partly)) Assert.Equal(known.CompanionId, ranked[0].Companion.CompanionId);
        // and criterion by criterion: who shares something is never below who says nothing
        var nothing = w.Fit(empty, patient);
        Assert.All(knownFit.Lines.Where(l => l.Reason.Shared.Count > 0), l => Assert.True(l.Share > nothing.Line(l.Criterion).Share));
    });

    [Fact]
    public void Unknown_LiesBetweenNothingSharedAndAnythingShared() => InEveryWorld(w => Assert.All(w.Fit().Lines, l =>
    {
        var unknown = w.Weights.Unknown * 10;
        if (l.Reason.Reading is Reading.NotKnown or Reading.NotAsked) Assert.Equal(unknown, l.Share);
        else if (l.Reason.Reading == Reading.NotShared) Assert.True(l.Share <= unknown);
        else Assert.True(l.Share > unknown);
    }));

    [Fact]
    public void Reordering_ChangesNothing() => InEveryWorld(w =>
    {
        var r = w.R;
        Assert.Equal(Show(w.Fit()), Show(w.Fit(Shuffled(r, w.Companion), Shuffled(r, w.Patient))));
        var settings = Settings;
        Assert.Equal(Show(HardRules.Check(w.Patient, w.Companion, settings, Today)), Show(HardRules.Check(Shuffled(r, w.Patient), Shuffled(r, w.Companion), settings, Today)));
        CompanionFacts[] all = [.. Enumerable.Range(0, 8).Select(_ => RandomCompanion(r))];
        var one = Candidates.For(w.Patient, all, settings, Today);
        var other = Candidates.For(w.Patient, Shuffle(r, all), settings, Today);
        Assert.Equal(one.Ranked.Select(c => c.Companion.CompanionId), other.Ranked.Select(c => c.Companion.CompanionId));
        Assert.Equal(one.Excluded.Select(c => c.Companion.CompanionId), other.Excluded.Select(c => c.Companion.CompanionId));
    });

    [Fact]
    public void AnIrrelevantFact_ChangesNoPoints() => InEveryWorld(w =>
    {
        var (patient, companion) = (w.Patient, w.Companion);
        var before = w.Fit();
        var more = companion with
        {
            // one more of what the patient never named, where the list isn't empty: the first fact turns "not known" into "known"
            Topics = companion.Topics.Except(companion.Avoids).Any() ? [.. companion.Topics, .. Enum.GetValues<Topic>().Except(patient.Topics)] : companion.Topics,
            LifeSituations = companion.LifeSituations.Count > 0 ? [.. companion.LifeSituations, .. Enum.GetValues<LifeSituation>().Except(patient.LifeSituations)] : [],
            Cultures = companion.Cultures.Count > 0 ? [.. companion.Cultures, "navigatrice"] : [],
            Languages = [.. companion.Languages, "fr", "en"],
            Avoids = [.. companion.Avoids, .. Enum.GetValues<Topic>().Except(patient.Topics).Except(companion.Topics)],
            Municipality = "Rimouski",
        };
        Assert.Equal(before.Lines.Select(l => (l.Criterion, l.Points, l.Share, l.Reason.Reading)), w.Fit(more).Lines.Select(l => (l.Criterion, l.Points, l.Share, l.Reason.Reading)));
    });

    [Fact]
    public void Renaming_ChangesNothing() => InEveryWorld(w => Assert.Equal(
        Show(w.Fit()),
        Show(w.Fit(w.Companion with { CompanionId = Guid.NewGuid(), FacilityId = Guid.NewGuid() }, w.Patient with { ReferralId = Guid.NewGuid(), FacilityId = Guid.NewGuid() }))));

    [Fact]
    public void AFresherExperience_IsNeverWorse() => InEveryWorld(w =>
    {
        var fresher = w.Companion with
        {
            Experiences = [.. w.Companion.Experiences.Select(e => Lived(e.Site, e.Year, [.. e.Treatments.Select(t => new LivedTreatment
            {
                Treatment = t.Treatment, Regimen = t.Regimen, Year = t.Year is { } year ? Math.Min(Today.Year, year + 1 + w.R.Next(5)) : t.Year,
            })]))],
        };
        Assert.True(w.Fit(fresher).Total >= w.Fit().Total);
    });

    [Fact]
    public void EachRule_DependsOnItsOwnFactsOnly() => InEveryWorld(w =>
    {
        var rules = HardRules.Check(w.Patient, w.Companion, Settings, Today);
        Assert.Equal(rules.Select(e => (int)e.Rule).Order(), rules.Select(e => (int)e.Rule));
        var freed = HardRules.Check(w.Patient, w.Companion with { Capacity = 9 }, Settings, Today);
        Assert.Equal(Show(rules.Where(e => e.Rule != ExclusionRule.Full)), Show(freed));
        var back = HardRules.Check(w.Patient, w.Companion with { Paused = false }, Settings, Today);
        Assert.Equal(Show(rules.Where(e => e.Rule != ExclusionRule.Paused)), Show(back));
    });

    private static CompanionFacts Eligible(CompanionFacts c) => c with { FacilityId = Here, PlacesUsed = 0, Paused = false, ClearedUntil = Today, Municipality = null };

    private static CompanionFacts Without(CompanionFacts c, Fact fact, PatientFacts patient) => fact.Kind switch
    {
        // a site nobody asks for takes its place: its treatments stay
        FactKind.CancerSite => c with { Experiences = [.. c.Experiences.Where(e => Fact.Of(e.Site) != fact || e.Treatments.Count > 0).Select(e => Fact.Of(e.Site) == fact ? Lived(SiteNotAsked(patient, c), e.Year, [.. e.Treatments]) : e)] },
        FactKind.Treatment => c with { Experiences = [.. c.Experiences.Select(e => Lived(e.Site, e.Year, [.. e.Treatments.Where(t => !Carries(t.Treatment, fact))]))] },
        FactKind.Topic => c with { Topics = [.. c.Topics.Where(t => Fact.Of(t) != fact)] },
        FactKind.Language => c with { Languages = [.. c.Languages.Where(l => Fact.Language(l) != fact)] },
        FactKind.Decade => c with { DecadeOfBirth = null },
        FactKind.LifeSituation => c with { LifeSituations = [.. c.LifeSituations.Where(l => Fact.Of(l) != fact)] },
        FactKind.Culture => c with { Cultures = [.. c.Cultures.Where(l => Fact.Culture(l) != fact)] },
        FactKind.Gender => c with { Gender = null },
        FactKind.DayPart => c with { DayParts = [.. c.DayParts.Where(d => Fact.Of(d) != fact)] },
        FactKind.Channel => c with { Channels = [.. c.Channels.Where(d => Fact.Of(d) != fact)] },
        FactKind.Moment => throw new InvalidOperationException("random companions had each cancer once"),
    };

    /// <summary>Nor one they lived through already: the same cancer twice would be a recurrence, another fact.</summary>
    private static CancerSite SiteNotAsked(PatientFacts patient, CompanionFacts companion) =>
        Enum.GetValues<CancerSite>().First(s => s != patient.Site && !patient.OtherSites.Contains(s) && companion.Experiences.All(e => e.Site != s));

    /// <summary>"Surgery" is carried by any operation.</summary>
    private static bool Carries(Treatment lived, Fact fact) => Fact.Of(lived) == fact
        || (fact == Fact.Of(Treatment.Surgery) && Trajectory.IsSurgery(lived));

    private static CompanionFacts With(CompanionFacts c, Fact fact) => fact.Kind switch
    {
        FactKind.CancerSite => c with { Experiences = [.. c.Experiences, Lived(Enum.Parse<CancerSite>(fact.Code), 2000)] },
        FactKind.Treatment => c with { Experiences = [.. c.Experiences, Lived(c.Experiences[0].Site, c.Experiences[0].Year, new LivedTreatment { Treatment = Enum.Parse<Treatment>(fact.Code) })] },
        FactKind.Moment => c with { Experiences = [.. c.Experiences, Lived(c.Experiences[0].Site, 1990), Lived(c.Experiences[0].Site, 1991)] },
        FactKind.Topic => c with { Topics = [.. c.Topics, Enum.Parse<Topic>(fact.Code)], Avoids = [.. c.Avoids.Where(t => Fact.Of(t) != fact)] },
        FactKind.Language => c with { Languages = [.. c.Languages, fact.Code] },
        FactKind.Decade => c with { DecadeOfBirth = int.Parse(fact.Code, System.Globalization.CultureInfo.InvariantCulture) },
        FactKind.LifeSituation => c with { LifeSituations = [.. c.LifeSituations, Enum.Parse<LifeSituation>(fact.Code)] },
        FactKind.Culture => c with { Cultures = [.. c.Cultures, fact.Code] },
        FactKind.Gender => c with { Gender = Enum.Parse<Gender>(fact.Code) },
        FactKind.DayPart => c with { DayParts = [.. c.DayParts, Enum.Parse<DayPart>(fact.Code)] },
        FactKind.Channel => c with { Channels = [.. c.Channels, Enum.Parse<Channel>(fact.Code)] },
    };

    private static PatientFacts Shuffled(Random r, PatientFacts p) => p with
    {
        OtherSites = Shuffle(r, p.OtherSites), Treatments = Shuffle(r, p.Treatments), Topics = Shuffle(r, p.Topics), Languages = Shuffle(r, p.Languages),
        LifeSituations = Shuffle(r, p.LifeSituations), Cultures = Shuffle(r, p.Cultures), DayParts = Shuffle(r, p.DayParts), Channels = Shuffle(r, p.Channels),
        MustHaves = Shuffle(r, p.MustHaves),
    };

    private static CompanionFacts Shuffled(Random r, CompanionFacts c) => c with
    {
        Experiences = [.. Shuffle(r, c.Experiences).Select(e => Lived(e.Site, e.Year, Shuffle(r, e.Treatments)))],
        Topics = Shuffle(r, c.Topics), Avoids = Shuffle(r, c.Avoids), Languages = Shuffle(r, c.Languages), LifeSituations = Shuffle(r, c.LifeSituations),
        Cultures = Shuffle(r, c.Cultures), DayParts = Shuffle(r, c.DayParts), Channels = Shuffle(r, c.Channels),
    };
}
