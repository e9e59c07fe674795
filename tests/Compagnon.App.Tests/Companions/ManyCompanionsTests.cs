using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Tests.Web;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Companions;

/// <summary>More companions than a page holds: each can be found, and each can be chosen.</summary>
public sealed class ManyCompanionsTests
{
    private const int More = 55;

    [Theory, OnBothDatabases]
    public async Task ASearch_AndTheCandidatesOfAMatch_GoOnPageByPage_WithoutAWordInAnAddress(Db db)
    {
        await using var site = await Site.OnAsync(db, prepare: AddAsync);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var found = await marianne.SendAsync("/personnes-accompagnatrices/chercher", ("What", "rosa"));
        Assert.Equal(("/personnes-accompagnatrices/chercher", ""), (found.Address.AbsolutePath, found.Address.Query));
        var names = Names(found);
        Assert.Equal("2", found.Document.QuerySelector("button[name='Input.Page']")!.GetAttribute("value"));
        var rest = await marianne.PostAsync(found, Typed.Fields(("Page", "2")));
        Assert.Equal("", rest.Address.Query);
        Assert.Equal("rosa", rest.Document.QuerySelector("[name='Input.What']")!.GetAttribute("value"));
        Assert.Equal(More, names.Concat(Names(rest)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("1", rest.Document.QuerySelector("button[name='Input.Page']")!.GetAttribute("value"));

        var id = await site.WaitingAsync("Hôpital des Trois-Saules", NextStep.Match);
        var first = await marianne.GetAsync($"/jumelage/{id}");
        var next = first.Document.QuerySelector(".cg-pages a[rel=next]")!.GetAttribute("href")!;
        var second = await marianne.GetAsync(next.Split('#')[0]);
        var offered = Candidates(first).Concat(Candidates(second)).ToList();
        Assert.Equal(offered.Count, offered.Distinct(StringComparer.Ordinal).Count());
        Assert.True(offered.Count > More, $"{offered.Count} candidates");
        // one of the second page can be asked: somebody better is passed over, so a reason is asked, and the page stays
        var refused = await marianne.PostAsync(second, Typed.Fields(("Companion", Candidates(second)[^1])));
        Assert.NotNull(refused.Document.QuerySelector("[name='Input.Why']"));
        Assert.NotNull(refused.Document.QuerySelector($"[name='Input.Companion'][value='{Candidates(second)[^1]}'][checked]"));
    }

    private static List<string> Names(Page page) => [.. page.Document.QuerySelectorAll("main th a").Select(a => a.TextContent.Trim())];

    private static List<string> Candidates(Page page) => [.. page.Document.QuerySelectorAll("[name='Input.Companion']").Select(i => i.GetAttribute("value")!)];

    private static async Task AddAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<CompagnonDb>();
        var vault = services.GetRequiredService<Vault>();
        var facility = await db.Set<Facility>().Where(f => f.Name == "Hôpital des Trois-Saules").Select(f => f.Id).SingleAsync();
        for (var i = 0; i < More; i++)
        {
            var person = vault.NewPerson(db.NetworkId, PersonKind.Companion, facility, Languages.French);
            db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = "Rosa", FamilyName = $"Numéro {i}" }), new Companion
            {
                Id = person.Id, FacilityId = facility, Pseudonym = $"Rosa {i}", Languages = [Languages.French], Capacity = 1, ClearedUntil = DateOnly.FromDateTime(DateTime.UtcNow).AddYears(1),
                JoinedAt = DateTime.UtcNow.AddDays(-200), Gender = Gender.Woman, Experiences = [new LivedExperience { Site = CancerSite.Breast, Year = 2022, Treatments = [new LivedTreatment { Treatment = Treatment.Chemotherapy, Year = 2022 }] }],
            });
        }
        await db.SaveChangesAsync();
    }
}
