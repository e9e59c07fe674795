using System.Globalization;
using Compagnon.App.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;
using Fact = Compagnon.Domain.Matching.Fact;
using Line = Compagnon.Web.Components.Reason;

namespace Compagnon.Web.Matching;

/// <summary>Puts the structured reasons of Domain into words: one place, both languages.</summary>
public sealed class MatchWords(IStringLocalizer<Texts> texts, EnumWords words, Formats formats)
{
    /// <summary>One line a criterion: what both share, what the companion has instead, how long ago.</summary>
    public IReadOnlyList<Line> Lines(Fit fit, string patient) => [.. fit.Lines.Select(l => new Line(
        texts[$"Criterion.{l.Criterion}"], Text(l.Reason), l.Max, l.Points, l.Place, l.Place is { } place ? texts[$"Place.{place}", Formats.Of(patient)].Value : null))];

    /// <summary>« Chimiothérapie en 2022, il y a 4 ans, même protocole ».</summary>
    public string Text(Domain.Matching.Reason reason)
    {
        List<string> parts = reason.Reading switch
        {
            Reading.NotAsked => [texts["Reading.NotAsked"]],
            Reading.NotKnown => [texts["Reading.NotKnown"]],
            Reading.NotShared => reason.Instead.Count > 0 ? [texts["Reading.Instead", List(reason.Instead)]] : [texts["Reading.NotShared"]],
            Reading.Partly when reason.Shared.Count > 0 => [texts["Reading.Partly", List(reason.Shared)]],
            Reading.Partly => [texts["Reading.Nearly", List(reason.Instead)]],
            Reading.Shared => [Formats.Capital(List(reason.Shared))],
        };
        if (reason.Year is { } year) parts.Add(reason.YearsAgo is 0 or null ? texts["Year.Now", year] : Formats.Count(reason.YearsAgo.Value, texts["Year.One", year, reason.YearsAgo.Value], texts["Year.Many", year, reason.YearsAgo.Value]));
        if (reason.SameRegimen is { } same) parts.Add(texts[same ? "Regimen.Same" : "Regimen.Other"]);
        if (reason.Avoided.Count > 0) parts.Add(texts["Avoids", List(reason.Avoided)]);
        return string.Join(", ", parts);
    }

    /// <summary>Why somebody is left out, in a sentence.</summary>
    public string Rule(Exclusion e, string patient) => e switch
    {
        { Rule: ExclusionRule.MustHave, MustHave: { } must } => texts["Rule.MustHave", patient, Must(must, e.Facts)],
        { Rule: ExclusionRule.NoCommonLanguage } => texts["Rule.NoCommonLanguage", List(e.Facts)],
        { Rule: ExclusionRule.AvoidsEveryTopic } => texts["Rule.AvoidsEveryTopic", List(e.Facts)],
        { Rule: ExclusionRule.Paused, Until: { } until } => texts["Rule.PausedUntil", formats.DayMonth(until)],
        { Rule: ExclusionRule.NotCleared, Until: { } until } => texts["Rule.ClearanceEnded", Formats.Date(until)],
        _ => texts[$"Rule.{e.Rule}", patient],
    };

    /// <summary>« 1 personne l’a, mais n’a pas de place libre »: who has what is missing, and why they can't be asked.</summary>
    public string Who(Missing missing)
    {
        if (missing.IsNobodys) return texts["Missing.Recruit"];
        (int Count, string Why)[] all = [(missing.Asked, "Asked"), (missing.Full, "Full"), (missing.Paused, "Paused"), (missing.Excluded, "Kept")];
        return string.Join(". ", all.Where(a => a.Count > 0).Select(a => Formats.Count(a.Count, texts[$"Missing.{a.Why}.One"], texts[$"Missing.{a.Why}.Many"])));
    }

    private string Must(MustHave must, IReadOnlyList<Fact> facts) => must switch
    {
        MustHave.WishedGender => texts[$"MustHave.{facts[0].Code}"],
        MustHave.InPerson or MustHave.Video => Lower(words[must]),
        MustHave.SameCancer or MustHave.SameTreatment => texts["MustHave.Which", Lower(words[must]), List(facts)],
    };

