using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>The logbook of an accompaniment as one actor may see it: opened only here, for it holds words sealed under the companion's key.</summary>
public sealed partial class Files
{
    /// <summary>Opens it for a page, and records the read of the patient's file before anything is shown.</summary>
    public async Task<LogbookFile?> OpenLogbookAsync(Actor actor, Guid accompanimentId, ReadWhat what = ReadWhat.Logbook, CancellationToken stop = default)
    {
        var file = await OpenLogbookForChangeAsync(actor, accompanimentId, what, stop);
        if (file is not null) await db.SaveChangesAsync(stop);
        return file;
    }

    public async Task<LogbookFile?> OpenLogbookForChangeAsync(Actor actor, Guid accompanimentId, ReadWhat what = ReadWhat.Logbook, CancellationToken stop = default)
    {
        if (await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.Id == accompanimentId, stop) is not { } accompaniment) return null;
        var referral = await db.Set<Referral>().FirstAsync(r => r.Id == accompaniment.ReferralId, stop);
        var companion = await db.Set<Companion>().AsNoTracking().FirstAsync(c => c.Id == accompaniment.CompanionId, stop);
        if (!await MayReadLogbookAsync(actor, accompaniment, referral, companion, stop)) return null;
        var writer = await db.Set<Person>().FirstAsync(p => p.Id == accompaniment.CompanionId, stop);
        var conversations = await db.Set<Conversation>().Where(c => c.AccompanimentId == accompanimentId).ToListAsync(stop);
        var entries = await db.Set<LogbookEntry>().Where(e => e.AccompanimentId == accompanimentId).ToListAsync(stop);
        var mayReadPrivate = AccessRules.To(Facet.PrivateReflection, actor, await SubjectOfAsync(companion, stop)) is Sight.Full;
        Record(actor, accompaniment.PatientId, what, why: null);
        return new LogbookFile(accompaniment, referral, writer, companion.Pseudonym,
        [
            .. conversations.OrderByDescending(c => c.HeldAt).Select(c => LineOf(c, entries.Find(e => e.ConversationId == c.Id), writer, mayReadPrivate)),
        ]);
    }

    /// <summary>
    /// What the coordinator released to the patient of all that was written of them, latest first: never a private reflection, nor how a companion is. It is a read of the
    /// companion who wrote it. Null without the right to it.
    /// </summary>
    public async Task<IReadOnlyList<ReleasedLine>?> OpenReleasedAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (await db.Set<Referral>().FirstOrDefaultAsync(r => r.Id == referralId, stop) is not { } referral
            || AccessRules.To(Facet.Logbook, actor, await SubjectOfAsync(referral, stop)) is not Sight.Card) return null;
        var rows = await (from e in db.Set<LogbookEntry>().AsNoTracking()
                          where e.ReleasedAt != null
                          join a in db.Set<Accompaniment>() on e.AccompanimentId equals a.Id
                          where a.ReferralId == referralId
                          join c in db.Set<Conversation>().AsNoTracking() on e.ConversationId equals c.Id
                          join w in db.Set<Companion>().AsNoTracking() on e.CompanionId equals w.Id
                          join p in db.Set<Person>().AsNoTracking() on e.CompanionId equals p.Id
                          select new { Entry = e, Conversation = c, Companion = w, Person = p }).ToListAsync(stop);
        List<ReleasedLine> lines = [];
        foreach (var writer in rows.GroupBy(r => r.Companion.Id))
        {
            // a companion who keeps this patient out keeps them out here, too
            if (AccessRules.IsRestricted(actor, await SubjectOfAsync(writer.First().Companion, stop))) continue;
            Record(actor, writer.Key, ReadWhat.Logbook, why: null);
            lines.AddRange(writer.Select(r => new ReleasedLine
            {
                EntryId = r.Entry.Id, Companion = r.Companion.Pseudonym, HeldAt = r.Conversation.HeldAt, Channel = r.Conversation.Channel, Minutes = r.Conversation.Minutes,
                BothTookPart = r.Conversation.BothTookPart, Activities = r.Entry.Activities, Seemed = r.Entry.Seemed, Language = r.Person.Language,
                Reflection = r.Entry.ReflectionIsPrivate ? null : vault.Open(r.Person, LogbookFile.ReflectionPurpose, r.Entry.Reflection),
                NextNote = vault.Open(r.Person, LogbookFile.NextPurpose, r.Entry.NextNote),
            }));
        }
        await db.SaveChangesAsync(stop);
        return [.. lines.OrderByDescending(l => l.HeldAt)];
    }

    private LogbookLine LineOf(Conversation conversation, LogbookEntry? entry, Person writer, bool mayReadPrivate) => new(conversation, entry)
    {
        Reflection = entry is null || (entry.ReflectionIsPrivate && !mayReadPrivate) ? null : vault.Open(writer, LogbookFile.ReflectionPurpose, entry.Reflection),
        NextNote = entry is null ? null : vault.Open(writer, LogbookFile.NextPurpose, entry.NextNote),
    };

    /// <summary>The coordinator by the patient's file; the companion because it is their own, also after the end, unless the patient keeps them out.</summary>
    private async Task<bool> MayReadLogbookAsync(Actor actor, Accompaniment accompaniment, Referral referral, Companion companion, CancellationToken stop)
    {
        var subject = await SubjectOfAsync(referral, stop);
        if (actor.Role is not Role.Companion) return AccessRules.To(Facet.Logbook, actor, subject) is Sight.Full;
        return accompaniment.CompanionId == actor.PersonId && !AccessRules.IsRestricted(actor, subject)
            && AccessRules.To(Facet.Logbook, actor, await SubjectOfAsync(companion, stop)) is Sight.Full;
    }

    /// <summary>What the companion kept for later, as typed.</summary>
    internal string? OpenDraft(LogbookFile file, LogbookDraft? draft) => draft is null ? null : vault.Open(file.Writer, LogbookFile.DraftPurpose, draft.Typed);
}

