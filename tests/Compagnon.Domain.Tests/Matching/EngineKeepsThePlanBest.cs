using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

public sealed class EngineKeepsThePlanBest
{
    [Fact]
    public void After_every_change_as_good_as_planned_anew()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            using var world = new EngineWorld(seed);
            for (var step = 0; step < 40; step++)
            {
                var what = world.Change();
                world.Check($"seed {seed}, step {step}, {what}");
            }
        }
    }

    [Fact]
    public void The_effect_of_a_choice_is_what_choosing_it_would_do_and_asking_leaves_no_trace()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var world = new EngineWorld(seed);
            for (var step = seed % 8; step > 0; step--)
                world.Change();
            var live = world.Live;
            var before = live.Totals;
            for (var i = 0; i < live.Patients; i++)
                for (var j = 0; j < live.Companions; j++)
                {
                    if (live.EffectOf(i, j) is not { } effect)
                        continue;
                    world.Check($"seed {seed}: asked of {i}, {j}");
                    using var forced = world.Copy();
                    forced.Fix(i, j);
                    Same(seed, before, forced.Totals, effect);
                    Assert.All(effect.LeftWithout, p => Assert.True(p != i && live.CompanionOf(p) != Plan.Nobody));
                    Assert.All(effect.NowMatched, p => Assert.Equal(Plan.Nobody, live.CompanionOf(p)));
                    Assert.Equal(effect.Matches, effect.NowMatched.Count - effect.LeftWithout.Count);
                }
        }
    }

    [Fact]
    public void The_best_for_a_patient_are_those_of_all_effects()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var world = new EngineWorld(seed);
            var live = world.Live;
            for (var i = 0; i < live.Patients; i++)
            {
                var all = new List<Effect>();
                for (var j = 0; j < live.Companions; j++)
                    if (live.EffectOf(i, j) is { } effect)
                        all.Add(effect);
                all.Sort((a, b) => b.Against(a));
                var best = live.BestFor(i, 3);
                Assert.Equal(Math.Min(3, all.Count), best.Count);
                for (var k = 0; k < best.Count; k++)
                {
                    Assert.True(best[k].Effect.Against(all[k]) == 0, $"seed {seed}, patient {i}, choice {k}");
                    var alone = live.EffectOf(i, best[k].Companion)!;
                    Assert.Equal((alone.Objective, alone.Matches, 0), (best[k].Effect.Objective, best[k].Effect.Matches, best[k].Effect.Against(alone)));
                    Assert.Equal(best[k].Effect.Matches, best[k].Effect.NowMatched.Count - best[k].Effect.LeftWithout.Count);
                    Assert.All(best[k].Effect.LeftWithout, p => Assert.True(p != i && live.CompanionOf(p) != Plan.Nobody));
                    Assert.All(best[k].Effect.NowMatched, p => Assert.Equal(Plan.Nobody, live.CompanionOf(p)));
                }
            }
            world.Check($"seed {seed}: asked for the best");
        }
    }

    [Fact]
    public void The_effect_of_a_companion_who_does_not_exist_is_what_recruiting_them_would_do()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            using var world = new EngineWorld(seed);
            var live = world.Live;
            var random = new Random(seed);
            var edges = Enumerable.Range(0, live.Patients).Where(i => !live.IsFixed(i) && random.Next(2) == 0).Select(i => (i, random.Next(Problem.MostFit + 1))).ToList();
            var capacity = random.Next(4);
            var effect = live.EffectOfCompanion(capacity, edges);
            world.Check($"seed {seed}: asked of a companion");
            var before = live.Totals;
            live.AddCompanion(capacity, edges);
            Same(seed, before, live.Totals, effect);
        }
    }

    private static void Same(int seed, Totals before, Totals after, Effect effect)
    {
        for (var c = 0; c < before.MatchedByClass.Count; c++)
            Assert.True(after.MatchedByClass[c] - before.MatchedByClass[c] == effect.MatchesByClass[c], $"seed {seed}: class {c}");
        Assert.True(after.Objective - before.Objective == effect.Objective, $"seed {seed}: {after.Objective - before.Objective} instead of {effect.Objective}");
    }
}
