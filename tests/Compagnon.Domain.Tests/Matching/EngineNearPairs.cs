using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>A long search of a live plan looks at near pairs only, which are kept up while people come, go and change places and prices drift.</summary>
public sealed class EngineNearPairs
{
    /// <summary>Tight markets in one piece, large enough that searches are long by themselves; fits so alike that most pairs are near, or so far from each other that few are.</summary>
    /// <param name="nearness">0: as suits the market.</param>
    [Theory]
    [InlineData(30, 16, 32)]
    [InlineData(1000, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(400, 16, 32)]
    [InlineData(1000, 2, 5)]
    [InlineData(1000, 0, 1)]
    // from both ends early, and the second side sure of little
    [InlineData(1000, 0, 0, 12)]
    [InlineData(300, 6, 24, 12)]
    [InlineData(1000, 4, 60, 24)]
    [InlineData(1000, 8, 9, 7)]
    public void What_changes_beside_long_searches_is_kept_up(int fits, int slack, long nearness, int alone = 128)
    {
        var random = new Random(fits + slack);
        const int companions = 700, patients = 4 * companions;
        using var live = new LivePlan(Market(random, patients, companions, fits), new SolveOptions(Threads: 1))
        {
            Searches = { Slack = slack, Nearness = nearness, NearFrom = 6, Alone = alone },
        };
        var decided = new List<int>();
        for (var step = 0; step < 400; step++)
        {
            Change(live, random, fits, decided);
            live.EffectOf(random.Next(live.Patients), random.Next(live.Companions));
            live.BestFor(random.Next(live.Patients), 2);
            if (step % 8 != 0)
                continue;
            var solution = live.ToSolution();
            var verdict = Verifier.Verify(live.ToProblem(), solution.Plan, solution.Prices);
            Assert.True(verdict.Optimal, $"step {step}: {verdict.Reason}");
        }
        Assert.InRange(live.Searches.SettledNear, 1_000, long.MaxValue);
    }

    /// <summary>Answers are those of a plan that looks at all pairs.</summary>
    [Fact]
    public void A_question_hears_the_same_as_where_all_pairs_are_looked_at()
    {
        var problem = Market(new Random(5), 2800, 700, 200);
        using LivePlan all = new(problem, new SolveOptions(Threads: 1)) { Searches = { NearFrom = int.MaxValue } },
            near = new(problem, new SolveOptions(Threads: 1)) { Searches = { NearFrom = 1, Nearness = 8, Slack = 3 } };
        Random first = new(5), second = new(5);
        List<int> decided = [], again = [];
        for (var step = 0; step < 150; step++)
        {
            Change(all, first, 200, decided);
            Change(near, second, 200, again);
            Assert.Equal(0, all.Totals.Against(near.Totals));
            int patient = first.Next(all.Patients), companion = first.Next(all.Companions);
            _ = (second.Next(), second.Next());
            Assert.True(all.EffectOf(patient, companion)?.Against(near.EffectOf(patient, companion)!) is null or 0, $"step {step}: {patient}, {companion}");
            var (best, same) = (all.BestFor(patient, 3), near.BestFor(patient, 3));
            Assert.Equal(best.Count, same.Count);
            Assert.All(best.Zip(same), b => Assert.Equal(0, b.First.Effect.Against(b.Second.Effect)));
            var newcomer = Enumerable.Range(0, 6).Select(k => ((patient + (k * 7)) % all.Patients, 100 * k)).DistinctBy(p => p.Item1).ToList();
            Assert.Equal(0, all.EffectOfCompanion(2, newcomer)!.Against(near.EffectOfCompanion(2, newcomer)!));
        }
        Assert.Equal(0, all.Searches.SettledNear);
        Assert.InRange(near.Searches.SettledNear, 5_000, long.MaxValue);
    }

    /// <summary>Where no search is long any more, nothing is kept up; where one is again, it begins anew.</summary>
    [Fact]
    public void After_many_moves_without_a_long_search_all_begins_anew()
    {
        var random = new Random(3);
        using var live = new LivePlan(Market(random, 2800, 700, 300), new SolveOptions(Threads: 1)) { Searches = { NearFrom = 1 } };
        long met = 0;
        for (var round = 0; round < 3; round++)
        {
            live.Searches.NearFrom = 1;
            for (var step = 0; step < 30; step++)
                Change(live, random, 300, []);
            Assert.True(live.Searches.SettledNear > met, $"round {round}");
            live.Searches.NearFrom = int.MaxValue;
            for (var step = 0; step < 400; step++)
                Change(live, random, 300, []);
            met = live.Searches.SettledNear;
            var solution = live.ToSolution();
            Assert.True(Verifier.Verify(live.ToProblem(), solution.Plan, solution.Prices).Optimal, $"round {round}");
        }
    }

    private static void Change(LivePlan live, Random random, int fits, List<int> decided)
    {
        int patient = random.Next(live.Patients), companion = random.Next(live.Companions);
        switch (random.Next(12))
        {
            case 0 or 1:
                live.AddPatient([.. Some(random, live.Companions).Select(j => new Edge(j, random.Next(fits)))], random.Next(9) == 0 ? 1 : Problem.NoClass);
                break;
            case 2:
                live.RemovePatient(patient);
                decided.Remove(patient);
                break;
            case 3:
                live.SetCapacity(companion, live.CapacityOf(companion) + 1);
                break;
            case 4:
                // a few close and open again, at another price
                companion %= 20;
                live.SetCapacity(companion, live.CapacityOf(companion) > 0 ? 0 : 4);
                break;
            case 5 when live.CompanionOf(patient) is var now and not Plan.Nobody && !live.IsFixed(patient):
                live.Forbid(patient, now);
                break;
            case 6:
                for (var k = 0; k < 20; k++)
                    live.SetEdge(random.Next(live.Patients), random.Next(live.Companions), random.Next(fits));
                break;
            case 7 when live.CompanionOf(patient) is var now and not Plan.Nobody && !live.IsFixed(patient):
                live.Fix(patient, now);
                decided.Add(patient);
                break;
            // for somebody who waits
            case 10 or 11 when Waiting(live, patient) is var waits and not Plan.Nobody && live.BestFor(waits, 9) is [.., var last]:
                live.Fix(waits, last.Companion);
                decided.Add(waits);
                break;
            case 8 when decided.Count > 0:
                live.Release(decided[0]);
                decided.RemoveAt(0);
                break;
            default:
                if (random.Next(4) == 0)
                    live.RemoveCompanion(companion);
                live.AddCompanion(1 + random.Next(3), [.. Some(random, live.Patients).Select(i => (i, random.Next(fits)))]);
                break;
        }
    }

    private static int Waiting(LivePlan live, int from)
    {
        for (var k = 0; k < live.Patients; k++)
            if (live.CompanionOf((from + k) % live.Patients) == Plan.Nobody)
                return (from + k) % live.Patients;
        return Plan.Nobody;
    }

    private static Problem Market(Random random, int patients, int companions, int fits)
    {
        var builder = new ProblemBuilder(patients, companions);
        for (var j = 0; j < companions; j++)
            builder.Capacity(j, patients / companions);
        for (var i = 0; i < patients; i++)
            foreach (var j in Some(random, companions))
                builder.Edge(i, j, random.Next(fits));
        return builder.Build();
    }

    private static int[] Some(Random random, int people) => [.. Enumerable.Range(0, 8).Select(_ => random.Next(people)).Distinct()];
}
