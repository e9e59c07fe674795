using System.Net;
using System.Text.RegularExpressions;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Public;

/// <summary>The clinic's journey and the public pages over HTTP, as a browser without script.</summary>
public sealed partial class ClinicPagesTests
{
    private static readonly Dictionary<string, string> Right = new(StringComparer.Ordinal)
    {
        ["Input.GivenName"] = "Maude", ["Input.Telephone"] = "514 555-0166", ["Input.Message"] = "oui", ["Input.Site"] = "Breast", ["Input.Moment"] = "InTreatment", ["Input.Agreed"] = "oui",
    };

    [Theory]
    [InlineData("fr", "Erreur\u00a0: Orienter une personne – Compagnon", "Cochez cette case si la personne est d’accord. Sinon, attendez son accord")]
    [InlineData("en", "Error: Refer someone – Compagnon", "Tick this box if the person agrees. Otherwise, wait for their agreement")]
    public async Task ARefusedForm_KeepsWhatWasTyped_InTheReadersLanguage(string language, string title, string agree)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await site.EnterAsync("Sophie Tremblay", language);
        var form = await sophie.GetAsync("/orienter");
        var page = await sophie.PostAsync(form, new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.GivenName"] = "Nadia", ["Input.Telephone"] = "514 555-01", ["Input.Note"] = "Préfère <le> soir" },
            new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Treatments"] = ["Chemotherapy"] });
        Assert.Equal(title, page.Title);
        Assert.Equal(5, page.Errors.Count);
        Assert.Equal(agree, page.Errors[^1]);
        Assert.Equal("514 555-01", page.Document.QuerySelector("[name='Input.Telephone']")!.GetAttribute("value"));
        Assert.Equal("Préfère <le> soir", page.Document.QuerySelector("[name='Input.Note']")!.TextContent.Trim());
        Assert.Single(page.Document.QuerySelectorAll("[name='Input.Treatments'][checked]"));
        Assert.Empty(OneLanguage.Foreign(page.Document, language));
    }

    [Theory, OnBothDatabases]
    public async Task SentTwice_IsOneReferral_ConfirmedWithItsDateAndFileNumber_AndFollowed(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var before = await site.Rows(rows => rows.Set<Referral>().CountAsync());
        var sophie = await site.EnterAsync("Sophie Tremblay");
        var form = await sophie.GetAsync("/orienter");
        var both = await Task.WhenAll(sophie.PostAsync(form, Right), sophie.PostAsync(form, Right));
        Assert.All(both, p => Assert.Equal("La demande est reçue", p.H1));
        Assert.Equal(both[0].Address, both[1].Address);
        Assert.Equal(before + 1, await site.Rows(rows => rows.Set<Referral>().CountAsync()));
        var id = Guid.Parse(both[0].Address.Segments[2].TrimEnd('/'));
        Assert.Contains(await site.Rows(rows => rows.Set<Referral>().Where(r => r.Id == id).Select(r => r.FileNumber).SingleAsync()), both[0].Text, StringComparison.Ordinal);
        Assert.Matches(" appelle d’ici (lundi|mardi|mercredi|jeudi|vendredi) ", both[0].Text);
        // going back finds the confirmation, not an empty form under a used key
        Assert.Equal("La demande est reçue", (await sophie.GetAsync($"/orienter/{id}")).H1);
        var file = await sophie.GetAsync($"/mes-demandes/{id}");
        Assert.Equal("Maude", file.H1);
        Assert.Contains("514 555-0166", file.Text, StringComparison.Ordinal);
    }

