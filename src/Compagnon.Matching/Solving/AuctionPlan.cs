namespace Compagnon.Matching;

/// <summary>How the auction is run: how many classes there are, the worth of a match, the increments, and when to give up.</summary>
internal readonly record struct AuctionPlan(int Classes, int MatchWorth, int Scale, int FirstStep, int Divisor, int LastStep, long MostBids)
{
    public int SeedFrom { get; init; }
    public int Seed { get; init; }
}
