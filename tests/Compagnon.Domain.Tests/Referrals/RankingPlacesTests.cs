using Compagnon.Domain.Referrals;
using static Compagnon.Domain.Referrals.Preference;

namespace Compagnon.Domain.Tests.Referrals;

/// <summary>Three places, filled one question at a time.</summary>
public sealed class RankingPlacesTests
{
    [Fact]
    public void PlacesFillOneByOne() => Assert.Equal([Treatment, Life, Age], new RankingPart([]).With(1, Treatment).With(2, Life).With(3, Age).Ranking);

    [Fact]
    public void AChangedPlace_LeavesTheOthers() => Assert.Equal([Cancer, Life, Age], new RankingPart([Treatment, Life, Age]).With(1, Cancer).Ranking);

    [Fact]
    public void WhatStoodElsewhere_ChangesPlaces() => Assert.Equal([Age, Life, Treatment], new RankingPart([Treatment, Life, Age]).With(1, Age).Ranking);

    [Fact]
    public void NothingElse_EndsTheList() => Assert.Equal([Treatment], new RankingPart([Treatment, Life, Age]).With(2, preference: null).Ranking);

    [Fact]
    public void APlaceBeyondTheFirstFreeOne_IsTheFirstFreeOne() => Assert.Equal([Treatment], new RankingPart([]).With(3, Treatment).Ranking);

    [Fact]
    public void TheSameAgain_ChangesNothing() => Assert.Equal([Treatment, Life], new RankingPart([Treatment, Life]).With(1, Treatment).Ranking);
}
