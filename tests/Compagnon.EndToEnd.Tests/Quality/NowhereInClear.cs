using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Compagnon.App.Data;
using Compagnon.EndToEnd.Tests.Faults;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests.Quality;

/// <summary>
/// Somebody's name, number and words are sent through every door of the running program, right, wrong and into a broken database; then they are looked for in all that it wrote:
/// its outputs at the most talkative level, the database's files, its write-ahead log, a server's own log, a backup.
/// </summary>
public sealed class NowhereInClear
{
    private const string Name = "Zéphirine";
    private const string Email = "zephirine.qw@exemple.test";
    private static readonly string[] Secret = [Name, "Zephirine", "5145550139", "514 555-0139", "514\u00a0555-0139", "514+555-0139", "Cordonnière", Email];

    [Theory, InlineData(Db.Sqlite), InlineData(Db.PostgreSql)]
    public async Task AKnownPerson_IsInNoFile_AndNoLog(Db kind)
    {
        var database = await TestDatabases.NewAsync(kind);
        var folder = Directory.CreateTempSubdirectory("compagnon-clear-").FullName;
        var heard = new ConcurrentQueue<string>();
        await using (var program = await RunningProgram.StartAsync(database, Path.Combine(folder, "programme.keys"), heard.Enqueue, "--Logging:LogLevel:Default=Trace"))
        {
            using var sophie = await program.EnterAsync("Sophie Tremblay");
            await ReferAsync(sophie);
            await KnockAsync(program, sophie);
            await App.Operations.Backup.WriteAsync(database, Path.Combine(folder, "copy.zip"));
            await BreakAsync(database);
            var broken = await sophie.PostAsync(await sophie.GetAsync("/orienter"), Fields);
            Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
            await Task.Delay(300);
        }
        // the ear hears, the fault is told, and the ear would have heard a name
        var log = string.Join('\n', heard);
        Assert.Contains("Exception", log, StringComparison.Ordinal);
        Assert.All(Secret, s => Assert.DoesNotContain(s, log, StringComparison.OrdinalIgnoreCase));
        System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(folder, "copy.zip"), Path.Combine(folder, "copy"));
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories), .. await FilesOfAsync(database)];
        Assert.True(files.Length > 5);
        Assert.Equal([], Holding(files, Secret));
        // what may be read is found the same way: a companion's pseudonym is no identity
        Assert.NotEmpty(Holding(files, ["Ghislaine"]));
        await TestDatabases.DropAsync(database);
        Directory.Delete(folder, recursive: true);
    }

    private static Dictionary<string, string> Fields => new(StringComparer.Ordinal)
    {
        ["Input.GivenName"] = Name, ["Input.Telephone"] = "514 555-0139", ["Input.Message"] = "oui", ["Input.Language"] = "fr", ["Input.Site"] = "Breast", ["Input.Moment"] = "InTreatment",
        ["Input.Agreed"] = "oui", ["Input.Note"] = "Demander la Cordonnière.",
    };

    private static async Task ReferAsync(Visitor sophie)
    {
        var form = await sophie.GetAsync("/orienter");
        Assert.NotEmpty((await sophie.PostAsync(form, new Dictionary<string, string>(Fields, StringComparer.Ordinal) { ["Input.Agreed"] = "" })).Errors);
        await sophie.PostAsync(form, new Dictionary<string, string>(Fields, StringComparer.Ordinal) { ["__RequestVerificationToken"] = "périmé" });
        var done = await sophie.PostAsync(form, Fields);
        Assert.EndsWith("/recue", done.Address.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>Where somebody might type a name: searches, addresses that do not exist, the sign-in, a body that is no form, another site's form.</summary>
    private static async Task KnockAsync(RunningProgram program, Visitor sophie)
    {
        using var stranger = new Visitor(program.Root, "fr");
        using var marianne = await program.EnterAsync("Marianne Lavoie");
        using var chantal = await program.EnterAsync("Chantal Mercure");
        foreach (var (visitor, address) in ((Visitor, string)[])[(marianne, "/demandes/chercher"), (marianne, "/personnes-accompagnatrices/chercher"), (sophie, "/mes-demandes/chercher"), (chantal, "/journal-acces/dossier")])
            foreach (var what in (string[])[Name, "514 555-0139", Email])
            {
                var search = await visitor.GetAsync(address);
                await visitor.PostAsync(search, search.Document.QuerySelectorAll("main form[method=post] input:not([type=hidden])").ToDictionary(i => i.GetAttribute("name")!, _ => what, StringComparer.Ordinal));
            }
        foreach (var visitor in (Visitor[])[sophie, marianne, stranger])
            foreach (var path in (string[])["/nulle-part/", "/mes-demandes?q=", "/demandes?q=", "/lien/", "/invitation/", "/langue/fr?retour=/"]) await visitor.GetAsync(path + Uri.EscapeDataString(Name) + "5145550139");
        var enter = await stranger.GetAsync("/entrer");
        await stranger.PostAsync(enter, enter.Document.QuerySelectorAll("main form input:not([type=hidden])").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("type") is "password" ? "Cordonnière Zéphirine 5145550139" : Email, StringComparer.Ordinal));
        using var body = new StringContent("{\"name\":\"Zéphirine\"}", Encoding.UTF8, "application/json");
        await sophie.Client.PostAsync("/orienter", body);
        using var much = new StringContent("Input.GivenName=" + string.Concat(Enumerable.Repeat(Name, 40_000)), Encoding.UTF8, "application/x-www-form-urlencoded");
        await sophie.Client.PostAsync("/orienter", much);
    }

    /// <summary>The next save finds no table for names: the fault is told in the log by whoever meets it, the database's driver too.</summary>
    private static async Task BreakAsync(Database database)
    {
        await using var db = TestDatabases.Open(database);
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE identity RENAME TO identity_gone");
    }

    private static async Task<string[]> FilesOfAsync(Database database)
    {
        if (database.File is { } file) return Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*");
        await using var db = TestDatabases.Open(database);
        await db.Database.ExecuteSqlRawAsync("CHECKPOINT");
        var folder = await db.Database.SqlQueryRaw<string>("SELECT current_setting('data_directory') AS \"Value\"").SingleAsync();
        return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories), .. Directory.GetFiles(Path.GetDirectoryName(folder)!, "*log*")];
    }

    private static List<string> Holding(IEnumerable<string> files, string[] words)
    {
        byte[][] sought = [.. words.SelectMany(w => (byte[][])[Encoding.UTF8.GetBytes(w), Encoding.Unicode.GetBytes(w)])];
        return [.. files.Where(f => Bytes(f) is { } all && sought.Any(s => all.AsSpan().IndexOf(s) >= 0))];
    }

    private static byte[]? Bytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            file.CopyTo(all);
            return all.ToArray();
        }
        catch (IOException)
        {
            return null; // a server's file that went away meanwhile
        }
    }
}
