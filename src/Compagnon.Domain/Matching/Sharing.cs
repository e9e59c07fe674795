using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

/// <summary>Fair sharing: companions wait a year for their first patient while others carry several.</summary>
public static class Sharing
{
    /// <summary>Idle days at which half of what idleness can bring is reached.</summary>
    private const int HalfIdleDays = 60;

    /// <summary>
    /// 0 to ten times <see cref="Weights.Sharing"/>, in thousandths like <see cref="Fit.Total"/>: half for free places, half for idle days.
    /// Only reorders companions of about the same fit.
    /// </summary>
    public static int Of(CompanionFacts companion, Weights weights)
    {
        var most = Math.Clamp(weights.Sharing, 0, 100) * 10;
        var free = Math.Clamp(companion.Capacity - companion.PlacesUsed, 0, Math.Max(0, companion.Capacity));
        var freePart = companion.Capacity <= 0 ? 0 : (double)free / companion.Capacity;
        var idle = Math.Max(0, companion.IdleDays);
        return (int)Math.Round(most * (freePart + ((double)idle / (idle + HalfIdleDays))) / 2, MidpointRounding.AwayFromZero);
    }
}
