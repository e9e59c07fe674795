using Compagnon.Domain.Matching;
using Engine = Compagnon.Matching;

namespace Compagnon.App.Matching;

/// <summary>A round in the engine's numbers: patients and companions by their place in the table, and who may be proposed to whom.</summary>
internal sealed class RoundGame
{
    /// <summary>The priority class of urgent people; all others have none.</summary>
    public const int Urgent = 0;

    private readonly IReadOnlyList<AllowedPair>[] pairs;

    private RoundGame(RoundTable table, IReadOnlyList<AllowedPair>[] found, Engine.Problem problem) => (Table, pairs, Problem) = (table, found, problem);

    public RoundTable Table { get; }
    public Engine.Problem Problem { get; }

    public IReadOnlyList<AllowedPair> PairsOf(int patient) => pairs[patient];

    public int FreeOf(int companion) => Math.Max(0, Table.Companions[companion].Capacity - Table.Companions[companion].PlacesUsed);

    public bool IsThere(int companion) => IsThere(Table.Companions[companion], Table.Today);

    /// <summary>0 to 1000; the pair is one of those that may be proposed.</summary>
    public int FitOf(int patient, int companion) => Problem.FitOf(patient, companion) ?? throw new ArgumentException("The pair is not in the round.", nameof(companion));

    /// <summary>Null for a pair that may not be proposed, or people who are not in the round.</summary>
    public (int Patient, int Companion)? Find(RoundPair pair) =>
        PatientOf(pair.ReferralId) is >= 0 and var patient && CompanionOf(pair.CompanionId) is >= 0 and var companion && Problem.FitOf(patient, companion) is not null ? (patient, companion) : null;

    public int PatientOf(Guid referralId)
    {
        for (var i = 0; i < Table.Waiting.Count; i++)
            if (Table.Waiting[i].Referral.Id == referralId) return i;
        return -1;
    }

    public int CompanionOf(Guid companionId)
    {
        for (var j = 0; j < Table.Companions.Count; j++)
            if (Table.Companions[j].CompanionId == companionId) return j;
        return -1;
    }

    /// <summary>Comparing everybody with everybody is what takes time: on all cores.</summary>
    public static RoundGame Of(RoundTable table, CancellationToken stop = default)
    {
        var found = new IReadOnlyList<AllowedPair>[table.Waiting.Count];
        // whoever has no place, or is not there, breaks a rule for everybody: not asked three thousand times
        var there = Enumerable.Range(0, table.Companions.Count).Where(j => IsThere(table.Companions[j], table.Today)).ToArray();
        var allowed = new AllowedPairs([.. there.Select(j => table.Companions[j])], table.Settings, table.Today);
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => found[i] = [.. AllowedPairs.ForARound(allowed.Of(table.Waiting[i].Facts)).Select(p => p with { Companion = there[p.Companion] })]);
        return new RoundGame(table, found, ProblemOf(table, found));
    }

    private static bool IsThere(CompanionFacts c, DateOnly today) => c.PlacesUsed < c.Capacity && HardRules.IsCleared(c, today) && !HardRules.IsPaused(c, today);

    private static Engine.Problem ProblemOf(RoundTable table, IReadOnlyList<AllowedPair>[] found)
    {
        var builder = new Engine.ProblemBuilder(table.Waiting.Count, table.Companions.Count, found.Sum(p => p.Count));
        for (var j = 0; j < table.Companions.Count; j++)
            builder.Capacity(j, Math.Max(0, table.Companions[j].Capacity - table.Companions[j].PlacesUsed)).Load(j, Math.Clamp(table.Companions[j].PlacesUsed, 0, Engine.Problem.MostLoad));
        for (var i = 0; i < table.Waiting.Count; i++)
        {
            builder.Days(i, Math.Min(table.Waiting[i].Days, Engine.Problem.MostDays)).Class(i, table.Waiting[i].IsUrgent ? Urgent : Engine.Problem.NoClass);
            foreach (var pair in found[i]) builder.Edge(i, pair.Companion, pair.Fit);
        }
        return builder.Build(new Engine.Weights([.. PlanWeights.Waiting(table.Settings).Select(s => new Engine.WaitStep(s.FromDays, s.Worth))], PlanWeights.LoadPrices(table.Settings)));
    }

    /// <summary>The best plan around what was decided, proved. Decisions about pairs that are not in the round any more are let go.</summary>
    /// <param name="held">Patients whose pair was kept.</param>
    public Engine.LivePlan Decided(RoundDecisions decisions, out HashSet<int> held, out List<RoundPair> forbidden, CancellationToken stop = default)
    {
        (held, forbidden) = ([], []);
        var plan = new Engine.LivePlan(Problem, cancel: stop);
        foreach (var pair in decisions.Forbidden.Distinct())
        {
            if (Find(pair) is not { } found) continue;
            plan.Forbid(found.Patient, found.Companion);
            forbidden.Add(pair);
        }
        foreach (var pair in decisions.Fixed.Distinct().Except(forbidden))
            if (Find(pair) is { } found && plan.CapacityOf(found.Companion) > 0 && held.Add(found.Patient)) plan.Fix(found.Patient, found.Companion);
        Prove(plan);
        return plan;
    }

    /// <summary>Nobody sees a plan that was not proved the best of today's question.</summary>
    public static void Prove(Engine.LivePlan plan)
    {
        var solution = plan.ToSolution();
        var verdict = Engine.Verifier.Verify(plan.ToProblem(), solution.Plan, solution.Prices);
        if (!verdict.Optimal) throw new InvalidOperationException($"The plan is not proved: {verdict.Reason}.");
    }
}
