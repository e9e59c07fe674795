using System.Net;
using AngleSharp.Html.Dom;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Web;

/// <summary>
/// Posts every form of the application as the one who reaches it: empty, then with answers that nobody can understand. Whatever is refused says so in the reader's
/// language, title and summary included, and leads to the field.
/// </summary>
public sealed class EveryErrorTests
{
    [Theory]
    [InlineData("fr", "Erreur\u00a0: ")]
    [InlineData("en", "Error: ")]
    public async Task ARefusedForm_SaysSo_InOneLanguage_AndLeadsToTheField(string language, string prefix)
    {
        await using var site = await Site.OnAsync(Db.Sqlite);
        var pages = await EveryPage.OfAsync(site, language);
        var (problems, refused) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        // forms without a field ask for nothing and are obeyed: they go last, because they end what others show
        foreach (var stop in pages.Stops)
            foreach (var answer in (Func<IHtmlFormElement, Dictionary<string, string>>[])[Emptied, Nonsense])
            {
                var shown = await stop.Guest.Visitor.GetAsync(stop.Path);
                foreach (var form in Forms(shown).Where(f => answer(f).Count > 0))
                {
                    var page = await stop.Guest.Visitor.PostAsync(shown, form, answer(form));
                    if (Look(page, language, prefix).ToList() is { Count: > 0 } wrong) problems.AddRange(wrong.Select(w => $"{stop.Route} ({stop.Guest.Name}, {answer.Method.Name}): {w}"));
                    if (page.Errors.Count > 0) refused.Add(stop.Route);
                }
            }
        foreach (var stop in pages.Stops.Where(s => !s.Route.Contains("sessions", StringComparison.Ordinal)))
        {
            var shown = await stop.Guest.Visitor.GetAsync(stop.Path);
            foreach (var form in Forms(shown).Where(f => Emptied(f).Count == 0))
                problems.AddRange(Look(await stop.Guest.Visitor.PostAsync(shown, form, Emptied(form)), language, prefix).Select(w => $"{stop.Route} ({stop.Guest.Name}, obeyed): {w}"));
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct(StringComparer.Ordinal).Take(60)));
        Assert.True(refused.Count > 40, $"Only {refused.Count} forms were refused: {string.Join(' ', refused)}");
    }

    private static IEnumerable<IHtmlFormElement> Forms(Page page) => page.Status is HttpStatusCode.OK ? page.Document.QuerySelectorAll("main form[method=post]").Cast<IHtmlFormElement>() : [];

    private static Dictionary<string, string> Emptied(IHtmlFormElement form) => Filled(form, _ => "");

    private static Dictionary<string, string> Nonsense(IHtmlFormElement form) => Filled(form, name => name.EndsWith("Telephone", StringComparison.Ordinal) ? "12" : "¤");

    private static Dictionary<string, string> Filled(IHtmlFormElement form, Func<string, string> answer) =>
        form.QuerySelectorAll("input[name^='Input.']:not([type=hidden]), select[name^='Input.'], textarea[name^='Input.']").Select(e => e.GetAttribute("name")!).Distinct(StringComparer.Ordinal).ToDictionary(n => n, answer, StringComparer.Ordinal);

    private static IEnumerable<string> Look(Page page, string language, string prefix)
    {
        if ((int)page.Status >= 500) yield return $"answers {(int)page.Status}";
        foreach (var foreign in OneLanguage.Foreign(page.Document, language).Take(3)) yield return $"other language: {foreign}";
        if (page.Document.DocumentElement.GetAttribute("lang")?.StartsWith(language, StringComparison.Ordinal) is not true) yield return "lang";
        if (page.Errors.Count == 0)
        {
            if (page.Title.StartsWith(prefix, StringComparison.Ordinal)) yield return "an error in the title alone";
            yield break;
        }
        if (!page.Title.StartsWith(prefix, StringComparison.Ordinal)) yield return $"title: {page.Title}";
        if (page.Errors.Any(e => e.Contains('{', StringComparison.Ordinal) || e.Length < 8)) yield return $"message: {string.Join(" / ", page.Errors)}";
        foreach (var link in page.Document.QuerySelectorAll(".govuk-error-summary__list a").Cast<IHtmlAnchorElement>())
        {
            var field = page.Document.GetElementById(link.GetAttribute("href")!.TrimStart('#'));
            if (field is null) yield return $"leads nowhere: {link.GetAttribute("href")}";
            // a choice among several says it at its fieldset
            else if (!new[] { field, field.Closest("fieldset") }.Any(f => f?.GetAttribute("aria-describedby")?.Split(' ').Any(id => page.Document.GetElementById(id)?.TextContent.Contains(link.TextContent, StringComparison.Ordinal) is true) is true))
                yield return $"the field does not say: {link.TextContent}";
        }
    }
}