/// <summary>One conversation as its patient may read it, once released.</summary>
public sealed record ReleasedLine
{
    public required Guid EntryId { get; init; }
    /// <summary>The pseudonym of who wrote it.</summary>
    public required string Companion { get; init; }
    public required DateTime HeldAt { get; init; }
    public required Channel Channel { get; init; }
    public required int Minutes { get; init; }
    public required bool BothTookPart { get; init; }
    public required IReadOnlyList<Activity> Activities { get; init; }
    public required Seemed Seemed { get; init; }
    /// <summary>In which it was written.</summary>
    public required string Language { get; init; }
    /// <summary>Only where the companion shared it.</summary>
    public required string? Reflection { get; init; }
    public required string? NextNote { get; init; }
}

public sealed class LogbookFile
{
    internal const string ReflectionPurpose = "logbook-reflection";
    internal const string NextPurpose = "logbook-next";
    internal const string DraftPurpose = "logbook-draft";

    internal LogbookFile(Accompaniment accompaniment, Referral referral, Person writer, string companionPseudonym, IReadOnlyList<LogbookLine> lines) =>
        (Accompaniment, Referral, Writer, CompanionPseudonym, Lines) = (accompaniment, referral, writer, companionPseudonym, lines);

    internal Referral Referral { get; }
    internal Person Writer { get; }

    public Accompaniment Accompaniment { get; }
    public string FileNumber => Referral.FileNumber;
    public string CompanionPseudonym { get; }
    /// <summary>Latest conversation first.</summary>
    public IReadOnlyList<LogbookLine> Lines { get; }
}

/// <summary>A conversation, and its entry once it is written. Reflection is null where it is private and the reader is not its writer.</summary>
public sealed record LogbookLine(Conversation Conversation, LogbookEntry? Entry)
{
    public string? Reflection { get; init; }
    public string? NextNote { get; init; }
}
