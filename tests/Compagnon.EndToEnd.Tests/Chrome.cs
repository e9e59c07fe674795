using System.Collections.Concurrent;
using Compagnon.TestKit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Compagnon.EndToEnd.Tests.Chrome))]

namespace Compagnon.EndToEnd.Tests;

/// <summary>Stories share two processors and one browser: they are told one after the other, beside the crash tests.</summary>
[CollectionDefinition(Name)]
public sealed class OneAtATime
{
    public const string Name = "stories";
}

/// <summary>One Chromium for all stories; each person in a story has a context of their own.</summary>
public sealed class Chrome : IAsyncLifetime
{
    /// <summary>The shell is the same Chromium without windows: a third of the processor time. The last is named in the error when none is there.</summary>
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    /// <summary>What axe has found nothing in, by structure, language and width: the same page with other names is not looked at twice.</summary>
    private readonly ConcurrentDictionary<string, bool> clean = new(StringComparer.Ordinal);
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(Paths, File.Exists) ?? Paths[^1],
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
        });
    }

    /// <summary>Somebody in front of a screen; <paramref name="remembered"/> is what their browser kept from another time.</summary>
    public async Task<Person> PersonAsync(Site site, string language = "fr", bool script = true, int width = 1280, string? remembered = null)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = site.Root.ToString(), Locale = language == "en" ? "en-CA" : "fr-CA", JavaScriptEnabled = script, TimezoneId = "America/Toronto",
            ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 900 }, StorageState = remembered,
        });
        context.SetDefaultTimeout(60_000);
        return new Person(await context.NewPageAsync(), new Manner(language, script, width), clean);
    }

    /// <summary>A second window of the same person's browser.</summary>
    public async Task<Person> BesideAsync(Person person) => new(await person.Page.Context.NewPageAsync(), person.Manner, clean);

    /// <summary>Enters the demonstration as one of its people.</summary>
    public async Task<Person> EnterAsync(Site site, string name, string language = "fr", bool script = true, int width = 1280)
    {
        var person = await PersonAsync(site, language, script, width);
        await person.EnterAsync(name);
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>How somebody reads: their language, with script or without, on how wide a screen.</summary>
public sealed record Manner(string Language, bool Script, int Width);
