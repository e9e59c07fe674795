using System.Globalization;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

/// <summary>
/// On the pages themselves: a companion takes one shared fact out of their profile, and of everything that the coordinator reads, exactly that reason is gone and
/// its bar shorter.
/// </summary>
public sealed class OneFactOnThePageTests
{
    private sealed record Row(string Text, double Bar, string Score);

    [Theory, OnBothDatabases]
    public async Task TakingOneSharedFactAway_TakesExactlyThatReason_AndShortensItsBar(Db db)
    {
        await using var site = await Site.OnAsync(db);
        var nadia = await site.Rows(rows => rows.Set<Referral>().Where(r => r.Situation.Municipality == "Saint-Alcide-du-Lac").Select(r => r.Id).SingleAsync());
        var marianne = await site.EnterAsync("Marianne Lavoie");
        var before = Rows(await marianne.GetAsync($"/jumelage/{nadia}"));
        const string lost = "adolescent";
        var (name, criterion) = before.First(r => r.Key.Name.StartsWith("Ghislaine", StringComparison.Ordinal) && r.Value.Text.Contains(lost, StringComparison.OrdinalIgnoreCase)).Key;

        var ghislaine = await site.EnterAsync("Ghislaine Roy");
        var life = await ghislaine.GetAsync("/profil/vie");
        var kept = life.Document.QuerySelectorAll("[name='Input.Life'][checked]").Select(c => c.GetAttribute("value")!).ToList();
        Assert.Contains(nameof(LifeSituation.Teenagers), kept);
        var saved = await ghislaine.PostAsync(life, lists: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Input.Life"] = [.. kept.Where(k => k != nameof(LifeSituation.Teenagers))] });
        Assert.Empty(saved.Errors);

        var after = Rows(await marianne.GetAsync($"/jumelage/{nadia}"));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        var (was, now) = (before[(name, criterion)], after[(name, criterion)]);
        Assert.DoesNotContain(lost, now.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("en couple", now.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(now.Bar < was.Bar, $"{now.Bar} < {was.Bar}");
        Assert.NotEqual(was.Score, now.Score);
        foreach (var key in before.Keys.Where(k => k != (name, criterion))) Assert.Equal(before[key], after[key]);
    }

    private static Dictionary<(string Name, string Criterion), Row> Rows(Page page)
    {
        var all = new Dictionary<(string, string), Row>();
        foreach (var candidate in page.Document.QuerySelectorAll("article.cg-candidate"))
            foreach (var row in candidate.QuerySelectorAll(".cg-reasons__row"))
                all.Add((candidate.QuerySelector(".cg-candidate__name")!.LastChild!.TextContent.Trim(), row.QuerySelector(".cg-reasons__label")!.LastChild!.TextContent.Trim()),
                    new Row(row.QuerySelector(".cg-reasons__text")!.TextContent, double.Parse(row.QuerySelector(".cg-reasons__val")!.GetAttribute("width")!.TrimEnd('%'), CultureInfo.InvariantCulture), row.QuerySelector(".cg-reasons__score")!.TextContent));
        return all;
    }
}
