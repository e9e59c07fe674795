using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Accompaniments;

public sealed record ConversationCommand
{
    public required Guid AccompanimentId { get; init; }
    /// <summary>Made from the form's key and what it says: the same post sent twice is one.</summary>
    public required Guid Key { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime HeldAt { get; init; }
    public required Channel Channel { get; init; }
    public required int Minutes { get; init; }
    /// <summary>A call nobody answered is kept, but is no conversation.</summary>
    public required bool BothTookPart { get; init; }
}

/// <summary>The coordinator placed the three-way call, or heard that they talked. The companion writes theirs with the logbook.</summary>
[UseCases]
public sealed class RecordConversation(CompagnonDb db, Files files, FirstConversations first, TimeProvider clock)
{
    public Task<Outcome<Guid>> RecordAsync(Actor actor, ConversationCommand command, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, command, stop));

    private async Task<Outcome<Guid>?> OnceAsync(Actor actor, ConversationCommand command, CancellationToken stop)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenLogbookForChangeAsync(actor, command.AccompanimentId, ReadWhat.Accompaniment, stop) is not { } file) return new NotThere();
        if (file.Lines.Any(l => l.Conversation.Id == command.Key)) return command.Key;
        var now = clock.GetUtcNow().UtcDateTime;
        if (Logbook.WhyNot(new Held(command.HeldAt, command.Channel, command.Minutes, command.BothTookPart), file.Accompaniment.AgreedAt, now) is var (field, why)) return Invalid.Field(field, why);
        var held = new Conversation
        {
            Id = command.Key, AccompanimentId = command.AccompanimentId, HeldAt = command.HeldAt, Channel = command.Channel, Minutes = command.Minutes,
            BothTookPart = command.BothTookPart, RecordedBy = actor.PersonId, RecordedAt = now,
        };
        db.Add(held);
        db.Record(actor, new ConversationHeld(command.AccompanimentId, held.Id, Held.Of(held)), now);
        await first.ProjectAsync(file.Accompaniment, file.Referral, file.Lines.Select(l => l.Conversation).Append(held), stop);
        return await db.SavedAsync(held.Id, stop);
    }
}
