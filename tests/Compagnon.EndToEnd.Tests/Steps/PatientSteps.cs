using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>What a patient does by themselves: asks, leaves, comes back, chooses, stops.</summary>
internal static partial class PatientSteps
{
    /// <summary>From the public page to the first question; on a device of their own, which then remembers them.</summary>
    public static async Task AsksToTalkToSomeoneAsync(this Person nicole, string givenName)
    {
        await nicole.OpensAsync("/");
        await nicole.FollowsAsync("/demander");
        await nicole.FollowsAsync("/demander/age");
        await nicole.IsRefusedAsync("OfAge");
        await nicole.TicksAsync("OfAge", "oui");
        await nicole.SubmitsAsync();
        await nicole.IsRefusedAsync("GivenName");
        await nicole.FillsAsync("GivenName", givenName);
        await nicole.SubmitsAsync();
    }

    /// <summary>Is told how to go on later, and closes the window.</summary>
    public static async Task LeavesForTodayAsync(this Person nicole)
    {
        await nicole.FollowsAsync($"/demander/{nicole.At.Split('/')[2]}/continuer-plus-tard");
        await nicole.Page.CloseAsync();
    }

    /// <summary>The same browser on another day: what lasts only as long as its window is gone.</summary>
    public static async Task<Person> AnotherDayAsync(this Chrome chrome, Site site, Person person)
    {
        var kept = JsonNode.Parse(await person.Page.Context.StorageStateAsync())!;
        foreach (var cookie in kept["cookies"]!.AsArray().Where(c => c!["expires"]!.GetValue<double>() < 0).ToList()) kept["cookies"]!.AsArray().Remove(cookie);
        await person.Page.Context.CloseAsync();
        return await chrome.PersonAsync(site, person.Manner.Language, person.Manner.Script, person.Manner.Width, kept.ToJsonString());
    }

    /// <summary>Reads the code out, and the letter leaves: the two never on one screen.</summary>
    public static async Task<string> GivesALinkByMailAsync(this Person marianne, Guid id)
    {
        await marianne.FollowsAsync($"/demandes/{id}/lien");
        await marianne.SubmitsAsync();
        await marianne.DoesNotReadAsync("/lien/");
        return await marianne.ReadsTheCodeOutAsync();
    }

    /// <summary>Handed over as a sheet: the link on it, the code said aloud.</summary>
    public static async Task<(string Link, string Code)> GivesALinkOnPaperAsync(this Person marianne, Guid id)
    {
        await marianne.OpensAsync($"/demandes/{id}");
        await marianne.FollowsAsync($"/demandes/{id}/lien");
        await marianne.TicksAsync("How", "paper");
        await marianne.SubmitsAsync();
        var link = new Uri(await marianne.Page.Locator(".cg-break").InnerTextAsync()).AbsolutePath;
        return (link, await marianne.ReadsTheCodeOutAsync());
    }

    /// <summary>The latest letter's link, in the demonstration's post.</summary>
    public static async Task OpensTheLinkOfTheLetterAsync(this Person nicole)
    {
        await nicole.OpensAsync("/demo/courrier");
        await nicole.FollowsAsync((await nicole.Page.Locator("main a[href^='/lien/']").First.GetAttributeAsync("href"))!);
        Assert.DoesNotMatch(OfHealth(), await nicole.TextAsync());
    }

    public static async Task EntersTheCodeAsync(this Person nicole, string code, bool shared)
    {
        await nicole.FillsAsync("Code", code == "000000" ? "111111" : "000000");
        await nicole.IsRefusedAsync("Code");
        await nicole.FillsAsync("Code", code);
        if (shared) await nicole.TicksAsync("Shared", "oui");
        await nicole.SubmitsAsync();
        Assert.Equal("/mon-espace", nicole.At);
    }

    /// <summary>« À vous de choisir », then the cards; whose card, or another answer by its value.</summary>
    public static async Task ChoosesAsync(this Person nicole, Guid id, string? other = null)
    {
        await nicole.OpensAsync("/mon-espace");
        await nicole.ReadsAsync("À vous de choisir", "It is your choice");
        await nicole.FollowsAsync($"/choisir/{id}");
        await nicole.IsRefusedAsync("Person");
        if (other is null) await nicole.Page.Locator(".cg-person label").First.ClickAsync();
        else await nicole.TicksAsync("Person", other);
        await nicole.SubmitsAsync();
    }

    /// <summary>How they will talk; the answers that stand there already are fine.</summary>
    public static async Task AgreesAsync(this Person nicole, Guid id)
    {
        Assert.Equal($"/entente/{id}", nicole.At);
        await nicole.AnswersAsync();
        await nicole.SubmitsAsync();
        await nicole.FollowsAsync("/mon-espace");
    }

    /// <summary>Two taps, no reason.</summary>
    public static async Task StopsAsync(this Person nicole)
    {
        await nicole.FollowsAsync("/arreter");
        await nicole.SubmitsAsync();
        Assert.Equal("/mon-espace", nicole.At);
        await nicole.ReadsAsync("Votre demande est terminée", "Your request has ended");
    }

    private static async Task<string> ReadsTheCodeOutAsync(this Person marianne) =>
        string.Concat((await marianne.Page.Locator(".cg-figure").InnerTextAsync()).Where(char.IsAsciiDigit));

    [GeneratedRegex("cancer|clini[cq]|hôpital|chimio|accompagn", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfHealth();
}
