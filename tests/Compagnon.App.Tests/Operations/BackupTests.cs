using System.IO.Compression;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Operations;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Operations;

public sealed class BackupTests
{
    [Theory, OnBothDatabases]
    public async Task ABackup_MadeWhileServing_IsRestoredWhole(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await programme.In<Seals, int>(s => s.SealAsync());
        using var serving = new CancellationTokenSource();
        var writing = Task.Run(() => WriteUntilAsync(programme, serving.Token)); // SQLite never waits: without a thread of its own it would write for ever
        var made = await Backup.WriteAsync(programme.Installation.Database, programme.At("copy"));
        await serving.CancelAsync();
        Assert.True(await writing > 0);
        var target = await programme.BareAsync(kind);
        var done = await Restore.ReadAsync(target, programme.Installation.Files, programme.At("copy"), TimeProvider.System);
        Assert.Equal((made.AllRows, 63, 0), (done.Manifest.AllRows, done.Opened, done.ErasedAgain));
        var restored = await Installation.OpenAsync(target, programme.Installation.Files);
        Assert.Equal(34, await Programme.InAsync<CompagnonDb, int>(restored, db => db.Set<Referral>().CountAsync()));
        await Programme.InAsync<Seals, int>(restored, s => s.SealAsync());
        Assert.Null(await Programme.InAsync<Seals, AuditFault?>(restored, s => s.VerifyAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task WhoWasErasedSince_IsErasedAgain(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await Backup.WriteAsync(programme.Installation.Database, programme.At("copy"));
        var nadia = await programme.In<CompagnonDb, Guid>(db => db.Set<Referral>().Where(r => r.Situation.Municipality == "Saint-Alcide-du-Lac").Select(r => r.PatientId).SingleAsync());
        Assert.True(await programme.In<Erasure, bool>(e => e.EraseAsync(Actor.System(1), nadia)));
        var target = await programme.BareAsync(kind);
        var done = await Restore.ReadAsync(target, programme.Installation.Files, programme.At("copy"), TimeProvider.System);
        Assert.Equal(1, done.ErasedAgain);
        var restored = await Installation.OpenAsync(target, programme.Installation.Files);
        var person = await Programme.InAsync<CompagnonDb, Person>(restored, db => db.Set<Person>().SingleAsync(p => p.Id == nadia));
        Assert.Empty(person.WrappedKey);
        Assert.False(await Programme.InAsync<CompagnonDb, bool>(restored, db => db.Set<Identity>().AnyAsync(i => i.Id == nadia && i.GivenName != null)));
        Assert.False(await Programme.InAsync<CompagnonDb, bool>(restored, db => db.Set<IdentityIndex>().AnyAsync(i => i.PersonId == nadia)));
    }

    [Theory, OnBothDatabases]
    public async Task AFlippedBit_IsFound_AndNothingIsLeftBehind(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await Backup.WriteAsync(programme.Installation.Database, programme.At("copy"));
        var bytes = await File.ReadAllBytesAsync(programme.At("copy"));
        var target = await programme.BareAsync(kind);
        foreach (var at in new[] { bytes.Length / 7, bytes.Length / 3, bytes.Length / 2 })
        {
            await File.WriteAllBytesAsync(programme.At("broken"), WithAFlippedBit(bytes, at));
            var refused = await Assert.ThrowsAsync<BackupRefused>(() => Restore.ReadAsync(target, programme.Installation.Files, programme.At("broken"), TimeProvider.System));
            Assert.Contains(refused.Problem, new[] { BackupProblem.Damaged, BackupProblem.NotABackup });
        }
        // the same target still takes the sound one
        Assert.Equal(63, (await Restore.ReadAsync(target, programme.Installation.Files, programme.At("copy"), TimeProvider.System)).Opened);
    }

    [Theory, OnBothDatabases]
    public async Task KeysOfAnother_AreRefused_AndNothingIsLeftBehind(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await Backup.WriteAsync(programme.Installation.Database, programme.At("copy"));
        KeyRing.Open(programme.At("other.keys"), create: true);
        var target = await programme.BareAsync(kind);
        var refused = await Assert.ThrowsAsync<BackupRefused>(() => Restore.ReadAsync(target, new InstallationFiles(programme.At("other.keys")), programme.At("copy"), TimeProvider.System));
        Assert.Equal(BackupProblem.KeysDoNotOpen, refused.Problem);
        Assert.Equal(63, (await Restore.ReadAsync(target, programme.Installation.Files, programme.At("copy"), TimeProvider.System)).Opened);
    }

    [Theory, OnBothDatabases]
    public async Task NeitherIsEverOverwritten(Db kind)
    {
        await using var programme = await Programme.OnAsync(kind);
        await Backup.WriteAsync(programme.Installation.Database, programme.At("copy"));
        await Assert.ThrowsAsync<IOException>(() => Backup.WriteAsync(programme.Installation.Database, programme.At("copy")));
        var refused = await Assert.ThrowsAsync<BackupRefused>(() => Restore.ReadAsync(programme.Installation.Database, programme.Installation.Files, programme.At("copy"), TimeProvider.System));
        Assert.Equal(BackupProblem.TargetInUse, refused.Problem);
    }

    [Fact]
    public async Task ABackup_GoesBackToItsOwnKind()
    {
        await using var programme = await Programme.OnAsync(Db.Sqlite);
        await Backup.WriteAsync(programme.Installation.Database, programme.At("copy"));
        var refused = await Assert.ThrowsAsync<BackupRefused>(async () =>
            await Restore.ReadAsync(await programme.BareAsync(Db.PostgreSql), programme.Installation.Files, programme.At("copy"), TimeProvider.System));
        Assert.Equal(BackupProblem.OtherKind, refused.Problem);
    }

    private static async Task<int> WriteUntilAsync(Programme programme, CancellationToken stop)
    {
        var written = 0;
        do
        {
            await programme.In<CompagnonDb, int>(db =>
            {
                db.Record(Actor.System(1), new DemonstrationPrepared(), DateTime.UtcNow);
                return db.SaveChangesAsync(CancellationToken.None);
            });
            written++;
        }
        while (!stop.IsCancellationRequested);
        return written;
    }

    /// <summary>From here on the first bit that matters: among zeros packing has several ways to say the same, and a flip that says the same harms nobody.</summary>
    private static byte[] WithAFlippedBit(byte[] bytes, int at)
    {
        for (; ; at++)
        {
            var broken = bytes.ToArray();
            broken[at] ^= 4;
            if (!Unpacked(broken).SequenceEqual(Unpacked(bytes))) return broken;
        }
    }

    private static byte[] Unpacked(byte[] zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            using var all = new MemoryStream();
            foreach (var entry in archive.Entries)
            {
                using var part = entry.Open();
                part.CopyTo(all);
            }
            return all.ToArray();
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
