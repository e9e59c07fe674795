using System.Net;
using Compagnon.App.Tests.Programme;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Companions;

public sealed class CompanionPagesTests
{
    [Theory, OnBothDatabases]
    public async Task TheCoordinator_PausesACompanion_AndEndsThePause(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var name = await SettingsPagesTests.AnyCompanionAsync(site);
        var href = (await marianne.GetAsync("/personnes-accompagnatrices")).Document.QuerySelectorAll("th a").First(a => a.TextContent == name).GetAttribute("href")!;
        Assert.Single((await marianne.SendAsync($"{href}/pause")).Errors);
        Assert.Contains("d’ici un an", Assert.Single((await marianne.SendAsync($"{href}/pause", ("For", "date"), ("Until.Day", "31"), ("Until.Month", "12"), ("Until.Year", "9999"))).Errors), StringComparison.Ordinal);
        Assert.Contains("La pause est notée", (await marianne.SendAsync($"{href}/pause", ("For", "month"))).Text, StringComparison.Ordinal);
        Assert.Contains("La pause est terminée", (await marianne.SendAsync($"{href}/pause", ("Do", "revenir"))).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task AnIllnessThatComesBack_IsAnsweredByThePersonThemselves_OrForThem(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var pair = await site.Rows(rows => (from a in rows.Set<Accompaniment>()
                                            where a.EndedAt == null
                                            join f in rows.Set<Domain.Programme.Facility>() on a.FacilityId equals f.Id
                                            where f.Name == "Hôpital des Trois-Saules"
                                            orderby a.Id
                                            select a).FirstAsync());
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        await marianne.SendAsync($"/personnes-accompagnatrices/{pair.CompanionId}/pause", ("For", "ill"));
        var file = await marianne.GetAsync($"/demandes/{pair.ReferralId}");
        Assert.NotNull(file.Document.QuerySelector($"a[href='/accompagnements/{pair.Id}/autre']"));
        var answered = await marianne.SendAsync($"/accompagnements/{pair.Id}/autre", ("Answer", "attendre"));
        Assert.Equal($"/accompagnements/{pair.Id}", answered.Address.AbsolutePath);
        Assert.Null((await marianne.GetAsync($"/demandes/{pair.ReferralId}")).Document.QuerySelector($"a[href='/accompagnements/{pair.Id}/autre']"));
    }

    [Theory, OnBothDatabases]
    public async Task ACompanionsHome_LeadsToEnding_AndToTheNumberOnlyWhereItMayBeShown(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var name = await site.Rows(async rows => await (from a in rows.Set<Accompaniment>() join c in rows.Set<Companion>() on a.CompanionId equals c.Id where a.EndedAt == null select c.Pseudonym).FirstAsync());
        using var nobody = site.Visitor();
        var full = (await nobody.GetAsync("/demo")).Document.QuerySelectorAll("section[aria-labelledby='role-Companion'] strong").Select(s => s.TextContent.Trim()).First(n => n.StartsWith(name + " ", StringComparison.Ordinal));
        using var companion = await site.EnterAsync(full);
        var home = await companion.GetAsync("/accueil-pa");
        foreach (var page in (string[])["/pause", "/profil"]) Assert.NotNull((await companion.GetAsync(page)).Document.QuerySelector("main p a.cg-tel[href^='tel:']"));
        var leave = home.Document.QuerySelector("a[href^='/accompagnements/'][href$='/terminer']")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await companion.GetAsync(leave)).Status);
        foreach (var number in home.Document.QuerySelectorAll("a[href$='/numero']")) Assert.Equal(HttpStatusCode.OK, (await companion.GetAsync(number.GetAttribute("href")!)).Status);
        if (home.Document.QuerySelector("a[href$='/numero']") is null) Assert.Equal(HttpStatusCode.NotFound, (await companion.GetAsync(leave.Replace("terminer", "numero", StringComparison.Ordinal))).Status);
        Assert.Single((await companion.SendAsync(leave)).Errors);
        Assert.Equal("/accueil-pa", (await companion.SendAsync(leave, ("Why", "StoppedByCompanion"))).Address.AbsolutePath);
    }

    /// <summary>"Vous le retrouverez sur votre accueil", with a date for the next time or without.</summary>
    [Theory, OnBothDatabases]
    public async Task WhatToComeBackTo_StandsOnTheHome_AndSoDoesHowToTalkAgain(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        var write = (await ghislaine.GetAsync("/accueil-pa")).Document.QuerySelector("main a[href^='/journal/'][href$='/nouveau']")!.GetAttribute("href")!;
        await ghislaine.SendAsync(write, ("Together", "oui"), ("Minutes", "20"), ("Seemed", nameof(Seemed.Same)), ("HowAreYou", nameof(HowAreYou.Well)), ("NextNote", "Ses ados et la rentrée."));
        var home = await ghislaine.GetAsync("/accueil-pa");
        Assert.Contains("Ses ados et la rentrée.", home.Text, StringComparison.Ordinal);
        Assert.NotNull(home.Document.QuerySelector("[id^='personne-'] ~ p a[href^='tel:'], section:has([id^='personne-']) a[href^='tel:']"));
        using var louise = await site.EnterAsync("Louise");
        Assert.NotNull((await louise.GetAsync("/mon-espace")).Document.QuerySelector("main .cg-panel a[href^='tel:']"));
    }