    /// <summary>Of why a request ended the clinic hears one thing, which it alone can mend: nobody could be reached.</summary>
    [Theory]
    [InlineData(Db.Sqlite, "fr", "Nous n’avons pas pu la joindre", "sans avoir pu la joindre")]
    [InlineData(Db.PostgreSql, "en", "We could not reach them", "without having reached them")]
    public async Task ARequestThatEnded_SaysThatNobodyCouldBeReached_AndNoOtherReason(Db db, string language, string said, string listed)
    {
        await using var site = await Site.OnAsync(db);
        using var sophie = await site.EnterAsync("Sophie Tremblay", language);
        using var marianne = await site.EnterAsync("Marianne Lavoie", language);
        foreach (var (why, isSaid) in new[] { ("NotReached", true), ("Declined", false) })
        {
            var sent = await sophie.PostAsync(await sophie.GetAsync("/orienter"), new Dictionary<string, string>(Right, StringComparer.Ordinal) { ["Input.Telephone"] = isSaid ? "514 555-0166" : "514 555-0167" });
            var id = sent.Address.Segments[2].TrimEnd('/');
            await marianne.SendAsync($"/demandes/{id}/terminer", ("Why", why));
            var file = await sophie.GetAsync($"/mes-demandes/{id}");
            Assert.Contains(language == "fr" ? "Demande terminée" : "Request ended", file.Text, StringComparison.Ordinal);
            Assert.Equal(isSaid, file.Text.Contains(said, StringComparison.Ordinal));
            Assert.Equal(isSaid, (await sophie.GetAsync("/mes-demandes?etape=Ended")).Document.QuerySelector($"a[href='/mes-demandes/{id}']")!.Closest("tr")!.TextContent.Contains(listed, StringComparison.Ordinal));
            Assert.Empty(OneLanguage.Foreign(file.Document, language));
        }
    }

