using System.Net;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Privacy;

public sealed class GroupPagesTests
{
    private const string Saules = "Hôpital des Trois-Saules";

    [Fact]
    public async Task AFormWithoutAKey_LeadsToTheGroupThatItMade()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var helene = await site.EnterAsync("Hélène Dufour");
        var form = Typed.Fields(("Name", "Comité des tumeurs"));
        form["Key"] = "";
        Assert.Equal("Comité des tumeurs", (await helene.PostAsync(await helene.GetAsync("/comptes/groupes/nouveau"), form)).H1);
    }

    [Theory, OnBothDatabases]
    public async Task TheManagerKeepsAGroup_TheCoordinatorNamesIt_AndThenItIsNotDeleted(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var helene = await site.EnterAsync("Hélène Dufour");
        Assert.Equal("Donnez un nom au groupe", Assert.Single((await helene.SendAsync("/comptes/groupes/nouveau")).Errors));
        Assert.Equal("Un groupe de cet établissement porte déjà ce nom", Assert.Single((await helene.SendAsync("/comptes/groupes/nouveau", ("Name", "Chorale de l’hôpital"))).Errors));
        var group = await helene.SendAsync("/comptes/groupes/nouveau", ("Name", "Comité des tumeurs"));
        Assert.Contains("Le groupe est créé", group.Text, StringComparison.Ordinal);
        Assert.Contains("Personne n’en fait encore partie", group.Text, StringComparison.Ordinal);
        Assert.Equal("Choisissez la personne à ajouter", Assert.Single((await helene.PostAsync(group, Typed.Fields(("What", "entre")))).Errors));
        var sophie = group.Document.QuerySelectorAll("option").First(o => o.TextContent.StartsWith("Sophie Tremblay", StringComparison.Ordinal)).GetAttribute("value")!;
        var with = await helene.PostAsync(group, Typed.Fields(("What", "entre"), ("Person", sophie)));
        Assert.Contains("La personne fait partie du groupe", with.Text, StringComparison.Ordinal);
        var named = await helene.PostAsync(with, Typed.Fields(("What", "nom"), ("Name", "Comité du sein")));
        Assert.Equal("Comité du sein", named.Document.QuerySelector("h1")!.TextContent);

        using var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.Equal(HttpStatusCode.Forbidden, (await marianne.GetAsync(named.Address.AbsolutePath)).Status);
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var restrict = await marianne.GetAsync($"/demandes/{id}/restrictions");
        var choice = restrict.Document.QuerySelectorAll("select[name='Input.GroupId'] option").First(o => o.TextContent == "Comité du sein").GetAttribute("value")!;
        var file = await marianne.PostAsync(restrict, Typed.Fields(("GroupId", choice)));
        Assert.Contains("Groupe « Comité du sein »", file.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);

        Assert.Equal("Cochez la case avant de supprimer", Assert.Single((await helene.PostAsync(named, Typed.Fields(("What", "termine")))).Errors));
        Assert.StartsWith("Un dossier est fermé à ce groupe", Assert.Single((await helene.PostAsync(named, Typed.Fields(("What", "termine"), ("Sure", "oui")))).Errors), StringComparison.Ordinal);
        var lift = (await marianne.GetAsync($"/demandes/{id}/restrictions")).Document.QuerySelector("a[href$='/lever']")!.GetAttribute("href")!;
        await marianne.SendAsync(lift);
        var list = await helene.PostAsync(named, Typed.Fields(("What", "termine"), ("Sure", "oui")));
        Assert.Equal("/comptes/groupes", list.Address.AbsolutePath);
        Assert.DoesNotContain("Comité du sein", list.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await helene.GetAsync(named.Address.AbsolutePath)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task InEnglish_AMemberIsRemoved_AndTheAdministratorChoosesTheFacility(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var olivier = await site.EnterAsync("Olivier Parent", "en");
        var empty = await olivier.SendAsync("/comptes/groupes/nouveau");
        Assert.Equal(["Give the group a name", "Choose the facility"], empty.Errors);
        var list = await olivier.GetAsync("/comptes/groupes");
        Assert.Contains("2 people", list.Text, StringComparison.Ordinal);
        var choir = await olivier.GetAsync(list.Document.QuerySelector("main table a")!.GetAttribute("href")!);
        var karim = choir.Document.QuerySelectorAll("button[name='Input.Out']").First(b => b.TextContent.Contains("Karim Haddad", StringComparison.Ordinal)).GetAttribute("value")!;
        var without = await olivier.PostAsync(choir, Typed.Fields(("Out", karim)));
        Assert.Contains("The person no longer belongs to the group", without.Text, StringComparison.Ordinal);
        Assert.Equal(1, await site.Rows(rows => rows.Set<GroupMember>().CountAsync()));
    }

    /// <summary>The patient reads who is kept out, by the group's name.</summary>
    [Fact]
    public async Task ThePersonReads_ToWhichGroupTheirFileIsClosed()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        await site.Rows(async rows =>
        {
            var group = await rows.Set<NamedGroup>().SingleAsync();
            foreach (var patient in await rows.Set<Referral>().Where(r => r.FacilityId == group.FacilityId).Select(r => r.PatientId).ToListAsync())
                rows.Add(new Restriction { PersonId = patient, GroupId = group.Id, SetAt = DateTime.UtcNow, SetBy = patient });
            return await rows.SaveChangesAsync();
        });
        using var louise = await site.EnterAsync("Louise");
        Assert.Contains("Le groupe « Chorale de l’hôpital »", (await louise.GetAsync("/mon-espace/acces")).Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }
}
