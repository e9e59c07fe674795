using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

public sealed class EngineFindsTheBestPlan
{
    [Fact]
    public void As_good_as_trying_every_plan()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var problem = EngineSamples.Random(seed, 5, 4);
            Best(seed, problem, EngineReference.ByBruteForce(problem));
        }
    }

    [Fact]
    public void As_good_as_successive_paths()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var problem = EngineSamples.Random(100_000 + seed, 24, 10);
            Best(seed, problem, EngineReference.ByPaths(problem));
        }
    }

    [Fact]
    public void However_badly_the_auction_goes()
    {
        Tuning[] bad = [new(BidsPerPatient: 0), new(MatchWorth: 1, First: 1), new(MatchWorth: 20), new(First: 1, Divisor: 1000, Last: 4000), new(Scale: 1) { SeedFrom = 0, Seed = 300, ShortageFrom = 0 }];
        for (var seed = 0; seed < 1500; seed++)
        {
            var problem = EngineSamples.Random(200_000 + seed, 20, 9);
            Best(seed, problem, EngineReference.ByPaths(problem), bad[seed % bad.Length]);
        }
    }

    [Fact]
    public void A_chain_that_makes_the_last_match_dear()
    {
        // each patient fits the next companion by 1000 and its own by 0, and the last companion has only one who may come: one match more costs 1000 a link
        const int links = 40;
        var builder = new ProblemBuilder(links + 1, links + 1);
        for (var j = 0; j <= links; j++)
            builder.Capacity(j, 1);
        builder.Edge(0, 0, 0);
        for (var i = 1; i <= links; i++)
            builder.Edge(i, i - 1, Problem.MostFit).Edge(i, i, 0);
        var problem = builder.Build();
        var solution = Engine.Solve(problem);
        var totals = Totals.Of(problem, solution.Plan);
        Assert.Equal((links + 1, 0L), (totals.Matched, totals.TotalFit));
        Assert.True(Verifier.Verify(problem, solution.Plan, solution.Prices).Optimal);
    }

    /// <summary>
    /// Only who is near suits, and there are as many places as patients: some are free on one side while patients are left on the other, with chains of moves all
    /// across in between. First as it is; then with a match worth so little that nobody is moved far until it is raised; then with no auction at all.
    /// </summary>
    [Fact]
    public void Where_only_neighbours_suit_each_other()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var classes = seed % 3 == 2;
            var problem = EngineSamples.Plane(seed, 400, 100, 8, classes);
            // with classes the reference's numbers would be too wide for so many: there the proof alone tells
            var expected = classes ? Totals.Of(problem, Engine.Solve(problem).Plan) : EngineReference.ByPaths(problem);
            Best(seed, problem, expected);
            Best(seed, problem, expected, new Tuning(MatchWorth: 30));
            Best(seed, problem, expected, new Tuning(BidsPerPatient: 0));
        }
        Engine.Solve(EngineSamples.Plane(1, 3000, 600, 8, classes: false), new SolveOptions(Threads: 1) { Tuning = new Tuning(MatchWorth: 100) }, out var statistics);
        Assert.True(statistics.Missing < 16, $"{statistics}");
    }

    // Bids in turn, as in small parts, and at once, as in large ones.
    private static void Best(int seed, Problem problem, Totals expected, Tuning? tuning = null)
    {
        tuning ??= new Tuning();
        foreach (var each in new[] { tuning, EngineSamples.AtOnce(tuning) })
        {
            var solution = Engine.Solve(problem, new SolveOptions(Threads: 1) { Tuning = each });
            var totals = Totals.Of(problem, solution.Plan);
            Assert.True(totals.Against(expected) == 0, $"seed {seed}: {totals} instead of {expected}, {each}");
            var verdict = Verifier.Verify(problem, solution.Plan, solution.Prices);
            Assert.True(verdict.Optimal, $"seed {seed}: {verdict.Reason}, {each}");
        }
    }
}
