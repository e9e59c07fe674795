using System.Globalization;
using Compagnon.App.Matching;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Web.Experience;
using Compagnon.Web.Matching;
using Compagnon.Web.Words;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Engine = Compagnon.Matching;
using ExperienceTexts = Compagnon.Web.Experience.Texts;
using KitTexts = Compagnon.Web.Components.KitTexts;
using MatchTexts = Compagnon.Web.Matching.Texts;

namespace Compagnon.App.Tests.Matching;

/// <summary>The sentence beside a suggestion, and what a recruit would bring, in both languages: each says what the engine's values say, and no more.</summary>
public sealed class CostWordsTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
    private static readonly Formats Formats = new(Services.GetRequiredService<IStringLocalizer<KitTexts>>(), TimeProvider.System);
    private static readonly MatchWords Words = new(Services.GetRequiredService<IStringLocalizer<MatchTexts>>(), new EnumWords(), Formats);
    private static readonly ExperienceWords Experience = new(Services.GetRequiredService<IStringLocalizer<ExperienceTexts>>(), new EnumWords());

    [Theory]
    [InlineData("fr-CA", "sans accompagnement", "une autre personne", "urgente", "moins urgente", "meilleur pour l’ensemble", "moins bien jumelé", "personne d’autre en attente|personne de plus en attente")]
    [InlineData("en-CA", "without anyone", "somebody else", "urgent", "less urgent", "best for everybody|no choice is better", "a little less well", "leaves nobody else waiting|leaves nobody more waiting")]
    public void Somebody_IsLeft_ExactlyWhenTheVectorSaysSo_AndTheNumberIsTheVectors(string culture, string left, string one, string urgent, string instead, string best, string less, string nobody)
    {
        Dictionary<int, int> seen = [];
        In(culture, () =>
        {
            for (var seed = 0; seed < 400; seed++)
            {
                using var plan = new Engine.LivePlan(Some(new Random(seed)));
                for (var i = 0; i < plan.Patients; i++)
                {
                    for (var j = 0; j < plan.Companions; j++)
                    {
                        if (plan.EffectOnOthers(i, j) is not { } others) continue;
                        var lost = others.MatchesByClass.Sum(c => Math.Max(0, -c));
                        var said = Words.Cost(ChoiceCost.Of(others, lost > 0 && seed % 2 == 0 ? [Fact.Of(Treatment.Ostomy)] : []));
                        Assert.Equal(lost > 0, said.Contains(left, StringComparison.Ordinal));
                        Assert.Equal(lost == 0, Says(said, nobody));
                        if (lost == 1) Assert.Contains(one, said, StringComparison.Ordinal);
                        if (lost > 1) Assert.Contains($" {Formats.CountWord(lost)} ", said, StringComparison.Ordinal);
                        Assert.Equal(others.IsBest, Says(said, best));
                        Assert.Equal(lost == 0 && !others.IsBest, said.Contains(less, StringComparison.Ordinal));
                        var exchanged = others.MatchesByClass.Any(c => c > 0);
                        Assert.Equal(exchanged, said.Contains(instead, StringComparison.Ordinal));
                        Assert.Equal(others.MatchesByClass[0] < 0, said.Replace(instead, "", StringComparison.Ordinal).Contains(urgent, StringComparison.Ordinal));
                        seen[lost] = seen.GetValueOrDefault(lost) + 1;
                        if (exchanged) seen[-1] = seen.GetValueOrDefault(-1) + 1;
                    }
                }
            }
        });
        Assert.True(seen[0] > 100 && seen[1] > 100 && seen[-1] > 5, string.Join(' ', seen));
    }

    [Theory]
    [InlineData("fr-CA", 2, 0, 0, "Ce choix laisse deux autres personnes sans accompagnement.")]
    [InlineData("fr-CA", 1, 1, 1, "Ce choix laisse une autre personne sans accompagnement. Sa demande est urgente. Une autre, moins urgente, aurait quelqu’un à la place.")]
    [InlineData("fr-CA", 3, 1, 0, "Ce choix laisse trois autres personnes sans accompagnement. Une de leurs demandes est urgente.")]
    [InlineData("en-CA", 2, 2, 0, "Choosing this person leaves two others without anyone. Their requests are urgent.")]
    [InlineData("en-CA", 3, 2, 2, "Choosing this person leaves three others without anyone. 2 of their requests are urgent. 2 less urgent people would have someone instead.")]
    public void MoreThanOneThing_IsSaidInSentences(string culture, int left, int urgent, int instead, string said) =>
        In(culture, () => Assert.Equal(said, Words.Cost(new ChoiceCost(left, urgent, instead, [], IsBest: false, SomebodyElse: false))));

    [Theory]
    [InlineData(2, 140, false, "2 personnes de plus seraient jumelées, et la concordance de tous les jumelages additionnés monterait de 140 points (les nouveaux compris)", "2 more people would be matched, and the fit of all matches added up would rise by 140 points (the new ones included)")]
    [InlineData(1, -1, false, "1 personne de plus serait jumelée, mais la concordance de tous les jumelages additionnés baisserait de 1 point", "1 more person would be matched, but the fit of all matches added up would fall by 1 point")]
    [InlineData(1, 0, false, "1 personne de plus serait jumelée", "1 more person would be matched")]
    [InlineData(0, 7, false, "Pas plus de jumelages, mais plus proches : 7 points de concordance, tous additionnés", "No more matches, but closer ones: 7 points of fit, all added up")]
    [InlineData(0, 0, false, "Pas plus de jumelages, mais des accompagnements mieux répartis", "No more matches, but accompaniments shared more fairly")]
    [InlineData(2, 140, true, "Quelques personnes de plus seraient jumelées", "A few more people would be matched")]
    [InlineData(0, 7, true, "Des jumelages plus proches", "Closer matches")]
    public void ARecruit_BringsPeopleAndCloseness_EachForItself(int matches, int closer, bool rolledUp, string french, string english)
    {
        var recruit = new Recruit(CancerSite.Colorectal, Treatment.Ostomy, "fr", InPerson: true, matches, closer, Waiting: 1);
        In("fr-CA", () => Assert.Equal(french, Experience.Gain(recruit, rolledUp).Replace('\u00a0', ' ')));
        In("en-CA", () => Assert.Equal(english, Experience.Gain(recruit, rolledUp)));
        In("fr-CA", () => Assert.EndsWith("en français, en personne (Laval)", Experience.Profile(recruit, "Laval"), StringComparison.Ordinal));
        In("en-CA", () => Assert.EndsWith("in French, in person (Laval)", Experience.Profile(recruit, "Laval"), StringComparison.Ordinal));
        In("en-CA", () => Assert.EndsWith("in French", Experience.Profile(recruit with { InPerson = false }, "Laval"), StringComparison.Ordinal));
    }

    private static bool Says(string said, string either) => either.Split('|').Any(w => said.Contains(w, StringComparison.Ordinal));

    private static Engine.Problem Some(Random random)
    {
        int patients = random.Next(2, 9), companions = random.Next(1, 6);
        var builder = new Engine.ProblemBuilder(patients, companions);
        for (var j = 0; j < companions; j++) builder.Capacity(j, random.Next(3));
        for (var i = 0; i < patients; i++)
        {
            if (random.Next(3) == 0) builder.Class(i, 0);
            for (var j = 0; j < companions; j++)
                if (random.Next(5) < 2) builder.Edge(i, j, random.Next(2) == 0 ? 500 : 10 * random.Next(101));
        }
        return builder.Build(random.Next(2) == 0 ? null : new Engine.Weights([], [0, 30, 60]));
    }

    private static void In(string culture, Action check)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            check();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