    [Fact]
    public async Task NotKnownYet_InAnotherLanguage_IsKeptAsSaid()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await site.EnterAsync("Sophie Tremblay");
        var form = await sophie.GetAsync("/orienter");
        var fields = new Dictionary<string, string>(Right, StringComparer.Ordinal) { ["Input.Site"] = "none", ["Input.Language"] = "other", ["Input.OtherLanguage"] = "es" };
        fields.Remove("Input.Moment");
        var done = await sophie.PostAsync(form, fields);
        var id = Guid.Parse(done.Address.Segments[2].TrimEnd('/'));
        var said = await site.Rows(rows => rows.Set<Referral>().Where(r => r.Id == id).Select(r => r.Situation).SingleAsync());
        Assert.Equal((null, Domain.Programme.Certainty.NotKnownYet, Domain.Programme.Moment.AwaitingDiagnosis), (said.Site, said.Certainty, said.Moment));
        Assert.Equal(["es"], said.Languages);
        Assert.Contains("Quelle autre langue", (await sophie.PostAsync(await sophie.GetAsync("/orienter"), new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["Input.OtherLanguage"] = "" })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANumberIsCorrected_AndAReferralWithdrawn_OnTheClinicsPages()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await site.EnterAsync("Sophie Tremblay");
        var done = await sophie.PostAsync(await sophie.GetAsync("/orienter"), Right);
        var id = done.Address.Segments[2].TrimEnd('/');
        var wrong = await sophie.PostAsync(await sophie.GetAsync($"/mes-demandes/{id}/numero"), new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.Telephone"] = "12" });
        Assert.Single(wrong.Errors);
        var right = await sophie.PostAsync(wrong, new Dictionary<string, string>(StringComparer.Ordinal) { ["Input.Telephone"] = "514 555-0167" });
        Assert.Contains("Le numéro a été corrigé", right.Text, StringComparison.Ordinal);
        Assert.Contains("514 555-0167", right.Text, StringComparison.Ordinal);
        var ended = await sophie.PostAsync(await sophie.GetAsync($"/mes-demandes/{id}/retirer"));
        Assert.Contains("Personne n’appellera", ended.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await sophie.GetAsync($"/mes-demandes/{id}/numero")).Status);
        var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.Contains("La clinique a retiré la demande de Maude", (await marianne.GetAsync("/journee")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "assurance maladie", "La note contient peut-être une dose et un résultat d’examen", "La note est modifiée")]
    [InlineData("en", "health insurance number", "The note may contain a dose and a test result", "The note has been changed")]
    public async Task ANote_WithAHealthNumberIsRefused_WithClinicalDataIsNoticed_AndCanBeChanged(string language, string refused, string noticed, string changed)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await site.EnterAsync("Sophie Tremblay", language);
        Dictionary<string, string> With(string note) => new(Right, StringComparer.Ordinal) { ["Input.Note"] = note };
        var form = await sophie.GetAsync("/orienter");
        Assert.Contains(refused, form.Document.GetElementById("Input-Note-aide")!.TextContent, StringComparison.Ordinal);
        var page = await sophie.PostAsync(form, With("Préfère le soir. TREM 5461 1234"));
        Assert.Contains(refused, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Equal("Préfère le soir. TREM 5461 1234", page.Document.QuerySelector("[name='Input.Note']")!.TextContent.Trim());
        Assert.Equal("Maude", page.Document.QuerySelector("[name='Input.GivenName']")!.GetAttribute("value"));
        Assert.NotNull(page.Document.QuerySelector("[name='Input.Agreed'][checked]"));

        var sent = await sophie.PostAsync(page, With("Taxol 80 mg, Hb 98. Préfère le soir."));
        Assert.EndsWith("/recue", sent.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(noticed, sent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Taxol", sent.Text, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(sent.Document, language));
        var note = await sophie.GetAsync(sent.Document.QuerySelector("main a[href$='/note']")!.GetAttribute("href")!);
        Assert.Equal("Taxol 80 mg, Hb 98. Préfère le soir.", note.Document.QuerySelector("[name='Input.Note']")!.TextContent.Trim());
        Assert.Single((await sophie.PostAsync(note, With("TREM54611234"))).Errors);
        var file = await sophie.PostAsync(note, With("Préfère le soir."));
        Assert.Contains(changed, file.Text, StringComparison.Ordinal);
        Assert.Contains("Préfère le soir.", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Taxol", (await sophie.GetAsync(file.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(noticed, (await sophie.GetAsync(sent.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var read = (await marianne.GetAsync($"/demandes/{sent.Address.Segments[2].TrimEnd('/')}")).Text;
        Assert.Contains("Préfère le soir.", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Taxol", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherClinicsReferral_IsNotFound()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var sophie = await site.EnterAsync("Sophie Tremblay");
        var mine = await site.Rows(rows => rows.Set<Referral>().Where(r => r.ClinicId != null).Select(r => new { r.Id, r.ClinicId }).ToListAsync());
        var clinic = Guid.Parse((await sophie.PostAsync(await sophie.GetAsync("/orienter"), Right)).Address.Segments[2].TrimEnd('/'));
        var clinicId = await site.Rows(rows => rows.Set<Referral>().Where(r => r.Id == clinic).Select(r => r.ClinicId).SingleAsync());
        var other = mine.Find(r => r.ClinicId != clinicId)!;
        foreach (var path in (string[])[$"/mes-demandes/{other.Id}", $"/mes-demandes/{other.Id}/numero", $"/mes-demandes/{other.Id}/note", $"/mes-demandes/{other.Id}/retirer", $"/orienter/{other.Id}/recue"])
            Assert.Equal(HttpStatusCode.NotFound, (await sophie.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task PublicPages_AreOpenToEverybody_LeadSomewhere_AndSpeakOneLanguage(string language)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = site.Visitor(language);
        foreach (var path in (string[])["/", "/proche", "/devenir", "/qui-nous-sommes", "/vie-privee", "/accessibilite", "/depliant"])
        {
            var page = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Single(page.Document.QuerySelectorAll("h1"));
            Assert.Empty(OneLanguage.Foreign(page.Document, language));
            Assert.Contains("911", page.Document.Body!.TextContent, StringComparison.Ordinal);
            foreach (var link in page.Document.QuerySelectorAll("main a[href^='/']").Select(a => a.GetAttribute("href")!))
                Assert.True((await visitor.GetAsync(link)).Status is HttpStatusCode.OK, $"{path} leads to {link}");
        }
    }

    [Theory]
    [InlineData("fr", "Parler à quelqu’un qui est passé par là")]
    [InlineData("en", "Talk to someone who has been there")]
    public async Task TheLeaflet_IsInTheLanguageAskedFor_NotTheReaders_WithACodeAsADrawing(string language, string title)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var visitor = site.Visitor(language == "fr" ? "en" : "fr");
        var page = await visitor.GetAsync($"/depliant?langue={language}");
        Assert.Equal(title, page.H1);
        Assert.StartsWith(language, page.Document.DocumentElement.GetAttribute("lang"), StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(page.Document, language));
        Assert.True(Path().Match(page.Document.QuerySelector("svg.cg-qr path:last-of-type")!.GetAttribute("d")!).Success);
        Assert.DoesNotContain("data:", page.Source, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(M\d+ \d+h\d+v1H\d+z){50,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();
}
