using System.Globalization;
using System.Net;
using Compagnon.App.Day;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Components;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Day;

/// <summary>How a row of the day reads: what, for whom, by when, and the one verb.</summary>
public sealed class DayWords(IStringLocalizer<Texts> texts, EnumWords words, Formats formats, WorkingCalendar calendar)
{
    private const int HoursAreSaid = 2;

    /// <summary>What can wait, in the order of the thread.</summary>
    public static IReadOnlyList<NextStep> Waiting { get; } = [NextStep.Reach, NextStep.Complete, NextStep.Match, NextStep.Answer, NextStep.Choose, NextStep.Talk, NextStep.Offer];

    /// <summary>What a list can be narrowed to; drafts are nobody's yet.</summary>
    public static IReadOnlyList<NextStep> Listed { get; } = [.. Enum.GetValues<NextStep>().Where(s => s is not NextStep.Draft)];

    public static string AnchorOf(DueGroup group) => group switch
    {
        DueGroup.Late => "retard",
        DueGroup.Today => "aujourdhui",
        DueGroup.Week => "semaine",
        DueGroup.Later => "plus-tard",
    };

    public static TagKind KindOf(DueGroup group) => group switch
    {
        DueGroup.Late => TagKind.Late,
        DueGroup.Today => TagKind.Soon,
        DueGroup.Week or DueGroup.Later => TagKind.Rest,
    };

    public string What(DayRow row) => texts[$"What.{row.Step}", row.GivenName];

    /// <summary>No capital after the colon, but a name's.</summary>
    public string UrgentTitle(DayRow row)
    {
        var what = What(row);
        return texts["Urgent.Title", what.StartsWith(row.GivenName, StringComparison.Ordinal) ? what : char.ToLower(what[0], CultureInfo.CurrentUICulture) + what[1..]];
    }

    /// <summary>« Opération lundi. Sein, chimiothérapie. K7MP2Q ».</summary>
    public string UrgentText(DayRow row) => row.UrgentReason?.Trim() is not { Length: > 0 } reason ? Meta(row) : $"{reason}{(reason[^1] is '.' or '!' or '?' or '…' ? "" : ".")} {Meta(row)}";

    public string Verb(DayRow row) => row.NumberIsWrong && row.Step is NextStep.Reach or NextStep.Offer ? texts["Verb.See"]
        : row is { Step: NextStep.Choose, TelephoneOnly: true } ? texts["Verb.ChooseFor"] : texts[$"Verb.{row.Step}"];

    public static string VerbHref(DayRow row) => row.Step switch
    {
        NextStep.Offer or NextStep.Reach => row.NumberIsWrong ? $"/demandes/{row.ReferralId}" : $"/demandes/{row.ReferralId}/appel",
        NextStep.Complete => $"/demander/{row.ReferralId}",
        NextStep.Match => $"/jumelage/{row.ReferralId}",
        // who has only a telephone is never sent anything to choose from
        NextStep.Choose when row.TelephoneOnly => $"/demandes/{row.ReferralId}/choisir",
        NextStep.Answer or NextStep.Choose or NextStep.Talk => $"/demandes/{row.ReferralId}/relancer",
        NextStep.Draft or NextStep.Accompany or NextStep.Ended => $"/demandes/{row.ReferralId}",
    };

    /// <summary>« Sein, chimiothérapie. Années 1970, français. K7MP2Q ».</summary>
    public string Meta(DayRow row) => $"{About(row.Situation)} {row.FileNumber}";

    /// <summary>« Sein, chimiothérapie. Années 1970, français. »</summary>
    public string About(Situation s)
    {
        var illness = new List<string> { s.Site is { } site ? words[site] : words[s.Certainty is Certainty.Confirmed ? Certainty.NotKnownYet : s.Certainty, "Cancer"] };
        if (s.Treatments.Count > 0) illness.Add(words[s.Treatments[^1].Treatment].ToLower(CultureInfo.CurrentUICulture));
        var person = new List<string>();
        if (s.BirthDecade is { } decade) person.Add(texts["Decade", decade.ToString(CultureInfo.InvariantCulture)]);
        person.AddRange(s.Languages.Take(2).Select(LanguageNames.Of));
        return $"{string.Join(", ", illness)}.{(person.Count == 0 ? "" : $" {Formats.Capital(string.Join(", ", person))}.")}";
    }

    public string AgeOf(DayRow row) => texts[row.Step switch { NextStep.Offer => "Age.Offer", NextStep.Talk => "Age.Talk", _ => "Age.Waiting" }];

