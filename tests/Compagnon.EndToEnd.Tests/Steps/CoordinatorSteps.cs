using Compagnon.Domain.Referrals;

namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>What a coordinator does with a file, from the day's list to the first conversation.</summary>
internal static class CoordinatorSteps
{
    private const string ToPropose = ".cg-actions--bar button";

    /// <summary>From the day's list, by the row's link.</summary>
    public static async Task FindsInTheDayAsync(this Person marianne, Guid id)
    {
        await marianne.FollowsAsync("/journee");
        await marianne.FollowsAsync($"/demandes/{id}");
    }

    /// <summary>Somebody rings the programme: the first lines are written down, then the questions are gone through together.</summary>
    public static async Task<Guid> TakesACallAsync(this Person marianne, Someone who)
    {
        await marianne.FollowsAsync("/journee");
        await marianne.FollowsAsync("/demander/nouvelle");
        await marianne.IsRefusedAsync("Agreed", "OfAge", "GivenName", "Telephone", "Message");
        await marianne.TicksAsync("Agreed", "oui");
        await marianne.TicksAsync("OfAge", "oui");
        await marianne.FillsAsync("GivenName", who.GivenName);
        await marianne.FillsAsync("Telephone", who.Telephone);
        await marianne.TicksAsync("Message", "oui");
        await marianne.SubmitsAsync();
        var id = Guid.Parse(marianne.At.Split('/')[2]);
        await marianne.GoesThroughTheQuestionsAsync(Answers.Usual);
        Assert.Equal($"/demandes/{id}", marianne.At);
        return id;
    }

    public static async Task ReachesAsync(this Person marianne, Guid id)
    {
        await marianne.FollowsAsync($"/demandes/{id}/appel");
        await marianne.IsRefusedAsync("Outcome");
        await marianne.TicksAsync("Outcome", nameof(ContactOutcome.Reached));
        await marianne.SubmitsAsync();
        Assert.Equal($"/demandes/{id}", marianne.At);
    }

    /// <summary>The patient's own pages, filled in for somebody on the telephone.</summary>
    public static async Task FillsInOnTheTelephoneAsync(this Person marianne, Guid id, Answers? answers = null)
    {
        await marianne.FollowsAsync($"/demander/{id}");
        await marianne.GoesThroughTheQuestionsAsync(answers ?? Answers.Usual);
        Assert.Equal($"/demandes/{id}", marianne.At);
    }

    /// <summary>Asks the best, or the best two or three.</summary>
    public static async Task ProposesAsync(this Person marianne, Guid id, int many = 1)
    {
        await marianne.FollowsAsync($"/jumelage/{id}");
        await marianne.ComesToAsync(() => marianne.Page.Locator(ToPropose).ClickAsync());
        Assert.True(await marianne.Page.Locator(".govuk-error-summary").CountAsync() == 1, "Nobody was ticked, and nobody said so");
        for (var i = 0; i < many; i++) await marianne.Page.Locator(".cg-candidate label").Nth(i).ClickAsync();
        await marianne.SubmitsAsync(ToPropose);
    }

    /// <summary>Notes what the person said on the telephone: with the first of those who said yes.</summary>
    public static async Task ChoosesOnBehalfAsync(this Person marianne, Guid id)
    {
        await marianne.FollowsAsync($"/demandes/{id}/choisir");
        await marianne.IsRefusedAsync("Person");
        await marianne.Page.Locator(".cg-person label").First.ClickAsync();
        await marianne.SubmitsAsync();
        Assert.Equal($"/demandes/{id}/entente", marianne.At);
    }

    /// <summary>Notes how they will talk, and comes to their accompaniment.</summary>
    public static async Task AgreesOnBehalfAsync(this Person marianne)
    {
        await marianne.AnswersAsync();
        await marianne.SubmitsAsync();
        Assert.StartsWith("/accompagnements/", marianne.At, StringComparison.Ordinal);
    }

    /// <summary>After a three-way call that the coordinator placed.</summary>
    public static async Task NotesAConversationAsync(this Person marianne, Guid accompanimentId)
    {
        await marianne.FollowsAsync($"/accompagnements/{accompanimentId}/conversation");
        await marianne.IsRefusedAsync("Both", "Time");
        await marianne.TicksAsync("Both", "oui");
        await marianne.FillsAsync("Day", Today.Date);
        await marianne.FillsAsync("Time", Today.Time);
        await marianne.FillsAsync("Minutes", "25");
        await marianne.SubmitsAsync();
    }

    public static async Task EndsAsync(this Person marianne, Guid accompanimentId, Closing why, string note)
    {
        await marianne.FollowsAsync($"/accompagnements/{accompanimentId}/fin");
        await marianne.IsRefusedAsync("Why", "Another");
        await marianne.TicksAsync("Why", why.ToString());
        await marianne.TicksAsync("Another", "non");
        await marianne.FillsAsync("Note", note);
        await marianne.SubmitsAsync();
        await marianne.ReadsAsync(note);
    }
}
