using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Accompaniments;

public sealed record CorrectionCommand
{
    public required Guid AccompanimentId { get; init; }
    public required Guid ConversationId { get; init; }
    /// <summary>The version that was shown: whoever corrects second sees first what stands now.</summary>
    public required int Version { get; init; }
    /// <summary>Why it is no conversation of theirs: <see cref="Held"/> is not looked at then. Null: it was, as Held says.</summary>
    public SetAside? SetAside { get; init; }
    public required Held Held { get; init; }
}

/// <summary>
/// The coordinator corrects what was noted of a conversation, whoever noted it and however long ago, also after the end: the figure hangs on it. Nothing goes away: the
/// trail keeps what stood before, and what the companion wrote stays theirs.
/// </summary>
[UseCases]
public sealed class CorrectConversation(CompagnonDb db, Files files, FirstConversations first, TimeProvider clock)
{
    public Task<Outcome<Done>> CorrectAsync(Actor actor, CorrectionCommand command, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, command, stop));

    private async Task<Outcome<Done>?> OnceAsync(Actor actor, CorrectionCommand command, CancellationToken stop)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenLogbookForChangeAsync(actor, command.AccompanimentId, ReadWhat.Accompaniment, stop) is not { } file
            || file.Lines.FirstOrDefault(l => l.Conversation.Id == command.ConversationId) is not { Conversation: var conversation } line) return new NotThere();
        var (before, setAsideBefore) = (Held.Of(conversation), conversation.SetAside);
        var after = command.SetAside is null ? command.Held : before with { BothTookPart = false };
        if ((after, command.SetAside) == (before, setAsideBefore)) return Done.Yes;
        if (conversation.Version != command.Version) return new ChangedMeanwhile();
        var now = clock.GetUtcNow().UtcDateTime;
        if (command.SetAside is null && Logbook.WhyNot(after, file.Accompaniment.AgreedAt, now) is var (field, why)) return Invalid.Field(field, why);
        (conversation.HeldAt, conversation.Channel, conversation.Minutes, conversation.BothTookPart) = (after.At, after.Channel, after.Minutes, after.BothTookPart);
        (conversation.SetAside, conversation.CorrectedAt) = (command.SetAside, now);
        // what was said to be of them may be of somebody else
        if (command.SetAside is not null && line.Entry is { } entry) entry.ReleasedAt = null;
        db.Record(actor, new ConversationCorrected(command.AccompanimentId, conversation.Id, before, after, setAsideBefore, command.SetAside), now);
        await first.ProjectAsync(file.Accompaniment, file.Referral, file.Lines.Select(l => l.Conversation), stop);
        return await db.SavedAsync(default(Done), stop);
    }
}
