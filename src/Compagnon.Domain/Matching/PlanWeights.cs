using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

/// <summary>What a round weighs beside the fits, from the programme's settings, in thousandths like <see cref="Fit.Total"/>. docs/matching.md has the numbers.</summary>
public static class PlanWeights
{
    private const int MostSteps = 10;
    private const int Places = 5;

    /// <summary>The price of a companion's first, second, … accompaniment: each further one costs half of what sharing may move a rank by more than the one before.</summary>
    public static IReadOnlyList<int> LoadPrices(ProgrammeSettings settings) => [.. Enumerable.Range(0, Places).Select(place => place * StepOf(settings))];

    /// <summary>Each time that the target for finding somebody has passed once more, a patient's place is worth a step more, ten times at most.</summary>
    public static IReadOnlyList<(int FromDays, int Worth)> Waiting(ProgrammeSettings settings)
    {
        // five working days are a week
        var target = Math.Max(1, ((settings.Targets.MatchWorkingDays * 7) + 4) / 5);
        return [.. Enumerable.Range(1, MostSteps).Select(step => (step * target, step * StepOf(settings)))];
    }

    private static int StepOf(ProgrammeSettings settings) => Math.Clamp(settings.Weights.Sharing, 0, 100) * 5;
}
