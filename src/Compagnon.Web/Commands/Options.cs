using System.CommandLine;

namespace Compagnon.Web.Commands;

/// <summary>Options that every command takes.</summary>
internal static class Options
{
    public static readonly Option<string?> Database = New("--database", Say.Text("Value.Connection"));
    public static readonly Option<string?> Keys = New("--keys", Say.Text("Value.File"));
    public static readonly Option<string?> Language = New("--lang", "fr|en");
    public static readonly Option<string?> Urls = New("--urls", Say.Text("Value.Urls"));

    /// <summary>Read by ASP.NET from the same arguments; WebApplicationFactory passes them.</summary>
    public static readonly Option<string?> HostEnvironment = New("--environment", "NAME");
    private static readonly IReadOnlyList<Option<string?>> OfHost = [HostEnvironment, New("--contentRoot", "FOLDER"), New("--applicationName", "NAME")];

    public static void AddTo(RootCommand root)
    {
        foreach (var (option, text) in new[] { (Database, "Option.Database"), (Keys, "Option.Keys"), (Urls, "Option.Urls"), (Language, "Option.Language") })
        {
            option.Description = Say.Text(text);
            root.Options.Add(option);
        }
        foreach (var option in OfHost)
        {
            option.Hidden = true;
            root.Options.Add(option);
        }
    }

    private static Option<string?> New(string name, string help) => new(name) { Recursive = true, HelpName = help };
}
