using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Each kind of market that is unlike the others, by its name, against plain successive paths.</summary>
public sealed class EngineOddities
{
    [Fact]
    public void Ties() => Always((random, b) => Pairs(b, random, 12, 6, 0.5, () => 100 * random.Next(3)));

    [Fact]
    public void All_fits_equal() => Always((random, b) => Pairs(b, random, 12, 6, 0.6, () => 7));

    [Fact]
    public void Zero_fits() => Always((random, b) => Pairs(b, random, 12, 6, 0.4, () => 0));

    [Fact]
    public void Isolated_people() => Always((random, b) =>
    {
        for (var i = 0; i < 12; i += 3)
            for (var j = 0; j < 6; j += 2)
                b.Edge(i, j, random.Next(1001));
    });

    [Fact]
    public void Capacity_above_degree() => Always(
        (random, b) => Pairs(b, random, 12, 6, 0.3, () => random.Next(1001)), random => 13 + random.Next(int.MaxValue - 13));

    [Fact]
    public void Nobody_has_a_place() => Always((random, b) => Pairs(b, random, 12, 6, 0.5, () => random.Next(1001)), _ => 0);

    [Fact]
    public void One_companion_for_all() => Always((random, b) =>
    {
        for (var i = 0; i < 12; i++)
            b.Edge(i, 0, random.Next(1001));
    }, random => random.Next(15));

    [Fact]
    public void Many_free_places_with_load_prices() => Always(
        (random, b) => Pairs(b, random, 12, 6, 0.7, () => random.Next(1001)), random => 8 + random.Next(6), new Weights([], [0, 100, 150, 400, 900]));

    [Fact]
    public void Empty_sides()
    {
        foreach (var (patients, companions) in new[] { (0, 0), (5, 0), (0, 5), (5, 5) })
            Best("empty", new ProblemBuilder(patients, companions).Build());
    }

    [Fact]
    public void Priority_classes() => Always((random, b) =>
    {
        Pairs(b, random, 12, 6, 0.4, () => random.Next(1001));
        for (var i = 0; i < 12; i++)
            b.Class(i, random.Next(Problem.NoClass + 1));
    });

    [Fact]
    public void Extreme_weights() => Always((random, b) =>
    {
        Pairs(b, random, 12, 6, 0.4, () => random.Next(2) * Problem.MostFit);
        for (var i = 0; i < 12; i++)
            b.Days(i, random.Next(2) * Problem.MostDays).Class(i, random.Next(2) * Problem.NoClass);
        for (var j = 0; j < 6; j++)
            b.Load(j, random.Next(2) * Problem.MostLoad);
    }, weights: new Weights([new WaitStep(0, 0), new WaitStep(Problem.MostDays, Weights.MostWorth)], [0, Weights.MostWorth]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(535_871, 0)]
    [InlineData(Weights.MostWorth, 0)]
    [InlineData(Weights.MostWorth, Weights.MostWorth)]
    public void However_dear_places_are_the_auction_takes_part(int load, int wait)
    {
        foreach (var (matchWorth, scale) in new[] { (4000, 8), (int.MaxValue, 8), (int.MaxValue, 1 << 20) })
        {
            var random = new Random(load);
            var builder = new ProblemBuilder(300, 60);
            for (var j = 0; j < 60; j++)
                builder.Capacity(j, 1 + random.Next(6));
            Pairs(builder, random, 300, 60, 0.1, () => random.Next(Problem.MostFit + 1));
            for (var i = 0; i < 300; i++)
                builder.Class(i, random.Next(Problem.NoClass + 1)).Days(i, random.Next(2));
            var problem = builder.Build(new Weights([new WaitStep(1, wait)], [load / 2, load]));
            var solution = Engine.Solve(problem, new SolveOptions(Threads: 1) { Tuning = new Tuning(matchWorth, scale) }, out var statistics);
            Assert.True(Verifier.Verify(problem, solution.Plan, solution.Prices).Optimal);
            Assert.True(statistics.Bids > 100, $"{statistics}");
            Assert.True(statistics.Missing < 30 && statistics.Repaired < 300, $"{statistics}");
        }
    }

    [Fact]
    public void Long_chains_whatever_they_cost() => Always((random, b) =>
    {
        for (var i = 0; i < 150; i++)
        {
            b.Edge(i, i, random.Next(3));
            if (i > 0)
                b.Edge(i, i - 1, Problem.MostFit - random.Next(3));
        }
    }, _ => 1, patients: 150, companions: 150, seeds: 3);

    [Fact]
    public void More_companions_than_the_shortest_chain_remembers()
    {
        // one patient more than places, moved along a chain of three hundred links: prices are set as the patients move
        var builder = new ProblemBuilder(301, 301);
        for (var j = 0; j <= 300; j++)
            builder.Capacity(j, 1);
        builder.Edge(0, 0, 0);
        for (var i = 1; i <= 300; i++)
            builder.Edge(i, i - 1, Problem.MostFit).Edge(i, i, 0);
        var problem = builder.Build();
        var solution = Engine.Solve(problem, new SolveOptions(Threads: 1), out var statistics);
        Assert.True(Verifier.Verify(problem, solution.Plan, solution.Prices).Optimal);
        Assert.Equal((1, 0), (statistics.Missing, statistics.Repaired));
    }

    private static void Always(Action<Random, ProblemBuilder> pairs, Func<Random, int>? capacity = null, Weights? weights = null, int patients = 12, int companions = 6, int seeds = 200)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var builder = new ProblemBuilder(patients, companions);
            for (var j = 0; j < companions; j++)
                builder.Capacity(j, capacity?.Invoke(random) ?? random.Next(4));
            pairs(random, builder);
            Best($"seed {seed}", builder.Build(weights));
        }
    }

    private static void Pairs(ProblemBuilder builder, Random random, int patients, int companions, double density, Func<int> fit)
    {
        for (var i = 0; i < patients; i++)
            for (var j = 0; j < companions; j++)
                if (random.NextDouble() < density)
                    builder.Edge(i, j, fit());
    }

    private static void Best(string which, Problem problem)
    {
        var solution = Engine.Solve(problem, new SolveOptions(Threads: 1));
        var (totals, expected) = (Totals.Of(problem, solution.Plan), EngineReference.ByPaths(problem));
        Assert.True(totals.Against(expected) == 0, $"{which}: {totals} instead of {expected}");
        var verdict = Verifier.Verify(problem, solution.Plan, solution.Prices);
        Assert.True(verdict.Optimal, $"{which}: {verdict.Reason}");
    }
}
