using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>A long search of a live plan goes on from both its ends: here from the first step, in markets where chains of moves are long.</summary>
public sealed class EngineBothEnds
{
    [Theory]
    [InlineData(1, 4096, 800, 48)]
    [InlineData(3, 4096, 800, 1)]
    [InlineData(10, 4096, 800, 5)]
    [InlineData(1, 1, 800, 1)]
    [InlineData(2, 7, 800, 9)]
    [InlineData(1, 4096, 2, 3)]
    [InlineData(1, 7, 0, 1)]
    [InlineData(1000, 7, 0, 2)]
    public void The_plan_stays_proved_through_every_change(int alone, long farthest, int evenTo, long nearness)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            using var live = new LivePlan(Tight(random, 60, 25), new SolveOptions(Threads: 1)) { Searches = { Alone = alone, Farthest = farthest, EvenTo = evenTo, NearFrom = 1, Nearness = nearness, Slack = (int)nearness / 3 } };
            for (var step = 0; step < 40; step++)
            {
                var what = Change(live, random);
                var problem = live.ToProblem();
                var solution = live.ToSolution();
                var verdict = Verifier.Verify(problem, solution.Plan, solution.Prices);
                Assert.True(verdict.Optimal, $"seed {seed}, step {step}, {what}: {verdict.Reason}");
            }
        }
    }

    [Fact]
    public void From_both_ends_and_from_one_it_is_the_same_value_and_the_same_answer()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var problem = Tight(new Random(seed), 80, 30);
            using LivePlan one = new(problem, new SolveOptions(Threads: 1)) { Searches = { Alone = int.MaxValue / 8 } }, both = new(problem, new SolveOptions(Threads: 1)) { Searches = { Alone = 1, NearFrom = 1, Nearness = 1 + seed % 8, Slack = seed % 3 } };
            Random first = new(seed), second = new(seed);
            for (var step = 0; step < 30; step++)
            {
                Assert.Equal(Change(one, first), Change(both, second));
                Assert.Equal(0, one.Totals.Against(both.Totals));
                int patient = first.Next(one.Patients), companion = first.Next(one.Companions);
                _ = (second.Next(), second.Next());
                var (asked, again) = (one.EffectOf(patient, companion), both.EffectOf(patient, companion));
                Assert.Equal(asked is null, again is null);
                Assert.True(asked is null || asked.Against(again!) == 0, $"seed {seed}, step {step}: {patient}, {companion}");
                // every price that the question changed is what it was
                var solution = both.ToSolution();
                Assert.True(Verifier.Verify(both.ToProblem(), solution.Plan, solution.Prices).Optimal, $"seed {seed}, step {step}: after the question");
            }
        }
    }

    /// <summary>Where there are as many patients as places, one more or less makes every place, or every patient, worth a whole match.</summary>
    [Fact]
    public void Where_the_last_place_is_taken_or_given_back_few_need_be_looked_at()
    {
        var random = new Random(1);
        const int companions = 3000, patients = 5 * companions;
        using var live = new LivePlan(Tight(random, patients, companions), new SolveOptions(Threads: 1));
        // whoever stays without leaves, and free places are closed: nobody and nothing is left over
        for (var i = 0; i < patients; i++)
            if (live.CompanionOf(i) == Plan.Nobody)
                live.RemovePatient(i);
        var taken = new int[companions];
        for (var i = 0; i < patients; i++)
            if (live.CompanionOf(i) is var companion and not Plan.Nobody)
                taken[companion]++;
        for (var j = 0; j < companions; j++)
            live.SetCapacity(j, taken[j]);
        long most = 0;
        for (var step = 0; step < 30; step++)
        {
            var before = live.Searches.Settled;
            var arrived = live.AddPatient([.. Some(random, companions, []).Select(j => new Edge(j, 500 + random.Next(20)))]);
            live.RemovePatient(arrived);
            int patient;
            do
                patient = random.Next(patients);
            while (live.CompanionOf(patient) == Plan.Nobody);
            live.RemovePatient(patient);
            live.AddPatient([.. Some(random, companions, []).Select(j => new Edge(j, 500 + random.Next(20)))]);
            most = Math.Max(most, live.Searches.Settled - before);
            var solution = live.ToSolution();
            Assert.True(Verifier.Verify(live.ToProblem(), solution.Plan, solution.Prices).Optimal, $"step {step}");
        }
        Assert.InRange(most, 1, companions);
    }

    /// <param name="borders">Companions from one border up to the next know the same patients: several markets beside each other, of which a search in one may not touch the others.</param>
    [Theory]
    [InlineData(0, 20, 25)]
    [InlineData(0, 8, 16, 25)]
    public void Where_markets_lie_beside_each_other_each_stays_proved(params int[] borders)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            using var live = new LivePlan(Tight(random, 60, 25, borders), new SolveOptions(Threads: 1)) { Searches = { Alone = 1, NearFrom = 1, Nearness = 1 + seed % 8, Slack = seed % 3 } };
            for (var step = 0; step < 40; step++)
            {
                var what = Change(live, random, borders);
                live.EffectOf(random.Next(live.Patients), random.Next(live.Companions));
                var solution = live.ToSolution();
                var verdict = Verifier.Verify(live.ToProblem(), solution.Plan, solution.Prices);
                Assert.True(verdict.Optimal, $"seed {seed}, step {step}, {what}: {verdict.Reason}");
            }
        }
    }

    private static string Change(LivePlan live, Random random, params int[] borders)
    {
        int patient = random.Next(live.Patients), companion = random.Next(live.Companions);
        switch (random.Next(6))
        {
            case 0 or 1:
                live.AddPatient([.. Some(random, live.Companions, borders).Select(j => new Edge(j, 500 + random.Next(20)))], random.Next(4) == 0 ? 1 : Problem.NoClass);
                return "arrives";
            case 2:
                live.RemovePatient(patient);
                return $"{patient} withdraws";
            case 3:
                live.SetCapacity(companion, live.CapacityOf(companion) + 1);
                return $"a place more of {companion}";
            case 4:
                live.SetCapacity(companion, Math.Max(0, live.CapacityOf(companion) - 1));
                return $"a place less of {companion}";
            default:
                var problem = live.ToProblem();
                if (problem.EdgesOf(patient) > 0)
                    live.Forbid(patient, problem.EdgeAt(patient, random.Next(problem.EdgesOf(patient))).Companion);
                return $"one not for {patient}";
        }
    }

    // As many places as patients, few companions each, fits that hardly differ: nobody can move without moving others.
    private static Problem Tight(Random random, int patients, int companions, params int[] borders)
    {
        var builder = new ProblemBuilder(patients, companions);
        for (var place = 0; place < patients; place++)
            builder.Capacity(place % companions, 1 + (place / companions));
        for (var i = 0; i < patients; i++)
        {
            builder.Class(i, random.Next(5) == 0 ? random.Next(3) : Problem.NoClass);
            foreach (var j in Some(random, companions, borders))
                builder.Edge(i, j, 500 + random.Next(20));
        }
        return builder.Build(new Weights([], random.Next(3) == 0 ? [0, 3, 7, 12] : []));
    }

    private static int[] Some(Random random, int companions, int[] borders)
    {
        var (from, to) = (0, companions);
        if (borders.Length > 0)
        {
            var market = random.Next(borders.Length - 1);
            (from, to) = (borders[market], borders[market + 1]);
        }
        return [.. Enumerable.Range(0, 3).Select(_ => random.Next(from, to)).Distinct()];
    }
}
