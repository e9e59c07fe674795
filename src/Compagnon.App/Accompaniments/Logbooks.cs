using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>A companion who would like to be called after a conversation.</summary>
public sealed record CallAsked(Guid AccompanimentId, Guid ConversationId, Guid CompanionId, DateTime At);

/// <summary>The companion writes down a conversation, in two minutes; it may be kept for later and corrected for seven days.</summary>
[UseCases]
public sealed class Logbooks(CompagnonDb db, Files files, Vault vault, FirstConversations first, TimeProvider clock)
{
    public const int LongestText = 4000;
    private const int MostCalls = 20;

    /// <summary>Opens the logbook for a page; the read is recorded first.</summary>
    public Task<LogbookFile?> OpenAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default) => files.OpenLogbookAsync(actor, accompanimentId, stop: stop);

    /// <summary>One save: conversation, entry, the figure, the trail. The same key again corrects what stands there.</summary>
    /// <returns>The conversation.</returns>
    public async Task<Outcome<Guid>> WriteAsync(Actor actor, LogbookCommand command, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Companion || await files.OpenLogbookForChangeAsync(actor, command.AccompanimentId, stop: stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        if (Wrong(command, file.Accompaniment, now) is { } invalid) return invalid;
        var line = file.Lines.FirstOrDefault(l => l.Conversation.Id == command.ConversationId);
        if (line is null && await db.Set<Conversation>().Where(c => c.Id == command.ConversationId).Select(c => (Guid?)c.AccompanimentId).FirstOrDefaultAsync(stop) is { } its)
        {
            // Posted twice: the other one was written after this one looked.
            return its == command.AccompanimentId ? command.ConversationId : new NotThere();
        }
        if (line is not null && !Logbook.MayBeWritten(line.Conversation, line.Entry, now)) return line.Conversation.SetAside is null ? new TooLateToEdit() : new NoConversation();
        var conversation = line?.Conversation ?? NewConversation(actor, command, now);
        var before = Held.Of(conversation);
        // what the coordinator corrected stays as they corrected it, whatever a page that was open since says
        if (conversation.CorrectedAt is null) (conversation.HeldAt, conversation.Channel, conversation.Minutes, conversation.BothTookPart) = (command.HeldAt, command.Channel, command.Minutes, command.BothTookPart);
        if (line is null)
        {
            db.Add(conversation);
            db.Record(actor, new ConversationHeld(command.AccompanimentId, conversation.Id, Held.Of(conversation)), now);
        }
        if (line?.Entry is { } entry) Edit(actor, file, line, entry, command, before, now);
        else Add(actor, file, conversation, command, now);
        await first.ProjectAsync(file.Accompaniment, file.Referral, file.Lines.Select(l => l.Conversation).Append(conversation).Distinct(), stop);
        if (await DraftOfAsync(file, stop) is { } draft) db.Remove(draft);
        if (await db.TrySaveAsync(stop)) return conversation.Id;
        // Posted twice at once: the other one wrote it.
        return await db.Set<LogbookEntry>().AnyAsync(e => e.ConversationId == command.ConversationId, stop) ? command.ConversationId : new ChangedMeanwhile();
    }

    /// <summary>Keeps what is typed so far, whatever it is; one draft an accompaniment.</summary>
    public async Task<Outcome<DateTime>> KeepDraftAsync(Actor actor, Guid accompanimentId, string typed, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Companion || await files.OpenLogbookForChangeAsync(actor, accompanimentId, stop: stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var box = vault.Seal(file.Writer, LogbookFile.DraftPurpose, typed)!;
        if (await DraftOfAsync(file, stop) is { } draft) (draft.Typed, draft.KeptAt) = (box, now);
        else db.Add(new LogbookDraft { AccompanimentId = accompanimentId, CompanionId = actor.PersonId, Typed = box, KeptAt = now });
        return await db.TrySaveAsync(stop) ? now : new ChangedMeanwhile();
    }

    public async Task<(string Typed, DateTime KeptAt)?> DraftAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Companion || await files.OpenLogbookForChangeAsync(actor, accompanimentId, stop: stop) is not { } file) return null;
        var draft = await DraftOfAsync(file, stop);
        return files.OpenDraft(file, draft) is { } typed ? (typed, draft!.KeptAt) : null;
    }

    public async Task<Outcome<Done>> CalledBackAsync(Actor actor, Guid accompanimentId, Guid entryId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenLogbookForChangeAsync(actor, accompanimentId, stop: stop) is not { } file
            || file.Lines.FirstOrDefault(l => l.Entry?.Id == entryId)?.Entry is not { HowAreYou: HowAreYou.CallMe } entry) return new NotThere();
        if (entry.CalledBackAt is not null) return Done.Yes;
        entry.CalledBackAt = clock.GetUtcNow().UtcDateTime;
        db.Record(actor, new CompanionCalledBack(accompanimentId, entryId), entry.CalledBackAt.Value);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>Companions of this facility who asked to be called and have not been, longest first. No name: the caller asks the loader.</summary>
    /// <param name="keepingOut">People who keep the reader out: of them nothing is listed.</param>
    internal async Task<IReadOnlyList<CallAsked>> CallsAskedAsync(Guid facilityId, IReadOnlyCollection<Guid> keepingOut, CancellationToken stop) =>
        await (from e in db.Set<LogbookEntry>().AsNoTracking()
               where e.HowAreYou == HowAreYou.CallMe && e.CalledBackAt == null
               join a in db.Set<Accompaniment>() on e.AccompanimentId equals a.Id
               where a.FacilityId == facilityId && !keepingOut.Contains(a.PatientId) && !keepingOut.Contains(a.CompanionId)
               orderby e.WrittenAt
               select new CallAsked(a.Id, e.ConversationId, e.CompanionId, e.WrittenAt)).Take(MostCalls).ToListAsync(stop);

    private Task<LogbookDraft?> DraftOfAsync(LogbookFile file, CancellationToken stop) =>
        db.Set<LogbookDraft>().FirstOrDefaultAsync(d => d.AccompanimentId == file.Accompaniment.Id && d.CompanionId == file.Accompaniment.CompanionId, stop);

    private static Invalid? Wrong(LogbookCommand command, Accompaniment accompaniment, DateTime now)
    {
        if (Logbook.WhyNot(new Held(command.HeldAt, command.Channel, command.Minutes, command.BothTookPart), accompaniment.AgreedAt, now) is var (field, why)) return Invalid.Field(field, why);
        return command.Reflection?.Length > LongestText || command.NextNote?.Length > LongestText ? Invalid.Field(nameof(command.Reflection), "TooLong") : null;
    }

    private static Conversation NewConversation(Actor actor, LogbookCommand command, DateTime now) => new()
    {
        Id = command.ConversationId, AccompanimentId = command.AccompanimentId, HeldAt = command.HeldAt, Channel = command.Channel, Minutes = command.Minutes,
        BothTookPart = command.BothTookPart, RecordedBy = actor.PersonId, RecordedAt = now,
    };

    private void Add(Actor actor, LogbookFile file, Conversation conversation, LogbookCommand command, DateTime now)
    {
        var entry = new LogbookEntry { AccompanimentId = command.AccompanimentId, ConversationId = conversation.Id, CompanionId = actor.PersonId, WrittenAt = now };
        Fill(entry, file, command);
        db.Add(entry);
        db.Record(actor, new LogbookEntryWritten(command.AccompanimentId, conversation.Id, entry.Id, entry.Activities, entry.Seemed, entry.HowAreYou), now);
    }

    private void Edit(Actor actor, LogbookFile file, LogbookLine line, LogbookEntry entry, LogbookCommand command, Held before, DateTime now)
    {
        var (activities, seemed, reflection) = (entry.Activities, entry.Seemed, (line.Reflection, entry.ReflectionIsPrivate));
        Fill(entry, file, command);
        // what was released is not this text: it is reviewed anew
        (entry.EditedAt, entry.ReleasedAt) = (now, null);
        db.Record(actor, new LogbookEntryEdited(command.AccompanimentId, entry.Id, before, Held.Of(line.Conversation), activities, entry.Activities, seemed, entry.Seemed,
            reflection != (command.Reflection, !command.ShareReflection)), now);
    }

    private void Fill(LogbookEntry entry, LogbookFile file, LogbookCommand command)
    {
        // The list is a new one, so that the change is seen.
        (entry.Activities, entry.Seemed, entry.HowAreYou, entry.NextOn) = ([.. command.Activities.Distinct().Order()], command.Seemed, command.HowAreYou, command.NextOn);
        entry.Reflection = vault.Seal(file.Writer, LogbookFile.ReflectionPurpose, command.Reflection);
        entry.ReflectionIsPrivate = !command.ShareReflection;
        entry.NextNote = vault.Seal(file.Writer, LogbookFile.NextPurpose, command.NextNote);
    }
}
