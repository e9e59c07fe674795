using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Referrals;

/// <summary>What waits to be done for a file, in the order of the thread.</summary>
public enum NextStep
{
    /// <summary>Begun by the person, not sent yet: nobody but them sees it, nobody waits for anything.</summary>
    Draft,
    /// <summary>An offer nobody has agreed to yet.</summary>
    Offer,
    Reach,
    Complete,
    Match,
    /// <summary>A companion has been asked.</summary>
    Answer,
    /// <summary>The patient has been asked.</summary>
    Choose,
    /// <summary>They agreed but have not talked.</summary>
    Talk,
    Accompany,
    Ended,
}

/// <summary>How far a request has come as its clinic hears it.</summary>
public enum ReferralStage { Received, Reached, Matched, FirstConversation, Ended }

/// <summary>What a referral is now: derived from its dates by named questions, never set.</summary>
public static class ReferralState
{
    public static NextStep StepOf(Referral r) => r switch
    {
        { EndedAt: not null } => NextStep.Ended,
        { ReceivedAt: null, OfferedAt: null } => NextStep.Draft,
        { ReceivedAt: null } => NextStep.Offer,
        { AgreedAt: not null } => HasTalked(r) ? NextStep.Accompany : NextStep.Talk,
        { ChoiceAskedAt: not null } => NextStep.Choose,
        { AnswerDueAt: not null } => NextStep.Answer,
        { ReachedAt: null } => NextStep.Reach,
        { ServiceConsentAt: null } or { IntakeCompletedAt: null } => NextStep.Complete,
        _ => NextStep.Match,
    };

    public static bool IsDraft(Referral r) => r is { ReceivedAt: null, OfferedAt: null };

    /// <summary>With the present companion: after a new match the figure of the first one says nothing of the second.</summary>
    public static bool HasTalked(Referral r) => r.RematchedAt is null ? r.FirstConversationAt is not null : r.TalkedAgainAt is not null;

    public static bool IsOpen(Referral r) => r.EndedAt is null;

    /// <summary>Is its clinic asked for another number? Where the person refused that it hears, the coordinator alone corrects it.</summary>
    public static bool NumberIsAskedOfClinic(Referral r) => r is { WrongNumberAt: not null, EndedAt: null } && ClinicHears(r);

    public static bool ClinicHears(Referral r) => r is { ClinicId: not null, StatusRefusedAt: null };

    /// <summary>The patient's own service consent comes before anything goes out.</summary>
    public static bool MayBeProposed(Referral r) => IsOpen(r) && r.ServiceConsentAt is not null && r.IntakeCompletedAt is not null && r.AgreedAt is null;

    /// <summary>Each target runs from the step before. A promise to call later pauses it until that day is over; the figure never pauses.</summary>
    public static (NextStep Step, DateTime? DueAt) NextOf(Referral r, Targets targets, WorkingCalendar calendar)
    {
        var step = StepOf(r);
        calendar = calendar.With(targets.ExtraDaysOff);
        DateTime? due = step switch
        {
            NextStep.Offer => r.OfferedAt!.Value.AddDays(targets.OfferDays),
            NextStep.Reach => calendar.AddWorkingDays(r.ReceivedAt!.Value, targets.ReachWorkingDays),
            NextStep.Complete => calendar.AddWorkingDays(r.ReachedAt!.Value, targets.CompleteWorkingDays),
            NextStep.Match => MatchDue(r, calendar.AddWorkingDays(MatchFrom(r.RematchedAt, r.ServiceConsentAt, r.IntakeCompletedAt)!.Value, targets.MatchWorkingDays)),
            NextStep.Answer => r.AnswerDueAt,
            NextStep.Choose => r.ChoiceDueAt,
            NextStep.Talk => r.AgreedAt!.Value.AddDays(targets.FirstConversationDays),
            NextStep.Draft or NextStep.Accompany or NextStep.Ended => null,
        };
        if (due is not null && r.NotBefore is { } day && calendar.EndOf(day) is var end && end > due) due = end;
        return (step, due);
    }

    /// <summary>A day on which one is called: after today, within a year. The reason, or null.</summary>
    public static string? WhyNotOn(DateOnly day, DateOnly today) => day <= today ? "Future" : day > WorkingCalendar.LastAhead(today) ? "TooFar" : null;

    /// <summary>Since when it is back: all declined, nobody answered, none was chosen. A search that began anew has not come back yet.</summary>
    public static DateTime? BackSince(DateTime? returnedAt, DateTime? rematchedAt) => rematchedAt >= returnedAt ? null : returnedAt;

    /// <summary>A file that came back has already waited: it is due at once, and so stands above all that is not late yet. What was late already stays as late.</summary>
    private static DateTime MatchDue(Referral r, DateTime first) => BackSince(r.ReturnedAt, r.RematchedAt) is { } back && back < first ? back : first;

    /// <summary>Who asks for another companion begins anew.</summary>
    public static DateTime? MatchFrom(DateTime? rematchedAt, DateTime? serviceConsentAt, DateTime? intakeCompletedAt) =>
        rematchedAt ?? (serviceConsentAt > intakeCompletedAt ? serviceConsentAt : intakeCompletedAt);

    /// <summary>What the clinic may hear; where the patient refused, "received" and nothing after it.</summary>
    public static ReferralStage StageOf(Referral r) => r switch
    {
        { StatusRefusedAt: not null } => ReferralStage.Received,
        { EndedAt: not null } => ReferralStage.Ended,
        { FirstConversationAt: not null } => ReferralStage.FirstConversation,
        { AgreedAt: not null } => ReferralStage.Matched,
        { ReachedAt: not null } => ReferralStage.Reached,
        _ => ReferralStage.Received,
    };

    /// <summary>The figure: from receipt, or for an offer from consent, to the first conversation in which both took part.</summary>
    public static TimeSpan? TimeToFirstConversation(Referral r) => r.FirstConversationAt - r.ReceivedAt;

    public static int DaysWaiting(Referral r, WorkingCalendar calendar, DateTime now) => calendar.DaysSince(r.ReceivedAt ?? r.OfferedAt ?? now, now);
}
