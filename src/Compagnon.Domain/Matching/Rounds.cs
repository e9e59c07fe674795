using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.Domain.Matching;

/// <summary>What follows for the request once one of its proposals changed.</summary>
public enum RoundResult
{
    /// <summary>Companions still have to answer.</summary>
    Waiting,
    /// <summary>Everybody has answered and somebody said yes: the patient is asked now.</summary>
    PatientAsked,
    /// <summary>The patient is choosing, or has chosen.</summary>
    Choosing,
    /// <summary>Nobody is left: the request is back at the top.</summary>
    Returned,
    /// <summary>Nothing was under way.</summary>
    Nothing,
}

/// <summary>The dates of a request that follow from its proposals. One place, so that no use case forgets one of them.</summary>
public static class Rounds
{
    /// <summary>At once, unless the patient agreed that several see the summary.</summary>
    public const int OneByOne = 1;
    public const int Several = 3;

    public static int Allowed(bool severalAgreed) => severalAgreed ? Several : OneByOne;

    /// <param name="referral">Its answer and choice dates are written; project it afterwards.</param>
    /// <param name="proposals">All proposals of the request, as they stand after the change.</param>
    /// <param name="takenBack">The coordinator took the last one back: nothing failed, so nothing is counted.</param>
    public static RoundResult Settle(Referral referral, IReadOnlyCollection<Proposal> proposals, Targets targets, DateTime now, bool takenBack = false)
    {
        var wasUnderWay = referral.AnswerDueAt is not null || referral.ChoiceAskedAt is not null;
        var open = proposals.Where(Proposals.IsOpen).ToList();
        if (open.Count > 0)
        {
            referral.AnswerDueAt = open.Min(p => p.ExpiresAt);
            return RoundResult.Waiting;
        }
        referral.AnswerDueAt = null;
        if (proposals.Any(Proposals.IsAccepted))
        {
            if (referral.ChoiceAskedAt is not null) return RoundResult.Choosing;
            (referral.ChoiceAskedAt, referral.ChoiceDueAt) = (now, now.AddHours(targets.ChooseHours));
            return RoundResult.PatientAsked;
        }
        (referral.ChoiceAskedAt, referral.ChoiceDueAt) = (null, null);
        if (!wasUnderWay) return RoundResult.Nothing;
        if (takenBack) return RoundResult.Nothing;
        referral.ReturnedAt = now;
        referral.Returns++;
        return RoundResult.Returned;
    }

    /// <summary>"Choose for me": the best fit when they were asked, then whoever said yes first.</summary>
    public static Proposal? BestOf(IEnumerable<Proposal> proposals) =>
        proposals.Where(Proposals.IsAccepted).OrderByDescending(p => p.Fit).ThenBy(p => p.AnsweredAt).ThenBy(p => p.Id).FirstOrDefault();

    /// <summary>A choice that nobody made is let go only after the coordinator had two working days to call.</summary>
    public static DateTime ChoiceEndsAt(DateTime choiceDueAt, WorkingCalendar calendar) => calendar.AddWorkingDays(choiceDueAt, 2);
}
