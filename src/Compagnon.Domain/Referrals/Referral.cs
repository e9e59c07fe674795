using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Referrals;

/// <summary>
/// A demand for accompaniment, or, until the person agreed to be contacted, an offer. Holds the dates at which things happened; what it is now is derived from
/// them (<see cref="ReferralState"/>). Who the person is stands apart.
/// </summary>
public sealed class Referral : Row, IVersioned
{
    public required Guid PatientId { get; init; }
    public required Guid FacilityId { get; set; }
    /// <summary>The clinic that offered it; access follows active membership of the clinic, not the clinician.</summary>
    public Guid? ClinicId { get; init; }
    public required ReferralSource Source { get; init; }
    public required Guid ReferredBy { get; init; }
    /// <summary>What people say on the telephone: six letters and digits, no meaning.</summary>
    public required string FileNumber { get; init; }
    public Guid? CoordinatorId { get; set; }

    public Situation Situation { get; set; } = new();
    public Intake Intake { get; set; } = new();
    public bool MayLeaveMessage { get; set; }
    /// <summary>No link goes out: the coordinator does every step on their behalf.</summary>
    public bool TelephoneOnly { get; set; }
    public DateTime? UrgentSince { get; set; }
    public string? UrgentReason { get; set; }
    /// <summary>"Call me after my surgery": pauses the target, never the figure.</summary>
    public DateOnly? NotBefore { get; set; }

    public DateTime? OfferedAt { get; init; }
    public DateTime? ReceivedAt { get; set; }
    public DateTime? ReachedAt { get; set; }
    public DateTime? ServiceConsentAt { get; set; }
    public DateTime? IntakeCompletedAt { get; set; }
    /// <summary>Last time it came back to the top: all declined, none chosen, expired.</summary>
    public DateTime? ReturnedAt { get; set; }
    public int Returns { get; set; }
    /// <summary>Earliest moment by which an open proposal must be answered; null when none is open.</summary>
    public DateTime? AnswerDueAt { get; set; }
    public DateTime? ChoiceAskedAt { get; set; }
    public DateTime? ChoiceDueAt { get; set; }
    public DateTime? AgreedAt { get; set; }
    public DateTime? FirstConversationAt { get; set; }
    /// <summary>When the person last asked for another companion, and the search began anew.</summary>
    public DateTime? RematchedAt { get; set; }
    /// <summary>After a new match: the first conversation with the present companion. Before any, <see cref="FirstConversationAt"/> says it.</summary>
    public DateTime? TalkedAgainAt { get; set; }
    public DateTime? EndedAt { get; set; }
    public Closing? Closing { get; set; }
    public DateTime? StatusRefusedAt { get; set; }
    /// <summary>The coordinator found the number wrong and the clinic has not corrected it yet.</summary>
    public DateTime? WrongNumberAt { get; set; }
    /// <summary>The clinic gave another number; the coordinator sees it as long as the person has not been reached.</summary>
    public DateTime? NumberCorrectedAt { get; set; }

    /// <summary>Projection, written only by <see cref="Project"/>.</summary>
    public NextStep Next { get; private set; }
    /// <summary>Projection, written only by <see cref="Project"/>. Null when nothing waits.</summary>
    public DateTime? NextDueAt { get; private set; }
    public int Version { get; set; }

    /// <summary>Writes the projection by which a hundred thousand files sort; to be called in the same save as any change of a date.</summary>
    public void Project(Targets targets, WorkingCalendar calendar) => (Next, NextDueAt) = ReferralState.NextOf(this, targets, calendar);
}

public enum ReferralSource { Clinician, Self, Telephone, Import }

/// <summary>Why it ended. Kept from the other person.</summary>
public enum Closing { Completed, StoppedByPatient, StoppedByCompanion, StoppedByCoordinator, Withdrawn, NotReached, Declined, OfferExpired, Underage, Deceased }

/// <summary>What the person lives, as the clinician, the import or they themselves said it. Unknown stays null.</summary>
public sealed class Situation
{
    public CancerSite? Site { get; set; }
    public Certainty Certainty { get; set; } = Certainty.Confirmed;
    /// <summary>Earlier or other cancers; the latest leads.</summary>
    public List<CancerSite> OtherSites { get; set; } = [];
    public Moment? Moment { get; set; }
    public List<PlannedTreatment> Treatments { get; set; } = [];
    public Gender? Gender { get; set; }
    public int? BirthDecade { get; set; }
    /// <summary>In which they can talk; a hard rule.</summary>
    public List<string> Languages { get; set; } = [];
    public string? Municipality { get; set; }
    public List<LifeSituation> Life { get; set; } = [];
    public string? Culture { get; set; }
}

/// <summary>A treatment planned, under way or past.</summary>
public sealed class PlannedTreatment
{
    public required Treatment Treatment { get; set; }
    public int? Year { get; set; }
    /// <summary>The protocol as the clinic names it, "AC-T"; compared with the companion's, never a rule.</summary>
    public string? Regimen { get; set; }
}

/// <summary>What the person wants, asked one question a page and kept as they go (<see cref="IntakePages"/>).</summary>
public sealed class Intake
{
    /// <summary>Pages that have been answered, even with "nothing to add".</summary>
    public List<IntakePage> Answered { get; set; } = [];
    /// <summary>Pages that were not asked because the clinic had said it.</summary>
    public List<IntakePage> Given { get; set; } = [];
    /// <summary>They said that they are at least this old.</summary>
    public int? AtLeastAge { get; set; }
    public List<Topic> Topics { get; set; } = [];
    /// <summary>In their own words; the anonymous summary shows it to a companion, and the page says so.</summary>
    public string? TopicWords { get; set; }
    /// <summary>What matters most, first first.</summary>
    public List<Preference> Ranking { get; set; } = [];
    public Gender? WishedGender { get; set; }
    public List<MustHave> MustHaves { get; set; } = [];
    public List<DayPart> When { get; set; } = [];
    public List<Channel> Channels { get; set; } = [];
    /// <summary>They do not know where they are treated: the network's intake looks after the request.</summary>
    public bool PlaceUnknown { get; set; }
    public string? WhereTreated { get; set; }
    /// <summary>The coordinator fills it in, on the telephone.</summary>
    public bool OnBehalf { get; set; }
    /// <summary>Who helps the person to fill it in by themselves. Helps and gets no access; the consents stay the person's own.</summary>
    public HelpedBy? Helper { get; set; }

    /// <summary>Filled in on behalf of the person, by the coordinator or with somebody's help.</summary>
    public bool WasHelped() => OnBehalf || Helper is HelpedBy.Relative or HelpedBy.SomebodyElse;
}

/// <summary>Who helps a person to answer.</summary>
public enum HelpedBy { Nobody, Relative, SomebodyElse }

/// <summary>What can matter to a patient in the person they will talk to; ranked by them, weighed by the matching.</summary>
public enum Preference { Treatment, Cancer, Concern, Age, Life, Culture, Gender, Availability }

/// <summary>What must be so: a hard rule.</summary>
public enum MustHave { SameCancer, SameTreatment, WishedGender, InPerson, Video }

/// <summary>One attempt to reach the person.</summary>
public sealed class ContactAttempt : Row
{
    public required Guid ReferralId { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
    public required ContactOutcome Outcome { get; init; }
    /// <summary>Encrypted under the patient's key: what one hears on the telephone names people.</summary>
    public byte[]? Note { get; init; }
}

public enum ContactOutcome { Reached, NoAnswer, MessageLeft, WrongNumber, CallBackLater, DeclinedService, Deceased }
