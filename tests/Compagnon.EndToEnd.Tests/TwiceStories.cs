using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests;

/// <summary>A double click, the Back button, two windows: one effect, and whoever comes second is told.</summary>
[Collection(OneAtATime.Name)]
public sealed class TwiceStories(Chrome chrome)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AReferralSentTwice_IsOneReferral(bool script)
    {
        await using var site = await Site.OnAsync(Db.PostgreSql);
        var before = await ReferralsAsync(site);
        var sophie = await chrome.EnterAsync(site, "Sophie Tremblay", script: script);
        await sophie.FillsInTheReferralAsync(new Someone("Odile", "514 555-0187"));
        await sophie.ComesToAsync(() => sophie.Page.Locator("main form button[type=submit]").DblClickAsync());
        await sophie.Page.WaitForURLAsync(u => u.EndsWith("/recue", StringComparison.Ordinal));
        Assert.Equal(before + 1, await ReferralsAsync(site));

        await sophie.ComesToAsync(() => sophie.Page.GoBackAsync());
        Assert.EndsWith("/recue", sophie.At, StringComparison.Ordinal);
        Assert.Equal(before + 1, await ReferralsAsync(site));
    }

    [Fact]
    public async Task TheFirstAnswerStands_WhenAnotherWindowSaysOtherwise()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var ghislaine = await chrome.EnterAsync(site, "Ghislaine Roy");
        var lorraine = await site.ProposalToAsync("Ghislaine");
        var otherWindow = await chrome.BesideAsync(ghislaine);
        await otherWindow.OpensAsync("/accueil-pa");
        await ghislaine.SaysAsync(lorraine.Id, ProposalAnswer.No);
        await otherWindow.SaysAsync(lorraine.Id, ProposalAnswer.Yes);
        await otherWindow.ReadsAsync("Vous aviez déjà répondu");
        Assert.Equal(ProposalAnswer.No, (await site.Rows(db => db.Set<Proposal>().SingleAsync(p => p.Id == lorraine.Id))).Answer);
    }

    /// <summary>No page is kept by the browser: one that answered a form would have to be sent again to come back, and the browser would ask for that with a page of its own.</summary>
    [Fact]
    public async Task BackToAFormThatWasRefused_ComesToItsPage_AndSendsNothing()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie");
        var id = await site.Rows(db => (from r in db.Set<Referral>() join f in db.Set<Facility>() on r.FacilityId equals f.Id
                                          where f.Name == "Hôpital des Trois-Saules" && r.Next == NextStep.Reach && r.UrgentSince == null orderby r.Id select r.Id).FirstAsync());
        var file = $"/demandes/{id}";
        await marianne.OpensAsync($"{file}/urgence");
        await marianne.IsRefusedAsync("Reason");
        await marianne.FillsAsync("Reason", "Opération lundi");
        await marianne.SubmitsAsync();
        Assert.Equal(file, marianne.At);
        var posts = 0;
        marianne.Page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;
        await marianne.ComesToAsync(() => marianne.Page.GoBackAsync());
        Assert.Equal($"{file}/urgence", marianne.At);
        await marianne.LooksAsync();
        await marianne.ComesToAsync(() => marianne.Page.ReloadAsync());
        Assert.Equal((0, 0), (posts, await marianne.Page.Locator(".govuk-error-summary").CountAsync()));
    }

    private static Task<int> ReferralsAsync(Site site) => site.Rows(db => db.Set<Referral>().CountAsync());
}
