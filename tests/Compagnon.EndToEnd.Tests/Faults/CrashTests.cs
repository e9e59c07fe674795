using System.Collections.Concurrent;
using System.Globalization;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests.Faults;

/// <summary>
/// Clinicians refer over HTTP while the program is killed at random moments. Whatever was acknowledged is there afterwards, once; so is what was sent again because
/// no answer came. Ten kills a database; COMPAGNON_CRASHES=50 for more.
/// </summary>
public sealed class CrashTests
{
    private const int Clinicians = 3;

    [Theory, InlineData(Db.Sqlite), InlineData(Db.PostgreSql)]
    public async Task KilledUnderWrites_KeepsEveryAcknowledgedReferral_Once(Db kind)
    {
        var crashes = int.Parse(Environment.GetEnvironmentVariable("COMPAGNON_CRASHES") ?? "10", CultureInfo.InvariantCulture);
        var database = await TestDatabases.NewAsync(kind);
        var folder = Directory.CreateTempSubdirectory("compagnon-crash-").FullName;
        var keys = Path.Combine(folder, "programme.keys");
        var (acknowledged, unanswered) = (new ConcurrentDictionary<Guid, bool>(), new ConcurrentQueue<Guid>());
        var random = new Random(20261122);
        for (var crash = 0; crash < crashes; crash++)
        {
            await using var program = await RunningProgram.StartAsync(database, keys);
            using var stop = new CancellationTokenSource();
            var clinicians = Enumerable.Range(0, Clinicians).Select(_ => Task.Run(() => ReferUntilAsync(program, acknowledged, unanswered, stop.Token))).ToList();
            var before = acknowledged.Count;
            while (acknowledged.Count == before && clinicians.Exists(c => !c.IsCompleted)) await Task.Delay(5);
            await Task.Delay(random.Next(0, 400));
            await program.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(clinicians);
        }
        Assert.True(acknowledged.Count >= crashes, $"only {acknowledged.Count} referrals were acknowledged");
        await using (var last = await RunningProgram.StartAsync(database, keys)) await SendAgainAsync(last, acknowledged, unanswered);
        await using (var db = TestDatabases.Open(database))
        {
            var there = await db.Set<Referral>().AsNoTracking().Where(r => r.Source == ReferralSource.Clinician).Select(r => new { r.Id, r.PatientId }).ToListAsync();
            Assert.All(acknowledged.Keys, id => Assert.Single(there, r => r.Id == id));
            // whole: with the person, the consent and the audit event of the same save
            var mine = there.Where(r => acknowledged.ContainsKey(r.Id)).Select(r => r.PatientId).ToHashSet();
            Assert.Equal(acknowledged.Count, await db.Set<Identity>().CountAsync(i => mine.Contains(i.Id)));
            Assert.Equal(acknowledged.Count, (await db.Set<Consent>().Where(c => mine.Contains(c.PersonId) && c.Kind == ConsentKind.Contact).ToListAsync()).Count);
            Assert.All(acknowledged.Keys, id => Assert.Equal(1, db.Set<AuditRow>().Count(a => a.SubjectId == id && a.Type == nameof(ReferralReceived))));
        }
        await TestDatabases.DropAsync(database);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ReferUntilAsync(RunningProgram program, ConcurrentDictionary<Guid, bool> acknowledged, ConcurrentQueue<Guid> unanswered, CancellationToken stop)
    {
        try
        {
            using var sophie = await program.EnterAsync("Sophie Tremblay");
            while (!stop.IsCancellationRequested)
            {
                var key = Guid.CreateVersion7();
                unanswered.Enqueue(key);
                if (await ReferAsync(sophie, key)) acknowledged[key] = true;
            }
        }
        catch (HttpRequestException)
        {
            // killed: what was sent last has no answer
        }
    }

    /// <summary>As a person would who got no answer: the same form, under the same key, once more. Those that had been kept are not doubled.</summary>
    private static async Task SendAgainAsync(RunningProgram program, ConcurrentDictionary<Guid, bool> acknowledged, ConcurrentQueue<Guid> unanswered)
    {
        using var sophie = await program.EnterAsync("Sophie Tremblay");
        foreach (var key in unanswered.Where(k => !acknowledged.ContainsKey(k)).ToList())
        {
            Assert.True(await ReferAsync(sophie, key));
            acknowledged[key] = true;
        }
    }

    private static async Task<bool> ReferAsync(Visitor sophie, Guid key)
    {
        var page = await sophie.GetAsync($"/orienter/{key}");
        // kept before the kill: its page says so
        if (page.Address.AbsolutePath.EndsWith("/recue", StringComparison.Ordinal)) return true;
        var number = Math.Abs(key.GetHashCode()) % 100;
        var answer = await sophie.PostAsync(page, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Input.GivenName"] = "Odile", ["Input.Telephone"] = $"514 555-01{number:00}", ["Input.Message"] = "oui", ["Input.Language"] = "fr", ["Input.Site"] = "Breast",
            ["Input.Moment"] = "InTreatment", ["Input.Agreed"] = "oui",
        });
        return answer.Address.AbsolutePath.EndsWith("/recue", StringComparison.Ordinal) ? true : throw new InvalidOperationException($"{answer.Address}: {string.Join(" / ", answer.Errors)} {answer.Text}");
    }
}