    /// <summary>« Ce choix ne laisse personne d’autre en attente. »; who would be left is described, never named.</summary>
    public string Cost(ChoiceCost cost) => string.Join(' ', new[] { Left(cost), Urgent(cost), Instead(cost) }.OfType<string>());

    private string Left(ChoiceCost cost) => cost switch
    {
        { LeftWithout: 0 } => texts[$"Cost.{(cost.IsBest ? "Best" : "Worse")}{(cost.SomebodyElse ? ".Other" : "")}"],
        { LeftWithout: 1, Example: [_, ..] } => texts["Cost.One.Of", Lives(cost.Example)],
        { LeftWithout: 1 } => texts["Cost.One"],
        { Example: [_, ..] } => texts["Cost.Many.Of", formats.CountWord(cost.LeftWithout), Lives(cost.Example)],
        _ => texts["Cost.Many", formats.CountWord(cost.LeftWithout)],
    };

    private string? Urgent(ChoiceCost cost) => cost switch
    {
        { Urgent: 0 } => null,
        { LeftWithout: 1 } => texts["Cost.Urgent.It"],
        _ when cost.Urgent == cost.LeftWithout => texts["Cost.Urgent.All"],
        _ => Formats.Count(cost.Urgent, texts["Cost.Urgent.One"], texts["Cost.Urgent.Many"]),
    };

    private string? Instead(ChoiceCost cost) => cost.Instead == 0 ? null : Formats.Count(cost.Instead, texts["Cost.Instead.One"], texts["Cost.Instead.Many"]);

    /// <summary>« cancer colorectal, stomie ».</summary>
    private string Lives(IReadOnlyList<Fact> facts) => string.Join(", ", facts.Select(f => f.Kind is FactKind.CancerSite ? Lower(words[Enum.Parse<CancerSite>(f.Code), "Full"]) : f.Kind is FactKind.Topic ? texts["Lives.Topic", Word(f)] : Word(f)));

    public string List(IEnumerable<Fact> facts) => formats.List([.. facts.Select(Word)]);

    /// <summary>« chimiothérapie », « français », « années 1970 ».</summary>
    public string Word(Fact fact) => fact.Kind switch
    {
        FactKind.CancerSite => Lower(Of<CancerSite>(fact)),
        FactKind.Treatment => Lower(Of<Treatment>(fact)),
        FactKind.Moment => Lower(Of<Moment>(fact)),
        FactKind.Topic => Lower(Of<Topic>(fact)),
        FactKind.LifeSituation => Lower(Of<LifeSituation>(fact)),
        FactKind.Gender => Lower(Of<Gender>(fact)),
        FactKind.DayPart => Lower(Of<DayPart>(fact)),
        FactKind.Channel => Lower(Of<Channel>(fact)),
        FactKind.Language => LanguageNames.Of(fact.Code),
        FactKind.Decade => texts["Decade", fact.Code],
        FactKind.Culture => fact.Code,
    };

    public string Cancer(Situation s) => s.Site is { } site ? words[site] : words[s.Certainty];

    private string Of<T>(Fact fact) where T : struct, Enum => words[Enum.Parse<T>(fact.Code)];

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLower(text[0], CultureInfo.CurrentUICulture) + text[1..];

    /// <summary>What a refusal says to a coordinator.</summary>
    public string Refused(Refusal refusal, Func<Guid, string> name) => refusal switch
    {
        CompanionAtCapacity full => texts["Refused.Full", name(full.CompanionId)],
        AlreadyProposed already => texts["Refused.Already", name(already.CompanionId)],
        NotEligible not => texts["Refused.NotEligible", name(not.CompanionId)],
        TooManyAtOnce many => many.Allowed == 1 ? texts["Refused.OneAtATime"] : texts["Refused.Three"],
        ReasonNeeded needed => texts[needed.PassedOver ? "Refused.Reason" : "Refused.LiftReason"],
        PatientIsChoosing => texts["Refused.Choosing"],
        MayNotBeProposed => texts["Refused.NotYet"],
        ProposalClosed => texts["Refused.Closed"],
        NothingToChoose => texts["Refused.NothingToChoose"],
        AlreadyChosen => texts["Refused.AlreadyChosen"],
        _ => texts["Refused.Changed"],
    };
}
