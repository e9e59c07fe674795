using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>What is said of the others follows from values of plans, which are unique, and never from which of several best plans is at hand.</summary>
public sealed class EngineOthers
{
    [Fact]
    public void Who_only_changes_places_with_somebody_else_leaves_nobody_more_waiting()
    {
        // three patients, two companions, all fits equal: two are matched whatever is chosen
        var orders = new[] { new[] { 0, 1, 2 }, [1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0], [2, 0, 1] };
        foreach (var at in orders)
        {
            var builder = new ProblemBuilder(3, 2).Capacity(0, 1).Capacity(1, 1);
            foreach (var (patient, companion) in new[] { (0, 0), (0, 1), (1, 0), (2, 1) })
                builder.Edge(at[patient], companion, 500);
            using var live = new LivePlan(builder.Build());
            foreach (var companion in new[] { 0, 1 })
            {
                var others = live.EffectOnOthers(at[0], companion)!;
                Assert.Equal((0, 0, Plan.Nobody, true), (others.Lost, others.Instead, others.Example, others.IsBest));
            }
        }
    }

    [Fact]
    public void An_urgent_person_is_not_made_up_for_by_another()
    {
        // the first takes the only one for the urgent second, and leaves theirs to the third
        var builder = new ProblemBuilder(3, 2).Capacity(0, 1).Capacity(1, 1).Class(1, 0)
            .Edge(0, 0, 900).Edge(0, 1, 900).Edge(1, 0, 100).Edge(2, 1, 100);
        using var live = new LivePlan(builder.Build());
        var others = live.EffectOnOthers(0, 0)!;
        Assert.Equal((1, 1, 1, false), (others.Lost, others.Instead, others.Example, others.IsBest));
        Assert.Equal((-1, 1), (others.MatchesByClass[0], others.MatchesByClass[Problem.NoClass]));
        Assert.True(live.EffectOnOthers(0, 1)!.IsBest);
    }

    [Fact]
    public void Whoever_has_nobody_in_the_best_plan_takes_the_place_of_somebody()
    {
        using var live = new LivePlan(new ProblemBuilder(2, 1).Capacity(0, 1).Edge(0, 0, 900).Edge(1, 0, 500).Build());
        var others = live.EffectOnOthers(1, 0)!;
        Assert.Equal((1, 0, false), (others.Lost, others.Example, others.IsBest));
    }

