using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests.Quality;

/// <summary>Every command's help, and what it says when it is asked wrongly or can't: one language, no trace of the machine, and the exit code of the promise.</summary>
public sealed class CommandsTests
{
    [Theory, InlineData("fr"), InlineData("en")]
    public async Task Help_IsInOneLanguage(string language)
    {
        foreach (var command in (string[])["", "serve", "demo", "admin", "admin create", "admin end-sessions", "import", "import fhir", "backup", "restore", "audit", "audit verify"])
        {
            var said = await RunAsync(language, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Check(said, 0, language);
            Assert.Contains("--database", said.Text, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task AMistake_EndsWith2_AndSaysWhatToDo(string language)
    {
        using var folder = new Folder();
        string[][] mistakes =
        [
            [], ["nimporte"], ["serve", "--zut"], ["serve"], ["admin"], ["admin", "create"], ["import", "fhir"], ["backup"], ["backup", "a", "b"], ["audit", "verify"], ["audit"],
            ["audit", "verify", "--database"], ["audit", "verify", "--database", "a", "--database", "b"], ["audit", "verify", "--database", "zut"], ["audit", "verify", "--database", $"Data Source={folder.At("none/compagnon.db")}"],
            ["audit", "verify", "--database", "Host=127.0.0.1;Port=1;Database=x;Username=y"], ["backup", folder.At("none/copy"), "--database", folder.Database],
            ["admin", "create", "--email", "zut", "--given-name", "Zoé", "--family-name", "Roy", "--database", folder.Database], ["restore", folder.At("none/copy"), "--database", folder.Database],
            ["restore", folder.NoBackup, "--database", folder.Database], ["import", "fhir", folder.NoBackup, "--database", folder.Database], ["import", "fhir", folder.At("none/x.json"), "--database", folder.Database],
            ["serve", "--database", folder.Database, "--Compagnon:PublicAddress=compagnon"], ["serve", "--database", folder.Database, "--Compagnon:Smtp:Host=localhost", "--Compagnon:Smtp:From=zut"],
        ];
        foreach (var mistake in mistakes) Check(await RunAsync(language, mistake), 2, language);
        foreach (var unknown in (string[])["xx", "", "enx"]) Check(await RunAsync(language, ["match", "solve", folder.At("x.txt"), $"--lang={unknown}"]), 2, language);
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task AFault_EndsWith1_AndSaysWhatToDo(string language)
    {
        using var folder = new Folder();
        string[][] faults =
        [
            ["audit", "verify", "--database", "Host=127.0.0.1;Port=1;Database=x;Username=y;Timeout=2", "--keys", folder.At("x.keys")],
            ["audit", "verify", "--database", $"Data Source={folder.NoBackup}"], ["serve", "--database", folder.Database, "--keys", folder.NoBackup, "--urls", "http://127.0.0.1:0"],
            ["admin", "create", "--email", "zoe@exemple.test", "--given-name", "Zoé", "--family-name", "Roy", "--database", $"Data Source={folder.NoBackup}/compagnon.db"],
        ];
        foreach (var fault in faults) Check(await RunAsync(language, fault), 1, language);
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task WhatWasDone_IsToldInOneLanguage(string language)
    {
        using var folder = new Folder();
        string[][] steps =
        [
            ["admin", "create", "--email", "zoe@exemple.test", "--given-name", "Zoé", "--family-name", "Roy", "--database", folder.Database], ["audit", "verify", "--database", folder.Database],
            ["backup", folder.At("copy"), "--database", folder.Database], ["restore", folder.At("copy"), "--database", $"Data Source={folder.At("other.db")}", "--keys", folder.At("programme.db.keys")],
            ["admin", "end-sessions", "--database", folder.Database],
        ];
        foreach (var step in steps) Check(await RunAsync(language, step), 0, language);
        Check(await RunAsync(language, ["backup", folder.At("copy"), "--database", folder.Database]), 2, language);
        Check(await RunAsync(language, ["restore", folder.At("copy"), "--database", folder.Database]), 2, language);
        Check(await RunAsync(language, ["admin", "create", "--email", "zoe@exemple.test", "--given-name", "Zoé", "--family-name", "Roy", "--database", folder.Database]), 2, language);
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task WhatWasImported_IsToldInOneLanguage_AndSoIsAProgrammeThatOpens(string language)
    {
        using var folder = new Folder();
        // nobody taken: nothing is made
        Check(await RunAsync(language, ["import", "fhir", folder.NoBackup, "--database", folder.Database]), 2, language);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder.NoBackup)!, "*.db*"));
        string[] bundles = [Shared("patients", "Andera_Frami_breast.json"), Shared("patients", "Renetta_Kilback_breast.json"), Shared("patients", "Sherman_McGlynn_8ef2ef98-48c5-427e-80d4-5e8f30ac8bf5.json")];
        Check(await RunAsync(language, ["import", "fhir", .. bundles, "--facility", "Saint-Alcide", "--database", folder.Database]), 0, language);
        // for programs: codes, the same whoever asks. Each again is skipped, and what can't be read is refused
        string[] again = ["import", "fhir", .. bundles, Shared("mcode", "masked-patient-bundle.json"), folder.NoBackup, "--json", "--database", folder.Database];
        var json = await RunAsync(language, again);
        Assert.Equal(2, json.Code);
        var (lines, other) = (Objects(json), Objects(await RunAsync(language == "fr" ? "en" : "fr", again)));
        Assert.Equal(5, lines.Count);
        Assert.Equal(lines, other);
        // beside them, where it takes long, how far it has come: for people
        Assert.Empty(OneLanguage.ForeignInProse(string.Join('\n', json.Text.Split('\n').Except(lines)), language));
        Assert.Contains("\"skipped\"", json.Text, StringComparison.Ordinal);
        Assert.Contains("\"refused\"", json.Text, StringComparison.Ordinal);
        foreach (var command in (string[])["serve", "demo"])
            Check(await RunAsync(language, [command, "--database", $"Data Source={folder.At(command + ".db")}", "--urls", "http://127.0.0.1:0", "--contentRoot", AppContext.BaseDirectory], until: "http://127.0.0.1"), 0, language);
    }

    private static List<string> Objects(Said said) => [.. said.Text.Split('\n').Where(l => l.StartsWith('{'))];

    private static string Shared(string set, string name) => Path.Combine(Repository.Shared, "data", set, name);

    private sealed record Said(string[] Arguments, int Code, string Text);

    private static void Check(Said said, int code, string language)
    {
        var asked = string.Join(' ', said.Arguments);
        Assert.True(said.Code == code, $"compagnon {asked} ended with {said.Code}: {said.Text}");
        Assert.True(said.Text.Trim().Length > 15, $"compagnon {asked} said: {said.Text}");
        Assert.DoesNotContain("Exception", said.Text, StringComparison.Ordinal);
        var own = said.Arguments.Aggregate(said.Text, (text, a) => a.Length > 2 ? text.Replace(a, "", StringComparison.Ordinal) : text);
        Assert.True(OneLanguage.ForeignInProse(own, language) is { Count: 0 }, $"compagnon {asked} ({language}): {string.Join(" / ", OneLanguage.ForeignInProse(own, language))} in: {said.Text}");
    }

    private static async Task<Said> RunAsync(string language, string[] arguments, string? until = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Compagnon.Web.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        foreach (var name in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "LC_MESSAGES", "LANG", "Compagnon__Database"]) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = language == "en" ? "en_CA.UTF-8" : "fr_CA.UTF-8";
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(ReadAsync(process, process.StandardOutput, until), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Said(arguments, process.ExitCode, string.Concat(texts));
    }

    /// <summary>To the end; a program that stays open is asked to stop once it has said <paramref name="until"/>.</summary>
    private static async Task<string> ReadAsync(Process process, StreamReader output, string? until)
    {
        var said = new StringBuilder();
        while (await output.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (until is null || !line.Contains(until, StringComparison.Ordinal)) continue;
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
        return said.ToString();
    }

    private sealed class Folder : IDisposable
    {
        private readonly string path = Directory.CreateTempSubdirectory("compagnon-commands-").FullName;

        public Folder() => File.WriteAllText(NoBackup, "rien du tout");

        public string Database => $"Data Source={At("programme.db")}";
        public string NoBackup => At("zut.json");

        public string At(string name) => Path.Combine(path, name);

        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
