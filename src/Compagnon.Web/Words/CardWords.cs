using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Components;
using Microsoft.Extensions.Localization;
using Fact = Compagnon.Domain.Matching.Fact;

namespace Compagnon.Web.Words;

/// <summary>
/// What two people read of each other, in words: the companion's card, the patient's summary, the facts both share. In one place, so that the card a companion
/// checks on their profile is the very card a patient chooses from.
/// </summary>
public sealed class CardWords(EnumWords words, Formats formats, IStringLocalizer<KitTexts> kit, TimeProvider clock)
{
    /// <param name="language">In which the own words were written: that of their screens.</param>
    public PersonOption CardOf(CompanionCard card, IReadOnlyList<Fact> shared, string? language = null) =>
        new(card.CompanionId.ToString(), card.Pseudonym, FactsOf(card), Paragraphs(card.OwnWords), [.. shared.Select(FactOf)], language);

    /// <summary>« Environ 60 ans. Cancer du sein, 2022. Par téléphone, le soir »</summary>
    public string FactsOf(CompanionCard card)
    {
        List<string> parts = [];
        if (card.BirthDecade is { } decade) parts.Add(AgeOf(decade));
        parts.AddRange(card.Experiences.Select(e => e.Year is { } year ? $"{words[e.Site, "Full"]}, {year}" : words[e.Site, "Full"]));
        if (card.Channels.Count > 0)
        {
            var how = Formats.Capital(AnyOf([.. card.Channels.Order().Select(c => words[c, "By"])]));
            parts.Add(card.Availability.Count == 0 ? how : $"{how}, {AnyOf([.. card.Availability.Order().Select(a => Lower(words[a]))])}");
        }
        return string.Join(". ", parts);
    }

    /// <summary>« Environ 50 ans »: the decade of birth is all that is known.</summary>
    public string AgeOf(int decade) => kit["Card.About", formats.Years((clock.GetUtcNow().Year - decade) / 10 * 10)];

    /// <summary>« Cancer du sein, en traitement »; « Pas encore de diagnostic » while nothing is certain.</summary>
    public string CancerOf(SharedSummary summary) => (summary.Site, summary.Certainty) switch
    {
        (_, Certainty.NotKnownYet) or (null, _) => kit["Card.NoDiagnosis"],
        ({ } site, Certainty.Suspected) => kit["Card.Suspected", words[site, "Full"]],
        ({ } site, Certainty.Confirmed) => words[site, "Full"],
    };

    public string FactOf(Fact fact) => fact.Kind switch
    {
        FactKind.CancerSite when Enum.TryParse<CancerSite>(fact.Code, out var site) => words[site, "Full"],
        FactKind.Treatment when Enum.TryParse<Treatment>(fact.Code, out var treatment) => words[treatment],
        FactKind.Moment when Enum.TryParse<Moment>(fact.Code, out var moment) => words[moment],
        FactKind.Topic when Enum.TryParse<Topic>(fact.Code, out var topic) => words[topic],
        FactKind.LifeSituation when Enum.TryParse<LifeSituation>(fact.Code, out var life) => words[life],
        FactKind.Gender when Enum.TryParse<Gender>(fact.Code, out var gender) => words[gender],
        FactKind.DayPart when Enum.TryParse<DayPart>(fact.Code, out var part) => words[part],
        FactKind.Channel when Enum.TryParse<Channel>(fact.Code, out var channel) => words[channel],
        FactKind.Language => words.Language(fact.Code),
        FactKind.Decade => kit["Card.SameAge"],
        _ => Formats.Capital(fact.Code),
    };

    public static IReadOnlyList<string> Paragraphs(string? text) =>
        text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>« a, b ou c »</summary>
    public string AnyOf(IReadOnlyList<string> items) => items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} {kit["Or"].Value.ToLowerInvariant()} {items[^1]}";

    public static string Lower(string text) => text.Length == 0 ? text : char.ToLower(text[0], System.Globalization.CultureInfo.CurrentUICulture) + text[1..];
}
