using Compagnon.Domain.Referrals;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Web;

/// <summary>What was done is said once, where it led, to whoever did it; no address has a page say what nobody did.</summary>
public sealed class ToldOnceTests
{
    private const string Told = "main .cg-notice";

    [Theory]
    [InlineData("fr", "Vous êtes en pause")]
    [InlineData("en", "You are on pause")]
    public async Task SaidOnce_AndNotAgain(string language, string said)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var ghislaine = await site.EnterAsync("Ghislaine Roy", language);
        var form = await ghislaine.GetAsync("/pause");
        var done = await ghislaine.PostAsync(form, Typed.Fields(("For", "week")));
        Assert.Equal("/accueil-pa?fait=pause", done.Address.PathAndQuery);
        Assert.Contains(said, done.Document.QuerySelector(Told)!.TextContent, StringComparison.Ordinal);
        var again = await ghislaine.GetAsync(done.Address.PathAndQuery);
        Assert.Null(again.Document.QuerySelector(Told));
        Assert.Equal(done.H1, again.H1);
        // sent a second time, it is said to who sends
        Assert.NotNull((await ghislaine.PostAsync(form, Typed.Fields(("For", "week")))).Document.QuerySelector(Told));
    }

    [Theory]
    [InlineData("Ghislaine Roy", "/accueil-pa?fait=pause")]
    [InlineData("Ghislaine Roy", "/accueil-pa?Fait=pause")]
    [InlineData("Ghislaine Roy", "/accueil-pa?fait=Yes&fait=No")]
    [InlineData("Ghislaine Roy", "/accueil-pa?entretemps=1")]
    [InlineData("Marianne Lavoie", "/jumelages/tour?faits=3")]
    [InlineData("Marianne Lavoie", "/demandes?fait=restriction")]
    [InlineData("Nadia", "/mon-espace?fait=autre")]
    public async Task AnAddressThatNobodyWasLedTo_SaysNothing(string who, string address)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = await site.EnterAsync(who);
        var plain = await visitor.GetAsync(address[..address.IndexOf('?', StringComparison.Ordinal)]);
        string[] ways = [address, "/langue/fr?retour=" + Uri.EscapeDataString(address), "/entrer?retour=" + Uri.EscapeDataString(address)];
        foreach (var way in ways)
        {
            var page = await visitor.GetAsync(way);
            Assert.Equal(plain.Document.QuerySelectorAll(Told).Select(n => n.TextContent), page.Document.QuerySelectorAll(Told).Select(n => n.TextContent));
        }
        Assert.Equal(plain.H1, (await visitor.GetAsync(address)).H1);
    }

    [Fact]
    public async Task WhatWasSaidOnOneBrowser_IsNotSaidOnAnother_NorOfAnotherPage()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var one = await site.EnterAsync("Marianne Lavoie");
        using var other = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync("Hôpital des Trois-Saules", NextStep.Reach);
        var done = await one.PostAsync(await one.GetAsync($"/demandes/{id}/urgence"), Typed.Fields(("Reason", "Opération lundi")));
        Assert.Contains("fait=", done.Address.Query, StringComparison.Ordinal);
        Assert.NotNull(done.Document.QuerySelector(Told));
        Assert.Null((await other.GetAsync(done.Address.PathAndQuery)).Document.QuerySelector(Told));
    }

    [Theory]
    [InlineData("zut")]
    [InlineData("CfDJ8A")]
    [InlineData("%%%")]
    public async Task ACookieThatIsNotOurs_TellsNothing_AndHarmsNothing(string cookie)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = await site.EnterAsync("Ghislaine Roy");
        visitor.Client.DefaultRequestHeaders.Add("Cookie", "annonce=" + cookie);
        var page = await visitor.GetAsync("/accueil-pa?fait=pause");
        Assert.Equal((System.Net.HttpStatusCode.OK, "/accueil-pa"), (page.Status, page.Address.AbsolutePath));
        Assert.Null(page.Document.QuerySelector(Told));
    }

    /// <summary>A page that says what was done has a form of its own: it is sent to the same address, and is still the same form after a break.</summary>
    [Fact]
    public async Task AFormBelowWhatIsSaid_IsSentAsEver()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        var home = await ghislaine.PostAsync(await ghislaine.GetAsync("/pause"), Typed.Fields(("For", "week")));
        Assert.NotNull(home.Document.QuerySelector(Told));
        var answered = await ghislaine.PostAsync(home, Typed.Fields(("Answer", "x")));
        Assert.Equal("/accueil-pa", answered.Address.PathAndQuery);
        Assert.Null(answered.Document.QuerySelector(Told));
    }
}
