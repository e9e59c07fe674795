namespace Compagnon.Matching;

/// <summary>What a match is worth in the 64-bit arithmetic of exact searches and certificates; see <see cref="Verifier"/> for why it suffices.</summary>
internal static class Worth
{
    public const long Match = 1L << 48;

    /// <summary>The price of a companion without any place: above everything a pair can be worth.</summary>
    public const long NoPlace = 1L << 57;

    public static long Of(int priority, int wait) => ((Problem.NoClass + 1 - priority) * Match) + wait;
}
