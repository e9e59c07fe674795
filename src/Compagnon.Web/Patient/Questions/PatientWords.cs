using System.Globalization;
using Compagnon.App.Referrals;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Components;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Patient.Questions;

/// <summary>The patient's words: "I" and "you" to the person, "they" to a coordinator who answers for them; and each answer as a page sums it up.</summary>
public sealed class PatientWords(IStringLocalizer<Texts> texts, EnumWords words)
{
    public string Say(bool onBehalf, string key, params object[] values)
    {
        if (onBehalf && texts[key + ".They", values] is { ResourceNotFound: false } they) return they;
        return texts[key, values];
    }

    /// <summary>Null where there is no such text.</summary>
    public string? SayIfAny(bool onBehalf, string key) => texts[key].ResourceNotFound ? null : Say(onBehalf, key);

    /// <summary>A choice in the person's own words where the list of words speaks of them from outside.</summary>
    public string Of(Enum value) => texts[$"{value.GetType().Name}.{value}"] is { ResourceNotFound: false } mine ? mine : words[value];

    public IReadOnlyList<Option> Options<T>(params IReadOnlyList<T> members)
        where T : struct, Enum =>
        [.. (members.Count > 0 ? members : Enum.GetValues<T>()).Select(m => new Option(m.ToString(), Of(m), texts[$"{typeof(T).Name}.{m}.Hint"] is { ResourceNotFound: false } hint ? hint.Value : null))];

    /// <summary>The decades one can be born in, latest first: « De 1970 à 1979 ».</summary>
    public IReadOnlyList<Option> Decades(DateOnly today, int minimumAge)
    {
        var latest = (today.Year - minimumAge) / 10 * 10;
        return [.. Enumerable.Range(0, 9).Select(i => latest - (i * 10)).Select(d => new Option(d.ToString(CultureInfo.InvariantCulture), Decade(d)))];
    }

    /// <summary>An answer in a few lines; empty where nothing was said.</summary>
    public IReadOnlyList<string> Answer(IntakeView view, IntakePage page) => page switch
    {
        IntakePage.Name => [.. Some(view.GivenName)],
        IntakePage.Telephone => view.Part<TelephonePart>() is { Telephone: { } digits } t ? [Formats.Telephone(digits), Say(view.OnBehalf, t.MayLeaveMessage ? "Telephone.MessageYes" : "Telephone.MessageNo")] : [],
        IntakePage.Email => [.. Some(view.Email)],
        IntakePage.Age => view.Facts.MinimumAge <= view.Part<AgePart>().AtLeast ? [texts["Age.Enough", view.Facts.MinimumAge]] : [],
        IntakePage.Helper => [.. Each(view.Part<HelperPart>().Helper)],
        IntakePage.Place => [view.Part<PlacePart>().FacilityId is null ? texts["Place.Unknown"] : view.FacilityName ?? "", .. Some(view.Part<PlacePart>().Words)],
        IntakePage.Service or IntakePage.Status or IntakePage.Several or IntakePage.Number =>
            view.Said(IntakeConsents.KindOf(page)) is { } said ? [texts[said ? "Yes" : "No"]] : [],
        IntakePage.Cancer => [.. CancerWords(view.Part<CancerPart>())],
        IntakePage.Moment => [.. Each(view.Part<MomentPart>().Moment)],
        IntakePage.Treatments => [.. view.Part<TreatmentsPart>().Treatments.Select(t => words[t])],
        IntakePage.Topics => [.. view.Part<TopicsPart>().Topics.Select(t => words[t]), .. Some(view.Part<TopicsPart>().Words)],
        IntakePage.Ranking => [.. view.Part<RankingPart>().Ranking.Select((p, i) => $"{i + 1}. {Of(p)}")],
        IntakePage.WishedGender => view.Part<WishedGenderPart>().Gender is { } g ? [texts[$"WishedGender.{g}"]] : view.IsAnswered(page) ? [texts["WishedGender.Any"]] : [],
        IntakePage.MustHaves => [.. view.Part<MustHavesPart>().MustHaves.Select(m => Of(m))],
        IntakePage.AboutMe => [.. Some(view.Part<AboutMePart>().BirthDecade is { } d ? Decade(d) : null), .. Each(view.Part<AboutMePart>().Gender)],
        IntakePage.Life => [.. view.Part<LifePart>().Life.Select(l => Of(l))],
        IntakePage.Languages => [.. view.Part<LanguagesPart>().Codes.Select(c => Formats.Capital(LanguageNames.Of(c)))],
        IntakePage.Roots => [.. Some(view.Part<RootsPart>().Municipality), .. Some(view.Part<RootsPart>().Culture)],
        IntakePage.When => [.. view.Part<WhenPart>().When.Select(w => words[w])],
        IntakePage.Channels => [.. view.Part<ChannelsPart>().Channels.Select(c => Of(c))],
        IntakePage.Later => view.Part<LaterPart>().NotBefore is { } day ? [texts["Later.From", Formats.Date(day)]] : view.IsAnswered(page) ? [Say(view.OnBehalf, "Later.Now")] : [],
        IntakePage.Check => [],
    };

    private string Decade(int first) => texts["Decade", first, first + 9];

    private IEnumerable<string> CancerWords(CancerPart part) => part switch
    {
        { Certainty: Certainty.NotKnownYet } => [texts["Cancer.NotKnownYet"]],
        { Certainty: Certainty.Suspected, Site: { } site } => [texts["Cancer.SuspectedOf", words[site]]],
        { Certainty: Certainty.Suspected } => [texts["Cancer.Suspected"]],
        { Site: { } site } => [words[site]],
        _ => [],
    };

    private IEnumerable<string> Each<T>(T? value)
        where T : struct, Enum => value is { } v ? [Of(v)] : [];

    private static IEnumerable<string> Some(string? text) => string.IsNullOrEmpty(text) ? [] : [text];
}
