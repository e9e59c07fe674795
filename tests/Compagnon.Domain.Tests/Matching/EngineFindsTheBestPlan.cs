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

    private static void Best(int seed, Problem problem, Totals expected)
    {
        var solution = Engine.Solve(problem, new SolveOptions(Threads: 1));
        var totals = Totals.Of(problem, solution.Plan);
        Assert.True(totals.Against(expected) == 0, $"seed {seed}: {totals} instead of {expected}");
        var verdict = Verifier.Verify(problem, solution.Plan, solution.Prices);
        Assert.True(verdict.Optimal, $"seed {seed}: {verdict.Reason}");
    }
}
