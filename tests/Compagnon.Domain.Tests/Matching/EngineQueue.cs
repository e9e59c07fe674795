using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>The queue of a search: near and far, from any beginning, several taken at once.</summary>
public sealed class EngineQueue
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(0, 9000)]
    [InlineData(1L << 48, 300)]
    public void The_nearest_come_first_and_together_only_where_they_are_equally_far(long from, int spread)
    {
        var queue = new Queue();
        var taken = new int[3];
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            queue.Clear();
            queue.BeginAt(from);
            var left = new HashSet<(long Distance, int Companion)>();
            var now = from;
            for (var companion = 0; companion < 300 || left.Count > 0;)
            {
                if (companion < 300 && (left.Count == 0 || random.Next(3) > 0))
                {
                    // never nearer than what was taken last
                    var distance = now + random.Next(spread);
                    queue.Add(distance, companion);
                    Assert.True(left.Add((distance, companion++)));
                    continue;
                }
                var count = queue.Take(taken, long.MaxValue, out now);
                Assert.InRange(count, 1, taken.Length);
                Assert.Equal(left.Min(l => l.Distance), now);
                for (var k = 0; k < count; k++)
                    Assert.True(left.Remove((now, taken[k])), $"seed {seed}: {taken[k]} at {now}");
            }
            Assert.Equal(0, queue.Take(taken, long.MaxValue, out _));
        }
    }

    [Fact]
    public void As_many_are_taken_as_there_is_room_for()
    {
        var queue = new Queue();
        for (var companion = 0; companion < 7; companion++)
            queue.Add(5, companion);
        var taken = new int[3];
        Assert.Equal([3, 3, 1, 0], Enumerable.Range(0, 4).Select(_ => queue.Take(taken, long.MaxValue, out var _)));
    }
}
