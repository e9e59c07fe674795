using Compagnon.Domain.Matching;
using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;
using Closing = Compagnon.Domain.Referrals.Closing;

namespace Compagnon.EndToEnd.Tests;

/// <summary>A companion's life with the programme, on a telephone 320 pixels wide: no, a logbook, a profile, a pause, an ending.</summary>
[Collection(OneAtATime.Name)]
public sealed class CompanionStories(Chrome chrome)
{
    private const string Private = "Je pense encore à ma propre peur, ce soir-là.";
    private const string WhySheEnds = "Mon mari est malade, je n’y arrive plus.";
    private const string WhyTheProgrammeEnds = "Les deux voulaient s’arrêter là.";

    [Fact]
    public async Task SheDeclines_WritesForHerselfAlone_ChangesHerWords_Pauses_AndEnds()
    {
        await using var site = await Site.OnAsync(Db.PostgreSql);
        var ghislaine = await chrome.EnterAsync(site, "Ghislaine Roy", width: 320);
        var lorraine = await site.ProposalToAsync("Ghislaine");
        await ghislaine.SaysAsync(lorraine.Id, ProposalAnswer.No);
        await ghislaine.ReadsAsync("C’est noté. Merci d’avoir répondu.");
        await ghislaine.ReadsAsync("Vous vouliez répondre autre chose");

        var louise = await site.AccompanimentOfAsync("Ghislaine");
        await ghislaine.WritesWhatIsDueAsync(louise.Id, Private);
        await ghislaine.ReadsHerLogbookAsync(louise.Id, Private);
        await ghislaine.ChangesHerWordsAsync("Je ris plus fort qu’avant. Je peux surtout vous écouter.");
        await ghislaine.PausesAsync("week");

        await ghislaine.EndsWithAsync(louise.Id, Closing.StoppedByCompanion, WhySheEnds);
        await ghislaine.DoesNotReadAsync(louise.Id.ToString());

        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie", script: false);
        await marianne.OpensAsync($"/demandes/{louise.ReferralId}");
        await marianne.FollowsAsync($"/accompagnements/{louise.Id}");
        await marianne.ReadsAsync(WhySheEnds);
        await marianne.FollowsAsync($"/accompagnements/{louise.Id}/journal");
        await marianne.ReadsAsync("L’échange lui reste en tête");
        await marianne.DoesNotReadAsync(Private);

        var (link, code) = await marianne.GivesALinkOnPaperAsync(louise.ReferralId);
        var patient = await chrome.PersonAsync(site, script: false);
        await patient.OpensAsync(link);
        await patient.EntersTheCodeAsync(code, shared: false);
        await patient.ReadsAsync("Nous cherchons quelqu’un pour vous");
        await patient.DoesNotReadAsync(WhySheEnds, "a choisi d’arrêter", Private);
    }

    [Fact]
    public async Task WhoMayKnowThePerson_IsNotAskedAgain_AndDoesNotLearnWhyTheProgrammeEnds()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var monique = await chrome.EnterAsync(site, "Monique Gagnon", "en", width: 320);
        var carmen = await site.ProposalToAsync("Monique");
        await monique.SaysAsync(carmen.Id, ProposalAnswer.MayKnowPerson);
        await monique.ReadsAsync("Merci de l’avoir dit.", "Thank you for telling us.");

        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie", script: false);
        await marianne.FindsInTheDayAsync(carmen.ReferralId);
        await marianne.FollowsAsync($"/jumelage/{carmen.ReferralId}");
        await marianne.ReadsAsync("Elles se connaissent peut-être");
        Assert.Equal(0, await marianne.Page.Locator($"[id='p-{carmen.CompanionId}']").CountAsync());

        var micheline = await site.AccompanimentOfAsync("Monique");
        await marianne.OpensAsync("/accompagnements");
        await marianne.FollowsAsync($"/accompagnements/{micheline.Id}");
        await marianne.EndsAsync(micheline.Id, Closing.Completed, WhyTheProgrammeEnds);

        await monique.FollowsAsync("/accueil-pa");
        await monique.DoesNotReadAsync(WhyTheProgrammeEnds, micheline.Id.ToString());
    }
}