    [Fact]
    public void Who_does_not_wait_takes_all_they_take_from_the_others()
    {
        // beside a plan with them in it nobody would be left; but the plan isn't made for them
        using var live = new LivePlan(new ProblemBuilder(2, 1).Capacity(0, 1).Edge(0, 0, 900).Edge(1, 0, 500).Build());
        Assert.Equal((0, true), (live.EffectOnOthers(0, 0)!.Lost, live.EffectOnOthers(0, 0)!.IsBest));
        Assert.Equal((1, 1), (live.EffectOnOthers(0, 0, waits: false)!.Lost, live.EffectOnOthers(0, 0, waits: false)!.Example));
        var left = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var problem = EngineSamples.Random(seed, 7, 4);
            using var plan = new LivePlan(problem, new SolveOptions(Threads: 1));
            for (var i = 0; i < problem.Patients; i++)
            {
                var without = EngineReference.ByPaths(Without(problem, i, -1));
                for (var j = 0; j < problem.Companions; j++)
                {
                    if (plan.EffectOnOthers(i, j, waits: false) is not { } others)
                        continue;
                    var where = $"seed {seed}, patient {i}, companion {j}";
                    var expected = EngineReference.ByPaths(Without(problem, i, j)).MatchedByClass.Select((n, c) => n - without.MatchedByClass[c]).ToArray();
                    Assert.True(expected.SequenceEqual(others.MatchesByClass), where);
                    Assert.True(others.Lost > 0 == (others.Example != Plan.Nobody) && others.Example != i, where);
                    Assert.True(others.Lost == 0 || expected[problem.ClassOf(others.Example)] < 0, where);
                    left += others.Lost > 0 ? 1 : 0;
                }
                Assert.True(Verifier.Verify(plan.ToProblem(), plan.ToSolution().Plan, plan.ToSolution().Prices).Optimal);
            }
        }
        Assert.True(left > 100, $"{left}");
    }

    [Fact]
    public void Somebody_is_left_exactly_when_the_values_of_all_plans_say_so_and_so_many()
    {
        var (left, instead, tied, only) = (0, 0, 0, 0);
        for (var seed = 0; seed < 1500; seed++)
        {
            var problem = EngineSamples.Random(seed, 7, 4);
            using var live = new LivePlan(problem, new SolveOptions(Threads: 1));
            var best = EngineReference.ByPaths(problem);
            for (var i = 0; i < problem.Patients; i++)
            {
                var pairs = Enumerable.Range(0, problem.Companions).Where(j => problem.CapacityOf(j) > 0 && problem.FitOf(i, j) is not null).ToDictionary(j => j, j => With(problem, i, j));
                var own = pairs.Values.Any(t => t.Against(best) == 0) ? 0 : 1;
                for (var j = 0; j < problem.Companions; j++)
                {
                    var others = live.EffectOnOthers(i, j);
                    Assert.Equal(pairs.ContainsKey(j), others is not null);
                    if (others is null)
                        continue;
                    var expected = pairs[j].MatchedByClass.Select((n, c) => n - best.MatchedByClass[c] - (c == problem.ClassOf(i) ? own : 0)).ToArray();
                    var where = $"seed {seed}, patient {i}, companion {j}";
                    Assert.True(expected.SequenceEqual(others.MatchesByClass), where);
                    Assert.True(others.Lost == expected.Sum(c => Math.Max(0, -c)), where);
                    Assert.True(others.IsBest == (pairs[j].Against(best) == 0), where);
                    Assert.True(others.Lost > 0 == (others.Example != Plan.Nobody), where);
                    if (others.Lost > 0)
                        Assert.True(others.Example != i && expected[problem.ClassOf(others.Example)] < 0 && live.CompanionOf(others.Example) != Plan.Nobody, where);
                    // the first class that changes loses: nobody is better served by what isn't the best
                    Assert.True(expected.FirstOrDefault(c => c != 0) <= 0, where);
                    left += others.Lost > 0 ? 1 : 0;
                    instead += others.Instead > 0 ? 1 : 0;
                    tied += others.SomebodyElse ? 1 : 0;
                    only += others is { Lost: 0, IsBest: false } ? 1 : 0;
                }
            }
        }
        Assert.True(left > 100 && instead > 10 && tied > 50 && only > 100, $"{left} {instead} {tied} {only}");
    }

    /// <summary>The best of all plans with this pair, by another way.</summary>
    private static Totals With(Problem problem, int patient, int companion)
    {
        var rest = EngineReference.ByPaths(Without(problem, patient, companion));
        var fit = problem.FitOf(patient, companion)!.Value;
        return new Totals(rest.Matched + 1, [.. rest.MatchedByClass.Select((n, c) => n + (c == problem.ClassOf(patient) ? 1 : 0))], rest.TotalFit + fit,
            rest.Objective + fit + problem.WaitWorth(patient) - problem.PlacePrice(companion, 0));
    }

    /// <summary>Without this patient, and with a place less of the companion, who bears it as load.</summary>
    private static Problem Without(Problem problem, int patient, int companion)
    {
        var builder = new ProblemBuilder(problem.Patients, problem.Companions);
        for (var j = 0; j < problem.Companions; j++)
            builder.Capacity(j, problem.CapacityOf(j) - (j == companion ? 1 : 0)).Load(j, problem.LoadOf(j) + (j == companion ? 1 : 0));
        for (var i = 0; i < problem.Patients; i++)
        {
            builder.Class(i, problem.ClassOf(i)).Days(i, problem.DaysOf(i));
            for (var e = 0; e < problem.EdgesOf(i) && i != patient; e++)
                builder.Edge(i, problem.EdgeAt(i, e).Companion, problem.EdgeAt(i, e).Fit);
        }
        return builder.Build(problem.Weights);
    }
}
