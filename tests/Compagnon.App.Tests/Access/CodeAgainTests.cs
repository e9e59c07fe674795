using Compagnon.App.Access;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Access;

/// <summary>A screen left open opens no door and erases nobody: the one-time code is asked once more.</summary>
public sealed class CodeAgainTests
{
    [Theory, OnBothDatabases]
    public async Task AnInvitation_AndTheEndOfARole_AskForTheCodeAgain_AndKeepWhatWasTyped(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var (lea, person) = await EnteredAsync(site, Role.Administrator);
        using var _ = lea;
        (string, string)[] typed = [("GivenName", "Alex"), ("FamilyName", "Lebel"), ("Email", "alex@exemple.test"), ("Language", "en"), ("Role", nameof(Role.PrivacyOfficer))];
        var without = await lea.SendAsync("/comptes/inviter", typed);
        Assert.Equal("Entrez le code", Assert.Single(without.Errors));
        Assert.Equal("Lebel", without.Document.QuerySelector("[name='Input.FamilyName']")!.GetAttribute("value"));
        Assert.NotNull(without.Document.QuerySelector("[name='Input.Role'][value=PrivacyOfficer][checked]"));
        var wrong = await lea.PostAsync(without, Typed.Fields(("Code", "000000")));
        Assert.StartsWith("Ce code ne va pas", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.Equal(1, await site.Rows(rows => rows.Set<Account>().CountAsync()));
        var list = await lea.PostAsync(wrong, Typed.Fields(("Code", await CodeAsync(site, person))));
        Assert.Equal("/comptes", list.Address.AbsolutePath);
        Assert.Equal(2, await site.Rows(rows => rows.Set<Account>().CountAsync()));
        // sending an invitation once more opens nothing new; ending the role does something
        var invited = await site.Rows(rows => rows.Set<Membership>().Where(m => m.Role == Role.PrivacyOfficer).OrderByDescending(m => m.GrantedAt).Select(m => m.Id).FirstAsync());
        Assert.Empty((await lea.SendAsync($"/comptes/{invited}", ("What", "again"))).Errors);
        Assert.Equal("Entrez le code", Assert.Single((await lea.SendAsync($"/comptes/{invited}", ("What", "ended"))).Errors));
        Assert.Equal("/comptes", (await lea.SendAsync($"/comptes/{invited}", ("What", "ended"), ("Code", await CodeAsync(site, person, stepsAgo: -1)))).Address.AbsolutePath);
        Assert.NotNull(await site.Rows(rows => rows.Set<Membership>().Where(m => m.Id == invited).Select(m => m.EndedAt).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AnErasure_IsConfirmedWithTheCode_InTheReadersLanguage(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync("Hôpital des Trois-Saules", NextStep.Reach);
        await marianne.SendAsync($"/demandes/{id}/terminer", ("Why", "NotReached"));
        await marianne.SendAsync($"/demandes/{id}/effacer", ("Why", "AskedByPerson"));
        var (officer, person) = await EnteredAsync(site, Role.PrivacyOfficer, "en");
        using var _ = officer;
        var page = await officer.GetAsync("/effacements");
        var line = page.Document.QuerySelector("button[value^='oui:']")!.GetAttribute("value")!;
        var without = await officer.PostAsync(page, Typed.Fields(("Decide", line), ("Sure", "oui")));
        Assert.Equal("Enter the code", Assert.Single(without.Errors));
        Assert.NotNull(without.Document.QuerySelector("[name='Input.Sure'][checked]"));
        Assert.Null(await ErasedAsync(site, id));
        Assert.Empty((await officer.PostAsync(without, Typed.Fields(("Decide", line), ("Code", await CodeAsync(site, person))))).Errors);
        Assert.NotNull(await ErasedAsync(site, id));
    }

    [Theory, OnBothDatabases]
    public async Task AnEmergency_AsksForTheCode_BeforeItTellsWhetherThereIsAFile(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var facility = await site.Rows(rows => rows.Set<Facility>().Where(f => f.Name == "Hôpital des Trois-Saules").Select(f => f.Id).SingleAsync());
        var (lise, person) = await EnteredAsync(site, Role.OnCall, facility: facility);
        using var _ = lise;
        var id = await site.WaitingAsync("Hôpital des Trois-Saules", NextStep.Match);
        var number = await site.Rows(rows => rows.Set<Referral>().Where(r => r.Id == id).Select(r => r.FileNumber).SingleAsync());
        Dictionary<string, string> Ask(string whose, string code) => Typed.Fields(("Whose", whose), ("Danger", nameof(Danger.OwnLife)), ("Reason", "Une voix dit qu’elle n’en peut plus."), ("Code", code));
        var form = await lise.GetAsync("/urgence-identite");
        foreach (var whose in (string[])[number, "ZZZZZZ"])
        {
            Assert.Equal("Entrez le code", Assert.Single((await lise.PostAsync(form, Ask(whose, ""))).Errors));
            Assert.StartsWith("Ce code ne va pas", Assert.Single((await lise.PostAsync(form, Ask(whose, "000000"))).Errors), StringComparison.Ordinal);
        }
        Assert.False(await site.Rows(rows => rows.Set<Disclosure>().AnyAsync(d => d.AskedBy == person)));
        var code = await CodeAsync(site, person);
        // a slip in the number costs no wait for the next code
        Assert.StartsWith("Rien ne peut être ouvert", Assert.Single((await lise.PostAsync(form, Ask("ZZZZZZ", code))).Errors), StringComparison.Ordinal);
        Assert.EndsWith("/identite", (await lise.PostAsync(form, Ask(number, code))).Address.AbsolutePath, StringComparison.Ordinal);
        Assert.StartsWith("Ce code ne va pas", Assert.Single((await lise.PostAsync(form, Ask("ZZZZZZ", code))).Errors), StringComparison.Ordinal);
    }

    /// <summary>Whoever is entered is invited; and a companion's other address is where the next invitation goes.</summary>
    [Theory, OnBothDatabases]
    public async Task EnteringACompanion_AsksForTheCode_AndSoDoesAnotherAddress_ButNoOtherChange(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var facility = await site.Rows(rows => rows.Set<Facility>().Where(f => f.Name == "Hôpital des Trois-Saules").Select(f => f.Id).SingleAsync());
        var (lea, person) = await EnteredAsync(site, Role.Coordinator, facility: facility);
        using var _ = lea;
        (string, string)[] typed =
        [
            ("GivenName", "Alex"), ("FamilyName", "Lebel"), ("Telephone", "514 555-0188"), ("Email", "alex@exemple.test"), ("Language", "fr"), ("Experiences[0].Site", "Breast"),
            ("Experiences[0].Treatments[0].Treatment", "Chemotherapy"), ("Languages", "fr"), ("Channels", "Telephone"), ("Capacity", "1"), ("Pseudonym", "Alex"),
        ];
        var without = await lea.SendAsync("/personnes-accompagnatrices/nouvelle", typed);
        Assert.Equal("Entrez le code", Assert.Single(without.Errors));
        Assert.Equal("Lebel", without.Document.QuerySelector("[name='Input.FamilyName']")!.GetAttribute("value"));
        var sheet = await lea.PostAsync(without, Typed.Fields(("Code", await CodeAsync(site, person))));
        Assert.Contains("Alex Lebel", sheet.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var edit = await lea.GetAsync($"{sheet.Address.AbsolutePath}/modifier");
        Assert.Null(edit.Document.QuerySelector("[name='Input.Code']"));
        Assert.Empty((await lea.PostAsync(edit, Typed.Fields(("Capacity", "2")))).Errors);
        var other = await lea.PostAsync(await lea.GetAsync($"{sheet.Address.AbsolutePath}/modifier"), Typed.Fields(("Email", "lebel@exemple.test")));
        Assert.Equal("Entrez le code", Assert.Single(other.Errors));
        Assert.NotNull(other.Document.QuerySelector("[name='Input.Code']"));
        Assert.Empty((await lea.PostAsync(other, Typed.Fields(("Code", await CodeAsync(site, person, stepsAgo: -1))))).Errors);
        Assert.Contains("lebel@exemple.test", (await lea.GetAsync(sheet.Address.AbsolutePath)).Text, StringComparison.Ordinal);
    }

    private static Task<DateTime?> ErasedAsync(Site site, Guid id) => site.Rows(rows => (from r in rows.Set<Referral>() where r.Id == id join p in rows.Set<Person>() on r.PatientId equals p.Id select p.ErasedAt).SingleAsync());

    /// <summary>From an invitation to the first page, with a code one step old, so that the present one is still good.</summary>
    private static async Task<(Visitor Visitor, Guid Person)> EnteredAsync(Site site, Role role, string language = "fr", Guid? facility = null)
    {
        var link = (await site.In<Accounts, Outcome<string>>(a => a.CreateAdministratorAsync("Léa", "Roy", Doors.Email, language))).Value;
        var person = await site.Rows(rows => rows.Set<Account>().Select(a => a.PersonId).SingleAsync());
        await site.Rows(rows => rows.Set<Membership>().Where(m => m.PersonId == person).ExecuteUpdateAsync(s => s.SetProperty(m => m.Role, role).SetProperty(m => m.FacilityId, facility)));
        var visitor = site.Visitor(language);
        var enrol = await visitor.PostAsync(await visitor.GetAsync(new Uri(link).AbsolutePath), Typed.Fields(("Password", Doors.Password), ("Again", Doors.Password)));
        var card = await visitor.PostAsync(enrol, Typed.Fields(("Code", await CodeAsync(site, person, stepsAgo: 1))));
        await visitor.PostAsync(card, Typed.Fields(("Kept", "oui")));
        return (visitor, person);
    }

    private static Task<string> CodeAsync(Site site, Guid person, int stepsAgo = 0) => site.In<AccountStore, string>(async accounts =>
        Totp.Code(await accounts.KeyOfAsync((await accounts.OfPersonAsync(person, default))!, default), Totp.StepOf(DateTime.UtcNow) - stepsAgo));
}
