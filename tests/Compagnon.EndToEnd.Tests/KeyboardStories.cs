using Compagnon.Domain.Accompaniments;
using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests;

/// <summary>Tab, Space, Enter, arrows and letters: who can use no mouse refers, matches and writes all the same, and always sees where they are.</summary>
[Collection(OneAtATime.Name)]
public sealed class KeyboardStories(Chrome chrome)
{
    private const string Send = "main form button[type=submit]";

    [Fact]
    public async Task AClinicianRefers_AndIsLedToWhatIsMissing()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await chrome.EnterAsync(site, "Sophie Tremblay");
        await sophie.SkipsTheMenuAsync();
        await sophie.TabsToAsync(Send);
        await sophie.EntersAsync();
        Assert.True(await sophie.HoldsAsync(".govuk-error-summary"), "The errors have not the focus");
        await sophie.TabsToAsync(".govuk-error-summary a");
        await sophie.PressesAsync("Enter");
        Assert.True(await sophie.HoldsAsync("[name='Input.GivenName']"), "The first error does not lead to its field");
        await sophie.Page.Keyboard.TypeAsync("Odile");
        await sophie.TypesAsync("Telephone", "514 555-0187");
        await sophie.ChoosesByKeysAsync("Message", "non");
        await sophie.PicksByKeysAsync("Site", "Breast");
        await sophie.ChoosesByKeysAsync("Moment", "InTreatment");
        await sophie.TicksByKeysAsync("[name='Input.Treatments'][value='Radiotherapy']");
        await sophie.TypesAsync("Note", "Préfère le soir.");
        await sophie.TicksByKeysAsync("[name='Input.Agreed']");
        await sophie.TabsToAsync(Send);
        await sophie.EntersAsync();
        Assert.EndsWith("/recue", sophie.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACoordinatorGoesFromTheDay_ToAProposal()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie", "en");
        await marianne.SkipsTheMenuAsync();
        var nadia = marianne.Page.Locator(".cg-queue__row", new() { HasText = "Nadia" }).Locator("a[href^='/jumelage/']");
        await marianne.TabsToAsync($"a[href='{await nadia.GetAttributeAsync("href")}']");
        await marianne.EntersAsync();
        var id = Guid.Parse(marianne.At.Split('/')[2]);
        var asked = (await site.ProposalsAsync(id)).Count;
        await marianne.SkipsTheMenuAsync();
        await marianne.TicksByKeysAsync(".cg-candidate input");
        await marianne.TabsToAsync(".cg-actions--bar button");
        await marianne.EntersAsync();
        Assert.Equal(asked + 1, (await site.ProposalsAsync(id)).Count);
    }

    [Fact]
    public async Task ACompanionWritesTheLogbook()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var ghislaine = await chrome.EnterAsync(site, "Ghislaine Roy");
        await ghislaine.TabsToAsync("[aria-labelledby^=journal-] a");
        await ghislaine.EntersAsync();
        await ghislaine.TicksByKeysAsync($"[name='Input.Emotional'][value='{nameof(Activity.Listening)}']");
        await ghislaine.ChoosesByKeysAsync("Seemed", nameof(Seemed.Same));
        await ghislaine.TypesAsync("Reflection", "Un long silence, et c’était bien.");
        await ghislaine.ChoosesByKeysAsync("HowAreYou", nameof(HowAreYou.Well));
        await ghislaine.TabsToAsync(Send);
        await ghislaine.EntersAsync();
        Assert.Equal("/accueil-pa", ghislaine.At);
        await ghislaine.ReadsAsync("Votre journal est enregistré");
    }

    /// <summary>The stories above would notice: here one mark of the focus is taken away.</summary>
    [Fact]
    public async Task AFocusThatIsNotDrawn_IsFound()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var anybody = await chrome.PersonAsync(site);
        await anybody.OpensAsync("/");
        await anybody.TabsToAsync(".cg-wordmark");
        await anybody.OpensAsync("/");
        await anybody.Page.EvaluateAsync("() => { const bare = new CSSStyleSheet(); bare.replaceSync('.cg-wordmark:focus { outline: none !important; box-shadow: none !important }'); document.adoptedStyleSheets = [bare]; }");
        var found = await Assert.ThrowsAnyAsync<Exception>(() => anybody.TabsToAsync(".cg-wordmark"));
        Assert.Contains("not to be seen", found.Message, StringComparison.Ordinal);
    }
}
