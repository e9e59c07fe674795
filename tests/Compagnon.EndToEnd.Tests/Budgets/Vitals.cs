using Microsoft.Playwright;

namespace Compagnon.EndToEnd.Tests.Budgets;

/// <summary>What a person feels of a page, as the browser measures it.</summary>
/// <param name="Largest">Largest contentful paint, ms.</param>
/// <param name="Shift">Cumulative layout shift.</param>
/// <param name="Slowest">Slowest interaction to the next paint, ms.</param>
internal sealed record Vitals(double Largest, double Shift, double Slowest)
{
    /// <summary>The design's slow telephone: 1.6 Mbit/s, 150 ms, a processor four times slower.</summary>
    public static readonly Vitals Budget = new(1500, 0.02, 200);

    private const string Observe = """
        self.__vitals = { largest: 0, shift: 0, slowest: 0 };
        new PerformanceObserver(l => { for (const e of l.getEntries()) __vitals.largest = e.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
        new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) __vitals.shift += e.value; }).observe({ type: "layout-shift", buffered: true });
        new PerformanceObserver(l => { for (const e of l.getEntries()) if (e.interactionId) __vitals.slowest = Math.max(__vitals.slowest, e.duration); }).observe({ type: "event", durationThreshold: 16, buffered: true });
        """;

    public bool IsWithin(Vitals budget) => Largest > 0 && Largest <= budget.Largest && Shift <= budget.Shift && Slowest <= budget.Slowest;

    public override string ToString() => FormattableString.Invariant($"LCP {Largest:0} ms, CLS {Shift:0.000}, INP {Slowest:0} ms");

    public static Task PrepareAsync(IBrowserContext context) => context.AddInitScriptAsync(Observe);

    /// <summary>Opens the address, waits until it is quiet, then does what a person does first: a key, a click on the first answer, a letter in the first field.</summary>
    public static async Task<Vitals> OfAsync(IPage page, string path)
    {
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await page.EvaluateAsync("() => new Promise(r => requestAnimationFrame(() => setTimeout(r, 50)))");
        // before anything is touched: the browser stops looking for the largest paint then
        var seen = await page.EvaluateAsync<double[]>("[__vitals.largest, __vitals.shift]");
        await page.Keyboard.PressAsync("Tab");
        var choice = page.Locator("main label[for]").First;
        if (await choice.CountAsync() > 0) await choice.ClickAsync(new() { Force = true });
        var text = page.Locator("main input[type=text]:not([readonly]), main textarea").First;
        if (await text.CountAsync() > 0 && await text.IsVisibleAsync()) await text.PressSequentiallyAsync("a");
        await page.EvaluateAsync("() => new Promise(r => requestAnimationFrame(() => setTimeout(r, 100)))");
        return new Vitals(seen[0], await page.EvaluateAsync<double>("__vitals.shift"), await page.EvaluateAsync<double>("__vitals.slowest"));
    }
}
