using Compagnon.App.Tests.Web;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Accompaniments;

public sealed class AgreePagesTests
{
    [Theory, OnBothDatabases]
    public async Task WhoeverChoseAndLeft_ComesBackToTheAgreement_ThenReadsTheRoom_AndMayChangeIt(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var diane = await site.EnterAsync("Diane");
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var before = await diane.GetAsync("/mon-espace");
        Assert.Equal("À vous de choisir", before.H1);
        var choose = before.Document.QuerySelector("main a[href^='/choisir/']")!.GetAttribute("href")!;
        var cards = await diane.GetAsync(choose);
        await diane.PostAsync(cards, Typed.Fields(("Person", cards.Document.QuerySelector("input[type=radio]")!.GetAttribute("value")!)));
        // she leaves here and returns another day
        var after = await diane.GetAsync("/mon-espace");
        Assert.Equal("Il reste votre entente", after.H1);
        Assert.Null(after.Document.QuerySelector("main a[href^='/choisir/']"));
        var agree = after.Document.QuerySelector("main a[href^='/entente/']")!.GetAttribute("href")!;
        Assert.Contains("C’est noté", (await diane.SendAsync(agree, ("First", "Room"))).Text, StringComparison.Ordinal);
        var file = agree.Replace("/entente/", "/demandes/", StringComparison.Ordinal);
        await marianne.SendAsync(file + "/entente", ("Room", "B-214"));
        var space = await diane.GetAsync("/mon-espace");
        Assert.Contains("B-214", space.Text, StringComparison.Ordinal);
        Assert.NotNull(space.Document.QuerySelector($"main a[href='{agree}']"));
        Assert.Contains("B-214", (await diane.GetAsync(agree)).Text, StringComparison.Ordinal);
        // she changes the rhythm: the room stays
        var changed = await diane.SendAsync(agree, ("Rhythm", "Weekly"));
        Assert.Contains("B-214", changed.Text, StringComparison.Ordinal);
        Assert.Contains("Une fois par semaine", changed.Text, StringComparison.OrdinalIgnoreCase);
    }
}