    public int DaysSince(DayRow row, DateTime now) => calendar.DaysSince(row.Since, now);

    /// <summary>A due moment at midnight is the end of the day before; others are said with their hour when they are near.</summary>
    public string Due(DayRow row, DueLimits limits)
    {
        var due = row.DueAt!.Value;
        if (row is { Step: NextStep.Match, BackSince: { } back } && back == due) return Back(back, limits.Now);
        var (today, day) = (formats.Day(limits.Now), LastDay(due));
        return limits.GroupOf(due) switch
        {
            DueGroup.Late => Late(due, limits.Now, today.DayNumber - day.DayNumber),
            DueGroup.Today => EndsDay(due) ? texts["Due.Today"] : texts["Due.TodayAt", formats.Time(due)],
            DueGroup.Week or DueGroup.Later => Formats.Capital($"{Formats.Weekday(day)} {formats.ShortDate(day)}"),
        };
    }

    public string? DueNote(DayRow row, DueLimits limits)
    {
        if (row.NumberIsWrong) return texts[row.ClinicCorrects ? "Note.WrongNumber" : "Note.WrongNumber.Ours"];
        if (row.NumberIsNew) return texts["Note.NewNumber"];
        if (row.NotBefore is { } day && day > formats.Day(limits.Now)) return texts["Note.NotBefore", formats.ShortDate(day)];
        if (row is { Step: NextStep.Match, BackSince: not null }) return texts["Note.Returned"];
        if (limits.GroupOf(row.DueAt!.Value) is DueGroup.Late) return texts[$"Note.{row.Step}", formats.ShortDate(LastDay(row.DueAt!.Value))];
        return row.TelephoneOnly ? texts["Note.TelephoneOnly"] : (string?)null;
    }

    /// <summary>The day in a sentence, with links to what it names.</summary>
    public string Sentence(DayView view, Func<NextStep?, int, string> href)
    {
        var parts = new List<string>();
        foreach (var group in (DueGroup[])[DueGroup.Late, DueGroup.Today])
            if (view.Count(group) is > 0 and var n) parts.Add(Link($"{href(null, 1)}#{AnchorOf(group)}", Bold(n, $"Sentence.{group}")));
        var hello = view.GivenName.Length > 0 ? texts["Hello", WebUtility.HtmlEncode(view.GivenName)] : texts["Hello.Nameless"];
        var first = parts.Count > 0 ? texts["Sentence.Waits", formats.List(parts)].Value
            : view.Counts.Count > 0 ? texts["Sentence.NothingToday"].Value : texts["Sentence.Nothing"].Value;
        var idle = view.Companions.Idle > 0 ? " " + string.Format(CultureInfo.CurrentUICulture, texts["Sentence.Idle"],
            Link("#libres", Bold(view.Companions.Idle, "Sentence.Companions")), texts[view.Companions.Idle == 1 ? "Sentence.Idle.One" : "Sentence.Idle.Many"]) : "";
        return $"{hello} {first}{idle}";
    }

    public IReadOnlyList<Option> People(IReadOnlyList<Colleague> team, Guid me) =>
        [new(DayAddress.Mine, texts["Whose.Mine"]), new(DayAddress.Nobody, texts["Whose.Nobody"]), .. team.Where(c => c.PersonId != me).Select(c => new Option(c.PersonId.ToString(), c.Name))];

    /// <summary>Nobody missed a target: it came back, and is taken up again first.</summary>
    public string Back(DateTime since, DateTime now) => calendar.DaysSince(since, now) is > 0 and var days ? texts["Due.Back", formats.Days(days)] : texts["Due.BackToday"];

    private string Late(DateTime due, DateTime now, int days) =>
        days > 0 ? texts["Due.Late", formats.Days(days)] : (now - due).TotalHours < HoursAreSaid ? texts["Due.JustLate"] : texts["Due.LateHours", (int)(now - due).TotalHours];

    private DateOnly LastDay(DateTime due) => formats.Day(due.AddTicks(-1));

    private bool EndsDay(DateTime due) => TimeOnly.FromDateTime(formats.Local(due)) == TimeOnly.MinValue;

    private string Bold(int n, string key) => Formats.Count(n, texts[$"{key}.One"], texts[$"{key}.Many"]);

    private static string Link(string href, string html) => $"<a class=\"govuk-link\" href=\"{WebUtility.HtmlEncode(href)}\">{html}</a>";
}
