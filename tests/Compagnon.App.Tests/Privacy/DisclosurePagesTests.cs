using System.Globalization;
using System.Net;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Compagnon.Web.Access;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Privacy;

/// <summary>The pages of an emergency: as whoever is on call, as the privacy officer, as the person, and as everybody else.</summary>
public sealed class DisclosurePagesTests
{
    private const string Saules = "Hôpital des Trois-Saules";

    [Theory]
    [InlineData("fr", "Dites-en un peu plus", "Rien ne peut être ouvert", "Attend l’examen")]
    [InlineData("en", "Say a little more", "Nothing can be opened", "Waits for review")]
    public async Task OnCall_AsksAndSees_AndIsToldTheSameOfWhateverIsNotTheirs(string language, string shortReason, string nobody, string waits)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var gilles = await site.EnterAsync("Gilles Potvin", language);
        var form = await gilles.GetAsync("/urgence-identite");
        // whoever is sent to the page by its title finds it in the menu
        Assert.Equal(form.H1, form.Document.QuerySelector("nav a[href='/urgence-identite']")!.TextContent.Trim());
        Assert.NotNull((await gilles.GetAsync("/aide")).Document.QuerySelector("main a[href='/urgence-identite']"));
        var brief = await gilles.PostAsync(form, Typed.Fields(("Whose", "ZZZZZZ"), ("Danger", nameof(Danger.OwnLife)), ("Reason", "Vite.")));
        Assert.StartsWith(shortReason, Assert.Single(brief.Errors), StringComparison.Ordinal);
        Assert.Equal("ZZZZZZ", brief.Document.QuerySelector("[name='Input.Whose']")!.GetAttribute("value"));
        var elsewhere = await site.Rows(db => (from r in db.Set<Referral>() join f in db.Set<Facility>() on r.FacilityId equals f.Id where f.Name != Saules select r.FileNumber).FirstAsync());
        foreach (var number in (string[])["ZZZZZZ", elsewhere])
        {
            var refused = await gilles.PostAsync(form, Ask(number));
            Assert.StartsWith(nobody, Assert.Single(refused.Errors), StringComparison.Ordinal);
        }
        var id = await site.WaitingAsync(Saules, NextStep.Match);
        var mine = await site.Rows(db => db.Set<Referral>().Where(r => r.Id == id).Select(r => r.FileNumber).SingleAsync());
        var shown = await gilles.PostAsync(form, Ask(mine));
        Assert.EndsWith("/identite", shown.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.DoesNotContain(mine, shown.Address.ToString(), StringComparison.Ordinal);
        Assert.NotNull(shown.Document.QuerySelector("main a.cg-tel[href^='tel:+1']"));
        Assert.Empty(OneLanguage.Foreign(shown.Document, language));
        // the same form sent again leads to the same page
        Assert.Equal(shown.Address, (await gilles.PostAsync(form, Ask(mine))).Address);
        // a screen left open asks again when the time is over
        Assert.InRange(await ReloadsAfterAsync(gilles, shown.Address) ?? 0, 1700, 1800);
        // half an hour later it is gone, and nobody else ever had it
        await site.Rows(db => db.Set<Disclosure>().ExecuteUpdateAsync(d => d.SetProperty(x => x.AskedAt, x => x.AskedAt.AddMinutes(-31))));
        var later = await gilles.GetAsync(shown.Address.AbsolutePath);
        Assert.Null(later.Document.QuerySelector("main a.cg-tel"));
        Assert.Null(await ReloadsAfterAsync(gilles, shown.Address));
        Assert.Contains(waits, (await gilles.GetAsync("/urgence-identite")).Text, StringComparison.Ordinal);
        using var marianne = await site.EnterAsync("Marianne Lavoie", language);
        Assert.Equal(HttpStatusCode.NotFound, (await marianne.GetAsync(shown.Address.AbsolutePath)).Status);
    }

