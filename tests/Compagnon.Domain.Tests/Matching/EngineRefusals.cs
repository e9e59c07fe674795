using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

public sealed class EngineRefusals
{
    [Fact]
    public void A_refused_change_changes_nothing()
    {
        using var world = new EngineWorld(4);
        var live = world.Live;
        var (patients, companions, totals) = (live.Patients, live.Companions, live.Totals);
        Assert.Throws<ArgumentException>(() => live.AddPatient([new Edge(0, 5), new Edge(0, 6)]));
        Assert.Throws<ArgumentException>(() => live.AddPatient([new Edge(companions, 5)]));
        Assert.Throws<ArgumentException>(() => live.AddPatient([new Edge(0, Problem.MostFit + 1)]));
        Assert.Throws<ArgumentException>(() => live.AddCompanion(1, [(-1, 5)]));
        Assert.Throws<ArgumentException>(() => live.AddCompanion(1, [.. Enumerable.Repeat((0, 5), 40)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => live.AddPatient([], Problem.NoClass + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => live.SetCapacity(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => live.RemovePatient(patients));
        Assert.Equal((patients, companions), (live.Patients, live.Companions));
        Assert.Equal(0, totals.Against(live.Totals));
        world.Check("after refusals");
    }

    [Fact]
    public void Weights_that_would_not_be_convex_or_sane_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Weights([], [5, 4]));
        Assert.Throws<ArgumentException>(() => new Weights([new WaitStep(5, 1), new WaitStep(5, 2)], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Weights([], [Weights.MostWorth + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Weights([new WaitStep(0, -1)], []));
    }

    [Fact]
    public void A_step_of_waiting_holds_from_its_day_on()
    {
        var weights = new Weights([new WaitStep(14, 50), new WaitStep(30, 400)], [0, 20]);
        Assert.Equal([0, 50, 50, 400, 400], new[] { 13, 14, 29, 30, 999 }.Select(weights.WaitWorth));
        Assert.Equal([0, 20, 20], new[] { 0, 1, 7 }.Select(weights.LoadPrice));
    }
}
