using System.Globalization;
using Compagnon.App.Space;
using Compagnon.Web.Access;
using Compagnon.Web.Words;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace Compagnon.Web.Patient;

/// <summary>The copy of what is kept of a patient, as a file to open, read and print: a page that needs nothing beside it. Its name says nothing of health.</summary>
public static class CopyFile
{
    public const string Address = "/mon-espace/copie/fichier";

    public static void MapCopy(this IEndpointRouteBuilder routes) => routes.MapGet(Address, AnswerAsync).RequireAuthorization(Policies.Patient).WithMetadata(new Framed());

    private static async Task<IResult> AnswerAsync(HttpContext http, MyCopy copy, Who who, Formats formats, IStringLocalizer<Texts> t)
    {
        if (SignIns.Of(http)?.ReferralId is not { } id || await copy.TakeAsync(who.Actor, id, http.RequestAborted) is not { } view) return Results.NotFound();
        var day = formats.Day(view.MadeAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = t["Copy.File.Name", day].Value }.ToString();
        return new RazorComponentResult<CopyDocument>(new { View = view });
    }
}
