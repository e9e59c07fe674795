using Compagnon.TestKit;

namespace Compagnon.EndToEnd.Tests;

[Collection(OneAtATime.Name)]
public sealed class FrameStories(Chrome chrome)
{
    [Theory]
    [InlineData("fr", 1280)]
    [InlineData("en", 1280)]
    [InlineData("fr", 320)]
    public async Task TheDemonstration_IsEntered_AndTheCoordinatorMeetsTheirDay(string language, int width)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var marianne = await chrome.PersonAsync(site, language, width: width);
        await marianne.OpensAsync("/demo");
        await marianne.EnterAsync("Marianne Lavoie");
        await marianne.LooksAsync();
        Assert.EndsWith("/journee", marianne.Page.Url, StringComparison.Ordinal);
    }
}
