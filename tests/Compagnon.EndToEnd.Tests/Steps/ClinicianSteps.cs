namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>Somebody a clinician, or a coordinator on the telephone, writes down.</summary>
internal sealed record Someone(string GivenName, string Telephone)
{
    public string Language { get; init; } = "fr";
    public string Site { get; init; } = "Breast";

    /// <summary>What a companion must never read.</summary>
    public string[] Secrets => [GivenName, Telephone, string.Concat(Telephone.Where(char.IsAsciiDigit))];
}

/// <summary>What a clinician does: refers, hands out a leaflet, and looks what became of it.</summary>
internal static class ClinicianSteps
{
    public static async Task<Guid> RefersAsync(this Person sophie, Someone who)
    {
        await sophie.FollowsAsync("/orienter");
        await sophie.IsRefusedAsync("GivenName", "Telephone", "Message", "Site", "Moment", "Agreed");
        await sophie.FillsInTheReferralAsync(who);
        await sophie.SubmitsAsync();
        Assert.EndsWith("/recue", sophie.At, StringComparison.Ordinal);
        await sophie.ReadsAsync(who.GivenName);
        return Guid.Parse(sophie.At.Split('/')[2]);
    }

    public static async Task FillsInTheReferralAsync(this Person sophie, Someone who)
    {
        await sophie.FillsAsync("GivenName", who.GivenName);
        await sophie.FillsAsync("Telephone", who.Telephone);
        await sophie.TicksAsync("Message", "oui");
        await sophie.TicksAsync("Language", who.Language);
        await sophie.PicksAsync("Site", who.Site);
        await sophie.TicksAsync("Moment", "InTreatment");
        await sophie.TicksAsync("Treatments", "Chemotherapy");
        await sophie.TicksAsync("Agreed", "oui");
    }

    /// <summary>The leaflet in the person's own language, the other one beside it.</summary>
    public static async Task PrintsTheLeafletAsync(this Person sophie)
    {
        var leaflets = await sophie.Page.Locator("main a[hreflang]").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.Equal(2, leaflets.Length);
        await sophie.FollowsAsync(leaflets.Single(l => l.Contains(sophie.Manner.Language, StringComparison.Ordinal)));
        Assert.True(await sophie.Page.Locator("svg[role=img]").CountAsync() > 0, "The leaflet has no code to scan");
    }

    /// <summary>The clinic's list, then the one request: dates, nothing confidential.</summary>
    public static async Task FollowsUpAsync(this Person sophie, Guid id)
    {
        await sophie.OpensAsync("/orienter");
        await sophie.FollowsAsync("/mes-demandes");
        await sophie.FollowsAsync($"/mes-demandes/{id}");
    }
}