    /// <summary>A whole hospital may share one address: what others sent from it keeps nobody out in an emergency.</summary>
    [Fact]
    public async Task HowOftenOneMayAsk_IsCountedByPerson()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var somebody = site.Visitor();
        var enter = await somebody.GetAsync("/entrer");
        var answer = enter;
        for (var i = 0; i <= new Limits().Guesses; i++) answer = await somebody.PostAsync(enter);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        using var gilles = await site.EnterAsync("Gilles Potvin");
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var (his, hers) = (await gilles.GetAsync("/urgence-identite"), await marianne.GetAsync("/urgence-identite"));
        for (var i = 0; i < new Limits().Asks; i++) Assert.Equal(HttpStatusCode.OK, (await gilles.PostAsync(his)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gilles.PostAsync(his)).Status);
        Assert.Equal(HttpStatusCode.OK, (await marianne.PostAsync(hers)).Status);
    }

    [Fact]
    public async Task ACoordinator_WhoSeesTheFileAnyway_IsLedThere()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync(Saules, NextStep.Match);
        var number = await site.Rows(db => db.Set<Referral>().Where(r => r.Id == id).Select(r => r.FileNumber).SingleAsync());
        var before = await site.Rows(db => db.Set<Disclosure>().CountAsync());
        Assert.Equal($"/demandes/{id}", (await marianne.PostAsync(await marianne.GetAsync("/urgence-identite"), Ask(number))).Address.AbsolutePath);
        Assert.Equal(before, await site.Rows(db => db.Set<Disclosure>().CountAsync()));
    }

    [Theory]
    [InlineData("fr", "En retard", "Jugée non justifiée", "L’identité, divulguée en urgence", "De garde")]
    [InlineData("en", "Overdue", "Found not justified", "The identity, disclosed in an emergency", "On call")]
    public async Task TheOfficer_FindsWhatWaitsOnTheirFirstPage_AndJudgesIt(string language, string overdue, string judged, string seen, string role)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        await site.Rows(db => db.Set<Disclosure>().Where(d => d.ReviewedAt == null).ExecuteUpdateAsync(d => d.SetProperty(x => x.AskedAt, x => x.AskedAt.AddDays(-10))));
        using var chantal = await site.EnterAsync("Chantal Mercure", language);
        var first = await chantal.GetAsync("/journal-acces");
        Assert.NotNull(first.Document.QuerySelector(".cg-alert a[href='/divulgations']"));
        var list = await chantal.GetAsync("/divulgations");
        Assert.Contains(overdue, list.Text, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(list.Document, language));
        var page = await chantal.GetAsync(list.Document.QuerySelector(".cg-queue__what a")!.GetAttribute("href")!);
        // no identity: the demonstration's person is Yvon Desrosiers
        Assert.DoesNotContain("Desrosiers", page.Text + list.Text, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.Foreign(page.Document, language));
        Assert.Equal(2, (await chantal.PostAsync(page, Typed.Fields())).Errors.Count);
        var done = await chantal.PostAsync(page, Typed.Fields(("Justified", "non"), ("Words", "Personne n’était en danger.")));
        Assert.Equal("/divulgations", done.Address.AbsolutePath);
        Assert.NotNull(done.Document.QuerySelector(".cg-notice"));
        Assert.Contains(judged, (await chantal.GetAsync(page.Address.AbsolutePath)).Text, StringComparison.Ordinal);
        Assert.Null((await chantal.GetAsync("/journal-acces")).Document.QuerySelector(".cg-alert a[href='/divulgations']"));
        // the person reads it, too
        using var louise = await site.EnterAsync("Louise", language);
        var mine = (await louise.GetAsync("/qui-a-vu")).Text;
        Assert.Contains(seen, mine, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(role, mine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Quelqu’un d’autre l’a examinée entre-temps.")]
    [InlineData("en", "Somebody else has reviewed it meanwhile.")]
    public async Task TheOfficer_IsToldThatSomebodyElseWasFirst_AndSeesWhatTheyWrote(string language, string already)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        using var chantal = await site.EnterAsync("Chantal Mercure", language);
        var list = await chantal.GetAsync("/divulgations");
        var page = await chantal.GetAsync(list.Document.QuerySelector(".cg-queue__what a")!.GetAttribute("href")!);
        await site.Rows(db => db.Set<Disclosure>().Where(d => d.ReviewedAt == null).ExecuteUpdateAsync(d => d.SetProperty(x => x.ReviewedAt, DateTime.UtcNow).SetProperty(x => x.ReviewedBy, x => x.AskedBy).SetProperty(x => x.Justified, true)));
        var late = await chantal.PostAsync(page, Typed.Fields(("Justified", "non"), ("Words", "Personne n’était en danger.")));
        Assert.Equal(already, Assert.Single(late.Errors));
        Assert.NotNull(late.Document.QuerySelector("#examen"));
    }

    [Fact]
    public async Task EachPage_IsForItsRolesAlone()
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        foreach (var (name, asks, reviews) in ((string, bool, bool)[])
        [
            ("Marianne Lavoie", true, false), ("Gilles Potvin", true, false), ("Chantal Mercure", false, true), ("Sophie Tremblay", false, false), ("Hélène Dufour", false, false),
            ("Bernard Fiset", false, false), ("Olivier Parent", false, false), ("Ghislaine Roy", false, false), ("Louise", false, false),
        ])
        {
            using var visitor = await site.EnterAsync(name);
            Assert.Equal(asks ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visitor.GetAsync("/urgence-identite")).Status);
            Assert.Equal(reviews ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visitor.GetAsync("/divulgations")).Status);
        }
    }

    /// <summary>The seconds after which the browser asks again by itself.</summary>
    private static async Task<int?> ReloadsAfterAsync(Visitor visitor, Uri address)
    {
        using var answer = await visitor.Client.GetAsync(address);
        return answer.Headers.TryGetValues("Refresh", out var seconds) ? int.Parse(seconds.Single(), CultureInfo.InvariantCulture) : null;
    }

    private static Dictionary<string, string> Ask(string whose) => Typed.Fields(("Whose", whose), ("Danger", nameof(Danger.OwnLife)), ("Reason", "Une voix au téléphone dit qu’elle n’en peut plus."));
}
