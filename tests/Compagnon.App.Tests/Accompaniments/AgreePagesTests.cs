using Compagnon.App.Tests.Web;
using Compagnon.Domain.Accompaniments;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

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

    [Fact]
    public async Task HowLongTheyTalked_IsAskedAsItIsNeeded()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.Rows(rows => rows.Set<Accompaniment>().Where(a => a.EndedAt == null).OrderBy(a => a.Id).Select(a => a.Id).FirstAsync());
        var form = await marianne.GetAsync($"/accompagnements/{id}/conversation");
        var label = form.Document.QuerySelector("label[for='Minutes'], label[for$='Minutes']")!.TextContent;
        Assert.DoesNotContain("facultatif", label, StringComparison.Ordinal);
        Assert.Contains("Donnez la durée, à peu près", (await marianne.PostAsync(form, Typed.Fields(("Both", "oui"), ("Time", "0 h 01")))).Errors);
        Assert.DoesNotContain("Donnez la durée, à peu près", (await marianne.PostAsync(form, Typed.Fields(("Both", "non"), ("Time", "0 h 01")))).Errors);
    }
}