    /// <summary>Both read the same: the companion calls only while the programme shows numbers and the patient's consent stands.</summary>
    [Theory, OnBothDatabases]
    public async Task WhoCanCallAgain_IsSaidAlikeToBoth(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        using var louise = await site.EnterAsync("Louise");
        var accompaniment = Guid.Parse((await ghislaine.GetAsync("/accueil-pa")).Document.QuerySelector("main a[href^='/journal/'][href$='/nouveau']")!.GetAttribute("href")!.Split('/')[2]);
        var file = await site.Rows(rows => rows.Set<Accompaniment>().Where(a => a.Id == accompaniment).Select(a => a.ReferralId).SingleAsync());
        await marianne.SendAsync("/reglages/personnes", ("NumberShown", "oui"));
        await marianne.SendAsync($"/demandes/{file}/accords", ("What", "donner-NumberShown"), ("How", "Oral"));
        foreach (var shown in (bool[])[true, false])
        {
            await marianne.SendAsync("/reglages/personnes", ("NumberShown", shown ? "oui" : "non"));
            Assert.Equal((shown, !shown), Says((await louise.GetAsync("/mon-espace")).Text, "peut vous appeler"));
            Assert.Equal((shown, !shown), Says((await ghislaine.GetAsync("/accueil-pa")).Text, "Vous pouvez appeler"));
        }

        static (bool Calls, bool Asks) Says(string text, string calls) => (text.Contains(calls, StringComparison.Ordinal), text.Contains("Pour vous parler de nouveau", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task ABoxToTick_SaysItsWordsOnce_AndNamesElide(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var roster = await marianne.GetAsync("/personnes-accompagnatrices");
        var end = await marianne.GetAsync(roster.Document.QuerySelector("th a")!.GetAttribute("href")! + "/terminer");
        Assert.Equal(2, end.Text.Split("Cochez pour confirmer").Length);
        var demandes = (await marianne.GetAsync("/demandes")).Document.QuerySelectorAll("th a");
        var elided = demandes.First(a => "AEÉIOUYH".Contains(a.TextContent.Trim()[0], StringComparison.Ordinal));
        Assert.StartsWith("Corriger le numéro d’", (await marianne.GetAsync(elided.GetAttribute("href")! + "/numero")).H1, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task AManager_ReadsCompanions_AndChangesNothing(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var helene = await site.EnterAsync("Hélène Dufour");
        var roster = await helene.GetAsync("/personnes-accompagnatrices");
        Assert.Null(roster.Document.QuerySelector("a[href='/personnes-accompagnatrices/nouvelle']"));
        var href = roster.Document.QuerySelector("th a")!.GetAttribute("href")!;
        var sheet = await helene.GetAsync(href);
        Assert.Equal(HttpStatusCode.OK, sheet.Status);
        Assert.Empty(sheet.Document.QuerySelectorAll("main a[href^='/demandes/'], main a[href$='/modifier'], main a[href$='/pause']"));
        foreach (var page in (string[])["/modifier", "/pause", "/terminer"]) Assert.Equal(HttpStatusCode.Forbidden, (await helene.GetAsync(href + page)).Status);
    }

    [Fact]
    public async Task EverybodyOfTheDemonstration_HasTreatmentsThatAreUsual()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var lived = (await site.Rows(rows => rows.Set<Companion>().AsNoTracking().ToListAsync())).SelectMany(c => c.Experiences).ToList();
        Assert.Contains(lived, e => e.Treatments.Count > 1);
        Assert.All(lived, e => Assert.Empty(e.Treatments.Select(t => t.Treatment).Except(Domain.Programme.UsualTreatments.Of(e.Site))));
        Assert.All(await site.Rows(rows => rows.Set<Domain.Referrals.Referral>().AsNoTracking().ToListAsync()),
            r => Assert.Empty(r.Situation.Treatments.Select(t => t.Treatment).Except(Domain.Referrals.TreatmentsPart.Usual(r))));
    }

    /// <summary>A list can't hold boxes behind a line: what isn't usual for the cancer of the row stands under one, after the rest.</summary>
    [Fact]
    public async Task ARowsTreatments_BeginWithThoseOfItsCancer()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var empty = await marianne.GetAsync("/personnes-accompagnatrices/nouvelle");
        Assert.Null(empty.Document.QuerySelector("#vecu optgroup"));
        var page = await marianne.PostAsync(empty, Typed.Fields(("Experiences[0].Site", "Prostate"), ("Experiences[0].Treatments[0].Treatment", "Mastectomy"), ("Do", "traitement-0")));
        foreach (var list in page.Document.QuerySelectorAll("#cancer-0 select[name$='.Treatment']"))
        {
            Assert.Equal(Enum.GetNames<Domain.Programme.Treatment>().Order(StringComparer.Ordinal), list.QuerySelectorAll("option").Select(o => o.GetAttribute("value")!).Where(v => v.Length > 0).Order(StringComparer.Ordinal));
            Assert.Equal("Un autre traitement", list.QuerySelector("option[value=Mastectomy]")!.Closest("optgroup")!.GetAttribute("label"));
            Assert.Null(list.QuerySelector("option[value=Prostatectomy]")!.Closest("optgroup"));
        }
        Assert.Equal(2, page.Document.QuerySelectorAll("#cancer-0 select[name$='.Treatment']").Length);
        Assert.NotNull(page.Document.QuerySelector("[name='Input.Experiences[0].Treatments[0].Treatment'] option[value=Mastectomy][selected]"));
    }
}
