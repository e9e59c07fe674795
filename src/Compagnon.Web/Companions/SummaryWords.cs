using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Companions;

/// <summary>A patient's anonymous summary in a few short lines: age, moment, treatments, what they would like to talk about, their life.</summary>
internal static class SummaryWords
{
    public static IEnumerable<string> Of(SharedSummary summary, IStringLocalizer<Texts> texts, CardWords card, EnumWords words, Formats formats)
    {
        List<string> who = [];
        if (summary.Gender is { } gender and not Gender.Other) who.Add(words[gender]);
        if (summary.BirthDecade is { } decade) who.Add(who.Count == 0 ? card.AgeOf(decade) : CardWords.Lower(card.AgeOf(decade)));
        if (summary.Moment is { } moment) who.Add(who.Count == 0 ? words[moment] : CardWords.Lower(words[moment]));
        if (who.Count > 0) yield return $"{string.Join(", ", who)}.";
        if (summary.OtherSites.Count > 0) yield return $"{texts["Proposal.Other", Listed(summary.OtherSites, s => words[s, "Full"], formats)]}.";
        if (summary.Treatments.Count > 0) yield return $"{texts["Proposal.Treatments", Listed(summary.Treatments, t => words[t], formats)]}.";
        if (summary.Topics.Count > 0) yield return $"{texts["Proposal.WouldTalk", Listed(summary.Topics, t => words[t, "About"], formats)]}.";
        if (summary.Life.Count > 0) yield return $"{texts["Proposal.Life", Listed(summary.Life, l => words[l], formats)]}.";
    }

    private static string Listed<T>(IReadOnlyList<T> items, Func<T, string> word, Formats formats) => formats.List([.. items.Select(i => CardWords.Lower(word(i)))]);
}
