using System.Globalization;
using Compagnon.App.Day;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Components;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Files;

/// <summary>How a file reads: its name, what happened on it, what comes next.</summary>
public sealed class FileWords(IStringLocalizer<Texts> texts, EnumWords words, Formats formats)
{
    /// <summary>« Nadia B. »: the first name, and an initial where the family name is known.</summary>
    public static string NameOf(FileView view) => view.File.Identity switch
    {
        { GivenName: { Length: > 0 } given, FamilyName: { Length: > 0 } family } => $"{given}\u00a0{char.ToUpperInvariant(family[0])}.",
        { GivenName: { Length: > 0 } given } => given,
        _ => view.Referral.FileNumber,
    };

    /// <summary>What happened, in order, and what comes next.</summary>
    public IReadOnlyList<TimelineItem> Timeline(FileView view)
    {
        var happened = Happened(view).OrderBy(m => m.At).Select(m => new TimelineItem(m.Title, Join(Formats.Capital(formats.When(m.At)), m.Text), m.Kind)).ToList();
        if (Next(view) is { } next) happened.Add(next);
        return happened;
    }

    private IEnumerable<(DateTime At, string Title, string? Text, TimelineKind Kind)> Happened(FileView view)
    {
        var r = view.Referral;
        if (r.OfferedAt is { } offered) yield return Alone(offered, "Offered", r.ReceivedAt is null || r.Source is ReferralSource.Import ? words[r.Source] : null);
        if (r.ReceivedAt is { } received) yield return Alone(received, "Received", Join(r.OfferedAt is null ? words[r.Source] : null, view.Clinic, view.NameOf(r.ReferredBy)));
        if (r.ReachedAt is { } reached) yield return Alone(reached, "Reached", Tries(view, reached));
        if (r.ServiceConsentAt is { } consent) yield return Alone(consent, "Consent");
        if (r.IntakeCompletedAt is { } complete) yield return Alone(complete, "Complete", r.Intake.OnBehalf ? texts["Moment.OnBehalf"] : r.Intake.WasHelped() ? words[r.Intake.Helper!.Value] : null);
        foreach (var p in view.Proposals) yield return Alone(p.At, "Proposed", texts["Moment.To", p.Pseudonym, Answered(p)]);
        if (r.ReturnedAt is { } returned) yield return Alone(returned, "Returned");
        if (r.ChoiceAskedAt is { } asked) yield return Alone(asked, "ChoiceAsked");
        if (r.AgreedAt is { } agreed) yield return (agreed, texts["Moment.Agreed"], view.Accompaniment?.Companion, TimelineKind.Both);
        if (r.FirstConversationAt is { } talked) yield return (talked, texts["Moment.Talked"], null, TimelineKind.Both);
        if (r.EndedAt is { } ended) yield return Alone(ended, "Ended", r.Closing is { } why ? words[why] : null);
    }

    private TimelineItem? Next(FileView view)
    {
        var r = view.Referral;
        if (r.Next is NextStep.Ended or NextStep.Accompany || r.NextDueAt is not { } due) return null;
        var by = texts["Moment.By", formats.WeekdayDate(formats.Day(due.AddTicks(-1)))];
        return new TimelineItem(texts[$"Next.{r.Next}"], r.NotBefore is { } day && day > formats.Day(view.Now) ? texts["Moment.NotBefore", formats.WeekdayDate(day)] : by, TimelineKind.Next);
    }

    private string Answered(ProposalLine p)
    {
        var state = words[p.State].ToLower(CultureInfo.CurrentUICulture);
        if (p.TakenBackFor is { } why) state = texts["Moment.Why", state, words[why].ToLower(CultureInfo.CurrentUICulture)];
        return p.AnsweredAt is { } at ? $"{state}, {formats.When(at)}" : state;
    }

    private string? Tries(FileView view, DateTime reached)
    {
        var before = view.Attempts.Count(a => a.At < reached);
        return before == 0 ? null : Formats.Count(before, texts["Tries.One"], texts["Tries.Many"]);
    }

    private (DateTime At, string Title, string? Text, TimelineKind Kind) Alone(DateTime at, string key, string? text = null) => (at, texts[$"Moment.{key}"], text, TimelineKind.Alone);

    /// <summary>Sentences one after the other; "2:30 p.m." ends one by itself.</summary>
    private static string? Join(params string?[] parts) =>
        parts.Where(p => !string.IsNullOrEmpty(p)).Aggregate((string?)null, (before, p) => before is null ? p : before.EndsWith('.') ? $"{before} {p}" : $"{before}. {p}");
}
