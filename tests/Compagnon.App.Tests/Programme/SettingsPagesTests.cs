using Compagnon.App.Tests.Web;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Programme;

/// <summary>What a coordinator sets is what others then read, in both languages.</summary>
public sealed class SettingsPagesTests
{
    [Theory, OnBothDatabases]
    public async Task TheWordsOfTheProgramme_AreOnEveryPage_InBothLanguages(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.Equal("Personnes accompagnatrices", (await marianne.GetAsync("/personnes-accompagnatrices")).H1);
        // however large it is, a whole number is out of range, and not "not whole"
        Assert.Contains("Entrez un nombre de 14 à 99", (await marianne.SendAsync("/reglages/personnes", ("MinimumAge", "99999999999"))).Errors);
        Assert.Contains("Entrez un nombre entier", (await marianne.SendAsync("/reglages/personnes", ("MinimumAge", "18,5"))).Errors);
        var done = await marianne.SendAsync("/reglages/personnes", ("Words", "pair"), ("Coordinator", "responsable"));
        Assert.Contains("Les réglages sont enregistrés", done.Text, StringComparison.Ordinal);
        var roster = await marianne.GetAsync("/personnes-accompagnatrices");
        Assert.Equal("Pairs accompagnateurs", roster.H1);
        Assert.DoesNotContain("ersonnes accompagnatrices", roster.Source, StringComparison.Ordinal);
        // the choices themselves stay as they are
        Assert.Contains("Personne accompagnatrice", (await marianne.GetAsync("/reglages/personnes")).Text, StringComparison.Ordinal);
        using var english = await site.EnterAsync("Nicolas Gervais", "en");
        Assert.Equal("Accompanying peers", (await english.GetAsync("/personnes-accompagnatrices")).H1);
        using var patient = await site.EnterAsync(await AnyPatientAsync(site));
        Assert.Contains("responsable du programme", (await patient.GetAsync("/mon-espace/acces")).Text, StringComparison.Ordinal);
        // another facility keeps its own
        using var lucie = await site.EnterAsync("Lucie Tanguay");
        Assert.Equal("Personnes accompagnatrices", (await lucie.GetAsync("/personnes-accompagnatrices")).H1);
    }

