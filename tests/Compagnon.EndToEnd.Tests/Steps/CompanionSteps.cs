using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;

namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>What a companion does: answers, writes, breathes.</summary>
internal static class CompanionSteps
{
    /// <summary>Answers one proposal by the button that stands under it.</summary>
    public static async Task SaysAsync(this Person companion, Guid proposalId, ProposalAnswer answer)
    {
        await companion.SubmitsAsync($"button[value='{answer}:{proposalId}']");
        Assert.Equal("/accueil-pa", companion.At);
        Assert.Equal(0, await companion.Page.Locator($"button[value='{answer}:{proposalId}']").CountAsync());
    }

    /// <summary>Two minutes after a conversation; the date and the hour stand there already.</summary>
    public static async Task WritesTheLogbookAsync(this Person companion, Guid accompanimentId, string reflection = "")
    {
        await companion.FollowsAsync($"/journal/{accompanimentId}/nouveau");
        await companion.IsRefusedAsync("Together", "HowAreYou");
        await companion.FillsAsync("Minutes", "40");
        await companion.TicksAsync("Together", "oui");
        await companion.TicksAsync("Emotional", nameof(Activity.Listening));
        await companion.TicksAsync("Seemed", nameof(Seemed.Better));
        await companion.FillsAsync("Reflection", reflection);
        await companion.TicksAsync("HowAreYou", nameof(HowAreYou.Well));
        await companion.SubmitsAsync();
        Assert.Equal("/accueil-pa", companion.At);
    }

    /// <summary>A conversation that the programme knows of; its reflection stays the writer's own.</summary>
    public static async Task WritesWhatIsDueAsync(this Person companion, Guid accompanimentId, string reflection)
    {
        await companion.FollowsAsync((await companion.Page.Locator($"[aria-labelledby^=journal-] a[href^='/journal/{accompanimentId}/']").First.GetAttributeAsync("href"))!);
        await companion.IsRefusedAsync("Seemed", "HowAreYou");
        await companion.TicksAsync("Emotional", nameof(Activity.Listening));
        await companion.TicksAsync("Seemed", nameof(Seemed.Better));
        await companion.FillsAsync("Reflection", reflection);
        await companion.TicksAsync("HowAreYou", nameof(HowAreYou.OnMyMind));
        await companion.SubmitsAsync();
    }

    public static async Task ReadsHerLogbookAsync(this Person companion, Guid accompanimentId, string reflection)
    {
        await companion.FollowsAsync($"/journal/{accompanimentId}");
        await companion.ReadsAsync("Ma réflexion, pour moi");
        await companion.ReadsAsync(reflection);
    }

    /// <summary>The card patients read; a number among the words is refused, and the words stay.</summary>
    public static async Task ChangesHerWordsAsync(this Person companion, string words)
    {
        await companion.FollowsAsync("/profil");
        await companion.FollowsAsync("/profil/mots");
        await companion.FillsAsync("OwnWords", words + " Appelez-moi au 514 555-0199.");
        await companion.IsRefusedAsync("OwnWords");
        await companion.FillsAsync("OwnWords", words);
        await companion.SubmitsAsync();
        await companion.ReadsAsync(words);
    }

    public static async Task PausesAsync(this Person companion, string howLong)
    {
        await companion.FollowsAsync("/pause");
        await companion.IsRefusedAsync("For");
        await companion.TicksAsync("For", howLong);
        await companion.SubmitsAsync();
        await companion.ReadsAsync("Vous êtes en pause", "You are on pause");
    }

    public static async Task EndsWithAsync(this Person companion, Guid accompanimentId, Closing why, string note)
    {
        await companion.FollowsAsync($"/accompagnements/{accompanimentId}/terminer");
        await companion.IsRefusedAsync("Why");
        await companion.TicksAsync("Why", why.ToString());
        await companion.FillsAsync("Note", note);
        await companion.SubmitsAsync();
        Assert.Equal("/accueil-pa", companion.At);
    }
}
