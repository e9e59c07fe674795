using System.Text;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Operations;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Operations;

public sealed class KeyTests
{
    [Theory, OnBothDatabases]
    public async Task ALostKeyFile_WithPeopleInTheDatabase_IsNeverReplaced(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        File.Delete(programme.Installation.Files.Keys);
        await Assert.ThrowsAsync<KeyFileMissing>(() => Installation.OpenAsync(programme.Installation.Database, programme.Installation.Files));
        Assert.False(File.Exists(programme.Installation.Files.Keys));
        KeyRing.Open(programme.Installation.Files.Keys, create: true);
        await Assert.ThrowsAsync<KeysDoNotFit>(() => Installation.OpenAsync(programme.Installation.Database, programme.Installation.Files));
    }

    /// <summary>Names and numbers of everybody, in the database file, its write-ahead log and a backup, as bytes of UTF-8 and UTF-16.</summary>
    [Fact]
    public async Task NoNameOrNumber_IsReadable_InAnyFile()
    {
        await using var programme = await Programme.OnAsync(Db.Sqlite);
        // the log lasts as long as somebody has the file open: the pool's connections end whenever another test ends all
        await using var open = new SqliteConnection($"Data Source={programme.Installation.Database.File};Pooling=False");
        await open.OpenAsync();
        await using (var read = open.CreateCommand())
        {
            read.CommandText = "SELECT count(*) FROM sqlite_master";
            await read.ExecuteScalarAsync();
        }
        await Backup.WriteAsync(programme.Installation.Database, programme.At("copy.zip"));
        System.IO.Compression.ZipFile.ExtractToDirectory(programme.At("copy.zip"), programme.At("copy"));
        var file = programme.Installation.Database.File!;
        var files = Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*").Concat(Directory.GetFiles(programme.At("copy"))).ToList();
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        var contents = new List<byte[]>();
        foreach (var one in files) contents.Add(await ReadAsync(one));
        foreach (var word in new[] { "Bélanger", "Tremblay", "Desrosiers", "Paquin", "5145550101", "4505550101", "karimhaddad@exemple.test" })
            foreach (var bytes in new[] { Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word) })
                Assert.All(contents, c => Assert.Equal(-1, c.AsSpan().IndexOf(bytes)));
        // the search itself finds what is there in clear: a pseudonym is no identity
        Assert.Contains(contents, c => c.AsSpan().IndexOf("Ghislaine"u8) >= 0);
    }

    [Theory, OnBothDatabases]
    public async Task ARewrittenTrail_IsNoticed(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await programme.In<Seals, int>(s => s.SealAsync());
        Assert.Null(await programme.In<Seals, AuditFault?>(s => s.VerifyAsync()));
        Assert.Equal(AuditFaultKind.Changed, await FaultAfterAsync(programme, db => db.Set<AuditRow>().Where(a => a.Number == 4).ExecuteUpdateAsync(s => s.SetProperty(a => a.Data, "{}"))));
    }

    [Theory, OnBothDatabases]
    public async Task AMissingEvent_IsNoticed(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await programme.In<Seals, int>(s => s.SealAsync());
        Assert.Equal(AuditFaultKind.Missing, await FaultAfterAsync(programme, db => db.Set<AuditRow>().Where(a => a.Number == 4).ExecuteDeleteAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task ACutTail_IsNoticed_ByTheHeadOutside(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await programme.In<Seals, int>(s => s.SealAsync());
        Assert.Equal(AuditFaultKind.CutOff, await FaultAfterAsync(programme, db => db.Set<AuditRow>().Where(a => a.Number > 20).ExecuteDeleteAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task TwoEventsThatChangedPlaces_AreNoticed(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await programme.In<Seals, int>(s => s.SealAsync());
        Assert.Equal(AuditFaultKind.Changed, await FaultAfterAsync(programme, async db =>
        {
            await db.Set<AuditRow>().Where(a => a.Number == 4).ExecuteUpdateAsync(s => s.SetProperty(a => a.Number, 4000));
            await db.Set<AuditRow>().Where(a => a.Number == 5).ExecuteUpdateAsync(s => s.SetProperty(a => a.Number, 4));
            return await db.Set<AuditRow>().Where(a => a.Number == 4000).ExecuteUpdateAsync(s => s.SetProperty(a => a.Number, 5));
        }));
    }

    private static async Task<AuditFaultKind?> FaultAfterAsync(Programme programme, Func<CompagnonDb, Task<int>> tamper)
    {
        await programme.In(tamper);
        return (await programme.In<Seals, AuditFault?>(s => s.VerifyAsync()))?.Kind;
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        await file.CopyToAsync(all);
        return all.ToArray();
    }
}
