using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Tests.Programme;

public sealed class FiguresTests
{
    [Fact]
    public void TheMedian_IsInTheMiddle_WhateverTheOrder()
    {
        Assert.Null(Figures.Median([]));
        Assert.Equal(4, Figures.Median([4]));
        Assert.Equal(3, Figures.Median([9, 1, 3]));
        Assert.Equal(2.5, Figures.Median([4, 1, 2, 3]));
    }
}
