using Compagnon.Domain.Programme;
using FsCheck;
using FsCheck.Fluent;

namespace Compagnon.Domain.Tests.Programme;

public sealed class SmallCountsTests
{
    [Theory]
    [InlineData(new[] { 12, 3, 8 }, "12 – –", "23")]
    [InlineData(new[] { 12, 3, 4 }, "12 – –", "19")]
    [InlineData(new[] { 12, 1, 1 }, "– – –", "14")]
    [InlineData(new[] { 12, 0, 9 }, "12 0 9", "21")]
    [InlineData(new[] { 3 }, "–", "–")]
    [InlineData(new[] { 30 }, "30", "30")]
    public void TooFew_IsADash_AndSoIsWhatItWouldFollowFrom(int[] counts, string shown, string total)
    {
        var (hidden, all) = SmallCounts.Hide(counts);
        Assert.Equal((shown, total), (string.Join(' ', hidden.Select(c => c?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–")), all?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–"));
    }

    [Fact]
    public void WhateverTheCounts_NothingBelowFive_IsShownOrDeduced() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Gen.Choose(0, 12).ListOf().Where(l => l.Count > 0).ToArbitrary(), counts =>
        {
            var (shown, total) = SmallCounts.Hide([.. counts]);
            var hidden = shown.Count(c => c is null);
            var rest = total - shown.Sum(c => c ?? 0);
            return shown.Zip(counts).All(p => p.First is null || p.First == p.Second)
                && shown.All(c => c is null or 0 or >= SmallCounts.Least)
                && (hidden == 0 || total is null || (hidden > 1 && rest >= SmallCounts.Least));
        }));
}