    [Theory, OnBothDatabases]
    public async Task TheCrisisProtocol_IsOnThePagesThatNeedIt_AndNowhereElse(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var half = await marianne.SendAsync("/reglages/crise", ("Lines[0].Number", "12"), ("Lines[0].Fr", "Jour et nuit"), ("CrisisFr", "Appelez Paul."));
        Assert.Equal(3, half.Errors.Count);
        Assert.Equal("Jour et nuit", half.Document.QuerySelector("[name='Input.Lines[0].Fr']")!.GetAttribute("value"));
        var done = await marianne.PostAsync(half, Typed.Fields(("Lines[0].Number", "1-866-277-3553"), ("Lines[0].En", "Day and night"), ("CrisisEn", "Call Paul.")));
        Assert.Contains("1-866-277-3553", done.Text, StringComparison.Ordinal);
        Assert.Contains("Appelez Paul.", (await marianne.GetAsync("/aide")).Text, StringComparison.Ordinal);
        using var companion = await site.EnterAsync(await AnyCompanionAsync(site), "en");
        var home = await companion.GetAsync("/accueil-pa");
        Assert.Equal("tel:18662773553", home.Document.QuerySelector(".cg-crisis__number")!.GetAttribute("href"));
        Assert.Equal("Day and night", home.Document.QuerySelector(".cg-crisis__text")!.TextContent);
        Assert.Contains("Call Paul.", (await companion.GetAsync("/aide")).Text, StringComparison.Ordinal);
        using var patient = await site.EnterAsync(await AnyPatientAsync(site));
        var help = await patient.GetAsync("/aide");
        Assert.Contains("1-866-277-3553", help.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Appelez Paul.", help.Document.Body!.TextContent, StringComparison.Ordinal);
        using var lucie = await site.EnterAsync("Lucie Tanguay");
        Assert.DoesNotContain("Appelez Paul.", (await lucie.GetAsync("/aide")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Targets_AreRefusedWhereTheyCannotBe_AndWhoSavesSecondIsTold(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var nicolas = await site.EnterAsync("Nicolas Gervais");
        var seen = await nicolas.GetAsync("/reglages/delais");
        var wrong = await marianne.SendAsync("/reglages/delais", ("AnswerHours", "beaucoup"), ("MatchWorkingDays", "0"), ("DaysOff", "le 3 mars"));
        Assert.Equal(3, wrong.Errors.Count);
        Assert.Equal("beaucoup", wrong.Document.QuerySelector("[name='Input.AnswerHours']")!.GetAttribute("value"));
        Assert.Contains("24 heures", (await marianne.PostAsync(wrong, Typed.Fields(("AnswerHours", "24"), ("MatchWorkingDays", "4"), ("DaysOff", "2027-03-08")))).Text, StringComparison.Ordinal);
        Assert.Equal(["2027-03-08"], await site.Rows(async rows => (await rows.Set<ProgrammeSettings>().ToListAsync()).Single(x => x.Targets.AnswerHours == 24).Targets.ExtraDaysOff));
        var late = await nicolas.PostAsync(seen, Typed.Fields(("AnswerHours", "36")));
        Assert.Single(late.Errors);
        Assert.Contains("24 heures", late.Text, StringComparison.Ordinal);
        Assert.Contains("36 heures", (await nicolas.PostAsync(late)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WeightsOfNothing_AndAStandInWhoIsAway_AreRefused()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var none = await marianne.SendAsync("/reglages/jumelage", [.. new[] { "Cancer", "Concern", "Age", "Treatment", "Life", "Culture", "Gender", "Availability" }.Select(n => (n, "0"))]);
        Assert.Equal("Un critère au moins doit compter", Assert.Single(none.Errors));
        Assert.Contains("Les réglages sont enregistrés", (await marianne.PostAsync(none, Typed.Fields(("Age", "40")))).Text, StringComparison.Ordinal);
        var away = await marianne.GetAsync("/absences");
        var me = away.Document.QuerySelector("[name='Input.Who_'] option[selected]")!.GetAttribute("value")!;
        var self = await marianne.PostAsync(away, Typed.Fields([("StandIn", me), .. Typed.In(90, "Until")]));
        Assert.Equal("Choisissez quelqu’un d’autre pour remplacer", Assert.Single(self.Errors));
        Assert.Equal("Choisissez un jour d’ici un an", Assert.Single((await marianne.PostAsync(away, Typed.Fields(("Until.Day", "1"), ("Until.Month", "1"), ("Until.Year", "2999")))).Errors));
    }

    [Theory, OnBothDatabases]
    public async Task ALeave_IsNotedOnlyWhenThereIsOne_ReachesSomebody_AndIsSaidToWhoIsAway(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        using var nicolas = await site.EnterAsync("Nicolas Gervais");
        var form = await marianne.GetAsync("/absences");
        Assert.Equal("/reglages", form.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href"));
        Assert.Equal("Dites jusqu’à quel jour", Assert.Single((await marianne.PostAsync(form)).Errors));
        var other = form.Document.QuerySelectorAll("[name='Input.StandIn'] option").First(o => o.TextContent.Contains("Nicolas", StringComparison.Ordinal)).GetAttribute("value")!;
        var me = form.Document.QuerySelector("[name='Input.Who_'] option[selected]")!.GetAttribute("value")!;
        Assert.Contains("Le congé est noté", (await marianne.PostAsync(form, Typed.Fields([("StandIn", other), .. Typed.In(9, "Until")]))).Text, StringComparison.Ordinal);
        var day = await marianne.GetAsync("/journee");
        Assert.Contains("Vous êtes en congé jusqu’au", day.Text, StringComparison.Ordinal);
        Assert.Contains("Nicolas Gervais vous remplace", day.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vous êtes en congé", (await nicolas.GetAsync("/journee")).Text, StringComparison.Ordinal);
        // each for the other at the same time would be nobody for both
        var both = await nicolas.SendAsync("/absences", [("StandIn", me), .. Typed.In(9, "Until")]);
        Assert.Contains("elle-même en congé", Assert.Single(both.Errors), StringComparison.Ordinal);
        var back = await marianne.SendAsync(day.Document.QuerySelector("a[href^='/absences']")!.GetAttribute("href")!, ("StandIn", ""), ("Until.Day", ""), ("Until.Month", ""), ("Until.Year", ""));
        Assert.Contains("Le congé est terminé", back.Text, StringComparison.Ordinal);
        Assert.Equal("/journee", back.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href"));
    }

    [Theory, OnBothDatabases]
    public async Task TheNetwork_IsSetUpByTheAdministrator_AndTheIntakeMovesWithIt(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var olivier = await site.EnterAsync("Olivier Parent");
        var empty = await olivier.SendAsync("/reseau/etablissement");
        Assert.Equal(7, empty.Errors.Count);
        await olivier.PostAsync(empty, Typed.Fields(("Name", "Hôpital du Fjord"), ("Region", "Saguenay"), ("Municipality", "Anse-Bleue"), ("ContactName", "Rita"), ("Telephone", "418 555-0190"),
            ("HoursFr", "Tous les jours, de 9 h à 17 h."), ("HoursEn", "Every day, 9 to 5.")));
        var id = await site.Rows(rows => rows.Set<Facility>().Where(f => f.Name == "Hôpital du Fjord").Select(f => f.Id).SingleAsync());
        var network = await olivier.SendAsync($"/reseau/{id}/clinique", ("Name", "Clinique du fjord"));
        Assert.Contains("Clinique du fjord", network.Text, StringComparison.Ordinal);
        await olivier.PostAsync(network, Typed.Fields(("Intake", id.ToString())));
        Assert.Equal("Hôpital du Fjord", await site.Rows(rows => rows.Set<Facility>().Where(f => f.IsIntake).Select(f => f.Name).SingleAsync()));
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await marianne.GetAsync("/reseau")).Status);
    }

    internal static Task<string> AnyCompanionAsync(Site site) => OnDemoAsync(site, Role.Companion);

    internal static Task<string> AnyPatientAsync(Site site) => OnDemoAsync(site, Role.Patient);

    /// <summary>Somebody of Marianne's facility, by the name on the demonstration's page.</summary>
    private static async Task<string> OnDemoAsync(Site site, Role role)
    {
        using var nobody = site.Visitor();
        return (await nobody.GetAsync("/demo")).Document.QuerySelectorAll($"section[aria-labelledby='role-{role}'] li")
            .First(l => l.TextContent.Contains("Trois-Saules", StringComparison.Ordinal)).QuerySelector("strong")!.TextContent.Trim();
    }
}
