using System.IO.Compression;

namespace Compagnon.Matching;

/// <summary>
/// The text format: <c>p bmatch PATIENTS COMPANIONS EDGES</c> first, then <c>n COMPANION CAPACITY</c>, <c>e PATIENT COMPANION FIT</c>,
/// <c>w PATIENT DAYS</c>, <c>u PATIENT CLASS</c> in any order, numbers from 1; <c>c</c> begins a comment. A companion without an n line
/// has no place. Classes run from 0, served first, to 15; patients without a u line come after them. A .gz is recognised by its content;
/// one that was cut short is refused. A pipe serves as well as a file.
/// </summary>
public static class ProblemFile
{
    private const int Buffer = 1 << 16;

    /// <exception cref="BadProblemFileException"/>
    public static Problem Read(string path, Weights? weights = null, CancellationToken cancel = default)
    {
        try
        {
            using var file = Open(path);
            using var stream = Unzipped(file);
            // what comes through a pipe can't be read a second time
            return new ProblemReader(stream, file.CanSeek ? file.Length : 0, cancel) { Remembers = !file.CanSeek }.Read(weights);
        }
        catch (RepeatedEdgeException repeated)
        {
            using var file = Open(path);
            using var stream = Unzipped(file);
            throw new BadProblemFileException(ProblemReader.LineOfSecond(stream, repeated.Patient, repeated.Companion), FileFault.PairTwice, []);
        }
    }

    public static void Write(Problem problem, string path, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, Buffer);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        Write(problem, stream, cancel);
    }

    public static void Write(Problem problem, Stream stream, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        using var writer = new StreamWriter(stream, bufferSize: Buffer, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(FormattableString.Invariant($"p bmatch {problem.Patients} {problem.Companions} {problem.Edges}"));
        for (var j = 0; j < problem.Companions; j++)
            writer.WriteLine(FormattableString.Invariant($"n {j + 1} {problem.CapacityOf(j)}"));
        for (var i = 0; i < problem.Patients; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (problem.DaysOf(i) > 0)
                writer.WriteLine(FormattableString.Invariant($"w {i + 1} {problem.DaysOf(i)}"));
            if (problem.ClassOf(i) != Problem.NoClass)
                writer.WriteLine(FormattableString.Invariant($"u {i + 1} {problem.ClassOf(i)}"));
            for (var e = 0; e < problem.EdgesOf(i); e++)
            {
                var edge = problem.EdgeAt(i, e);
                writer.WriteLine(FormattableString.Invariant($"e {i + 1} {edge.Companion + 1} {edge.Fit}"));
            }
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.SequentialScan);

    private static Stream Unzipped(FileStream file)
    {
        var magic = new byte[2];
        var read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        var start = new MemoryStream(magic, 0, read);
        return magic is [0x1f, 0x8b] ? new WholeGzip(start, file) : new Joined(start, file);
    }
}
