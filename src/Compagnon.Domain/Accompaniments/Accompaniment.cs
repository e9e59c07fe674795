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
    /// <summary>The proposal it came from.</summary>
    public Guid? ProposalId { get; init; }
    public required DateTime AgreedAt { get; init; }
    public Agreement Agreement { get; set; } = new();
    public DateTime? FirstConversationAt { get; set; }
    /// <summary>The coordinator last asked how they are getting on, and they go on.</summary>
    public DateTime? FollowedUpAt { get; set; }
    /// <summary>Projection, written only by <see cref="Project"/>; of an ended one it says nothing.</summary>
    public FollowUpReason? FollowUpReason { get; private set; }
    /// <summary>Projection, written only by <see cref="Project"/>: from then on somebody asks. Null before the first conversation.</summary>
    public DateTime? FollowUpDueAt { get; private set; }
    /// <summary>The companion can't go on for now: since when the patient may say whether they wait or would like somebody else.</summary>
    public DateTime? AnotherOfferedAt { get; set; }
    /// <summary>The patient asked to read what the logbook says of them; the coordinator reviews it first.</summary>
    public DateTime? LogbookAskedAt { get; set; }
    public DateTime? LogbookReviewedAt { get; set; }
    public DateTime? EndedAt { get; set; }
    public EndedBy? EndedBy { get; set; }
    /// <summary>Kept from the other.</summary>
    public Closing? Closing { get; set; }
    /// <summary>Encrypted under the patient's key; only the coordinator reads it.</summary>
    public byte[]? EndNote { get; set; }
    public int Version { get; set; }

    /// <summary>To be called in the same save as any change of what was agreed, of a conversation or of its entry.</summary>
    /// <param name="told">All conversations as they will stand.</param>
    public void Project(IReadOnlyCollection<Told> told, Targets targets, WorkingCalendar calendar)
    {
        var next = FollowUp.NextOf(this, told, targets, calendar);
        (FollowUpReason, FollowUpDueAt) = (next?.Reason, next?.DueAt);
    }

    public bool IsToFollowUp(DateTime now) => EndedAt is null && FollowUpDueAt <= now;
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
