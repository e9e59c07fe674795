namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>Hands on the keyboard only. Wherever the focus stops on the way, it is seen: something of it looks otherwise than without it, and nothing lies over it.</summary>
internal static class KeyboardSteps
{
    private const int MostStops = 220;

    /// <summary>What holds the focus is drawn otherwise than without it (itself, or the label that stands for it), is on the screen and not covered.</summary>
    private const string Seen = """
        () => {
          const at = document.activeElement, label = at.id ? document.querySelector(`label[for="${at.id}"]`) : null;
          const looks = () => [[at], [label], [label, '::before'], [label, '::after'], [label?.querySelector('span'), '::after']].filter(([e]) => e)
            .map(([e, part]) => { const s = getComputedStyle(e, part); return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth].join(); }).join(' / ');
          const box = [...at.getClientRects()].find(r => r.width * r.height > 0);
          const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          const bare = top && (at.contains(top) || top.contains(at) || label?.contains(top) || top.closest('label') === label);
          const focused = looks();
          at.blur();
          const without = looks();
          at.focus({ preventScroll: true });
          return at === document.body ? 'nowhere' : focused === without ? 'not to be seen' : bare ? '' : 'covered or off the screen';
        }
        """;

    public static async Task PressesAsync(this Person person, string key) => await person.Page.Keyboard.PressAsync(key);

    /// <summary>Enter on what holds the focus leads to another page.</summary>
    public static Task EntersAsync(this Person person) => person.ComesToAsync(() => person.Page.Keyboard.PressAsync("Enter"));

    public static async Task TabsToAsync(this Person person, string selector)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await person.PressesAsync("Tab");
            var seen = await person.Page.EvaluateAsync<string>(Seen);
            Assert.True(seen is "" or "nowhere", $"{person.At}: the focus is {seen} at {await person.FocusAsync()}");
            if (await person.HoldsAsync(selector)) return;
        }
        Assert.Fail($"{person.At}: Tab never comes to {selector}; last at {await person.FocusAsync()}");
    }

    public static async Task TypesAsync(this Person person, string field, string text)
    {
        await person.TabsToAsync($"[name='Input.{field}']");
        await person.Page.Keyboard.PressAsync("Control+A");
        await person.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Tab to the group, then the arrows; Space where the first answer is the right one.</summary>
    public static async Task ChoosesByKeysAsync(this Person person, string field, string value)
    {
        await person.TabsToAsync($"[name='Input.{field}']");
        var wanted = $"[name='Input.{field}'][value='{value}']";
        for (var i = 0; i < 40 && !await person.HoldsAsync(wanted); i++) await person.PressesAsync("ArrowDown");
        await person.PressesAsync("Space");
        Assert.True(await person.HoldsAsync(wanted + ":checked"), $"{person.At}: {field} is not {value}");
    }

    public static async Task TicksByKeysAsync(this Person person, string selector)
    {
        await person.TabsToAsync(selector);
        await person.PressesAsync("Space");
        Assert.True(await person.HoldsAsync(":checked"), $"{person.At}: {selector} is not ticked");
    }

    public static async Task PicksByKeysAsync(this Person person, string field, string value)
    {
        await person.TabsToAsync($"[name='Input.{field}']");
        for (var i = 0; i < 60 && await person.Page.EvaluateAsync<string>("() => document.activeElement.value") != value; i++) await person.PressesAsync("ArrowDown");
        Assert.Equal(value, await person.Page.Locator($"[name='Input.{field}']").InputValueAsync());
    }

    /// <summary>The first thing on a page: over the header and its menu, into the page itself.</summary>
    public static async Task SkipsTheMenuAsync(this Person person)
    {
        await person.TabsToAsync("a");
        Assert.True(await person.HoldsAsync(".govuk-skip-link"), $"{person.At} does not begin with the skip link");
        await person.PressesAsync("Enter");
        Assert.True(await person.HoldsAsync("main"), $"{person.At}: the skip link does not move the focus");
    }

    public static Task<bool> HoldsAsync(this Person person, string selector) => person.Page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector);

    private static Task<string> FocusAsync(this Person person) => person.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)");
}
