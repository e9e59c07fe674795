using Compagnon.App.Privacy;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
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
        Assert.Contains("C’est noté", (await diane.SendAsync(agree, ("Channel", "Telephone"), ("First", "Room"))).Text, StringComparison.Ordinal);
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

    [Theory, OnBothDatabases]
    public async Task TheWayBothWant_IsProposed_AndNothingThatThePatientDidNotAskFor(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var diane = await site.EnterAsync("Diane");
        var agree = await ChosenAsync(diane);
        foreach (var (wanted, channel, first) in new[] { ((Channel[])[Channel.Telephone], (string?)"Telephone", (string?)"ThreeWayCall"), ([Channel.InPerson, Channel.Telephone], "Telephone", "ThreeWayCall"), ([Channel.InPerson], null, null), ([], null, null) })
        {
            await WantsAsync(site, agree, wanted);
            var page = await diane.GetAsync(agree);
            Assert.Equal((channel, first), (Chosen(page, "Channel"), Chosen(page, "First")));
        }
        Assert.Equal(["Choisissez comment se parler", "Choisissez comment se passe la première conversation"], (await diane.SendAsync(agree)).Errors);
    }

    [Theory, OnBothDatabases]
    public async Task ANameThatMayHoldASurname_IsNotHandedOver(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var diane = await site.EnterAsync("Diane");
        var agree = await ChosenAsync(diane);
        foreach (var (given, proposed) in new[] { ("Diane", "Diane"), ("Diane Tremblay", ""), ("Diane1958", ""), ("Marie-Ève", "Marie-Ève") })
        {
            var id = Guid.Parse(agree.Split('/')[2]);
            var patient = await site.Rows(db => db.Set<Referral>().Where(r => r.Id == id).Select(r => r.PatientId).SingleAsync());
            await site.In<Vault, int>(vault => site.Rows(async rows =>
            {
                var (person, identity) = (await rows.Set<Person>().SingleAsync(p => p.Id == patient), await rows.Set<Identity>().SingleAsync(i => i.Id == patient));
                vault.Reseal(person, identity, vault.Open(person, identity) with { GivenName = given });
                return await rows.SaveChangesAsync();
            }));
            Assert.Equal(proposed, (await diane.GetAsync(agree)).Document.QuerySelector("[name='Input.Name']")!.GetAttribute("value") ?? "");
        }
        Assert.Contains("ne verra pas d’autre nom", (await diane.GetAsync(agree)).Text, StringComparison.Ordinal);
    }

    private static async Task<string> ChosenAsync(Visitor diane)
    {
        var cards = await diane.GetAsync((await diane.GetAsync("/mon-espace")).Document.QuerySelector("main a[href^='/choisir/']")!.GetAttribute("href")!);
        return (await diane.PostAsync(cards, Typed.Fields(("Person", cards.Document.QuerySelector("input[type=radio]")!.GetAttribute("value")!)))).Address.AbsolutePath;
    }

    /// <summary>What Diane said of how she would like to talk; her companions do it by video and by telephone.</summary>
    private static Task<int> WantsAsync(Site site, string agree, Channel[] wanted) => site.Rows(async db =>
    {
        var id = Guid.Parse(agree.Split('/')[2]);
        var referral = await db.Set<Referral>().FirstAsync(r => r.Id == id);
        referral.Intake.Channels = [.. wanted];
        foreach (var companion in await db.Set<Companion>().ToListAsync()) companion.Channels = [Channel.Video, Channel.Telephone];
        return await db.SaveChangesAsync();
    });

    private static string? Chosen(Page page, string name) => page.Document.QuerySelector($"[name='Input.{name}'][checked]")?.GetAttribute("value");

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
