using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests;

[Collection(OneAtATime.Name)]
public sealed class FrameStories(Chrome chrome)
{
    [Theory]
    [InlineData("fr", 1280)]
    [InlineData("en", 1280)]
    [InlineData("fr", 320)]
    public async Task TheDemonstration_IsEntered_AndTheCoordinatorMeetsTheirDay(string language, int width)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var marianne = await chrome.PersonAsync(site, language, width: width);
        await marianne.OpensAsync("/demo");
        await marianne.EnterAsync("Marianne Lavoie");
        await marianne.LooksAsync();
        Assert.EndsWith("/journee", marianne.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task WhatAFilterShows_IsNotCutOff_AndNoHeaderBreaksInsideAWord(string language)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var marianne = await chrome.PersonAsync(site, language, width: 320);
        await marianne.OpensAsync("/demo");
        await marianne.EnterAsync("Marianne Lavoie");
        await marianne.OpensAsync("/demandes");
        Assert.Empty(await marianne.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".cg-filters select")].filter(s => {
              const style = getComputedStyle(s), pen = document.createElement("canvas").getContext("2d");
              pen.font = style.font;
              return pen.measureText(s.selectedOptions[0].text).width > s.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            }).map(s => s.selectedOptions[0].text)
            """));
        var manager = await chrome.PersonAsync(site, language, width: 1280);
        await manager.OpensAsync("/demo");
        await manager.EnterAsync("Hélène Dufour");
        await manager.OpensAsync("/vue-ensemble");
        Assert.Empty(await manager.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".cg-table thead th")].flatMap(th => [...th.textContent.matchAll(/\S+/g)].filter(word => {
              const range = document.createRange();
              range.setStart(th.firstChild, word.index);
              range.setEnd(th.firstChild, word.index + word[0].length);
              return new Set([...range.getClientRects()].map(r => r.top)).size > 1;
            }).map(word => word[0]))
            """));
        await manager.LooksAsync();
    }

    [Theory]
    [InlineData("fr", 1280)]
    [InlineData("en", 320)]
    public async Task TheOtherLanguage_TakesAlongWhatIsTyped(string language, int width)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await chrome.PersonAsync(site, language, width: width);
        await sophie.OpensAsync("/demo");
        await sophie.EnterAsync("Sophie Tremblay");
        await sophie.FollowsAsync("/orienter");
        await sophie.IsRefusedAsync("GivenName", "Telephone", "Message", "Site", "Moment", "Agreed");
        await sophie.FillsInTheReferralAsync(new Someone("Rose", "514 555-0147") { Site = "Colorectal" });
        foreach (var other in new[] { language == "fr" ? "en" : "fr", language })
        {
            await sophie.Page.Locator($".govuk-language-navigation__link[hreflang={other}]").ClickAsync();
            await sophie.Page.Locator($"html[lang^={other}]").WaitForAsync();
            Assert.Equal("Rose", await sophie.Page.InputValueAsync("[name='Input.GivenName']"));
            Assert.Equal("514 555-0147", await sophie.Page.InputValueAsync("[name='Input.Telephone']"));
            Assert.Equal("Colorectal", await sophie.Page.InputValueAsync("[name='Input.Site']"));
            Assert.True(await sophie.Page.IsCheckedAsync("[name='Input.Message'][value='oui']"));
            Assert.True(await sophie.Page.IsCheckedAsync("[name='Input.Treatments'][value='Chemotherapy']"));
            Assert.False(await sophie.Page.IsCheckedAsync("[name='Input.Treatments'][value='Radiotherapy']"));
            Assert.Equal(0, await sophie.Page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
        }
        await sophie.LooksAsync();
        await sophie.SubmitsAsync();
        Assert.EndsWith("/recue", sophie.At, StringComparison.Ordinal);
        await sophie.ReadsAsync("Rose");
    }
}
