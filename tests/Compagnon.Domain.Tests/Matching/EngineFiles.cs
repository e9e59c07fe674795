using System.Text;
using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

public sealed class EngineFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("compagnon-engine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", 1, "the file is empty")]
    [InlineData("c nothing else\n", 1, "the file is empty")]
    [InlineData("c nothing\nc else", 2, "the file is empty")]
    [InlineData("e 1 1 1\n", 1, "the first line must be")]
    [InlineData("p match 1 1 0\n", 1, "bmatch")]
    [InlineData("c hello\np bmatch 1 1 1\ne 2 1 5\n", 3, "patient: 2 is not between 1 and 1")]
    [InlineData("p bmatch 1 1 1\ne 1 0 5\n", 2, "companion: 0")]
    [InlineData("p bmatch 1 1 1\ne 1 1 1001\n", 2, "fit: 1001")]
    [InlineData("p bmatch 1 1 1\ne 1 1 -3\n", 2, "whole number")]
    [InlineData("p bmatch 1 1 1\ne 1 1 5.5\n", 2, "whole number")]
    [InlineData("p bmatch 1 1 1\ne 1 1\n", 2, "further value")]
    [InlineData("p bmatch 1 1 1\ne 1 1 5 6\n", 2, "nothing more")]
    [InlineData("p bmatch 1 1 1\ne 1 1 99999999999999999999\n", 2, "too large")]
    [InlineData("p bmatch 1 1 1\nn 1 4294967296\n", 2, "too large")]
    [InlineData("p bmatch 1 2 2\ne 1 1 5\ne 1 2 5\ne 1 1 6\n", 4, "one edge more")]
    [InlineData("p bmatch 1 2 2\ne 1 1 5\n\nc x\ne 1 1 6\n", 5, "given before")]
    [InlineData("p bmatch 2 1 2\ne 2 1 5\ne 1 1 5\ne 2 1 6\n", 4, "one edge more")]
    [InlineData("p bmatch 2 2 3\ne 2 1 5\ne 1 1 5\ne 2 1 6\n", 4, "given before")]
    [InlineData("p bmatch 1 1 1\nn 1 1\nn 1 2\n", 3, "given before")]
    [InlineData("p bmatch 1 1 0\nu 1 16\n", 2, "class")]
    [InlineData("p bmatch 1 1 0\nw 1 5\nw 1 5\n", 3, "given before")]
    [InlineData("p bmatch 1 1 1\n", 2, "ends after 0 edges")]
    [InlineData("p bmatch 2 2 5\n", 2, "ends after 0 edges")]
    [InlineData("p bmatch 1 1 2\ne 1 1 5\ne 1 1 6\n", 3, "given before")]
    [InlineData("p bmatch 4194304 1 0\n", 1, "patients: 4194304")]
    [InlineData("p bmatch 1 1 1\nx 1 1 1\n", 2, "begins with")]
    [InlineData("p bmatch 1 1 1\ncapacity 1 1\n", 2, "begins with")]
    [InlineData("p bmatch 1 1 1\ne 1 1 5\n\0\0\0", 3, "begins with")]
    public void A_malformed_file_is_refused_with_its_line_and_the_reason(string text, long line, string reason)
    {
        var bad = Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(Save(text)));
        Assert.Contains(reason, bad.Reason, StringComparison.Ordinal);
        Assert.Equal(line, bad.Line);
    }

    [Fact]
    public void Spaces_comments_carriage_returns_and_a_missing_last_newline_are_fine()
    {
        var problem = ProblemFile.Read(Save("c a comment\r\n\r\np  bmatch\t2 2 2 \r\nn 2 3\nc " + new string('x', 600_000) + "\nw 1 30\nu 2 1\ne 2 2 0\ne 1 2 1000"));
        Assert.Equal((2, 2, 2), (problem.Patients, problem.Companions, problem.Edges));
        Assert.Equal((0, 3, 30, 1, Problem.NoClass), (problem.CapacityOf(0), problem.CapacityOf(1), problem.DaysOf(0), problem.ClassOf(1), problem.ClassOf(0)));
        Assert.Equal((1000, 0, null), (problem.FitOf(0, 1), problem.FitOf(1, 1), problem.FitOf(1, 0)));
    }

    [Fact]
    public void What_is_written_is_read_back_plain_and_compressed()
    {
        foreach (var family in Enum.GetValues<Family>())
            foreach (var name in new[] { "a.txt", "a.gz" })
            {
                var problem = Generator.Make(family, 300, 60, 8, 7);
                ProblemFile.Write(problem, Path.Combine(_folder, name));
                var again = ProblemFile.Read(Path.Combine(_folder, name));
                Assert.Equal(Text(problem), Text(again));
                var report = SolveReport.Of(again, new SolveOptions(), TimeSpan.Zero);
                Assert.True(report.Verdict.Optimal && report.Totals.Matched > 100);
            }
    }

    [Fact]
    public void A_seed_is_a_network_and_another_seed_another()
    {
        Assert.Equal(Text(Generator.Make(Family.Popular, 200, 40, 9, 3)), Text(Generator.Make(Family.Popular, 200, 40, 9, 3)));
        Assert.False(string.Equals(Text(Generator.Make(Family.Popular, 200, 40, 9, 3)), Text(Generator.Make(Family.Popular, 200, 40, 9, 4)), StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_compressed_file_is_refused()
    {
        var path = Path.Combine(_folder, "b.gz");
        ProblemFile.Write(Generator.Make(Family.Shortage, 2000, 300, 20, 7), path);
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length / 2, 64).Fill(0xff);
        File.WriteAllBytes(path, bytes);
        Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path));
        File.WriteAllBytes(path, bytes[..(bytes.Length / 3)]);
        Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(path));
    }

    [Theory]
    [InlineData("p bmatch 1 1 1\ne 1 1 5", 0, 400, "\n")]
    [InlineData("p bmatch 1 1 1\ne 1", 400, 0, "1 5\n")]
    [InlineData("p bmatch 1 1 1\ne", 300_000, 0, "1 1 5")]
    [InlineData("p", 600_000, 600_000, "bmatch 1 1 1\ne 1 1 5\n")]
    public void However_many_spaces_stand_in_a_line_it_is_read(string before, int first, int second, string after)
    {
        var problem = ProblemFile.Read(Save(before + new string(' ', first) + new string('\t', second) + after));
        Assert.Equal((1, 5), (problem.Edges, problem.FitOf(0, 0)));
    }

    [Fact]
    public void A_value_missing_after_many_spaces_is_missed_and_one_too_many_is_found()
    {
        var spaces = new string(' ', 5000);
        Assert.Equal((2, FileFault.NotWhole), FaultOf($"p bmatch 1 1 1\ne 1 1{spaces}\n"));
        Assert.Equal((2, FileFault.NothingMore), FaultOf($"p bmatch 1 1 1\ne 1 1 5{spaces}6\n"));
        Assert.Equal((1, FileFault.WordExpected), FaultOf($"p{spaces}match 1 1 1\n"));
    }

    [Fact]
    public void The_report_is_one_line_of_json()
    {
        var report = SolveReport.OfFile(Save("p bmatch 3 1 2\nn 1 1\ne 1 1 5\ne 2 1 7\n"), new SolveOptions(Threads: 1));
        Assert.StartsWith("""{"patients":3,"companions":1,"edges":2,"matched":1,"total_fit":7,"objective":7,"read_s":0.""", report.ToJson(), StringComparison.Ordinal);
        Assert.EndsWith("\"optimal\":true}", report.ToJson(), StringComparison.Ordinal);
        Assert.True(report.PeakMegabytes > 1);
    }

    [Fact]
    public async Task Cancelled_in_the_middle_gives_nothing()
    {
        var problem = Generator.Make(Family.OneRegion, 60_000, 12_000, 20, 5);
        using var cancel = new CancellationTokenSource();
        var solving = Task.Run(() => Engine.Solve(problem, new SolveOptions(), cancel.Token));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solving);
    }

    private (long, FileFault) FaultOf(string text)
    {
        var bad = Assert.Throws<BadProblemFileException>(() => ProblemFile.Read(Save(text)));
        return (bad.Line, bad.Fault);
    }

    private string Save(string text)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString());
        File.WriteAllText(path, text);
        return path;
    }

    private static string Text(Problem problem)
    {
        using var stream = new MemoryStream();
        ProblemFile.Write(problem, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
