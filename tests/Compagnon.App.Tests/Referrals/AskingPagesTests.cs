using System.Net;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Referrals;

/// <summary>Asking for a companion over HTTP, as a browser without script does it.</summary>
public sealed class AskingPagesTests
{
    [Theory, OnBothDatabases]
    public async Task Asking_FromTheFirstPageToTheSpace_KeepsWhatWasTyped_AndResumes(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var me = site.Visitor();
        var page = await BeginAsync(me);
        Assert.EndsWith("/telephone", page.Address.AbsolutePath, StringComparison.Ordinal);
        var leftOpen = page;

        page = await me.PostAsync(page, Fields(("Telephone", "514 555-01"), ("Message", "non")));
        Assert.StartsWith("Erreur", page.Title, StringComparison.Ordinal);
        Assert.Single(page.Errors);
        Assert.Equal("514 555-01", page.Document.QuerySelector("[name='Input.Telephone']")!.GetAttribute("value"));
        Assert.NotNull(page.Document.QuerySelector("[name='Input.Message'][value=non][checked]"));

        page = await me.PostAsync(page, Fields(("Telephone", "514 555-0123"), ("Message", "oui")));
        Assert.EndsWith("/courriel", (await me.GetAsync((await me.GetAsync("/demander")).Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!)).Address.AbsolutePath, StringComparison.Ordinal);
        page = await me.PostAsync(page);
        Assert.Equal("Est-ce que quelqu’un vous aide à remplir cette demande\u00a0?", page.H1);
        Assert.Contains("restent les vôtres", page.Text, StringComparison.Ordinal);
        page = await me.PostAsync(page, Fields(("Helper", nameof(HelpedBy.Relative))));
        page = await me.PostAsync(page, Fields(("Place", "inconnu"), ("Where", "La clinique du Dr Roy")));
        page = await me.PostAsync(page, Fields(("Yes", "oui")));
        page = await me.PostAsync(page, Fields(("Yes", "non")));
        if (page.Address.AbsolutePath.EndsWith("accord-numero", StringComparison.Ordinal)) page = await me.PostAsync(page, Fields(("Yes", "non")));
        page = await me.PostAsync(page, Fields(("Certainty", "NotKnownYet")));
        while (!page.Address.AbsolutePath.EndsWith("/verifier", StringComparison.Ordinal))
        {
            var before = page.Address;
            page = await me.PostAsync(page, page.Address.AbsolutePath.Split('/')[3] switch
            {
                "ce-qui-compte" => Fields(("Preference", "rien")), "langues" => Fields(("Codes", "fr")), "plus-tard" => Fields(("Wait", "non")), _ => null,
            });
            Assert.True(page.Address != before, $"{page.Address}: {page.Text}");
        }
        Assert.Contains("514 555-0123", page.Text, StringComparison.Ordinal);
        page = await me.PostAsync(page);
        Assert.Equal(("/mon-espace", HttpStatusCode.OK), (page.Address.AbsolutePath, page.Status));
        var referral = await site.Rows(d => d.Set<Referral>().AsNoTracking().OrderByDescending(r => r.ReceivedAt).FirstAsync(r => r.Source == ReferralSource.Self && r.Intake.WhereTreated == "La clinique du Dr Roy"));
        Assert.Equal(NextStep.Match, referral.Next);
        Assert.True(referral.Intake is { Helper: HelpedBy.Relative, OnBehalf: false });
        // the consents are the person's own; the coordinator reads who helped
        Assert.All(await site.Rows(d => d.Set<Domain.Privacy.Consent>().Where(c => c.ReferralId == referral.Id).ToListAsync()), c => Assert.Equal((false, referral.PatientId), (c.OnBehalf, c.TakenBy)));
        var role = Domain.Programme.Role.Coordinator;
        var coordinator = await site.Rows(d => d.Set<Domain.Programme.Membership>().Where(m => m.Role == role && m.FacilityId == referral.FacilityId).Select(m => new { m.Id, m.PersonId }).FirstAsync());
        using var reader = site.Visitor();
        await reader.PostAsync(await reader.GetAsync("/demo"), new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = $"{coordinator.PersonId}/m/{coordinator.Id}" }, form: "form[action='/demo']");
        Assert.Contains("Avec l’aide d’un proche", (await reader.GetAsync($"/demandes/{referral.Id}")).Text, StringComparison.Ordinal);

