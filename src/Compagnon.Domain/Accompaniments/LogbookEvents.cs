using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Accompaniments;

/// <summary>When, how and how long they talked, as an event keeps it.</summary>
public sealed record Held(DateTime At, Channel Channel, int Minutes, bool BothTookPart)
{
    public static Held Of(Conversation c) => new(c.HeldAt, c.Channel, c.Minutes, c.BothTookPart);
}

/// <summary>The two talked, or one of them tried; written down by the companion or the coordinator.</summary>
public sealed record ConversationHeld(Guid AccompanimentId, Guid ConversationId, Held Held) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}

/// <summary>The coordinator corrected what was noted of a conversation, whoever noted it: what stood before, and what stands now. What was written of it is not repeated here.</summary>
public sealed record ConversationCorrected(Guid AccompanimentId, Guid ConversationId, Held Before, Held After, SetAside? SetAsideBefore, SetAside? SetAside) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}

public sealed record LogbookEntryWritten(Guid AccompanimentId, Guid ConversationId, Guid EntryId, IReadOnlyList<Activity> Activities, Seemed Seemed, HowAreYou HowAreYou) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}

/// <summary>A correction within the days in which it may be made: what stood before, and what stands now. Reflections are not repeated here.</summary>
public sealed record LogbookEntryEdited(Guid AccompanimentId, Guid EntryId, Held Before, Held After, IReadOnlyList<Activity> ActivitiesBefore, IReadOnlyList<Activity> Activities,
    Seemed SeemedBefore, Seemed Seemed, bool ReflectionChanged) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}

/// <summary>The coordinator has called a companion who asked for it.</summary>
public sealed record CompanionCalledBack(Guid AccompanimentId, Guid EntryId) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}

/// <summary>The patient asks to read what the logbook says of them.</summary>
public sealed record LogbookAsked(Guid AccompanimentId) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}

/// <summary>The coordinator reviewed the logbook for the patient: which entries they may read from now on.</summary>
public sealed record LogbookReviewed(Guid AccompanimentId, IReadOnlyList<Guid> Released, int Kept) : AuditEvent
{
    public override Guid? Subject => AccompanimentId;
}
