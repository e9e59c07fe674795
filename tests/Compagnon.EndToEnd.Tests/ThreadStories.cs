using System.Globalization;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests;

/// <summary>
/// The main job, whole: a clinician refers, the coordinator reaches the person and fills in what is needed on the telephone, a companion is proposed and says yes,
/// the patient chooses, they agree, they talk, the logbook is written, and the clinic sees that it happened. Every page on the way is looked at, error states too.
/// </summary>
public sealed class ThreadStories(Chrome chrome)
{
    private const string Telephone = "514 555-0187";
    private const string GivenName = "Odile";

    [Theory]
    [InlineData(Db.Sqlite, "fr", true)]
    public async Task FromAReferral_ToTheFirstConversation_AndBackToTheClinic(Db db, string language, bool script)
    {
        await using var site = await Site.OnAsync(db);
        var sophie = await chrome.EnterAsync(site, "Sophie Tremblay", language, script);
        var id = await RefersAsync(sophie);
        var marianne = await chrome.EnterAsync(site, "Marianne Lavoie", language, script);
        await ReachesAsync(marianne, id);
        await FillsInOnTheTelephoneAsync(marianne, id);
        await ProposesAsync(marianne, id);

        var proposal = await site.Rows(rows => rows.Set<Proposal>().SingleAsync(p => p.ReferralId == id));
        var companionId = proposal.CompanionId;
        var companion = await chrome.PersonAsync(site, language, script);
        await companion.EnterAsAsync(companionId);
        await companion.OpensAsync("/accueil-pa");
        await companion.DoesNotReadAsync(GivenName, Telephone, "5145550187");
        await companion.SubmitsAsync($"[aria-labelledby='p-{proposal.Id:N}'] button.govuk-button:not(.govuk-button--secondary)");

        await ChoosesOnBehalfAsync(marianne, id);
        await AgreesAsync(marianne, id);
        var accompaniment = await site.Rows(rows => rows.Set<Accompaniment>().SingleAsync(a => a.ReferralId == id));
        Assert.Equal(companionId, accompaniment.CompanionId);
        await WritesTheLogbookAsync(companion, accompaniment.Id);
        await companion.DoesNotReadAsync(Telephone, "5145550187");

        var referral = await site.Rows(rows => rows.Set<Referral>().SingleAsync(r => r.Id == id));
        Assert.Equal((NextStep.Accompany, ReferralStage.FirstConversation), (referral.Next, ReferralState.StageOf(referral)));
        await sophie.OpensAsync($"/mes-demandes/{id}");
        await sophie.ReadsAsync("onversation"); // in either language
    }

    private static async Task<Guid> RefersAsync(Person sophie)
    {
        await sophie.OpensAsync("/orienter");
        await sophie.SubmitsAsync();
        Assert.True(await sophie.Page.Locator(".govuk-error-summary li").CountAsync() >= 4);
        await sophie.FillsAsync("GivenName", GivenName);
        await sophie.FillsAsync("Telephone", Telephone);
        await sophie.TicksAsync("Message", "oui");
        await sophie.Page.Locator("[name='Input.Site']").SelectOptionAsync("Breast");
        await sophie.TicksAsync("Language", "fr");
        await sophie.TicksAsync("Moment", "InTreatment");
        await sophie.TicksAsync("Treatments", "Chemotherapy");
        await sophie.TicksAsync("Agreed", "oui");
        await sophie.SubmitsAsync();
        Assert.EndsWith("/recue", sophie.Page.Url, StringComparison.Ordinal);
        return Guid.Parse(new Uri(sophie.Page.Url).Segments[2].TrimEnd('/'));
    }

    private static async Task ReachesAsync(Person marianne, Guid id)
    {
        await marianne.OpensAsync($"/demandes/{id}");
        await marianne.OpensAsync($"/demandes/{id}/appel");
        await marianne.SubmitsAsync();
        await marianne.TicksAsync("Outcome", nameof(ContactOutcome.Reached));
        await marianne.SubmitsAsync();
    }

    private static async Task FillsInOnTheTelephoneAsync(Person marianne, Guid id)
    {
        await marianne.OpensAsync($"/demander/{id}");
        for (var page = 0; page < 60; page++)
        {
            var at = new Uri(marianne.Page.Url).AbsolutePath;
            if (!at.StartsWith("/demander/", StringComparison.Ordinal)) return;
            if (at.EndsWith("/plus-tard", StringComparison.Ordinal)) await marianne.TicksAsync("Wait", "non");
            if (at.EndsWith("/sujets", StringComparison.Ordinal)) await marianne.TicksAsync("Topics", "Fatigue");
            await marianne.AnswersAsync();
            await marianne.SubmitsAsync();
            Assert.True(await marianne.Page.Locator(".govuk-error-summary").CountAsync() == 0, $"{at}: {string.Join(' ', await marianne.Page.Locator(".govuk-error-summary").AllInnerTextsAsync())}");
        }
        Assert.Fail("The questions never end.");
    }

    private static async Task ProposesAsync(Person marianne, Guid id)
    {
        await marianne.OpensAsync("/jumelages");
        await marianne.OpensAsync($"/jumelage/{id}");
        await marianne.Page.Locator(".cg-candidate input").First.CheckAsync(new() { Force = true });
        await marianne.SubmitsAsync(".cg-actions--bar button");
    }

    private static async Task ChoosesOnBehalfAsync(Person marianne, Guid id)
    {
        await marianne.OpensAsync($"/demandes/{id}/choisir");
        await marianne.Page.Locator(".cg-person input").First.CheckAsync(new() { Force = true });
        await marianne.SubmitsAsync();
    }

    private static async Task AgreesAsync(Person marianne, Guid id)
    {
        await marianne.OpensAsync($"/demandes/{id}/entente");
        if (await marianne.Page.Locator("[name='Input.Name']").InputValueAsync() is "") await marianne.FillsAsync("Name", "Odile");
        await marianne.AnswersAsync();
        await marianne.SubmitsAsync();
        await marianne.OpensAsync("/accompagnements");
    }

    private static async Task WritesTheLogbookAsync(Person companion, Guid accompanimentId)
    {
        await companion.OpensAsync($"/journal/{accompanimentId}/nouveau");
        var today = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow.AddMinutes(-90), TimeZoneInfo.FindSystemTimeZoneById("America/Toronto"));
        await companion.FillsAsync("On.Day", today.Day.ToString(CultureInfo.InvariantCulture));
        await companion.FillsAsync("On.Month", today.Month.ToString(CultureInfo.InvariantCulture));
        await companion.FillsAsync("On.Year", today.Year.ToString(CultureInfo.InvariantCulture));
        await companion.FillsAsync("At", today.ToString("HH:mm", CultureInfo.InvariantCulture));
        await companion.FillsAsync("Minutes", "40");
        await companion.TicksAsync("Emotional", nameof(Activity.Listening));
        await companion.AnswersAsync();
        await companion.SubmitsAsync();
        Assert.True(await companion.Page.Locator(".govuk-error-summary").CountAsync() == 0, string.Join(' ', await companion.Page.Locator(".govuk-error-summary").AllInnerTextsAsync()));
    }
}