        // the day that was said passes: they are told, and whom to call
        Assert.Contains("au plus tard", (await me.GetAsync("/mon-espace")).Text, StringComparison.Ordinal);
        await site.Rows(d => d.Set<Referral>().Where(r => r.Id == referral.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.NextDueAt, DateTime.UtcNow.AddDays(-1))));
        page = await me.GetAsync("/mon-espace");
        Assert.DoesNotContain("au plus tard", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nous sommes en retard", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main p a[href^='tel:']"));

        Assert.NotNull(page.Document.QuerySelector(".cg-stop a[href='/arreter']"));
        Assert.Contains($"{site.Root.Authority}/demander", (await me.GetAsync($"/demander/{referral.Id}/continuer-plus-tard")).Text, StringComparison.Ordinal);

        page = await me.PostAsync(await me.GetAsync("/arreter"));
        Assert.Null(page.Document.QuerySelector("a[href='/arreter']"));
        Assert.Equal("/mon-espace", page.Address.AbsolutePath);
        // in another tab a question was still open
        page = await me.PostAsync(leftOpen, Fields(("Telephone", "514 555-0124"), ("Message", "oui")));
        Assert.Equal(("/mon-espace", HttpStatusCode.OK), (page.Address.AbsolutePath, page.Status));
        var stopped = await site.Rows(d => d.Set<Referral>().AsNoTracking().FirstAsync(r => r.Id == referral.Id));
        Assert.Equal((NextStep.Ended, Closing.StoppedByPatient), (stopped.Next, stopped.Closing));
        // another one may begin, on the same device
        var again = (await me.GetAsync("/mon-espace")).Document.QuerySelector("main a[href='/demander']")!.GetAttribute("href")!;
        Assert.NotNull((await me.GetAsync(again)).Document.QuerySelector("main a[href='/demander/age']"));
        page = await BeginAsync(me);
        Assert.EndsWith("/telephone", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.DoesNotContain(referral.Id.ToString(), page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.NotNull((await me.GetAsync("/demander")).Document.QuerySelector($"main a[href='/demander/{page.Address.AbsolutePath.Split('/')[2]}']"));
    }

    [Theory, OnBothDatabases]
    public async Task TheHospitalOneChooses_StandsOnTheNextPage_WithItsNumber(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var me = site.Visitor();
        var place = await me.GetAsync((await BeginAsync(me)).Address.AbsolutePath.Replace("/telephone", "/lieu", StringComparison.Ordinal));
        foreach (var id in place.Document.QuerySelectorAll("[name='Input.Place']").Select(r => r.GetAttribute("value")!).Where(v => Guid.TryParse(v, out _)).Take(2))
        {
            var chosen = await site.Rows(d => d.Set<Domain.Programme.Facility>().SingleAsync(f => f.Id == Guid.Parse(id)));
            var next = await me.PostAsync(await me.GetAsync(place.Address.AbsolutePath), Fields(("Place", id)));
            Assert.Contains(chosen.Name, next.Document.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
            Assert.NotNull(next.Document.QuerySelector($"main a[href='tel:+1{chosen.Telephone}'], .cg-stop a[href$='{chosen.Telephone}']"));
        }
    }

    [Theory, OnBothDatabases]
    public async Task TwoWindows_TheSecondIsTold_AndLosesNothing(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var me = site.Visitor("en");
        var first = await BeginAsync(me);
        var second = await me.GetAsync(first.Address.PathAndQuery);
        await me.PostAsync(first, Fields(("Telephone", "514 555-0123"), ("Message", "oui")));
        var told = await me.PostAsync(second, Fields(("Telephone", "514 555-0177"), ("Message", "oui")));
        Assert.StartsWith("Error", told.Title, StringComparison.Ordinal);
        Assert.Contains("In another window", told.Errors.Single(), StringComparison.Ordinal);
        Assert.Equal("514 555-0177", told.Document.QuerySelector("[name='Input.Telephone']")!.GetAttribute("value"));
        Assert.EndsWith("/courriel", (await me.PostAsync(told)).Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task SomebodyElsesAddress_IsNotThere_AndTheYoungAreToldWhomToCall(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var me = site.Visitor();
        using var other = site.Visitor();
        var mine = await BeginAsync(me);
        await BeginAsync(other);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(mine.Address.AbsolutePath)).Status);
        using var young = site.Visitor();
        var told = await young.PostAsync(await young.GetAsync("/demander/age"), Fields(("OfAge", "non")));
        Assert.Equal("/demander/plus-jeune", told.Address.AbsolutePath);
        Assert.NotNull(told.Document.QuerySelector("main a[href^='tel:']"));
    }

    /// <summary>Back from the second question, to correct the name: neither a second draft nor a name that is not taken in.</summary>
    [Theory, OnBothDatabases]
    public async Task BackToTheName_OneIsLedToWhereItIsCorrected(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var me = site.Visitor();
        var before = await site.Rows(d => d.Set<Referral>().CountAsync());
        var name = await me.PostAsync(await me.GetAsync("/demander/age"), Fields(("OfAge", "oui")));
        var next = await me.PostAsync(name, Fields(("GivenName", "Nadai")));
        foreach (var back in new[] { await me.GetAsync(name.Address.PathAndQuery), await me.PostAsync(name, Fields(("GivenName", "Nadia"))) })
        {
            Assert.True(back.Address.AbsolutePath.EndsWith("/prenom", StringComparison.Ordinal), $"{back.Status} {back.Address} {back.Text}");
            Assert.Equal("Nadai", back.Document.QuerySelector("[name='Input.GivenName']")!.GetAttribute("value"));
        }
        Assert.Equal(next.Address, (await me.PostAsync(await me.GetAsync(name.Address.PathAndQuery), Fields(("GivenName", "Nadia")))).Address);
        Assert.Equal(before + 1, await site.Rows(d => d.Set<Referral>().CountAsync()));
        // somebody else who has the address begins for themselves
        using var other = site.Visitor();
        Assert.Equal(name.Address, (await other.GetAsync(name.Address.PathAndQuery)).Address);
    }

    [Theory, OnBothDatabases]
    public async Task OnTheTelephone_TheCoordinatorAnswersForThem_InTheThirdPerson(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var page = await marianne.PostAsync(await marianne.GetAsync("/demander/nouvelle"), Fields(("GivenName", "Yvette")));
        Assert.Equal(4, page.Errors.Count);
        Assert.Equal("Yvette", page.Document.QuerySelector("[name='Input.GivenName']")!.GetAttribute("value"));
        page = await marianne.PostAsync(page, Fields(("Agreed", "oui"), ("OfAge", "oui"), ("Telephone", "514 555-0166"), ("Message", "non")));
        Assert.Contains("Yvette", page.Text, StringComparison.Ordinal);
        Assert.Contains("la personne", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("a[href='/arreter']"));
    }

    [Theory, OnBothDatabases]
    public async Task WhoAsksByTelephoneASecondTime_IsNoticed_AndTheCoordinatorDecides(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        (string, string)[] yvette = [("Agreed", "oui"), ("OfAge", "oui"), ("GivenName", "Yvette"), ("Telephone", "514 555-0166"), ("Message", "non")];
        var first = (await marianne.SendAsync("/demander/nouvelle", yvette)).Address.Segments[2].TrimEnd('/');
        var warned = await marianne.SendAsync("/demander/nouvelle", yvette);
        Assert.Single(warned.Errors);
        Assert.NotNull(warned.Document.QuerySelector($"main a[href='/demandes/{first}']"));
        Assert.Equal("Yvette", warned.Document.QuerySelector("[name='Input.GivenName']")!.GetAttribute("value"));
        Assert.StartsWith("/demander/", (await marianne.PostAsync(warned, Fields(("TwinSeen", "oui")))).Address.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>A man with prostate cancer isn't asked first about a mastectomy; whoever ticked one keeps it in sight, and nothing can't be answered.</summary>
    [Theory]
    [InlineData(Db.Sqlite, "fr", "Un autre traitement")]
    [InlineData(Db.PostgreSql, "en", "Another treatment")]
    public async Task Treatments_TheUsualOnesFirst_TheOthersWithinReach_WhatIsTickedInSight(Db db, string language, string more)
    {
        await using var site = await Site.OnAsync(db);
        using var me = site.Visitor(language);
        var at = (await BeginAsync(me)).Address.AbsolutePath.Replace("/telephone", "", StringComparison.Ordinal);
        async Task<(string[] First, string[] Others)> ShownAsync()
        {
            var page = await me.GetAsync($"{at}/soins");
            var boxes = page.Document.QuerySelectorAll("[name='Input.Treatments']");
            Assert.Equal(boxes.Length, boxes.Select(b => b.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.All(boxes, b => Assert.NotNull(b.Closest("fieldset")));
            Assert.Equal(Enum.GetNames<Treatment>().Order(StringComparer.Ordinal), boxes.Select(b => b.GetAttribute("value")!).Order(StringComparer.Ordinal));
            foreach (var line in page.Document.QuerySelectorAll("main form details summary")) Assert.Equal(more, line.TextContent.Trim());
            var behind = boxes.ToLookup(b => b.Closest("details") is not null, b => b.GetAttribute("value")!);
            return ([.. behind[false]], [.. behind[true]]);
        }
        Task<Page> HasAsync(string certainty, string cancer) => me.SendAsync($"{at}/situation", ("Certainty", certainty), ("Site", cancer));
        async Task<IReadOnlyList<Treatment>> StoredAsync() => [.. (await site.Rows(d => d.Set<Referral>().AsNoTracking().SingleAsync(r => r.Id == Guid.Parse(at.Substring(at.LastIndexOf('/') + 1))))).Situation.Treatments.Select(t => t.Treatment)];

        await HasAsync("NotKnownYet", "");
        Assert.Empty((await ShownAsync()).Others);
        await HasAsync("Confirmed", "Prostate");
        var (first, others) = await ShownAsync();
        Assert.Equal(UsualTreatments.Of(CancerSite.Prostate).Select(t => t.ToString()), first);
        Assert.Contains("Mastectomy", others);

        // what stands behind can be ticked, and is kept
        await me.PostAsync(await me.GetAsync($"{at}/soins"), lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Treatments"] = ["Mastectomy", "Chemotherapy"] });
        Assert.Equal([Treatment.Mastectomy, Treatment.Chemotherapy], await StoredAsync());
        Assert.Contains("Mastectomy", (await ShownAsync()).First);

        // another cancer: what was ticked stays ticked and in sight, and going on without a change takes nothing away
        await HasAsync("Confirmed", "Lung");
        var page = await me.GetAsync($"{at}/soins");
        Assert.All(["Mastectomy", "Chemotherapy"], t => Assert.Null(page.Document.QuerySelector($"[name='Input.Treatments'][value={t}][checked]")!.Closest("details")));
        await me.PostAsync(page);
        Assert.Equal([Treatment.Mastectomy, Treatment.Chemotherapy], await StoredAsync());
        // the last tick can be taken away
        await me.PostAsync(await me.GetAsync($"{at}/soins"), lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Treatments"] = [] });
        Assert.Empty(await StoredAsync());
    }

    /// <summary>The coordinator on the telephone reads the same page in other words.</summary>
    [Fact]
    public async Task Treatments_OnBehalf_AreAskedInTheSameWay()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var begun = await marianne.SendAsync("/demander/nouvelle", ("Agreed", "oui"), ("OfAge", "oui"), ("GivenName", "Yvon"), ("Telephone", "514 555-0167"), ("Message", "non"));
        var at = $"/demander/{begun.Address.Segments[2].TrimEnd('/')}";
        await marianne.SendAsync($"{at}/situation", ("Certainty", "Confirmed"), ("Site", "Colorectal"));
        var page = await marianne.GetAsync($"{at}/soins");
        Assert.NotNull(page.Document.QuerySelector("details [value=Prostatectomy]"));
        Assert.Null(page.Document.QuerySelector("[value=Colectomy]")!.Closest("details"));
    }

    [Fact]
    public async Task ByTelephone_ErrorsSayWhatIsWrong_AndWhereTheYoungerFindHelp()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        async Task<string> SaidAsync(string telephone) =>
            Assert.Single((await marianne.SendAsync("/demander/nouvelle", ("Agreed", "oui"), ("OfAge", "oui"), ("GivenName", "Yvette"), ("Message", "non"), ("Telephone", telephone))).Errors);
        Assert.Contains("comme 514", await SaidAsync("514 555"), StringComparison.Ordinal);
        Assert.Contains("par 0 ou 1", await SaidAsync("0000000000"), StringComparison.Ordinal);
        Assert.Contains("sans le poste", await SaidAsync("514 555-0166 poste 22"), StringComparison.Ordinal);
        var young = await marianne.SendAsync("/demander/nouvelle", ("OfAge", "non"));
        Assert.NotNull(young.Document.QuerySelector("main a[href='/demander/plus-jeune']"));
    }

    private static async Task<Page> BeginAsync(Visitor visitor)
    {
        var age = await visitor.GetAsync("/demander/age");
        var name = await visitor.PostAsync(age, Fields(("OfAge", "oui")));
        return await visitor.PostAsync(name, Fields(("GivenName", "Nadia")));
    }

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(f => "Input." + f.Name, f => f.Value, StringComparer.Ordinal);
}
