using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

/// <summary>A companion, by their place in the list asked about, who may be proposed. Fit: 0 to 1000 as the engine counts. Score: what the coordinator's list follows.</summary>
public readonly record struct AllowedPair(int Companion, int Fit, int Score);

/// <summary>For rounds, where everybody who waits is compared with everybody who has a place and nobody reads the reasons.</summary>
public static class AllowedPairs
{
    /// <summary>In the order of the companions. Somebody of whom nothing is known fits nobody: they are taken only where nobody else is left.</summary>
    public static IReadOnlyList<AllowedPair> Of(PatientFacts patient, IReadOnlyList<CompanionFacts> companions, ProgrammeSettings settings, DateOnly today)
    {
        var bars = Fit.BarsFor(patient, settings.Weights);
        List<AllowedPair> pairs = [];
        for (var c = 0; c < companions.Count; c++)
        {
            if (HardRules.Check(patient, companions[c], settings, today).Count > 0) continue;
            var fit = Fit.Of(patient, companions[c], settings.Weights, today, bars);
            pairs.Add(fit.NothingKnown ? new(c, 0, -1) : new(c, fit.Total, fit.Total + Sharing.Of(companions[c], settings.Weights)));
        }

        return pairs;
    }
}
