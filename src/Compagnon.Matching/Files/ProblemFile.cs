using System.IO.Compression;

namespace Compagnon.Matching;

/// <summary>
/// The text format: <c>p bmatch PATIENTS COMPANIONS EDGES</c> first, then <c>n COMPANION CAPACITY</c>, <c>e PATIENT COMPANION FIT</c>,
/// <c>w PATIENT DAYS</c>, <c>u PATIENT CLASS</c> in any order, numbers from 1; <c>c</c> begins a comment. A companion without an n line
/// has no place. Classes run from 0, served first, to 15; patients without a u line come after them. A .gz is recognised by its content.
/// </summary>
public static class ProblemFile
{
    private const int Buffer = 1 << 16;

    /// <exception cref="BadProblemFileException"/>
    public static Problem Read(string path, Weights? weights = null, CancellationToken cancel = default)
    {
        try
        {
            using var stream = Open(path);
            return new ProblemReader(stream, new FileInfo(path).Length, cancel).Read(weights);
        }
        catch (RepeatedEdgeException repeated)
        {
            using var stream = Open(path);
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

    private static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        var zipped = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        return zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
