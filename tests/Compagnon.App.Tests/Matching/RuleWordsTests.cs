using System.Globalization;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.Web.Matching;
using Compagnon.Web.Words;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using KitTexts = Compagnon.Web.Components.KitTexts;
using MatchTexts = Compagnon.Web.Matching.Texts;

namespace Compagnon.App.Tests.Matching;

/// <summary>Why somebody is left out: what the person can’t do without is said once, and as it would be spoken.</summary>
public sealed class RuleWordsTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    [Theory]
    [InlineData("fr-CA", MustHave.WishedGender, "Indispensable pour Nadia\u00a0: parler avec une femme")]
    [InlineData("en-CA", MustHave.WishedGender, "Essential for Nadia: talking with a woman")]
    [InlineData("fr-CA", MustHave.SameTreatment, "Indispensable pour Nadia\u00a0: le même traitement (stomie)")]
    [InlineData("en-CA", MustHave.SameTreatment, "Essential for Nadia: the same treatment (ostomy)")]
    [InlineData("fr-CA", MustHave.SameCancer, "Indispensable pour Nadia\u00a0: le même cancer (sein)")]
    [InlineData("en-CA", MustHave.SameCancer, "Essential for Nadia: the same cancer (breast)")]
    [InlineData("fr-CA", MustHave.InPerson, "Indispensable pour Nadia\u00a0: une rencontre en personne")]
    [InlineData("en-CA", MustHave.Video, "Essential for Nadia: video")]
    public void WhatAPersonCannotDoWithout_IsSaidAsItWouldBeSpoken(string culture, MustHave must, string sentence)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var words = new MatchWords(Services.GetRequiredService<IStringLocalizer<MatchTexts>>(), new EnumWords(), new Formats(Services.GetRequiredService<IStringLocalizer<KitTexts>>(), TimeProvider.System));
            var fact = must switch
            {
                MustHave.WishedGender => Fact.Of(Gender.Woman),
                MustHave.SameTreatment => Fact.Of(Treatment.Ostomy),
                MustHave.SameCancer => Fact.Of(CancerSite.Breast),
                MustHave.InPerson => Fact.Of(Channel.InPerson),
                MustHave.Video => Fact.Of(Channel.Video),
            };
            Assert.Equal(sentence, words.Rule(new Exclusion(ExclusionRule.MustHave, [fact]) { MustHave = must }, "Nadia"));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Theory]
    [InlineData("fr-CA", "Autre\u00a0: sein", "1 personne l’a, et a déjà reçu cette demande. 2 personnes l’ont, mais n’ont pas de place libre. 1 personne l’a, mais une règle l’écarte")]
    [InlineData("en-CA", "Other: breast", "1 person has it, and was already asked. 2 people have it, but have no free place. 1 person has it, but a rule keeps them out")]
    public void WhatSomebodyHasInstead_AndWhyWhoeverHasItCannotBeAsked_IsSaid(string culture, string instead, string who)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var words = new MatchWords(Services.GetRequiredService<IStringLocalizer<MatchTexts>>(), new EnumWords(), new Formats(Services.GetRequiredService<IStringLocalizer<KitTexts>>(), TimeProvider.System));
            Assert.Equal(instead, words.Text(new Reason { Criterion = Preference.Cancer, Reading = Reading.NotShared, Instead = [Fact.Of(CancerSite.Breast)] }));
            Assert.Equal(who, words.Who(new Missing(Fact.Of(CancerSite.Breast), 1, IsMustHave: false) { Asked = 1, Full = 2 }));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Fact]
    public void EveryGenderThatCanBeWishedHasItsWords()
    {
        var texts = Services.GetRequiredService<IStringLocalizer<MatchTexts>>();
        Assert.All(Enum.GetValues<Gender>(), g => Assert.False(texts[$"MustHave.{g}"].ResourceNotFound));
    }
}
