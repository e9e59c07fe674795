using System.Net;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.FilePages;

/// <summary>What a coordinator does on a file, page by page, as a browser without script.</summary>
public sealed class FilePagesTests
{
    private const string Saules = "Hôpital des Trois-Saules";

    [Theory, OnBothDatabases]
    public async Task EachThingOneDoesOnAFile_IsSaidBack_AndErrorsKeepWhatWasTyped(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var href = $"/demandes/{await site.WaitingAsync(Saules, NextStep.Reach)}";
        Assert.Single((await marianne.SendAsync($"{href}/appel", ("Note", "Rappeler le soir"))).Errors);
        Assert.Contains("L’appel est noté", (await marianne.SendAsync($"{href}/appel", ("Outcome", "NoAnswer"), ("Note", "Rappeler le soir"))).Text, StringComparison.Ordinal);
        Assert.Contains("Rappeler le soir", (await marianne.GetAsync(href)).Text, StringComparison.Ordinal);
        Assert.Contains("L’appel est reporté", (await marianne.SendAsync($"{href}/reporter", Typed.In(90, "Day"))).Text, StringComparison.Ordinal);
        Assert.Single((await marianne.SendAsync($"{href}/reporter", ("Day.Day", "3"), ("Day.Month", "3"), ("Day.Year", "1999"))).Errors);
        Assert.Equal("Choisissez un jour d’ici un an", Assert.Single((await marianne.SendAsync($"{href}/reporter", ("Day.Day", "1"), ("Day.Month", "1"), ("Day.Year", "2999"))).Errors));
        // a year from now is another year, and is said
        await marianne.SendAsync($"{href}/reporter", Typed.In(364, "Day"));
        Assert.Contains($"{DateTime.UtcNow.AddDays(364):yyyy}", (await marianne.GetAsync(href)).Text, StringComparison.Ordinal);
        Assert.Contains("Le dossier est marqué comme urgent", (await marianne.SendAsync($"{href}/urgence", ("Reason", "Opération lundi"))).Text, StringComparison.Ordinal);
        var urgent = (await marianne.GetAsync("/journee")).Document.QuerySelectorAll(".cg-alerts > *").Select(a => a.TextContent).Single(t => t.Contains("Opération lundi", StringComparison.Ordinal));
        Assert.Matches(@"Urgent\u00a0: \p{Ll}", urgent);
        Assert.Contains("Opération lundi. ", urgent, StringComparison.Ordinal);
        Assert.Contains("Le dossier n’est plus urgent", (await marianne.SendAsync($"{href}/urgence", ("Answer", "fin"))).Text, StringComparison.Ordinal);
        Assert.Single((await marianne.SendAsync($"{href}/numero", ("Telephone", "12"))).Errors);
        Assert.Contains("514 555-0111", (await marianne.SendAsync($"{href}/numero", ("Telephone", "514 555-0111"))).Text, StringComparison.Ordinal);
        Assert.Contains("L’accord est noté", (await marianne.SendAsync($"{href}/accords", ("What", "donner-Service"), ("How", "Oral"))).Text, StringComparison.Ordinal);
        Assert.Contains("La demande est terminée", (await marianne.SendAsync($"{href}/terminer", ("Why", "NotReached"))).Text, StringComparison.Ordinal);
        var erase = await marianne.GetAsync($"{href}/effacer");
        var asked = await marianne.PostAsync(erase, Typed.Fields(("Why", "AskedByPerson")));
        Assert.Contains("L’effacement est demandé", asked.Text, StringComparison.Ordinal);
        Assert.Contains("L’effacement est demandé depuis le", asked.Text, StringComparison.Ordinal);
        Assert.Null(asked.Document.QuerySelector("a[href$='/effacer']"));
        Assert.Null((await marianne.GetAsync($"{href}/effacer")).Document.QuerySelector("main form"));
        Assert.Contains("L’effacement est demandé depuis le", Assert.Single((await marianne.PostAsync(erase, Typed.Fields(("Why", "RetentionOver")))).Errors), StringComparison.Ordinal);
        using var chantal = await site.EnterAsync("Chantal Mercure");
        var waiting = await chantal.GetAsync("/effacements");
        var line = waiting.Document.QuerySelector("button[value^='oui:']")!.GetAttribute("value")!;
        Assert.Equal("Cochez la case avant d’effacer", Assert.Single((await chantal.PostAsync(waiting, Typed.Fields(("Decide", line)))).Errors));
        Assert.Contains("La personne est effacée", (await chantal.PostAsync(waiting, Typed.Fields(("Decide", line), ("Sure", "oui")))).Text, StringComparison.Ordinal);
        var erased = await marianne.GetAsync(href);
        Assert.Equal(HttpStatusCode.OK, erased.Status);
        Assert.DoesNotContain("514 555-0111", erased.Source, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await marianne.GetAsync("/demandes?quoi=Ended")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task ASearch_FindsByTheBeginningOfAName_OrANumberAsItWasHeard_AndShowsNoHiddenFile(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        foreach (var what in (string[])["Jacqueline", "jacq", "JACQUELINE p", "Jacqueline P.", "poirier"]) Assert.Contains("Jacqueline", await FoundAsync(marianne, what));
        foreach (var what in (string[])["acqueline", "Jacqueline Q"]) Assert.Empty(await FoundAsync(marianne, what));
        var (id, number) = await site.Rows(async rows => await rows.Set<Referral>().Where(r => r.Next == NextStep.Complete).OrderBy(r => r.Id).Select(r => new ValueTuple<Guid, string>(r.Id, r.FileNumber)).FirstAsync());
        var heard = $"{number[..2].ToLowerInvariant()} {number[2..].ToLowerInvariant()}";
        var name = Assert.Single(await FoundAsync(marianne, heard));
        Assert.Contains(name, await FoundAsync(marianne, name));
        await site.Rows(async rows =>
        {
            var patient = await rows.Set<Referral>().Where(r => r.Id == id).Select(r => r.PatientId).SingleAsync();
            rows.Add(new Domain.Privacy.Restriction { PersonId = patient, Role = Domain.Programme.Role.Coordinator, SetAt = DateTime.UtcNow, SetBy = patient });
            return await rows.SaveChangesAsync();
        });
        Assert.DoesNotContain(name, await FoundAsync(marianne, name));
    }

    private static async Task<List<string>> FoundAsync(Visitor visitor, string what) =>
        [.. (await visitor.SendAsync("/demandes/chercher", ("What", what))).Document.QuerySelectorAll("main th a").Select(a => a.TextContent.Trim())];

    [Theory, OnBothDatabases]
    public async Task ADayBesideAnotherOutcome_IsNotLost_ItIsAskedAbout(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var href = $"/demandes/{await site.WaitingAsync(Saules, NextStep.Reach)}/appel";
        var refused = await marianne.SendAsync(href, [("Outcome", "NoAnswer"), .. Typed.In(9, "NotBefore")]);
        Assert.Contains("À rappeler plus tard", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.NotEqual("", refused.Document.QuerySelector("[name='Input.NotBefore.Day']")!.GetAttribute("value"));
        Assert.Contains("L’appel est noté", (await marianne.PostAsync(refused, Typed.Fields(("Outcome", "CallBackLater")))).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task ARequestThatHasEnded_SaysSo_WhereverAnOldAddressLeads_AndStillLearnsOfADeath(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Match);
        var href = $"/demandes/{id}";
        var open = await marianne.GetAsync($"{href}/numero");
        await marianne.SendAsync($"{href}/terminer", ("Why", "Declined"));
        foreach (var path in (string[])[$"/jumelage/{id}", $"{href}/relancer", $"{href}/numero", $"{href}/appel", $"{href}/urgence", $"{href}/reporter", $"{href}/confier", $"{href}/lien", $"{href}/accords"])
        {
            var page = await marianne.GetAsync(path);
            Assert.Equal(href, page.Address.AbsolutePath);
            Assert.Contains("Cette demande est terminée", page.Text, StringComparison.Ordinal);
        }
        // whoever was typing meanwhile keeps what they typed
        var refused = await marianne.PostAsync(open, Typed.Fields(("Telephone", "514 555-0111"), ("Message", "oui")));
        Assert.Contains("déjà terminée", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal("514 555-0111", refused.Document.QuerySelector("[name='Input.Telephone']")!.GetAttribute("value"));
        var death = await marianne.GetAsync($"{href}/terminer");
        Assert.StartsWith("Noter le décès", death.H1, StringComparison.Ordinal);
        Assert.Contains("Le décès est noté", (await marianne.PostAsync(death)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANumberThatTheProgrammeNeverShows_IsNotAskedAbout_ButWhatWasAgreedCanBeTakenBack()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var accords = $"/demandes/{await site.WaitingAsync(Saules, NextStep.Match)}/accords";
        await marianne.SendAsync("/reglages/personnes", ("NumberShown", "oui"));
        await marianne.SendAsync(accords, ("What", "donner-NumberShown"), ("How", "Oral"));
        await marianne.SendAsync("/reglages/personnes", ("NumberShown", "non"));
        Assert.Contains("L’accord est retiré", (await marianne.SendAsync(accords, ("What", "retirer-NumberShown"))).Text, StringComparison.Ordinal);
        Assert.Null((await marianne.GetAsync(accords)).Document.QuerySelector("input[value$='-NumberShown']"));
        Assert.Single((await marianne.SendAsync(accords, ("What", "donner-NumberShown"), ("How", "Oral"))).Errors);
    }

    [Theory, OnBothDatabases]
    public async Task APagePastTheEnd_IsTheLastOne(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        foreach (var list in (string[])["/demandes", "/demandes?quoi=Match", "/demandes?cancer=Breast", "/journee", "/journee?cancer=Breast"])
        {
            var (asked, last) = (await marianne.GetAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page=99999"), await marianne.GetAsync(list));
            Assert.Equal(last.Text, asked.Text);
            Assert.Null(asked.Document.QuerySelector("#vide"));
        }
    }

    /// <summary>One button, few links, and the rest by what it is about; nothing that was there is lost.</summary>
    [Theory]
    [InlineData(NextStep.Reach), InlineData(NextStep.Complete), InlineData(NextStep.Match), InlineData(NextStep.Answer), InlineData(NextStep.Choose), InlineData(NextStep.Talk), InlineData(NextStep.Accompany), InlineData(NextStep.Ended)]
    public async Task WhatCanBeDone_IsTheNextStepAlone_ThenWhatIsOftenDone_ThenTheRest(NextStep step)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var actions = (await marianne.GetAsync($"/demandes/{await site.WaitingAsync(Saules, step)}")).Document.QuerySelector("article[aria-labelledby=actions]")!;
        Assert.Equal(step is NextStep.Accompany or NextStep.Ended ? 0 : 1, actions.QuerySelectorAll("a.govuk-button").Length);
        Assert.InRange(actions.QuerySelectorAll(":scope > ul a").Length, 0, 5);
        var rest = actions.QuerySelector("details")!;
        Assert.Equal(rest.QuerySelectorAll("h3").Length, rest.QuerySelectorAll("ul").Length);
        Assert.All(rest.QuerySelectorAll("ul"), u => Assert.NotEmpty(u.QuerySelectorAll("a")));
        string[] always = step is NextStep.Ended ? ["restrictions", "consultations", "effacer", "terminer"] : ["restrictions", "consultations", "accords", "terminer", "confier", "numero", "urgence"];
        Assert.All(always, a => Assert.Single(rest.QuerySelectorAll($"a[href$='/{a}']")));
        var all = actions.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).ToList();
        Assert.Equal(all.Distinct().Count(), all.Count);
    }

    [Fact]
    public async Task TheList_SaysInWhichOrderItStands_AndKeepsItFromPageToPage()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        foreach (var (address, says) in new[] { ("/demandes", "La plus en retard d’abord ; puis"), ("/demandes?quoi=Match", "La plus en retard d’abord."), ("/demandes?ordre=recentes", "La plus récente d’abord."), ("/demandes?quoi=Ended", "La plus récente d’abord.") })
            Assert.Contains(says, (await marianne.GetAsync(address)).Text, StringComparison.Ordinal);
        var newest = await marianne.GetAsync("/demandes?ordre=recentes");
        Assert.Equal("recentes", newest.Document.QuerySelector("select[name=ordre] option[selected]")!.GetAttribute("value"));
        Assert.Equal("/demandes?ordre=recentes&page=2", Compagnon.Web.Day.DayAddress.Of("/demandes", Compagnon.Web.Day.DayAddress.Read(null, null, null, "2", "recentes")));
        Assert.False(Compagnon.Web.Day.DayAddress.Read(null, null, null, null, "n’importe").Newest);
    }

    [Theory, OnBothDatabases]
    public async Task AFile_IsHandedOver_AndKeptFromWhomThePersonNames(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var nicolas = await site.EnterAsync("Nicolas Gervais");
        var id = await site.WaitingAsync(Saules, NextStep.Match);
        var assign = await marianne.GetAsync($"/demandes/{id}/confier");
        var to = assign.Document.QuerySelectorAll("input[name='Input.To']").First(i => i.ParentElement!.TextContent.Contains("Nicolas", StringComparison.Ordinal)).GetAttribute("value")!;
        Assert.Contains("Le dossier a changé de mains", (await marianne.PostAsync(assign, Typed.Fields(("To", to)))).Text, StringComparison.Ordinal);
        var restrict = await marianne.GetAsync($"/demandes/{id}/restrictions");
        // every coordinator of the facility: somebody must still serve
        var needs = await marianne.PostAsync(restrict, Typed.Fields(("Role", "Coordinator")));
        var substitute = needs.Document.QuerySelectorAll("input[name='Input.Substitute']").First(i => i.ParentElement!.TextContent.Contains("Nicolas", StringComparison.Ordinal)).GetAttribute("value")!;
        var gone = await marianne.PostAsync(needs, Typed.Fields(("Role", "Coordinator"), ("Substitute", substitute)));
        Assert.Equal("/demandes", gone.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await marianne.GetAsync($"/demandes/{id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await nicolas.GetAsync($"/demandes/{id}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverChoosesOnTheirBehalf_IsLedToTheChoice_InWordsForThem(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Choose);
        var file = await marianne.GetAsync($"/demandes/{id}");
        Assert.NotNull(file.Document.QuerySelector($"main a[href='/demandes/{id}/choisir'], main a[href='/demandes/{id}/entente']"));
        var choose = await marianne.GetAsync($"/demandes/{id}/choisir");
        Assert.DoesNotContain("Prenez votre temps", choose.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADeath_SilencesTheFile_AndSaysWhomToTell()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Accompany);
        var file = await marianne.SendAsync($"/demandes/{id}/terminer", ("Why", "Deceased"));
        Assert.Contains("Le décès est noté", file.Text, StringComparison.Ordinal);
        Assert.NotNull(file.Document.QuerySelector("#deces"));
        Assert.Equal(0, await site.Rows(rows => (from m in rows.Set<App.Messages.OutboxMessage>() join r in rows.Set<Referral>() on m.PersonId equals r.PatientId
                                                 where r.Id == id && m.SentAt == null && m.CancelledAt == null select m.Id).CountAsync()));
    }
}
