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

    [Theory]
    [InlineData(new[] { 11, 6 }, new[] { 6, 0 }, true)]
    [InlineData(new[] { 11, 6 }, new[] { 6, 3 }, false)]
    [InlineData(new[] { 6, 6 }, new[] { 5, 3 }, false)]
    [InlineData(new[] { 6, 0 }, new[] { 6, 0 }, true)]
    [InlineData(new[] { 10, 10 }, new[] { 5, 4 }, true)]
    public void WhatAColumnLeaves_IsNotShownBelowFive_Either(int[] all, int[] part, bool shown) => Assert.Equal(shown, SmallCounts.RestMayFollow(all, part));

    /// <summary>For whoever knows the rule: which numbers could stand behind the dashes. Of a small one there is always more than one.</summary>
    [Fact]
    public void FromOneStepToTheNext_NothingBelowFive_IsDeduced()
    {
        var random = new Random(1);
        var dashes = 0;
        for (var k = 0; k < 600; k++)
        {
            int[] came = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => random.Next(12))], reached = [.. came.Select(c => random.Next(c + 1))];
            var steps = SmallCounts.HideSteps([came, reached]);
            var possible = (from one in Behind(steps[0], Array.Empty<bool>()) from two in Behind(steps[1], [.. steps[0].Counts.Select(c => c is null)])
                            where one.Zip(two).All(p => p.Second <= p.First) select one.Concat(two).ToArray()).ToList();
            Assert.Contains(possible, p => p.SequenceEqual(came.Concat(reached)));
            foreach (var (i, shown) in steps.SelectMany(s => s.Counts).Index())
            {
                var small = came.Concat(reached).ElementAt(i) is > 0 and < SmallCounts.Least;
                Assert.False(small && shown is not null);
                dashes += small ? 1 : 0;
                Assert.True(!small || possible.Select(p => p[i]).Distinct().Skip(1).Any(), $"{string.Join(' ', came)} then {string.Join(' ', reached)}: number {i} follows");
            }
        }
        Assert.InRange(dashes, 500, int.MaxValue);
    }

    private static List<int[]> Behind((IReadOnlyList<int?> Counts, int? Total) column, bool[] hiddenBefore)
    {
        IEnumerable<int[]> all = [[]];
        foreach (var (i, count) in column.Counts.Index())
            all = all.SelectMany(some => (count is { } c ? [c] : Enumerable.Range(hiddenBefore.Length > i && hiddenBefore[i] ? 0 : 1, 14)).Select(c => (int[])[.. some, c]));
        return [.. all.Where(a => column.Total is { } total ? a.Sum() == total : a.Sum() is > 0 and < SmallCounts.Least)];
    }
}
