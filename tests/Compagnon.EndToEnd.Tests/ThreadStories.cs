using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;
using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests;

/// <summary>
/// The main job, whole: a clinician refers, the coordinator reaches the person and fills in what is needed on the telephone, a companion is proposed and says yes,
/// the patient chooses, they agree, they talk, the logbook is written, and the clinic sees that it happened. Everybody goes from page to page by links.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class ThreadStories(Chrome chrome)
{
    // the patient speaks French in either story: what is English is the staff's screens
    private static readonly Someone Odile = new("Odile", "514 555-0187");

    [Theory]
    [InlineData(Db.Sqlite, "fr", true)]
    [InlineData(Db.PostgreSql, "en", true)]
    [InlineData(Db.PostgreSql, "fr", false)]
    [InlineData(Db.Sqlite, "en", false)]
    public async Task FromAReferral_ToTheFirstConversation_AndBackToTheClinic(Db db, string language, bool script)
    {
        await using var site = await Site.OnAsync(db);
        var sophie = await chrome.EnterAsync(site, "Sophie Tremblay", language, script);
        var id = await sophie.RefersAsync(Odile);
        await sophie.PrintsTheLeafletAsync();

        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie", language, script);
        await marianne.FindsInTheDayAsync(id);
        await marianne.ReachesAsync(id);
        await marianne.FillsInOnTheTelephoneAsync(id);
        await marianne.ProposesAsync(id);

        var proposal = await site.ProposalAsync(id);
        var companion = await chrome.PersonAsync(site, language, script);
        await companion.EnterAsAsync(proposal.CompanionId);
        await companion.DoesNotReadAsync(Odile.Secrets);
        await companion.SaysAsync(proposal.Id, ProposalAnswer.Yes);

        await marianne.FindsInTheDayAsync(id);
        await marianne.ChoosesOnBehalfAsync(id);
        await marianne.AgreesOnBehalfAsync();
        var accompaniment = await site.AccompanimentAsync(id);
        Assert.Equal(proposal.CompanionId, accompaniment.CompanionId);

        await companion.FollowsAsync("/accueil-pa");
        await companion.WritesTheLogbookAsync(accompaniment.Id);
        await companion.DoesNotReadAsync(Odile.Secrets[1..]); // they agreed that the companion calls her by her first name

        var referral = await site.ReferralAsync(id);
        Assert.Equal((NextStep.Accompany, ReferralStage.FirstConversation), (referral.Next, ReferralState.StageOf(referral)));
        await sophie.FollowsUpAsync(id);
        await sophie.ReadsAsync("Première conversation", "First conversation");
    }
}
