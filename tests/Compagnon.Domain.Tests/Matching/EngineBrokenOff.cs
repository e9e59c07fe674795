using System.Diagnostics;
using System.Globalization;
using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Memory that ends in the middle of a change: the plan is as it was, or refuses to be used; never half of one.</summary>
public sealed class EngineBrokenOff
{
    private const string Child = "COMPAGNON_TEST_SMALL_HEAP";

    [Fact]
    public void A_change_that_breaks_off_anywhere_leaves_the_plan_as_it_was_or_useless()
    {
        var (same, useless) = (0, 0);
        for (var reads = 0; reads < 60; reads++)
        {
            using var live = new LivePlan(Generator.Make(Family.Shortage, 200, 40, 8, 3));
            var before = live.Totals;
            try
            {
                live.AddPatient(new Failing<Edge>([new(0, 900), new(5, 300), new(9, 1000)], reads));
                Assert.Equal(201, live.Patients);
                continue;
            }
            catch (InvalidDataException)
            {
            }
            if (live.Patients == 200)
            {
                Assert.Equal(0, before.Against(live.Totals));
                live.SetCapacity(0, 3);
                Proved(live);
                same++;
                continue;
            }
            Useless(live);
            useless++;
        }
        Assert.True(same > 3 && useless > 1, $"{same} {useless}");
    }

    [Fact]
    public void A_question_that_breaks_off_leaves_no_trace()
    {
        for (var reads = 0; reads < 30; reads++)
        {
            using var live = new LivePlan(Generator.Make(Family.Tight, 200, 40, 8, 3));
            var before = live.Totals;
            try
            {
                live.EffectOfCompanion(2, new Failing<(int, int)>([(0, 900), (5, 300), (9, 1000)], reads));
            }
            catch (InvalidDataException)
            {
            }
            Assert.Equal(0, before.Against(live.Totals));
            Proved(live);
            live.AddCompanion(2, [(0, 900), (5, 300), (9, 1000)]);
            Proved(live);
        }
    }

    [Fact]
    public void Prices_that_are_not_the_plans_own_end_in_an_error_and_not_in_a_search_without_end()
    {
        // each of the two would rather be where the other is: going round they only gain
        var problem = new ProblemBuilder(2, 2).Capacity(0, 1).Capacity(1, 1).Edge(0, 0, 100).Edge(0, 1, 900).Edge(1, 0, 900).Edge(1, 1, 100).Build();
        var crossed = new Solution(new Plan([0, 1]), new Prices(new long[2], [300, 300]));
        using var live = new LivePlan(problem, crossed);
        var before = live.Totals;
        Assert.Throws<UnreachableException>(() => live.EffectOfCompanion(1, [(0, 1000)]));
        Assert.Equal(0, before.Against(live.Totals));
        Assert.Throws<UnreachableException>(() => live.AddPatient([new(0, 500)]));
        Useless(live);
    }

    [Fact]
    public async Task When_the_heap_is_small_arrivals_end_with_a_plan_that_is_whole()
    {
        // another process, since a heap's limit is one of its start: this very test, which then takes the other way
        if (Environment.GetEnvironmentVariable(Child) is not null)
        {
            FillUp();
            return;
        }
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in new[] { "-noLogo", "-noColor", "-method", $"{typeof(EngineBrokenOff).FullName}.{nameof(When_the_heap_is_small_arrivals_end_with_a_plan_that_is_whole)}" })
            start.ArgumentList.Add(word);
        start.Environment[Child] = "1";
        start.Environment["DOTNET_GCHeapHardLimit"] = (24 << 20).ToString("x", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{await said}{await errors}");
    }

    private static void FillUp()
    {
        var builder = new ProblemBuilder(1, 1).Capacity(0, 2).Edge(0, 0, 7);
        using var live = new LivePlan(builder.Build());
        Assert.Throws<OutOfMemoryException>(() =>
        {
            while (live.Patients < Problem.MostPeople)
                live.AddPatient([]);
        });
        // room is sought before anything changes: the plan goes on
        var patients = live.Patients;
        Assert.True(patients > 100_000, $"{patients} patients");
        live.SetEdge(patients - 1, 0, 9);
        Assert.Equal((0, 2, 16L), (live.CompanionOf(patients - 1), live.Totals.Matched, live.Totals.TotalFit));
        live.RemovePatient(0);
        Assert.Equal(9L, live.Totals.TotalFit);
    }

    private static void Proved(LivePlan live)
    {
        var solution = live.ToSolution();
        var verdict = Verifier.Verify(live.ToProblem(), solution.Plan, solution.Prices);
        Assert.True(verdict.Optimal, verdict.Reason);
    }

    private static void Useless(LivePlan live)
    {
        var uses = new Action[]
        {
            () => _ = live.Totals, () => live.CompanionOf(0), () => live.CapacityOf(0), () => live.LoadOf(0), () => live.IsFixed(0), () => live.ToProblem(), () => live.ToSolution(),
            () => live.EffectOf(0, 0), () => live.EffectOnOthers(0, 0), () => live.BestFor(0, 1), () => live.EffectOfCompanion(1, []), () => live.AddPatient([]), () => live.RemovePatient(0),
            () => live.ChangePatient(0, 0, 0), () => live.AddCompanion(1, []), () => live.RemoveCompanion(0), () => live.SetCapacity(0, 1), () => live.SetLoad(0, 1),
            () => live.SetEdge(0, 0, 1), () => live.Forbid(0, 0), () => live.Fix(0, 0), () => live.Release(0),
        };
        Assert.All(uses, use => Assert.Contains("broken off", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal));
    }

    /// <summary>A list that can be read so many times.</summary>
    private sealed class Failing<T>(T[] items, int reads) : IReadOnlyList<T>
    {
        private int _left = reads;

        public int Count => items.Length;

        public T this[int index] => _left-- > 0 ? items[index] : throw new InvalidDataException("broken off here");

        public IEnumerator<T> GetEnumerator()
        {
            for (var k = 0; k < items.Length; k++)
                yield return this[k];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
