using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Accompaniments;

/// <summary>Patient and companion accepted each other. One a referral at a time.</summary>
public sealed class Accompaniment : Row, IVersioned
{
    public required Guid ReferralId { get; init; }
    public required Guid PatientId { get; init; }
    public required Guid CompanionId { get; init; }
    public required Guid FacilityId { get; init; }
    public required DateTime AgreedAt { get; init; }
    public Agreement Agreement { get; set; } = new();
    public DateTime? FirstConversationAt { get; set; }
    public DateTime? EndedAt { get; set; }
    public EndedBy? EndedBy { get; set; }
    /// <summary>Kept from the other.</summary>
    public Closing? Closing { get; set; }
    public string? EndNote { get; set; }
    public int Version { get; set; }
}

public enum EndedBy { Patient, Companion, Coordinator }

/// <summary>What the two agreed to; checked later.</summary>
public sealed class Agreement
{
    /// <summary>How the companion calls the patient: chosen by the patient, never their surname.</summary>
    public string? PatientPseudonym { get; set; }
    public Rhythm Rhythm { get; set; } = Rhythm.AsNeeded;
    public Channel Channel { get; set; } = Channel.Telephone;
    /// <summary>How long it is meant to last; null is as long as needed.</summary>
    public int? Months { get; set; }
    public FirstContact FirstContact { get; set; } = FirstContact.ThreeWayCall;
    /// <summary>When the first conversation is planned, UTC.</summary>
    public DateTime? PlannedAt { get; set; }
    /// <summary>Which room of the facility, for a first conversation in person.</summary>
    public string? Room { get; set; }
}

public enum Rhythm { AsNeeded, Weekly, EveryTwoWeeks, AroundAppointments }

/// <summary>How the first conversation comes about while masked calls do not exist.</summary>
public enum FirstContact { ThreeWayCall, Room, NumberShown }

/// <summary>A held contact of the two.</summary>
public sealed class Conversation : Row
{
    public required Guid AccompanimentId { get; init; }
    public required DateTime HeldAt { get; init; }
    public required Channel Channel { get; init; }
    public required int Minutes { get; init; }
    /// <summary>A call nobody answered is none; only those in which both took part count for the figure.</summary>
    public required bool BothTookPart { get; init; }
    public required Guid RecordedBy { get; init; }
    public required DateTime RecordedAt { get; init; }
}

/// <summary>What the companion writes after a conversation.</summary>
public sealed class LogbookEntry : Row, IVersioned
{
    public required Guid AccompanimentId { get; init; }
    public required Guid ConversationId { get; init; }
    public required Guid CompanionId { get; init; }
    public required DateTime WrittenAt { get; init; }
    public List<Activity> Activities { get; set; } = [];
    public Seemed Seemed { get; set; }
    /// <summary>Encrypted under the companion's key; private unless they share it with the coordinator.</summary>
    public byte[]? Reflection { get; set; }
    public bool ReflectionIsPrivate { get; set; } = true;
    /// <summary>Wants the coordinator to call.</summary>
    public bool CallMe { get; set; }
    public DateOnly? NextOn { get; set; }
    /// <summary>What to take up next time; encrypted under the companion's key.</summary>
    public byte[]? NextNote { get; set; }
    public int Version { get; set; }
}

public enum Seemed { Better, Same, Worse, NotKnown }

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
    public static Support KindOf(Activity activity) => activity switch
    {
        <= Activity.BreakingIsolation => Support.Emotional,
        <= Activity.ClarifyingWords => Support.Informational,
        <= Activity.PartnerInCare => Support.Educational,
        _ => Support.Navigational,
    };

    public static IEnumerable<Activity> Of(Support kind) => Enum.GetValues<Activity>().Where(a => KindOf(a) == kind);
}
