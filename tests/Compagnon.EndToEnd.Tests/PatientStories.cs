using Compagnon.Domain.Matching;
using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests;

/// <summary>A patient's own journey on a telephone 320 pixels wide: nobody answers, chooses or stops for her.</summary>
[Collection(OneAtATime.Name)]
public sealed class PatientStories(Chrome chrome)
{
    private const string Address = "nicole@exemple.test";
    private static readonly Someone Nicole = new("Nicole", "819 555-0134");
    private static readonly string[] FamilyNamesOfCompanions = ["Roy", "Gagnon", "Pelletier"];

    private static Answers Hers => Answers.Usual
        .But("telephone", async p =>
        {
            await p.IsRefusedAsync("Telephone", "Message");
            await p.FillsAsync("Telephone", Nicole.Telephone);
        })
        .But("courriel", p => p.FillsAsync("Email", Address))
        .But("lieu", p => p.Page.Locator("label", new() { HasText = "Trois-Saules" }).ClickAsync())
        .But("situation", async p =>
        {
            await p.IsRefusedAsync("Certainty");
            await Answers.Usual["situation"](p);
        });

    [Theory, InlineData(Db.Sqlite), InlineData(Db.PostgreSql)]
    public async Task SheAsks_LeavesAndComesBack_ChoosesAmongCards_AndStopsInTwoTaps(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var nicole = await chrome.PersonAsync(site, width: 320);
        await nicole.AsksToTalkToSomeoneAsync(Nicole.GivenName);
        await nicole.GoesThroughTheQuestionsAsync(Hers, until: "situation");
        await nicole.LeavesForTodayAsync();

        nicole = await chrome.AnotherDayAsync(site, nicole);
        var id = await ResumesAsync(nicole, "situation");
        await nicole.GoesThroughTheQuestionsAsync(Hers);
        Assert.Equal("/mon-espace", nicole.At);
        await nicole.ReadsAsync("Votre demande est partie");

        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie", script: false);
        await marianne.FindsInTheDayAsync(id);
        await BorrowsAComputerAsync(site, await marianne.GivesALinkByMailAsync(id));

        await AnsweredYesAsync(site, marianne, id, many: 2);
        await nicole.ChoosesAsync(id, other: "autres");
        await nicole.ReadsAsync("Nous cherchons encore quelqu’un pour vous");

        await AnsweredYesAsync(site, marianne, id, many: 1);
        await nicole.ChoosesAsync(id);
        await nicole.AgreesAsync(id);
        await nicole.ReadsAsync("Vous allez vous parler");
        await nicole.DoesNotReadAsync(FamilyNamesOfCompanions);

        await nicole.FollowsAsync("/qui-a-vu");
        await nicole.ReadsAsync("Marianne Lavoie");
        await nicole.DoesNotReadAsync(FamilyNamesOfCompanions);
        await nicole.FollowsAsync("/mon-espace");
        var accompaniment = await site.AccompanimentAsync(id);
        await nicole.StopsAsync();
        await IsOverAtHerCompanionsHomeAsync(site, accompaniment.CompanionId, accompaniment.Id);
    }

    private static async Task<Guid> ResumesAsync(Person nicole, string question)
    {
        await nicole.OpensAsync("/");
        await nicole.FollowsAsync("/demander");
        await nicole.FollowsAsync((await nicole.Page.Locator("main a[href^='/demander/']").First.GetAttributeAsync("href"))!);
        Assert.Equal(question, nicole.Question);
        return Guid.Parse(nicole.At.Split('/')[2]);
    }

    /// <summary>At the library: the link and the code open her space once; the computer forgets her with its window.</summary>
    private async Task BorrowsAComputerAsync(Site site, string code)
    {
        var library = await chrome.PersonAsync(site);
        await library.OpensTheLinkOfTheLetterAsync();
        var link = library.At;
        await library.EntersTheCodeAsync(code, shared: true);
        library = await chrome.AnotherDayAsync(site, library);
        await library.OpensAsync("/mon-espace");
        Assert.Equal("/entrer", library.At);
        await library.OpensAsync(link);
        Assert.Equal("Ce lien ne s’ouvre plus", await library.Page.Locator("main h1").InnerTextAsync());
        Assert.Equal(0, await library.Page.Locator("[name='Input.Code']").CountAsync());
    }

    private async Task AnsweredYesAsync(Site site, Person marianne, Guid id, int many)
    {
        await marianne.FindsInTheDayAsync(id);
        await marianne.ProposesAsync(id, many);
        foreach (var proposal in await site.ProposalsAsync(id))
        {
            var companion = await chrome.PersonAsync(site, script: false);
            await companion.EnterAsAsync(proposal.CompanionId);
            await companion.DoesNotReadAsync([.. Nicole.Secrets, Address]);
            await companion.SaysAsync(proposal.Id, ProposalAnswer.Yes);
        }
    }

    /// <summary>By the name they called her, and without a reason.</summary>
    private async Task IsOverAtHerCompanionsHomeAsync(Site site, Guid companionId, Guid accompanimentId)
    {
        var companion = await chrome.PersonAsync(site, script: false);
        await companion.EnterAsAsync(companionId);
        await companion.ReadsAsync($"Votre accompagnement avec {Nicole.GivenName} est terminé");
        await companion.DoesNotReadAsync(accompanimentId.ToString(), "a choisi d’arrêter");
    }
}
