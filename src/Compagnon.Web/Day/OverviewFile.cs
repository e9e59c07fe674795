using System.Globalization;
using System.Text;
using Compagnon.App.Day;
using Compagnon.Web.Access;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Day;

/// <summary>The counts of the overview as a file for a spreadsheet: the same lines, the same small numbers left out.</summary>
public static class OverviewFile
{
    public const string Address = "/vue-ensemble/chiffres.csv";

    public static void MapOverview(this IEndpointRouteBuilder routes) => routes.MapGet(Address, AnswerAsync).RequireAuthorization(Policies.Overview);

    public static string NameOf(OverviewRow row, string all, IStringLocalizer<Texts> t) => row.Place switch { null => all, "" => t["Overview.Themselves"], var place => place };

    /// <summary>Its lines by the words for how close a match is.</summary>
    public static OverviewPart Named(OverviewPart matches, IStringLocalizer<Texts> t) =>
        matches with { Rows = [.. matches.Rows.Select(r => r with { Place = r.Place is { } closeness ? t[$"Overview.Closeness.{closeness}"].Value : null })] };

    private static async Task<IResult> AnswerAsync(HttpContext http, Overview overview, Who who, IStringLocalizer<Texts> t)
    {
        if (await overview.ShowAsync(who.Actor, http.RequestAborted) is not { } view) return Results.NotFound();
        List<string> lines = [.. Table(view.Facilities, t["Overview.Place"], t["Overview.Network"], t)];
        if (view.Clinics.Rows.Count > 1) lines = [.. lines, "", .. Table(view.Clinics, t["Overview.Clinic"], t["Overview.Facility"], t)];
        if (view.Matches.Rows.Count > 0) lines = [.. lines, "", .. Table(Named(view.Matches, t), t["Overview.Match"], t["Overview.AllMatches"], t)];
        // with the mark by which a spreadsheet knows accents
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\r\n")))], "text/csv; charset=utf-8", t["Overview.File"]);
    }

    private static IEnumerable<string> Table(OverviewPart part, string place, string all, IStringLocalizer<Texts> t)
    {
        if (part.Rows.Count == 0) return [];
        string[] Waiting(string cell) => part.SaysWaiting ? [cell] : [];
        return
        [
            Line([place, .. part.Columns.Select(c => t[$"Overview.{c}"].Value), t["Overview.MedianFile"], .. Waiting(t["Overview.WaitingFile"])]),
            .. part.Rows.Select(r => Line([NameOf(r, all, t), .. r.Counts.Select(c => c?.ToString(CultureInfo.InvariantCulture) ?? ""), Days(r.MedianDays), .. Waiting(Days(r.WaitingDays))])),
        ];
    }

    /// <summary>A semicolon in between and a comma in numbers, or the other way round: as the spreadsheets of the reader's language take it.</summary>
    private static string Line(IEnumerable<string> cells) => string.Join(Separator, cells.Select(Cell));

    private static string Separator => CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == "," ? ";" : ",";

    private static string Days(double? days) => days is { } d ? d.ToString("0.0", CultureInfo.CurrentCulture) : "";

    // what begins like a formula would be one in a spreadsheet
    private static string Cell(string text) => $"\"{(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
