using System.Diagnostics;
using System.IO.Compression;
using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

public sealed class EngineFaults : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("compagnon-engine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancelled_when_part_of_the_plan_is_made_gives_nothing_and_the_next_run_is_whole(int threads)
    {
        var problem = Generator.Make(Family.Shortage, 20_000, 4_000, 20, 5);
        using var cancel = new CancellationTokenSource();
        var planned = new List<double>();
        var after = Stopwatch.StartNew();
        var progress = new Told(done =>
        {
            planned.Add(done);
            if (done < 0.5)
                return;
            after.Restart();
            cancel.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Engine.Solve(problem, new SolveOptions(threads, progress), cancel.Token));
        Assert.True(after.Elapsed < TimeSpan.FromSeconds(5), $"{after.Elapsed} from the order to the end");
        Assert.DoesNotContain(1, planned);
        var solution = Engine.Solve(problem, new SolveOptions(threads));
        Assert.True(Verifier.Verify(problem, solution.Plan, solution.Prices).Optimal);
    }

    [Theory]
    [InlineData(Family.Shortage, 1)]
    [InlineData(Family.Shortage, 3)]
    [InlineData(Family.OneRegion, 1)]
    [InlineData(Family.Linked, 2)]
    public void Progress_begins_at_0_rises_within_parts_too_and_ends_at_1(Family family, int threads)
    {
        var planned = new List<double>();
        Engine.Solve(Generator.Make(family, 20_000, 4_000, 20, 5), new SolveOptions(threads, new Told(planned.Add)));
        Assert.Equal((0, 1), (planned[0], planned[^1]));
        Assert.Equal(planned.Order(), planned);
        Assert.True(planned.Count > 6, string.Join(' ', planned));
        Assert.True(planned.Zip(planned.Skip(1)).All(p => p.Second - p.First < 0.5), string.Join(' ', planned));
        planned.Clear();
        Engine.Solve(new ProblemBuilder(3, 0).Build(), new SolveOptions(threads, new Told(planned.Add)));
        Assert.Equal([0, 1], planned);
    }

    [Fact]
    public async Task Cancelled_inside_one_part_ends_soon()
    {
        var problem = Generator.Make(Family.OneRegion, 60_000, 12_000, 20, 5);
        foreach (var milliseconds in new[] { 1, 20, 60 })
        {
            using var cancel = new CancellationTokenSource();
            var solving = Task.Run(() => Engine.Solve(problem, new SolveOptions(Threads: 1), cancel.Token));
            await Task.Delay(milliseconds);
            var after = Stopwatch.StartNew();
            await cancel.CancelAsync();
            try
            {
                // a fast machine may have finished: then all of it is there
                var solution = await solving;
                Assert.True(Verifier.Verify(problem, solution.Plan, solution.Prices).Optimal);
            }
            catch (OperationCanceledException)
            {
                Assert.True(after.Elapsed < TimeSpan.FromSeconds(5), $"{after.Elapsed} from the order to the end");
            }
        }
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.gz")]
    public void A_header_that_promises_more_than_the_file_holds_takes_no_room_for_it(string name)
    {
        var path = Path.Combine(_folder, name);
        Write(path, stream => stream.Write("p bmatch 4194303 4194303 2147483591\ne 1 1 5\n"u8));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bad = Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path));
        Assert.Contains("ends after 1 edges", bad.Reason, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64_000_000);
    }

    [Fact]
    public void Two_gigabytes_of_nothing_are_read_through_without_room_for_them()
    {
        var path = Path.Combine(_folder, "long");
        using (var file = File.Create(path))
        {
            file.Write("p bmatch 1 1 0\nc "u8);
            file.SetLength(2L << 30); // a hole: no disk is used
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(0, ProblemFile.Read(path).Edges);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000);
    }

    [Fact]
    public void A_compressed_file_that_swells_is_refused_at_its_first_wrong_line()
    {
        var path = Path.Combine(_folder, "bomb.gz");
        Write(path, stream =>
        {
            stream.Write("p bmatch 1 1 1\ne 1 1 "u8);
            var zeros = new byte[1 << 20];
            zeros.AsSpan().Fill((byte)'0');
            for (var k = 0; k < 64; k++)
                stream.Write(zeros);
        });
        Assert.True(new FileInfo(path).Length < 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(2, Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path)).Line);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000);
    }

    [Fact]
    public void Cancelled_while_reading_ends_there()
    {
        var path = Path.Combine(_folder, "read");
        ProblemFile.Write(Generator.Make(Family.Shortage, 20_000, 4_000, 20, 5), path);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ProblemFile.Read(path, cancel: cancel.Token));
    }

    private static void Write(string path, Action<Stream> write)
    {
        using var file = File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        write(stream);
    }

    private sealed class Told(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
