using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Accompaniments;

/// <summary>A held contact of the two. The id is the form's key, so that a form posted twice makes one.</summary>
public sealed class Conversation : Row, IVersioned
{
    public required Guid AccompanimentId { get; init; }
    public required DateTime HeldAt { get; set; }
    public required Channel Channel { get; set; }
    public required int Minutes { get; set; }
    /// <summary>A call nobody answered is none; only those in which both took part count for the figure.</summary>
    public required bool BothTookPart { get; set; }
    public required Guid RecordedBy { get; init; }
    public required DateTime RecordedAt { get; init; }
    /// <summary>When the coordinator last corrected it; from then on day, hour, channel and length are theirs to change.</summary>
    public DateTime? CorrectedAt { get; set; }
    /// <summary>Noted in error. It stays to be seen, with what was written of it, and is no conversation: both took no part.</summary>
    public SetAside? SetAside { get; set; }
    public int Version { get; set; }
}

/// <summary>Why what was noted is no conversation of these two.</summary>
public enum SetAside { NeverHeld, NotedTwice, SomebodyElse }

/// <summary>What the companion writes after it; one a conversation.</summary>
public sealed class LogbookEntry : Row, IVersioned
{
    public required Guid AccompanimentId { get; init; }
    public required Guid ConversationId { get; init; }
    public required Guid CompanionId { get; init; }
    public required DateTime WrittenAt { get; init; }
    public DateTime? EditedAt { get; set; }
    public List<Activity> Activities { get; set; } = [];
    public Seemed Seemed { get; set; }
    /// <summary>Encrypted under the companion's key; private unless they share it with the coordinator.</summary>
    public byte[]? Reflection { get; set; }
    public bool ReflectionIsPrivate { get; set; } = true;
    /// <summary>How the companion is; only the coordinator reads it.</summary>
    public HowAreYou HowAreYou { get; set; }
    /// <summary>When the coordinator called them back, where they had asked for it.</summary>
    public DateTime? CalledBackAt { get; set; }
    public DateOnly? NextOn { get; set; }
    /// <summary>What to take up next time; encrypted under the companion's key.</summary>
    public byte[]? NextNote { get; set; }
    /// <summary>The coordinator let the patient read it, as it stood; never the private reflection, nor how the companion is. Corrected, it is reviewed anew.</summary>
    public DateTime? ReleasedAt { get; set; }
    public int Version { get; set; }
}

/// <summary>An entry begun and kept for later, as typed; encrypted under the companion's key. Gone once the entry is written.</summary>
public sealed class LogbookDraft : Row, IVersioned
{
    public required Guid AccompanimentId { get; init; }
    public required Guid CompanionId { get; init; }
    public required byte[] Typed { get; set; }
    public required DateTime KeptAt { get; set; }
    public int Version { get; set; }
}

public enum Seemed { Better, Same, Worse, NotKnown }

public enum HowAreYou { Well, OnMyMind, CallMe }

public enum Support { Emotional, Informational, Educational, Navigational }

/// <summary>The logbook's vocabulary: what was done together.</summary>
public enum Activity
{
    Listening, Decompressing, SoothingFear, Reassuring, Normalising, Hope, BreakingIsolation,
    SharingStory, EverydayTips, CounteringHorrorStories, Resources, ClarifyingWords,
    FormulatingQuestions, PreparingAppointment, UnderstandingJourney, PartnerInCare,
    FindingServices, UnderstandingProtocols, LiaisonWithTeam,
}

public static class Logbook
{
    /// <summary>How long an entry may be corrected by who wrote it.</summary>
    public const int EditDays = 7;
    public const int LongestMinutes = 480;

    public static Support KindOf(Activity activity) => activity switch
    {
        <= Activity.BreakingIsolation => Support.Emotional,
        <= Activity.ClarifyingWords => Support.Informational,
        <= Activity.PartnerInCare => Support.Educational,
        _ => Support.Navigational,
    };

    public static IEnumerable<Activity> Of(Support kind) => Enum.GetValues<Activity>().Where(a => KindOf(a) == kind);

    /// <summary>The patient's question to read it waits for the coordinator.</summary>
    public static bool WaitsForReview(Accompaniment a) => a.LogbookAskedAt is { } asked && !(a.LogbookReviewedAt >= asked);

    public static bool MayBeEdited(LogbookEntry entry, DateTime now) => now < entry.WrittenAt.AddDays(EditDays);

    /// <summary>May the companion write of it, or correct what they wrote?</summary>
    public static bool MayBeWritten(Conversation of, LogbookEntry? entry, DateTime now) => of.SetAside is null && (entry is null || MayBeEdited(entry, now));

    /// <summary>The first conversation in which both took part, however late it was written down; null when there is none yet.</summary>
    public static DateTime? FirstOf(IEnumerable<Conversation> conversations) =>
        conversations.Where(c => c.BothTookPart).Select(c => (DateTime?)c.HeldAt).Min();

    /// <summary>Why it can't have been so: it lies ahead, before the two agreed, or lasts too long or not at all. The field and the reason, or null when it can.</summary>
    public static (string Field, string Why)? WhyNot(Held held, DateTime agreedAt, DateTime now)
    {
        if (held.At > now) return ("HeldAt", "Ahead");
        if (held.At < agreedAt.Date) return ("HeldAt", "BeforeAgreement");
        return held.Minutes is < 0 or > LongestMinutes || held is { BothTookPart: true, Minutes: 0 } ? ("Minutes", "Range") : null;
    }
}
