using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests;

/// <summary>axe, run in the page itself: the package's own way opens another page each time, and works out and sends back all that is well.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript() + "\n;true";
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    private const string Violations = """
        async tags => (await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }))
          .violations.map(v => `${v.id}: ${v.help} at ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)
        """;

    /// <returns>What breaks WCAG 2.2 AA or good practice, each with up to three places.</returns>
    public static async Task<string[]> FindAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Violations, Tags);
    }
}
