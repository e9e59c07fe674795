using System.IO.Compression;
using System.IO.Pipes;
using System.Text;
using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>A file of which the end is missing is never a smaller problem; a pipe is as good as a file.</summary>
public sealed class EngineWholeFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("compagnon-engine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(CompressionLevel.NoCompression, 1)]
    [InlineData(CompressionLevel.Fastest, 1)]
    [InlineData(CompressionLevel.SmallestSize, 1)]
    [InlineData(CompressionLevel.Fastest, 3)]
    [InlineData(CompressionLevel.NoCompression, 2)]
    public void Every_cut_of_a_compressed_file_is_damaged(CompressionLevel level, int pieces)
    {
        // a file without edges is whole after any of its lines: nothing but the compressed form tells that some are missing
        var text = "p bmatch 9 40 0\n" + string.Concat(Enumerable.Range(1, 40).Select(j => $"n {j} {j * 7 % 5}\n"));
        var bytes = Zipped(text, level, pieces, out var ends);
        var path = Path.Combine(_folder, "cut.gz");
        for (var cut = 3; cut < bytes.Length; cut++)
        {
            File.WriteAllBytes(path, bytes[..cut]);
            if (ends.Contains(cut))
                continue;
            var bad = Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path));
            Assert.True(bad.Fault == FileFault.Damaged, $"cut at {cut} of {bytes.Length}: {bad.Message}");
        }
        File.WriteAllBytes(path, bytes);
        Assert.Equal(40, ProblemFile.Read(path).Companions);
    }

    [Fact]
    public void Every_length_of_pieces_is_read_whole()
    {
        var path = Path.Combine(_folder, "pieces.gz");
        for (var size = 1; size < 400; size++)
        {
            // pieces end at every place of the buffers through which they are read
            var text = "p bmatch 1 1 1\nc " + new string('x', size * 50) + "\ne 1 1 5\n";
            File.WriteAllBytes(path, Zipped(text, CompressionLevel.NoCompression, 2 + (size % 3), out _));
            Assert.Equal(5, ProblemFile.Read(path).FitOf(0, 0));
        }
    }

    [Fact]
    public void A_long_compressed_file_cut_late_is_damaged_whatever_was_read_before()
    {
        var path = Path.Combine(_folder, "long.gz");
        ProblemFile.Write(Generator.Make(Family.Shortage, 20_000, 4_000, 20, 5), path);
        var bytes = File.ReadAllBytes(path);
        foreach (var cut in new[] { 1, 7, 8, 9, 1000, bytes.Length / 2 })
        {
            File.WriteAllBytes(path, bytes[..^cut]);
            Assert.Equal(FileFault.Damaged, Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path)).Fault);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Through_a_pipe_the_same_is_read_and_refused(bool zipped)
    {
        byte[] Form(string text) => zipped ? Zipped(text, CompressionLevel.Fastest, 1, out _) : Encoding.ASCII.GetBytes(text);
        Assert.Equal(7, await ThroughPipeAsync(Form("p bmatch 1 1 1\ne 1 1 7\n"), path => ProblemFile.Read(path).FitOf(0, 0)));
        var twice = await ThroughPipeAsync(Form("p bmatch 2 2 4\ne 2 1 5\ne 1 1 5\nc x\ne 2 1 6\ne 2 2 1\n"), path => Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path)));
        Assert.Equal((5, FileFault.PairTwice), (twice.Line, twice.Fault));
        Assert.Equal(FileFault.Empty, (await ThroughPipeAsync([], path => Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path)))).Fault);
    }

    private static async Task<T> ThroughPipeAsync<T>(byte[] bytes, Func<string, T> read)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var reading = Task.Run(() => read($"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}"));
        await pipe.WriteAsync(bytes);
        // the reader has its own end by now, or takes what lies in the pipe
        await Task.Delay(200);
        pipe.DisposeLocalCopyOfClientHandle();
        await pipe.DisposeAsync();
        return await reading;
    }

    private static byte[] Zipped(string text, CompressionLevel level, int pieces, out List<int> ends)
    {
        using var file = new MemoryStream();
        ends = [];
        foreach (var part in text.Chunk((text.Length + pieces - 1) / pieces))
        {
            using (var zip = new GZipStream(file, level, leaveOpen: true))
                zip.Write(Encoding.ASCII.GetBytes(part));
            ends.Add((int)file.Length);
        }
        return file.ToArray();
    }
}
