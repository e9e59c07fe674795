using Compagnon.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace Compagnon.Domain.Tests.Matching;

public sealed class EngineProof
{
    [Fact]
    public void A_worse_plan_is_refused_whatever_the_prices()
    {
        var refused = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var problem = EngineSamples.Random(seed, 8, 5);
            var solution = Engine.Solve(problem);
            var best = Totals.Of(problem, solution.Plan);
            var companions = solution.Plan.Companions.ToArray();
            for (var i = 0; i < companions.Length; i++)
            {
                var other = (int[])companions.Clone();
                other[i] = problem.EdgesOf(i) == 0 || other[i] != Plan.Nobody ? Plan.Nobody : problem.EdgeAt(i, 0).Companion;
                var plan = new Plan(other);
                if (!Allowed(problem, plan, out var totals))
                {
                    Assert.False(Verifier.Verify(problem, plan, solution.Prices).Optimal);
                    continue;
                }
                if (totals.Against(best) == 0)
                    continue;
                Assert.False(Verifier.Verify(problem, plan, solution.Prices).Optimal, $"seed {seed}, patient {i}");
                refused++;
            }
        }
        Assert.True(refused > 1000);
    }

    [Fact]
    public void Prices_that_are_wrong_by_one_where_it_matters_are_refused()
    {
        var problem = new ProblemBuilder(3, 2).Capacity(0, 1).Capacity(1, 1)
            .Edge(0, 0, 700).Edge(0, 1, 300).Edge(1, 0, 600).Edge(2, 1, 900).Build();
        var solution = Engine.Solve(problem);
        Assert.True(Verifier.Verify(problem, solution.Plan, solution.Prices).Optimal);
        for (var i = 0; i < 3; i++)
            foreach (var by in new[] { -1, 1 })
            {
                var gains = solution.Prices.Patients.ToArray();
                gains[i] += by;
                Assert.False(Verifier.Verify(problem, solution.Plan, new Prices(gains, solution.Prices.Companions.ToArray())).Optimal);
            }
        for (var j = 0; j < 2; j++)
            foreach (var by in new[] { -1, 1 })
            {
                var prices = solution.Prices.Companions.ToArray();
                prices[j] += by;
                Assert.False(Verifier.Verify(problem, solution.Plan, new Prices(solution.Prices.Patients.ToArray(), prices)).Optimal);
            }
    }

    [Fact]
    public void A_plan_for_nobody_or_beyond_capacity_or_of_a_forbidden_pair_is_refused()
    {
        var problem = new ProblemBuilder(2, 2).Capacity(0, 1).Capacity(1, 1).Edge(0, 0, 5).Edge(1, 0, 5).Build();
        var prices = Engine.Solve(problem).Prices;
        foreach (var plan in new int[][] { [0, 0], [1, 0], [0, 1], [7, 0], [-2, 0], [0], [-1, -1] })
            Assert.False(Verifier.Verify(problem, new Plan(plan), prices).Optimal, string.Join(' ', plan));
    }

    [Fact]
    public void Prices_so_large_that_sums_would_wrap_are_refused()
    {
        var problem = new ProblemBuilder(1, 1).Capacity(0, 1).Edge(0, 0, 5).Build();
        Assert.False(Verifier.Verify(problem, new Plan([-1]), new Prices([0], [long.MaxValue])).Optimal);
        Assert.False(Verifier.Verify(problem, new Plan([0]), new Prices([long.MaxValue], [long.MinValue])).Optimal);
    }

    [Fact]
    public void The_order_of_the_lines_does_not_change_the_plan_and_renumbering_not_the_value() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<int>().ToArbitrary(), seed =>
        {
            var problem = EngineSamples.Random(seed, 30, 12);
            var random = new Random(seed);
            var same = Rebuilt(problem, random, [.. Enumerable.Range(0, problem.Patients)], [.. Enumerable.Range(0, problem.Companions)]);
            var plan = Engine.Solve(problem, new SolveOptions(Threads: 1)).Plan;
            var again = Engine.Solve(same, new SolveOptions(Threads: 2)).Plan;
            var other = Rebuilt(problem, random, EngineSamples.Shuffled(random, problem.Patients), EngineSamples.Shuffled(random, problem.Companions));
            var renumbered = Totals.Of(other, Engine.Solve(other).Plan);
            return plan.Companions.SequenceEqual(again.Companions) && Totals.Of(problem, plan).Against(renumbered) == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Where_only_one_plan_is_best_renumbering_gives_the_same_one()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int patients = 1 + random.Next(8), companions = 1 + random.Next(5);
            var builder = new ProblemBuilder(patients, companions);
            for (var j = 0; j < companions; j++)
                builder.Capacity(j, 1 + random.Next(2));
            // powers of three: no two sets of edges have the same sum
            var fits = new Queue<int>(EngineSamples.Shuffled(random, 6).Select(k => (int)Math.Pow(3, k)));
            for (var i = 0; i < patients; i++)
                for (var j = 0; j < companions && fits.Count > 0; j++)
                    if (random.Next(3) == 0)
                        builder.Edge(i, j, fits.Dequeue());
            var problem = builder.Build();
            int[] people = EngineSamples.Shuffled(random, patients), others = EngineSamples.Shuffled(random, companions);
            var renumbered = Engine.Solve(Rebuilt(problem, random, people, others)).Plan;
            var plan = Engine.Solve(problem).Plan;
            for (var i = 0; i < patients; i++)
                Assert.Equal(plan.CompanionOf(i) < 0 ? Plan.Nobody : others[plan.CompanionOf(i)], renumbered.CompanionOf(people[i]));
        }
    }

    private static Problem Rebuilt(Problem problem, Random random, int[] people, int[] others)
    {
        var builder = new ProblemBuilder(problem.Patients, problem.Companions);
        for (var j = 0; j < problem.Companions; j++)
            builder.Capacity(others[j], problem.CapacityOf(j)).Load(others[j], problem.LoadOf(j));
        foreach (var i in EngineSamples.Shuffled(random, problem.Patients))
        {
            builder.Days(people[i], problem.DaysOf(i)).Class(people[i], problem.ClassOf(i));
            foreach (var e in EngineSamples.Shuffled(random, problem.EdgesOf(i)))
                builder.Edge(people[i], others[problem.EdgeAt(i, e).Companion], problem.EdgeAt(i, e).Fit);
        }
        return builder.Build(problem.Weights);
    }

    private static bool Allowed(Problem problem, Plan plan, out Totals totals)
    {
        try
        {
            totals = Totals.Of(problem, plan);
            return true;
        }
        catch (ArgumentException)
        {
            totals = null!;
            return false;
        }
    }
}
