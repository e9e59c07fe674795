using Compagnon.App.Referrals;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Components;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Referrals;

/// <summary>How far a referral has come, in words for its clinic.</summary>
public sealed class StepWords(IStringLocalizer<Texts> texts, Formats formats)
{
    /// <summary>A due moment is the midnight after the last day: « mercredi 25 novembre ».</summary>
    public static string ByDay(Formats formats, DateTime due) => formats.WeekdayDate(formats.Day(due.AddTicks(-1)));

    public string Label(ClinicRow row) => texts[row.Steps.Stage switch
    {
        ReferralStage.Received => "Row.Received",
        ReferralStage.Reached => "Step.Reached",
        ReferralStage.Matched => "Step.Matched",
        ReferralStage.FirstConversation => "Step.First",
        ReferralStage.Ended => "Row.EndedLabel",
    }];

    public string Note(ClinicRow row, DateTime now) => row.Steps switch
    {
        { EndedAt: { } at } s => texts[s.NotReached ? "Row.NotReached" : "Row.Ended", Day(at)],
        { FirstConversationAt: { } at } => texts["Row.First", Day(at)],
        { MatchedAt: { } at } => texts["Row.Matched", Day(at)],
        { ReachedAt: { } at } => texts["Row.Reached", Day(at)],
        _ => row.StatusRefused ? texts["Row.Refused"] : now < row.ReachBy ? texts["Row.ReachBy", ByDay(formats, row.ReachBy)] : texts["Row.Trying"],
    };

    /// <summary>1 to 4 for the drawing; a request that ended before anyone was found keeps its way as far as it went.</summary>
    public static int Track(HeardSteps s) => s switch
    {
        { EndedAt: not null, FirstConversationAt: not null } => 4,
        { FirstConversationAt: not null } => 3,
        { MatchedAt: not null } => 2,
        _ => 1,
    };

    /// <summary>Everything that happened, then what comes next.</summary>
    public IReadOnlyList<TimelineItem> Timeline(string name, HeardSteps s, bool refused, DateTime reachBy, DateTime now)
    {
        List<TimelineItem> items = [new(texts["Step.Received"], Stopped(Sentence(s.ReceivedAt) + ", " + formats.Time(s.ReceivedAt)))];
        if (refused) return items;
        if (s.ReachedAt is { } reached) items.Add(new(texts["Step.ReachedName", name], Sentence(reached) + "."));
        if (s.MatchedAt is { } matched) items.Add(new(texts["Step.Matched"], texts["Line.Matched", Sentence(matched)], TimelineKind.Both));
        if (s.FirstConversationAt is { } first) items.Add(new(texts["Step.First"], First(s.ReceivedAt, first), TimelineKind.Both));
        if (s.EndedAt is { } ended) items.Add(new(texts[s.MatchedAt is null ? "Step.EndedEarly" : "Step.Ended"], s.NotReached ? texts["Line.NotReached", Sentence(ended)] : Sentence(ended) + ".", s.MatchedAt is null ? TimelineKind.Alone : TimelineKind.Both));
        else items.Add(Next(s, reachBy, now));
        return items;
    }

    private TimelineItem Next(HeardSteps s, DateTime reachBy, DateTime now) => s switch
    {
        { FirstConversationAt: not null } => new(texts["Step.Ended"], texts["Line.Next"], TimelineKind.Next),
        { MatchedAt: not null } => new(texts["Step.First"], texts["Line.Next"], TimelineKind.Next),
        { ReachedAt: not null } => new(texts["Step.Matched"], texts["Line.Next"], TimelineKind.Next),
        _ => new(texts["Done.Call"], now < reachBy ? texts["Line.NextReached", ByDay(formats, reachBy)] : texts["Row.Trying"] + ".", TimelineKind.Next),
    };

    private string First(DateTime receivedAt, DateTime first)
    {
        var days = formats.Day(first).DayNumber - formats.Day(receivedAt).DayNumber;
        return days == 0 ? texts["Line.FirstSameDay", Sentence(first)] : texts["Line.First", Sentence(first), formats.Days(days)];
    }

    /// <summary>"9:50 a.m." has its full stop already.</summary>
    private static string Stopped(string text) => text.EndsWith('.') ? text : text + ".";

    private string Sentence(DateTime at) => Formats.Capital(formats.WeekdayDate(formats.Day(at)));

    private string Day(DateTime at) => formats.DayMonth(formats.Day(at));
}
