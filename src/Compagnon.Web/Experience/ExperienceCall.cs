using System.Globalization;
using System.Text;
using Compagnon.App.Access;
using Compagnon.App.Matching;
using Compagnon.Web.Access;
using Compagnon.Web.Words;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Experience;

/// <summary>The text of a recruitment call, to download and use as it is: which experience is sought, never how many wait nor anything of one person.</summary>
public static class ExperienceCall
{
    /// <summary>In the address: that a choice was made, and each profile that was ticked.</summary>
    public const string Chosen = "choix", Profile = "profil";

    private static readonly string[] Languages = ["fr", "en"];

    public static string Address(string language) => $"/experience-qui-manque/appel-{language}.txt";

    /// <summary>A profile in the address of the call.</summary>
    public static string KeyOf(Recruit recruit) => $"{recruit.Site}.{recruit.Treatment}.{recruit.Language}";

    public static void MapExperience(this IEndpointRouteBuilder routes)
    {
        foreach (var language in Languages)
            routes.MapGet(Address(language), (Delegate)((HttpContext http) => AnswerAsync(http, language))).RequireAuthorization(Policies.Experience);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, string language)
    {
        // the language of the text is the one asked for, whatever that of the screens
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language == "en" ? "en-CA" : "fr-CA");
        var services = http.RequestServices;
        var ticked = http.Request.Query[Profile];
        var view = await services.GetRequiredService<ShowExperience>()
            .ForCallAsync(services.GetRequiredService<Who>().Actor, http.Request.Query.ContainsKey(Chosen) ? r => ticked.Contains(KeyOf(r), StringComparer.Ordinal) : null, http.RequestAborted);
        if (view is null || SignIns.Of(http)?.Facility is not { } facility) return Results.NotFound();
        var text = TextOf(view, facility, services.GetRequiredService<ExperienceWords>(), services.GetRequiredService<IStringLocalizer<Texts>>(), language);
        return Results.File(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", language == "en" ? "recruitment-call.txt" : "appel-au-recrutement.txt");
    }

    private static string TextOf(ExperienceView view, FacilityFacts facility, ExperienceWords words, IStringLocalizer<Texts> t, string language)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append("\r\n");
        Line(t["Call.Title"]);
        Line();
        Line(t["Call.Who", facility.Name]);
        Line();
        if (view.Recruits.Count == 0) Line(t["Call.Everybody"]);
        else
        {
            Line(t["Call.Sought"]);
            foreach (var recruit in view.Recruits) Line("- " + words.Profile(recruit, view.Region));
            Line();
            Line(t["Call.Others"]);
        }
        Line();
        Line(t["Call.What"]);
        Line();
        Line(t["Call.Contact", facility.ContactName, Formats.Telephone(facility.Telephone)]);
        Line(language == "en" ? facility.HoursEn : facility.HoursFr);
        return text.ToString();
    }
}
