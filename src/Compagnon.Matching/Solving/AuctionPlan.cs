namespace Compagnon.Matching;

/// <summary>How an auction is run: how many classes there are, what a match of the last one is worth, at which price places begin, the increments, and when to give up.</summary>
internal sealed record AuctionPlan
{
    public required int Classes { get; init; }
    public required int MatchWorth { get; init; }

    /// <summary>By how much all is multiplied, so that prices may lie between whole points of fit.</summary>
    public required int Scale { get; init; }
    public required int Seed { get; init; }
    public required int FirstStep { get; init; }
    public required int LastStep { get; init; }
    public required int Divisor { get; init; }
    public required long MostBids { get; init; }

    /// <summary>Many bid at once, whether by one thread or by several; else one after the other, which takes a few bids less.</summary>
    public required bool AtOnce { get; init; }
    public required int FewBids { get; init; }
    public required int FewOffers { get; init; }
}
