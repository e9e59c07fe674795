using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Each choice among the best for one patient is worked out with what was learnt from those before it, and comes to what it does by itself.</summary>
public sealed class EngineBestOfMany
{
    private const int Companions = 600;

    /// <param name="places">Of each companion, at most.</param>
    /// <param name="nearness">0: as suits the market.</param>
    [Theory]
    [InlineData(4, 300, false)]
    [InlineData(1, 300, false)]
    [InlineData(2, 5, false)]
    [InlineData(3, 1000, true)]
    [InlineData(1, 40, true)]
    // where the second side has come further than prices rise
    [InlineData(4, 1001, true, 4)]
    [InlineData(1, 600, true, 4)]
    [InlineData(1, 600, false, 1)]
    // where few pairs are near, and prices that stay make others so
    [InlineData(1, 200, false, 60, 12)]
    public void All_choices_for_a_patient_come_to_what_each_does_by_itself(int places, int fits, bool hasLoad, int alone = 16, long nearness = 0)
    {
        var random = new Random(places + fits);
        using var live = new LivePlan(Market(random, places, fits, hasLoad), new SolveOptions(Threads: 1)) { Searches = { NearFrom = 1, Alone = alone, Nearness = nearness } };
        var moved = 0;
        for (var step = 0; step < 200; step++)
        {
            var patient = random.Next(live.Patients);
            var before = live.ToSolution();
            var best = live.BestFor(patient, 12);
            var after = live.ToSolution();
            Assert.True(before.Plan.Companions.SequenceEqual(after.Plan.Companions) && before.Prices.Companions.SequenceEqual(after.Prices.Companions), $"step {step}: asking left a trace");
            Assert.All(best, choice => Assert.Equal(0, choice.Effect.Against(live.EffectOf(patient, choice.Companion)!)));
            Assert.All(best, choice => Assert.Equal(choice.Effect.Matches, choice.Effect.NowMatched.Count - choice.Effect.LeftWithout.Count));
            Assert.All(best.Zip(best.Skip(1)), pair => Assert.InRange(pair.First.Effect.Against(pair.Second.Effect), 0, int.MaxValue));
            if (live.CompanionOf(patient) is var has and not Plan.Nobody)
                Assert.True(best.Single(choice => choice.Companion == has).Effect.IsNothing);
            moved += best.Count(choice => !choice.Effect.IsNothing);
            live.SetCapacity(random.Next(live.Companions), 1 + random.Next(places));
            live.RemovePatient(random.Next(live.Patients));
            live.AddPatient([.. Some(random).Select(j => new Edge(j, random.Next(fits)))], random.Next(9) == 0 ? 1 : Problem.NoClass);
        }
        Assert.InRange(moved, 300, int.MaxValue);
        var solution = live.ToSolution();
        Assert.True(Verifier.Verify(live.ToProblem(), solution.Plan, solution.Prices).Optimal);
    }

    private static Problem Market(Random random, int places, int fits, bool hasLoad)
    {
        var capacities = Enumerable.Range(0, Companions).Select(_ => 1 + random.Next(places)).ToList();
        var builder = new ProblemBuilder(capacities.Sum(), Companions);
        for (var j = 0; j < Companions; j++)
            builder.Capacity(j, capacities[j]).Load(j, random.Next(3));
        for (var i = 0; i < capacities.Sum(); i++)
        {
            builder.Class(i, random.Next(9) == 0 ? 1 : Problem.NoClass);
            foreach (var j in Some(random))
                builder.Edge(i, j, random.Next(fits));
        }
        return builder.Build(hasLoad ? new Weights([], [0, 7, 30, 31, 90]) : Weights.None);
    }

    private static IEnumerable<int> Some(Random random) => Enumerable.Range(0, 9).Select(_ => random.Next(Companions)).Distinct();
}
