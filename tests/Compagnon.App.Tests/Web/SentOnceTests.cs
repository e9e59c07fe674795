using System.Net;
using Compagnon.App.Access;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Web;

/// <summary>A second click, a page sent anew, Back to a form that the browser kept: one effect, and the second is led to where the first was. Nothing that was typed is swallowed.</summary>
public sealed class SentOnceTests
{
    private const string Saules = "Hôpital des Trois-Saules";

    [Theory, OnBothDatabases]
    public async Task SentTwice_OneAfterTheOther_OrAtOnce_IsOneEffect_AndLeadsToTheSamePlace(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        var file = $"/demandes/{await site.WaitingAsync(Saules, NextStep.Reach)}";
        (Visitor Who, string At, Dictionary<string, string> Said, string Event)[] forms =
        [
            (marianne, $"{file}/urgence", Typed.Fields(("Reason", "Opération lundi")), "UrgencySet"),
            (marianne, $"{file}/reporter", Typed.Fields(Typed.In(90, "Day")), "CallPostponed"),
            (marianne, $"{file}/numero", Typed.Fields(("Telephone", "514 555-0111")), "NumberCorrected"),
            (marianne, "/absences", Typed.Fields(Typed.In(90, "Until")), "AbsenceSet"),
            (ghislaine, "/pause", Typed.Fields(("For", "week")), "CompanionPaused"),
            (marianne, $"{file}/terminer", Typed.Fields(("Why", "NotReached")), "RequestEnded"),
        ];
        foreach (var (who, at, said, happened) in forms)
        {
            var page = await who.GetAsync(at);
            var before = await EventsAsync(site, happened);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => who.PostAsync(page, said)));
            var later = await who.PostAsync(page, said);
            Assert.All(answers.Append(later), a => Assert.Equal(HttpStatusCode.OK, a.Status));
            Assert.NotEqual(page.Address.PathAndQuery, later.Address.PathAndQuery);
            Assert.Equal(later.Address.PathAndQuery, Assert.Single(answers.Select(a => a.Address.PathAndQuery).Distinct(StringComparer.Ordinal)));
            Assert.True(await EventsAsync(site, happened) == before + 1, $"{at}: {happened} {await EventsAsync(site, happened) - before} times");
        }
    }

    [Theory, OnBothDatabases]
    public async Task SaidOtherwise_WithTheSameKey_IsAnotherPost(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var page = await marianne.GetAsync($"/demandes/{id}/urgence");
        foreach (var reason in (string[])["Opération lundi", "Opération mardi", "Opération lundi"])
        {
            await marianne.PostAsync(page, Typed.Fields(("Reason", reason)));
            Assert.Equal(reason, await site.Rows(d => d.Set<Referral>().Where(r => r.Id == id).Select(r => r.UrgentReason).SingleAsync()));
        }
        Assert.Equal(3, await EventsAsync(site, "UrgencySet", id));
        Assert.Single(await site.Rows(d => d.Set<Receipt>().ToListAsync()));
    }

    /// <summary>Not sent twice, but too late: what the form was for is settled, and the page has it no longer.</summary>
    [Theory]
    [InlineData(Db.Sqlite, "fr", "Entre-temps, cette page a changé")]
    [InlineData(Db.PostgreSql, "en", "This page has changed in the meantime")]
    public async Task AFormThatIsGone_LeadsToThePageAsItIs_AndSaysSo(Db db, string language, string said)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie", language);
        using var nicolas = await site.EnterAsync("Nicolas Gervais", language);
        var (round, theirs) = (await marianne.GetAsync("/jumelages/tour?page=1"), await nicolas.GetAsync("/jumelages/tour"));
        var file = $"/demandes/{await site.WaitingAsync(Saules, NextStep.Answer)}";
        var reminder = await marianne.GetAsync($"{file}/relancer");
        await nicolas.PostAsync(theirs, Typed.Fields(("All", "oui")));
        await nicolas.SendAsync($"{file}/terminer", ("Why", "NotReached"));
        var gone = await marianne.PostAsync(round, Typed.Fields(("All", "oui")));
        Assert.Equal((HttpStatusCode.OK, round.H1), (gone.Status, gone.H1));
        Assert.Contains(said, gone.Text, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(gone.Document, language));
        Assert.DoesNotContain(said, (await marianne.GetAsync(round.Address.PathAndQuery)).Text, StringComparison.Ordinal);
        // where the request itself is over its file says so
        var over = await marianne.PostAsync(reminder, Typed.Fields(("Person", Guid.NewGuid().ToString())));
        Assert.Equal((HttpStatusCode.OK, file), (over.Status, over.Address.AbsolutePath));
        Assert.Contains(language == "fr" ? "Cette demande est terminée" : "This request has ended", over.Text, StringComparison.Ordinal);
    }

    /// <summary>No page is kept, so the browser asks for it anew: at the same address it is the same form. A link without a key is a new one.</summary>
    [Theory, OnBothDatabases]
    public async Task BackToWhatMakesSomething_IsTheSameForm_AndALinkANewOne(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var at = $"/demandes/{await site.WaitingAsync(Saules, NextStep.Reach)}/appel";
        var page = await marianne.GetAsync(at);
        var said = Typed.Fields(("Outcome", "NoAnswer"));
        var before = await EventsAsync(site, "ContactAttempted");
        var first = await marianne.PostAsync(page, said);
        Assert.Empty(first.Errors);
        Assert.NotEqual(page.Address.AbsolutePath, first.Address.AbsolutePath);
        var back = await marianne.PostAsync(await marianne.GetAsync(page.Address.PathAndQuery), said);
        Assert.Equal(first.Address.PathAndQuery, back.Address.PathAndQuery);
        Assert.Equal(before + 1, await EventsAsync(site, "ContactAttempted"));
        await marianne.PostAsync(await marianne.GetAsync(at), said);
        Assert.Equal(before + 2, await EventsAsync(site, "ContactAttempted"));
        Assert.Equal(HttpStatusCode.OK, (await marianne.GetAsync(at + "?cle=non")).Status);
    }

    /// <summary>Back after the first, and somebody else written into the form as the browser kept it: neither is lost behind the other, and none is there twice.</summary>
    [Theory, OnBothDatabases]
    public async Task WhatIsMade_IsMadeOncePerForm_AndAgainForSomebodyElse(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var olivier = await site.EnterAsync("Olivier Parent");
        var page = await marianne.GetAsync("/demander/nouvelle");
        var call = Typed.Fields(("Agreed", "oui"), ("OfAge", "oui"), ("GivenName", "Yvette"), ("Telephone", "514 555-0166"), ("Message", "non"));
        var yvette = await Task.WhenAll(marianne.PostAsync(page, call), marianne.PostAsync(page, call));
        (call["Input.GivenName"], call["Input.Telephone"]) = ("Odile", "514 555-0167");
        var odile = await Task.WhenAll(marianne.PostAsync(page, call), marianne.PostAsync(page, call));
        Assert.Equal(2, yvette.Concat(odile).Select(p => p.Address.AbsolutePath).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("Odile", odile[0].Text, StringComparison.Ordinal);
        var (clinics, facility) = await site.Rows(async d => (await d.Set<Domain.Programme.Clinic>().CountAsync(), await d.Set<Domain.Programme.Facility>().Select(f => f.Id).FirstAsync()));
        var clinic = await olivier.GetAsync($"/reseau/{facility}/clinique");
        // the first once more: it is there already
        foreach (var name in (string[])["Clinique A", "Clinique A", "Clinique B", "Clinique A"]) await olivier.PostAsync(clinic, Typed.Fields(("Name", name)));
        Assert.Equal(clinics + 2, await site.Rows(d => d.Set<Domain.Programme.Clinic>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AKeyOfAnotherPerson_OrOfAnotherAddress_OrNone_SwallowsNothing(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var nicolas = await site.EnterAsync("Nicolas Gervais");
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var other = await site.Rows(d => d.Set<Referral>().Where(r => r.Id != id && r.Next == NextStep.Match && !r.TelephoneOnly).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync());
        var said = Typed.Fields(("Reason", "Opération lundi"));
        var hers = await marianne.GetAsync($"/demandes/{id}/urgence");
        await marianne.PostAsync(hers, said);
        said["Key"] = hers.Document.QuerySelector("[name=Key]")!.GetAttribute("value")!;
        await nicolas.PostAsync(await nicolas.GetAsync($"/demandes/{id}/urgence"), said);
        Assert.Equal(2, await EventsAsync(site, "UrgencySet", id));
        await marianne.PostAsync(await marianne.GetAsync($"/demandes/{other}/urgence"), said);
        Assert.Equal(1, await EventsAsync(site, "UrgencySet", other));
        foreach (var none in (string[])["", "pas une clé"])
        {
            said["Key"] = none;
            await marianne.PostAsync(hers, said);
            await marianne.PostAsync(hers, said);
        }
        Assert.Equal(6, await EventsAsync(site, "UrgencySet", id));
    }

    /// <summary>The program died, or the other node has not yet said: nothing is done again, and the person is told so.</summary>
    [Theory, OnBothDatabases]
    public async Task WhereItLedIsNotKnown_ItIsSaidThatItWasReceived(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var page = await marianne.GetAsync($"/demandes/{id}/urgence");
        var said = Typed.Fields(("Reason", "Opération lundi"));
        await marianne.PostAsync(page, said);
        await site.Rows(d => d.Set<Receipt>().ExecuteUpdateAsync(s => s.SetProperty(r => r.LeadsTo, (string?)null)));
        var told = await marianne.PostAsync(page, said);
        Assert.Equal("C’était déjà reçu", told.H1);
        Assert.Equal(1, await EventsAsync(site, "UrgencySet", id));
    }

    /// <summary>What is refused, or shown once on the page itself, and what only looks something up.</summary>
    [Theory, OnBothDatabases]
    public async Task WhatEndsOnThePage_LeavesNoReceipt(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var link = await marianne.GetAsync($"/demandes/{id}/lien");
        var codes = new[] { await marianne.PostAsync(link, Typed.Fields(("How", "paper"))), await marianne.PostAsync(link, Typed.Fields(("How", "paper"))) };
        Assert.All(codes, c => Assert.NotNull(c.Document.QuerySelector(".cg-figure")));
        Assert.Single((await marianne.SendAsync($"/demandes/{id}/urgence", ("Reason", ""))).Errors);
        await marianne.SendAsync("/demandes/chercher", ("What", "Lavoie"));
        Assert.Empty(await site.Rows(d => d.Set<Receipt>().ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task TheAnswerWasLost_AndTheSessionEnded_ItIsStillOneEffect(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var page = await marianne.GetAsync($"/demandes/{id}/urgence");
        var said = Typed.Fields(("Reason", "Opération lundi"));
        var first = await marianne.PostAsync(page, said);
        foreach (var session in await site.Rows(d => d.Set<Session>().Select(r => r.Id).ToListAsync())) site.Services.GetRequiredService<SessionCache>().Forget(session);
        await site.Rows(d => d.Set<Session>().ExecuteUpdateAsync(r => r.SetProperty(e => e.EndedAt, DateTime.UtcNow)));
        Assert.Equal("/entrer", (await marianne.PostAsync(page, said)).Address.AbsolutePath);
        var people = await marianne.GetAsync("/demo");
        var button = people.Document.QuerySelectorAll("li").First(l => l.QuerySelector("strong")?.TextContent.Trim() == "Marianne Lavoie").QuerySelector("button")!;
        var restored = await marianne.PostAsync(people, new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = button.GetAttribute("value")! }, form: "form[action='/demo']");
        Assert.Equal(page.Address.PathAndQuery, restored.Address.PathAndQuery);
        Assert.Equal(first.Address.PathAndQuery, (await marianne.PostAsync(restored)).Address.PathAndQuery);
        Assert.Equal(1, await EventsAsync(site, "UrgencySet", id));
    }

    /// <summary>Ids of rows and of nobody: what a receipt holds is in no other table, but for the address it leads to, which carries none of whoever sent it.</summary>
    [Fact]
    public async Task AReceipt_NamesNobody()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var ghislaine = await site.EnterAsync("Ghislaine Roy");
        var page = await ghislaine.GetAsync("/pause");
        await ghislaine.PostAsync(page, Typed.Fields(("For", "week")));
        var receipt = Assert.Single(await site.Rows(d => d.Set<Receipt>().ToListAsync()));
        var known = await site.Rows(async d => (await d.Set<Person>().Select(p => p.Id).ToListAsync()).Concat(await d.Set<Session>().Select(s => s.Id).ToListAsync())
            .Concat(await d.Set<Domain.Programme.Membership>().Select(m => m.Id).ToListAsync()).Append(Guid.Parse(page.Document.QuerySelector("[name=Key]")!.GetAttribute("value")!)).ToList());
        Assert.DoesNotContain(receipt.Id, known);
        Assert.DoesNotContain(receipt.FormId, known);
        Assert.Equal("/accueil-pa?fait=pause", receipt.LeadsTo);
    }

    [Theory, OnBothDatabases]
    public async Task WhereReceiptsCannotBeAsked_TheErrorIsSaidInWords(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var page = await marianne.GetAsync($"/demandes/{await site.WaitingAsync(Saules, NextStep.Reach)}/urgence");
        await site.Rows(d => d.Database.ExecuteSqlAsync($"ALTER TABLE receipt RENAME TO gone"));
        var failed = await marianne.PostAsync(page, Typed.Fields(("Reason", "Opération lundi")));
        Assert.Equal((HttpStatusCode.InternalServerError, "Quelque chose n’a pas fonctionné de notre côté"), (failed.Status, failed.H1));
    }

    /// <summary>Two files under the same words are two posts.</summary>
    [Theory, OnBothDatabases]
    public async Task AFormThatBringsAFile_LeavesNoReceipt(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Reach);
        var page = await marianne.GetAsync($"/demandes/{id}/urgence");
        var fields = QueryHelpers.ParseQuery(await Visitor.BodyAsync(page, Typed.Fields(("Reason", "Opération lundi"))));
        for (var i = 0; i < 2; i++)
        {
            using var body = new MultipartFormDataContent();
            foreach (var (name, value) in fields) body.Add(new StringContent(value.ToString()), name);
            body.Add(new ByteArrayContent([(byte)i]), "Input.File", "lettre.pdf");
            using var answer = await marianne.Client.PostAsync(page.Address, body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(2, await EventsAsync(site, "UrgencySet", id));
        Assert.Empty(await site.Rows(d => d.Set<Receipt>().ToListAsync()));
    }

    private static Task<int> EventsAsync(Site site, string type, Guid? about = null) => site.Rows(db => db.Set<AuditRow>().CountAsync(a => a.Type == type && (about == null || a.SubjectId == about)));
}
