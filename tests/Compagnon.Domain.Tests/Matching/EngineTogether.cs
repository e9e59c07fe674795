using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Several threads inside one part: the plan, and the prices that prove it, are those of one thread alone, however late or early the others were.</summary>
public sealed class EngineTogether
{
    [Fact]
    public void However_many_threads_share_a_small_part_plan_and_prices_are_the_same()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var problem = EngineSamples.Random(300_000 + seed, 30, 12);
            var tuning = new Tuning(Scale: seed % 2 == 0 ? 8 : 1);
            Same(problem, seed, tuning, out _, 2 + (seed % 3));
        }
    }

    [Theory]
    [InlineData(Family.Random)]
    [InlineData(Family.OneRegion)]
    [InlineData(Family.Linked)]
    public void However_many_threads_share_a_large_part_plan_and_prices_are_the_same(Family family)
    {
        long shared = 0;
        for (var seed = 0UL; seed < 3; seed++)
        {
            // places for a third, for nearly everybody, for more than everybody
            var problem = WithPlaces(Generator.Make(family, 9_000 + ((int)seed * 777), 1_500, 12, seed), 2 + (2 * (int)seed));
            Same(problem, (int)seed, new Tuning(), out var atOnce, 2, 4);
            shared += atOnce;
        }
        Assert.True(shared > 10_000, $"only {shared} bids were shared");
    }

    [Fact]
    public void Waiting_classes_and_load_prices_are_shared_as_well()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            var problem = Generator.Make(Family.OneRegion, 6_000, 1_000, 12, (ulong)seed);
            var builder = Builder(problem, 4);
            for (var i = 0; i < problem.Patients; i++)
            {
                builder.Days(i, random.Next(60));
                if (random.Next(3) == 0)
                    builder.Class(i, random.Next(4));
            }
            for (var j = 0; j < problem.Companions; j++)
                builder.Load(j, random.Next(3));
            Same(builder.Build(new Weights([new WaitStep(1, 10), new WaitStep(14, 50), new WaitStep(30, 400)], [0, 20, 60, 200])), seed, new Tuning(), out _, 2, 4);
        }
    }

    [Fact]
    public void A_companion_with_room_for_everybody_is_shared_too()
    {
        var builder = new ProblemBuilder(9_000, 3).Capacity(0, 5_000).Capacity(1, 20).Capacity(2, int.MaxValue);
        var random = new Random(1);
        for (var i = 0; i < 9_000; i++)
            builder.Edge(i, 0, random.Next(1001)).Edge(i, 1, random.Next(1001)).Edge(i, 2, random.Next(300));
        Same(builder.Build(), 1, new Tuning(), out _, 2);
    }

    // The first part is most of the network and gives memory back that the others need again; there are people whom nobody can have, and companions without a place.
    [Theory]
    [InlineData(3_000, 900, 700, 40, 3)]
    [InlineData(900, 3_000, 700, 600, 550)]
    [InlineData(1_000, 1_000, 1_000, 1_000, 1_000)]
    public void A_network_in_parts_is_laid_out_by_all_and_each_part_is_solved(params int[] parts)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            var patients = parts.Sum();
            var order = Enumerable.Range(0, patients).ToArray();
            random.Shuffle(order);
            var builder = new ProblemBuilder(patients + 50, (patients / 5) + 1);
            var (from, first) = (0, 0);
            foreach (var part in parts)
            {
                var companions = Math.Max(1, part / 5);
                for (var j = first; j < first + companions; j++)
                    builder.Capacity(j, random.Next(8) == 0 ? 0 : random.Next(1, 8));
                foreach (var i in order.AsSpan(from, part))
                    foreach (var j in Enumerable.Range(0, 8).Select(_ => first + random.Next(companions)).Distinct())
                        builder.Edge(i, j, random.Next(1001));
                (from, first) = (from + part, first + companions);
            }
            Same(builder.Build(), seed, new Tuning(), out _, 2, 3, 4);
        }
    }

    [Fact]
    public void The_worth_of_a_match_is_raised_alike()
    {
        for (var seed = 0; seed < 6; seed++)
            Same(EngineSamples.Plane(seed, 600, 120, 8, classes: seed % 2 == 1), seed, new Tuning(MatchWorth: 30), out _, 2, 3);
    }

    /// <summary>Of offers equally good the same is taken, whatever another thread saw before: a market where companions bid much, and many patients are equally far.</summary>
    [Fact]
    public void Of_equal_offers_the_same_is_taken()
    {
        for (var seed = 0; seed < 2; seed++)
            Same(EngineSamples.Line(seed, 15_000, 3_000, 20), seed, new Tuning(), out _, 2, 3);
    }

    [Fact]
    public async Task Cancelled_while_threads_share_a_part_ends_soon_and_leaves_none_behind()
    {
        var problem = Generator.Make(Family.OneRegion, 60_000, 12_000, 20, 5);
        foreach (var milliseconds in new[] { 0, 1, 5, 20, 40, 60 })
        {
            using var cancel = new CancellationTokenSource();
            var solving = Task.Run(() => Engine.Solve(problem, new SolveOptions(Threads: 3), cancel.Token), TestContext.Current.CancellationToken);
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            await cancel.CancelAsync();
            var done = await Task.WhenAny(solving, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            Assert.Same(solving, done);
            if (solving.IsCompletedSuccessfully)
                Assert.True(Verifier.Verify(problem, (await solving).Plan, (await solving).Prices).Optimal);
            else
                Assert.True(solving.IsCanceled || solving.Exception?.InnerException is OperationCanceledException, $"{solving.Exception}");
        }
    }

    [Fact]
    public void What_fails_on_another_thread_fails_here()
    {
        using var team = new Team(3);
        using var begun = new ManualResetEventSlim();
        var worked = false;
        var failure = Assert.Throws<InvalidDataException>(() => team.Beside(
            () => worked = begun.Wait(TimeSpan.FromMinutes(1)),
            _ =>
            {
                begun.Set();
                throw new InvalidDataException("no room");
            }));
        Assert.Equal("no room", failure.Message);
        Assert.True(worked);
    }

    [Fact]
    public async Task Whoever_lies_down_just_as_work_comes_is_woken()
    {
        // pauses of about the time after which the others lie down
        var working = Task.Run(() =>
        {
            using var team = new Team(3, looks: 500);
            var random = new Random(1);
            for (var section = 0; section < 3000; section++)
            {
                Thread.SpinWait(random.Next(20_000));
                var came = 0;
                team.Beside(
                    () => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref came) == 2, TimeSpan.FromSeconds(20)), $"section {section}: somebody slept through it"),
                    _ => Interlocked.Increment(ref came));
            }
        }, TestContext.Current.CancellationToken);
        Assert.Same(working, await Task.WhenAny(working, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)));
        await working;
    }

    [Fact]
    public void Every_number_is_in_exactly_one_range()
    {
        foreach (var threads in new[] { 1, 2, 3, 7 })
        {
            using var team = new Team(threads);
            for (var count = 0; count < 200; count++)
            {
                var times = new int[count];
                team.Share(count, (from, to) =>
                {
                    for (var k = from; k < to; k++)
                        Interlocked.Increment(ref times[k]);
                });
                Assert.All(times, t => Assert.Equal(1, t));
            }
        }
    }

    private static void Same(Problem problem, int seed, Tuning tuning, out long shared, params int[] threads)
    {
        shared = 0;
        // in a large one the last who bid do so in turn
        tuning = problem.Patients < 1000 ? EngineSamples.AtOnce(tuning) : tuning with { TogetherFrom = 0 };
        var alone = Engine.Solve(problem, new SolveOptions(Threads: 1) { Tuning = tuning });
        Assert.True(Verifier.Verify(problem, alone.Plan, alone.Prices).Optimal, $"seed {seed}");
        foreach (var count in threads)
        {
            var together = Engine.Solve(problem, new SolveOptions(count) { Tuning = tuning }, out var statistics);
            shared += statistics.Shared;
            Assert.True(alone.Plan.Companions.SequenceEqual(together.Plan.Companions), $"seed {seed}: another plan with {count} threads");
            Assert.True(alone.Prices.Companions.SequenceEqual(together.Prices.Companions), $"seed {seed}: other prices of companions with {count} threads");
            Assert.True(alone.Prices.Patients.SequenceEqual(together.Prices.Patients), $"seed {seed}: other prices of patients with {count} threads");
        }
    }

    private static Problem WithPlaces(Problem problem, int places) => Builder(problem, places).Build();

    private static ProblemBuilder Builder(Problem problem, int places)
    {
        var builder = new ProblemBuilder(problem.Patients, problem.Companions);
        for (var j = 0; j < problem.Companions; j++)
            builder.Capacity(j, j % (places + 1));
        for (var i = 0; i < problem.Patients; i++)
            for (var e = 0; e < problem.EdgesOf(i); e++)
                builder.Edge(i, problem.EdgeAt(i, e).Companion, problem.EdgeAt(i, e).Fit);
        return builder;
    }
}
