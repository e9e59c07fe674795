using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Audit;

/// <summary>
/// Chains the audit events of a network: each gets the next number and a seal over the seal before it and its own text, under a key outside the database.
/// One leased job seals, so that numbers have no gaps; the head is also kept outside, so that a cut tail is noticed.
/// </summary>
public sealed class Seals(CompagnonDb db, KeyRing keys, AuditHead head)
{
    private const int Batch = 500;

    /// <summary>Seals what is not sealed yet; says how many.</summary>
    public async Task<int> SealAsync(CancellationToken stop = default)
    {
        var last = await db.Set<AuditRow>().Where(a => a.Number != null).OrderByDescending(a => a.Number).FirstOrDefaultAsync(stop);
        var (number, seal) = (last?.Number ?? 0, last?.Seal ?? []);
        var rows = await db.Set<AuditRow>().Where(a => a.Number == null).OrderBy(a => a.At).ThenBy(a => a.Id).Take(Batch).ToListAsync(stop);
        if (rows.Count == 0) return 0;
        foreach (var row in rows)
        {
            row.Number = ++number;
            row.Seal = seal = SealOf(row, number, seal);
        }
        await db.SaveChangesAsync(stop);
        head.Write(db.NetworkId, number, seal);
        return rows.Count;
    }

    /// <summary>Walks the whole chain; the first thing that does not hold, or null when all holds.</summary>
    public async Task<AuditFault?> VerifyAsync(CancellationToken stop = default)
    {
        long expected = 1;
        byte[] seal = [];
        var outside = head.Read(db.NetworkId);
        await foreach (var row in db.Set<AuditRow>().AsNoTracking().Where(a => a.Number != null).OrderBy(a => a.Number).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (row.Number != expected) return new AuditFault(AuditFaultKind.Missing, expected);
            seal = SealOf(row, expected, seal);
            if (!seal.AsSpan().SequenceEqual(row.Seal)) return new AuditFault(AuditFaultKind.Changed, expected);
            if (outside?.Number == expected && !seal.AsSpan().SequenceEqual(outside.Seal)) return new AuditFault(AuditFaultKind.Recomputed, expected);
            expected++;
        }
        return outside is not null && outside.Number >= expected ? new AuditFault(AuditFaultKind.CutOff, expected) : null;
    }

    public Task<long> CountAsync(CancellationToken stop = default) => db.Set<AuditRow>().LongCountAsync(stop);

    private byte[] SealOf(AuditRow row, long number, byte[] before)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{row.NetworkId}\n{row.Id:N}\n{row.At:O}\n{row.ActorId:N}\n{row.ActorRole}\n{row.Type}\n{row.SubjectId:N}\n{row.Data}"));
        var link = new byte[before.Length + sizeof(long) + text.Length];
        before.CopyTo(link, 0);
        BinaryPrimitives.WriteInt64BigEndian(link.AsSpan(before.Length), number);
        text.CopyTo(link, before.Length + sizeof(long));
        return keys.AuditSeal(link);
    }
}

public enum AuditFaultKind { Missing, Changed, CutOff, Recomputed }

/// <summary>What does not hold, and at which number.</summary>
public sealed record AuditFault(AuditFaultKind Kind, long Number);

/// <summary>The last number and seal of each network, kept in a file outside the database: one line a network, "1 4711 base64".</summary>
public sealed class AuditHead(string? path)
{
    private readonly Lock writing = new();

    public sealed record Entry(long Number, byte[] Seal);

    public Entry? Read(int networkId)
    {
        lock (writing) return ReadAll().GetValueOrDefault(networkId);
    }

    public void Write(int networkId, long number, byte[] seal)
    {
        if (path is null) return;
        lock (writing)
        {
            var all = ReadAll();
            all[networkId] = new Entry(number, seal);
            var beside = path + ".new";
            File.WriteAllLines(beside, all.OrderBy(e => e.Key).Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key} {e.Value.Number} {Convert.ToBase64String(e.Value.Seal)}")));
            File.Move(beside, path, overwrite: true);
        }
    }

    private Dictionary<int, Entry> ReadAll()
    {
        if (path is null || !File.Exists(path)) return [];
        return File.ReadLines(path).Select(l => l.Split(' ')).ToDictionary(
            l => int.Parse(l[0], CultureInfo.InvariantCulture), l => new Entry(long.Parse(l[1], CultureInfo.InvariantCulture), Convert.FromBase64String(l[2])));
    }
}
