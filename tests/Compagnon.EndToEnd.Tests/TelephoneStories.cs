using Compagnon.App.Messages;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;
using Compagnon.EndToEnd.Tests.Steps;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests;

/// <summary>Somebody who has only a telephone: the coordinator does every step on their behalf, choosing included. No link is offered, no letter is written to them.</summary>
[Collection(OneAtATime.Name)]
public sealed class TelephoneStories(Chrome chrome)
{
    private static readonly Someone Armande = new("Armande", "450 555-0163");

    [Fact]
    public async Task WhoHasOnlyATelephone_IsAccompanied_ByTheCoordinatorsHand()
    {
        await using var site = await Site.OnAsync(Db.PostgreSql);
        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie");
        var id = await marianne.TakesACallAsync(Armande);
        await SeesNoLinkAsync(marianne, id);
        await marianne.ProposesAsync(id, many: 2);

        foreach (var proposal in await site.ProposalsAsync(id))
        {
            var companion = await chrome.PersonAsync(site, script: false);
            await companion.EnterAsAsync(proposal.CompanionId);
            await companion.DoesNotReadAsync(Armande.Secrets);
            await companion.SaysAsync(proposal.Id, ProposalAnswer.Yes);
        }

        await marianne.FindsInTheDayAsync(id);
        await SeesNoLinkAsync(marianne, id);
        await marianne.ReadsAsync("Noter son choix");
        await marianne.ChoosesOnBehalfAsync(id);
        await marianne.AgreesOnBehalfAsync();
        var accompaniment = await site.AccompanimentAsync(id);
        await marianne.NotesAConversationAsync(accompaniment.Id);
        await marianne.EndsAsync(accompaniment.Id, Closing.Completed, "Elle s’est dite contente.");

        Assert.Equal(NextStep.Ended, (await site.ReferralAsync(id)).Next);
        Assert.Empty(await site.Rows(db => db.Set<OutboxMessage>().Where(m => m.PersonId == accompaniment.PatientId).ToListAsync()));
    }

    /// <summary>The file offers none; who knows the address is told to go on by telephone.</summary>
    private static async Task SeesNoLinkAsync(Person marianne, Guid id)
    {
        Assert.Equal($"/demandes/{id}", marianne.At);
        await marianne.ReadsAsync("Par téléphone seulement");
        Assert.Equal(0, await marianne.Page.Locator("a[href*='/lien']").CountAsync());
        await marianne.OpensAsync($"/demandes/{id}/lien");
        await marianne.ComesToAsync(() => marianne.Page.Locator("main form button").First.ClickAsync());
        await marianne.ReadsAsync("Cette personne préfère le téléphone");
        await marianne.OpensAsync($"/demandes/{id}");
    }
}
