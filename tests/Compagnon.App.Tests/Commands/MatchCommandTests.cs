using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Compagnon.Matching;
using Compagnon.TestKit;
using Compagnon.Web.Commands;

namespace Compagnon.App.Tests.Commands;

/// <summary>match solve and match generate as they are typed: what they print, in which language, and how they end.</summary>
public sealed class MatchCommandTests : IDisposable
{
    private const string Nbsp = "\u00a0";
    private readonly string folder = Directory.CreateTempSubdirectory("compagnon-match").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_plan_is_printed_in_the_users_language_and_verified()
    {
        var file = Save("p bmatch 3 1 2\nn 1 1\ne 1 1 5\ne 2 1 7\n");
        var french = await RunAsync("match", "solve", file, "--lang", "fr");
        Assert.Equal((0, ""), (french.Code, french.Errors));
        Assert.Contains($"jumelées{Nbsp}: 1\n", french.Output, StringComparison.Ordinal);
        Assert.Contains($"concordance totale{Nbsp}: 7\n", french.Output, StringComparison.Ordinal);
        Assert.EndsWith($"optimal{Nbsp}: vérifié\n", french.Output, StringComparison.Ordinal);
        var english = await RunAsync("match", "solve", file, "--lang", "en", "--threads", "2");
        Assert.Equal((0, ""), (english.Code, english.Errors));
        Assert.Contains("matched: 1\ntotal fit: 7\nseconds: read 0.", english.Output, StringComparison.Ordinal);
        Assert.Contains("peak memory: ", english.Output, StringComparison.Ordinal);
        Assert.EndsWith("optimal: verified\n", english.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_it_is_one_object_on_one_line_in_either_language()
    {
        var file = Save("p bmatch 3 2 3\nn 1 1\nn 2 1\ne 1 1 5\ne 2 1 7\ne 3 2 9\n");
        foreach (var language in new[] { "fr", "en" })
        {
            var run = await RunAsync("match", "solve", file, "--json", "--lang", language);
            Assert.Equal(0, run.Code);
            Assert.Equal(1, run.Output.Count(c => c == '\n'));
            using var json = JsonDocument.Parse(run.Output);
            Assert.Equal(["patients", "companions", "edges", "matched", "total_fit", "objective", "read_s", "solve_s", "verify_s", "peak_mb", "optimal"], json.RootElement.EnumerateObject().Select(p => p.Name));
            Assert.Equal((2, 16L, true), (json.RootElement.GetProperty("matched").GetInt32(), json.RootElement.GetProperty("total_fit").GetInt64(), json.RootElement.GetProperty("optimal").GetBoolean()));
        }
    }

    [Theory]
    [InlineData("", 1, "le fichier est vide", "the file is empty")]
    [InlineData("e 1 1 1\n", 1, "la première ligne doit être", "the first line must be")]
    [InlineData("p match 1 1 0\n", 1, "ici, il faut", "is expected here")]
    [InlineData("p bmatch 1 1 1\ne 2 1 5\n", 2, "n’est pas entre 1 et 1", "patient: 2 is not between 1 and 1")]
    [InlineData("p bmatch 1 1 1\ne 1 2 5\n", 2, "(COMPANION)", "companion: 2 is not between 1 and 1")]
    [InlineData("p bmatch 1 2 2\ne 1 1 5\nc x\ne 1 1 6\n", 4, "cette paire a déjà été donnée", "this pair was given before")]
    [InlineData("p bmatch 1 1 1\ne 1 1 99999999999999999999\n", 2, "le nombre est trop grand", "fit: the number is too large")]
    [InlineData("p bmatch 1 1 1\ne 1 1 x\n", 2, "il faut un nombre entier", "fit: a whole number is needed")]
    [InlineData("p bmatch 1 1 1\ne 1 1\n", 2, "il manque une espace", "a further value")]
    [InlineData("p bmatch 1 1 1\ne 1 1 5 6\n", 2, "la ligne devrait", "the line should end")]
    [InlineData("p bmatch 1 1 1\nz 1\n", 2, "c, p, n, e, w ou u", "c, p, n, e, w or u")]
    [InlineData("p bmatch 1 1 1\np bmatch 1 1 1\n", 2, "ligne p", "p line: given before")]
    [InlineData("p bmatch 1 1 1\nn 1 1\nn 1 2\n", 3, "valeur déjà donnée", "capacity: given before")]
    [InlineData("p bmatch 1 2 1\ne 1 1 5\ne 1 2 6\n", 3, "une paire de plus que les 1", "one edge more than the 1")]
    [InlineData("p bmatch 1 2 2\ne 1 1 5\n", 3, "avec moins de paires (1) que n’en promet la première ligne (2)", "with fewer edges (1) than its first line promises (2)")]
    public async Task A_bad_file_is_refused_with_line_and_reason(string text, int line, string french, string english)
    {
        var file = Save(text);
        var fr = await RunAsync("match", "solve", file, "--lang", "fr");
        Assert.Equal((2, ""), (fr.Code, fr.Output));
        Assert.StartsWith($"{file}, ligne {line}{Nbsp}: ", fr.Errors, StringComparison.Ordinal);
        Assert.Contains(french, fr.Errors, StringComparison.Ordinal);
        var en = await RunAsync("match", "solve", file, "--json", "--lang", "en");
        Assert.Equal((2, ""), (en.Code, en.Output));
        Assert.StartsWith($"{file}, line {line}: ", en.Errors, StringComparison.Ordinal);
        Assert.Contains(english, en.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "est introuvable", "est un dossier", "n’est pas un nombre entier de 1 à 256", "est abîmé à partir d’ici", "Il manque FICHIER")]
    [InlineData("en", "can’t be found", "is a folder", "is not a whole number from 1 to 256", "is damaged from here on", "FILE is missing")]
    public async Task Wrong_use_is_said_in_both_languages(string language, string missing, string isFolder, string threads, string damaged, string noFile)
    {
        async Task RefusedAsync(string words, params string[] args)
        {
            var run = await RunAsync([.. args, "--lang", language]);
            Assert.Equal((2, ""), (run.Code, run.Output));
            Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        }

        await RefusedAsync(missing, "match", "solve", Path.Combine(folder, "nowhere"));
        await RefusedAsync(isFolder, "match", "solve", folder);
        await RefusedAsync(noFile, "match", "solve");
        foreach (var typed in new[] { "0", "-1", "two", "1.5", "257", "99999999999" })
            await RefusedAsync(threads, "match", "solve", Save("p bmatch 0 0 0\n"), "--threads", typed);
        var zipped = Path.Combine(folder, $"{language}.gz");
        await File.WriteAllBytesAsync(zipped, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, .. Encoding.ASCII.GetBytes("this is not compressed at all")]);
        await RefusedAsync(damaged, "match", "solve", zipped);
    }

    [Fact]
    public async Task Each_family_is_written_and_solved_plain_and_compressed()
    {
        foreach (var family in new[] { "shortage", "tight", "ample", "popular", "ties", "one-region", "linked", "random" })
        {
            var file = Path.Combine(folder, family + (family.Length > 5 ? ".gz" : ".txt"));
            var made = await RunAsync("match", "generate", file, "--family", family, "--patients", "300", "--companions", "40", "--edges", "6", "--seed", "9", "--lang", "en");
            Assert.Equal((0, ""), (made.Code, made.Errors));
            Assert.StartsWith($"{file} – patients: 300; companions: 40; edges: ", made.Output, StringComparison.Ordinal);
            var solved = await RunAsync("match", "solve", file, "--json");
            Assert.Contains("\"optimal\":true", solved.Output, StringComparison.Ordinal);
            Assert.Equal([0x1f, 0x8b], file.EndsWith(".gz", StringComparison.Ordinal) ? (await File.ReadAllBytesAsync(file))[..2] : [0x1f, 0x8b]);
        }
        Assert.DoesNotContain(Directory.GetFiles(folder), f => Path.GetFileName(f).StartsWith('.'));
    }

    [Theory]
    [InlineData("fr", "n’est pas une sorte de réseau", "n’est pas un nombre entier")]
    [InlineData("en", "is not a kind of network", "is not a whole number")]
    public async Task What_cannot_be_generated_is_said_and_nothing_is_written(string language, string family, string number)
    {
        var file = Path.Combine(folder, "never.txt");
        foreach (var (words, option, value) in new[] { (family, "--family", "nice"), (number, "--patients", "-5"), (number, "--companions", "9999999"), (number, "--edges", "many"), (number, "--seed", "x") })
        {
            var run = await RunAsync("match", "generate", file, option, value, "--lang", language);
            Assert.Equal((2, ""), (run.Code, run.Output));
            Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await RunAsync("match", "generate", Path.Combine(folder, "no", "such"), "--lang", language)).Code);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Help_speaks_of_files_and_families_and_never_of_a_database()
    {
        foreach (var language in new[] { "fr", "en" })
        {
            var solve = await RunAsync("match", "solve", "--help", "--lang", language);
            Assert.Contains("p bmatch PATIENTS COMPANIONS EDGES", solve.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("--database", solve.Output, StringComparison.Ordinal);
            Assert.Contains("one-region", (await RunAsync("match", "generate", "--help", "--lang", language)).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_program_itself_solves_without_a_database_and_ends_with_the_code()
    {
        var good = await Processes.RunAsync(folder, "match", "solve", Save("p bmatch 1 1 1\nn 1 1\ne 1 1 5\n"), "--json");
        Assert.Equal((0, ""), (good.Code, good.Errors));
        Assert.StartsWith("{\"patients\":1,\"companions\":1,\"edges\":1,\"matched\":1,\"total_fit\":5,", good.Output, StringComparison.Ordinal);
        var bad = await Processes.RunAsync(folder, "match", "solve", Save("p bmatch 1 1 1\ne 1 7 5\n"), "--lang", "en");
        Assert.Equal((2, ""), (bad.Code, bad.Output));
        Assert.Contains("line 2: companion: 7", bad.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pipe_is_read_like_a_file(bool zipped)
    {
        byte[] Form(string text)
        {
            if (!zipped) return Encoding.ASCII.GetBytes(text);
            using var memory = new MemoryStream();
            using (var zip = new GZipStream(memory, CompressionLevel.Fastest)) zip.Write(Encoding.ASCII.GetBytes(text));
            return memory.ToArray();
        }

        var good = await Processes.RunAsync(folder, Form("p bmatch 1 1 1\nn 1 1\ne 1 1 5\n"), heap: null, "match", "solve", "/dev/stdin", "--json");
        Assert.Equal((0, ""), (good.Code, good.Errors));
        Assert.Contains("\"matched\":1,\"total_fit\":5,", good.Output, StringComparison.Ordinal);
        var bad = await Processes.RunAsync(folder, Form("p bmatch 1 1 1\nn 1 1\ne 1 1 1005\n"), heap: null, "match", "solve", "/dev/stdin", "--lang", "en");
        Assert.Equal((2, ""), (bad.Code, bad.Output));
        Assert.StartsWith("/dev/stdin, line 3: fit: 1005", bad.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "La mémoire de cette machine ne suffit pas. Rien n’a été gardé à moitié.")]
    [InlineData("en", "This machine has not enough memory. Nothing was left half done.")]
    public async Task Without_memory_enough_it_says_so_and_gives_no_plan(string language, string words)
    {
        // four million people take 32 MB before the first pair
        var run = await Processes.RunAsync(folder, Encoding.ASCII.GetBytes("p bmatch 4000000 4000000 1\ne 1 1 5\n"), heap: 16 << 20, "match", "solve", "/dev/stdin", "--lang", language);
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Equal(words, run.Errors.Trim());
    }

    [Fact]
    public async Task Interrupted_it_says_so_and_leaves_nothing_half_written()
    {
        var file = Path.Combine(folder, "large.txt");
        ProblemFile.Write(Generator.Make(Family.Shortage, 100, 20, 5, 1), file);
        var before = await File.ReadAllTextAsync(file);
        var run = await Processes.InterruptedAsync(folder, () => Directory.GetFiles(folder).Length > 1, "match", "generate", file, "--patients", "400000", "--companions", "80000", "--lang", "en");
        Assert.Equal(1, run.Code);
        Assert.Contains("Interrupted", run.Errors, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(folder));
        Assert.Equal(before, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Interrupted_while_nothing_comes_through_the_pipe_it_ends()
    {
        var until = DateTime.UtcNow.AddSeconds(4);
        var run = await Processes.InterruptedAsync(folder, () => DateTime.UtcNow > until, "match", "solve", "/dev/stdin", "--lang", "en");
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains("Interrupted", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>What exists is written into: a link still leads where it led, and a file keeps its rights.</summary>
    [Fact, UnsupportedOSPlatform("windows")]
    public async Task What_exists_stays_what_it_is()
    {
        var (file, link) = (Save("something else"), Path.Combine(folder, "link.txt"));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, file);
        Assert.Equal(0, (await RunAsync("match", "generate", link, "--patients", "20", "--companions", "5", "--edges", "3", "--lang", "en")).Code);
        Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (new FileInfo(link).LinkTarget, File.GetUnixFileMode(file)));
        Assert.StartsWith("p bmatch 20 5 ", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        File.Delete(file);
        var gone = await RunAsync("match", "solve", link, "--lang", "en");
        Assert.Equal((2, ""), (gone.Code, gone.Output));
        Assert.Contains(link, gone.Errors, StringComparison.Ordinal);
    }

    private static async Task<Run> RunAsync(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
        // the command sets the language of its own flow only
        var code = await Task.Run(() => CommandLine.RunAsync(args, output, errors));
        return new Run(code, output.ToString(), errors.ToString());
    }

    private string Save(string text)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid()}.txt");
        File.WriteAllText(path, text);
        return path;
    }
}
