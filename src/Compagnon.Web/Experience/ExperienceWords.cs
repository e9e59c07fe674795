using System.Globalization;
using Compagnon.App.Matching;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Experience;

/// <summary>Rows of the map and people to look for, in words.</summary>
public sealed class ExperienceWords(IStringLocalizer<Texts> texts, EnumWords words)
{
    public string Sentence(ExperienceView view) =>
        $"{(view.Waiting is { } waiting ? waiting == 0 ? texts["Nobody"] : Formats.Count(waiting, texts["Waits.One"], texts["Waits.Many"]) : texts["Waits.Few"])}{(view.Later > 0 ? " " + texts["Later", view.Later] : "")} {Formats.Count(view.Companions, texts["Serve.One"], texts["Serve.Many"])}{(view.AllTaken ? " " + texts["Serve.Taken"] : "")}";

    /// <summary>« Cancer colorectal, stomie, en français, en personne (Laval) ».</summary>
    public string Profile(Recruit recruit, string region) =>
        Profile(recruit.Site, recruit.Treatment, recruit.Language) + (recruit.InPerson ? $", {texts["InPerson", region]}" : "");

    private string Profile(CancerSite site, Treatment? treatment, string? language) =>
        string.Join(", ", new[] { words[site, "Full"], treatment is { } t ? Lower(words[t]) : null, language is { } l ? texts["In", LanguageNames.Of(l)].Value : null }.OfType<string>());

    public string Row(ExperienceRow row) => row switch
    {
        { Site: null } => texts["Row.Rare"],
        { Language: null } => texts["Row.Others", words[row.Site.Value, "Full"]],
        { Treatment: null } => $"{words[row.Site.Value, "Full"]}, {texts["Row.NoTreatment"]}, {texts["In", LanguageNames.Of(row.Language)]}",
        _ => Profile(row.Site.Value, row.Treatment, row.Language),
    };

    public string Could(ExperienceRow row) => row.Could == 0 ? texts["Could.None"]
        : Formats.Count(row.Could, texts["Could.One"], texts["Could.Many"]) + (row.Free == row.Could ? "" : ", " + (row.Free == 0 ? texts["Free.None"] : Formats.Count(row.Free, texts["Free.One"], texts["Free.Many"])));

    /// <summary>Where as many have lived it as wait for it, only places are missing.</summary>
    public string Now(ExperienceRow row) => row.Gap <= 0 ? texts["Enough"] : row.Could >= row.Waiting ? texts["Short.Places"] : Formats.Count(row.Gap, texts["Short.One"], texts["Short.Many"]);

    public string Gain(Recruit recruit, bool rolledUp) => recruit switch
    {
        { Matches: > 0 } when rolledUp && recruit.Matches < ExperienceMap.Least => texts["Gain.Some"],
        { Matches: > 0 } => Formats.Count(recruit.Matches, texts["Gain.One"], texts["Gain.Many"]) + Closer(recruit.Closer),
        // waiting longest, or load shared more fairly: nobody more, and nobody closer
        { Closer: <= 0 } => texts["Gain.Shared"],
        _ when rolledUp => texts["Gain.BetterSome"],
        _ => Formats.Count(recruit.Closer, texts["Gain.Better.One"], texts["Gain.Better.Many"]),
    };

    private string Closer(int points) => points switch
    {
        0 => "",
        > 0 => Formats.Count(points, texts["Gain.Closer.One"], texts["Gain.Closer.Many"]),
        < 0 => Formats.Count(-points, texts["Gain.Farther.One"], texts["Gain.Farther.Many"]),
    };

    private static string Lower(string text) => char.ToLower(text[0], CultureInfo.CurrentUICulture) + text[1..];
}
