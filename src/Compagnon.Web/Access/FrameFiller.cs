using System.Collections.Concurrent;
using System.Globalization;
using Compagnon.App.Access;
using Compagnon.Domain.Programme;
using Compagnon.Web.Frame;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Access;

/// <summary>Fills the frame of a page for whoever is signed in: place, human's number, name, menu of the role, end of the session.</summary>
public sealed class FrameFiller(RequestDelegate next, TimeProvider clock)
{
    private static readonly TimeSpan For = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<int, (FacilityFacts? Facts, DateTimeOffset Until)> contacts = new();

    public async Task InvokeAsync(HttpContext http, FrameModel frame, IStringLocalizer<Texts> t)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null || http.GetEndpoint()?.Metadata.GetMetadata<Framed>() is not null)
        {
            if (SignIns.Of(http) is { } facts) FillFor(facts, frame, t);
            else await FillPublicAsync(http, frame, t);
        }
        await next(http);
    }

    private void FillFor(SessionFacts facts, FrameModel frame, IStringLocalizer<Texts> t)
    {
        if (facts.Facility is { } facility) Show(facility, frame);
        frame.Place = facts.Facility?.Name ?? "";
        frame.Who = facts.Name;
        frame.LeaveHref = "/quitter";
        frame.HomeHref = SignIns.HomeOf(facts);
        frame.Menu = [.. MenuOf(facts.Actor?.Role).Select(m => new MenuItem(m.Href, t[m.Key]))];
        List<MenuItem> links = [new("/sessions", t["Menu.Sessions"])];
        if (facts.Roles.Count > 1) links.Insert(0, new("/role", t["Menu.Role"]));
        if (facts.Actor?.Role is Role.Patient or Role.Companion) links.Insert(0, new("/qui-a-vu", t["Menu.WhoLooked"]));
        if (facts.Actor is { MembershipId: not null }) links.Insert(0, new("/compte", t["Menu.Account"]));
        if (facts.Actor is { Role: Role.Coordinator }) links.Insert(0, new("/comptes", t["Accounts.Title"]));
        frame.FooterLinks = [.. links, .. frame.FooterLinks];
        if (facts.Limits.IsRemembered) return;
        var now = clock.GetUtcNow().UtcDateTime;
        frame.SessionEndsAt = facts.EndsAt(now);
        frame.SessionSeconds = (int)(frame.SessionEndsAt.Value - now).TotalSeconds;
        frame.StayHref = "/rester";
    }

    private async Task FillPublicAsync(HttpContext http, FrameModel frame, IStringLocalizer<Texts> t)
    {
        frame.FooterLinks = [new("/qui-nous-sommes", t["Menu.About"]), .. frame.FooterLinks, new("/depliant", t["Menu.Leaflet"])];
        var network = http.RequestServices.GetRequiredService<App.Data.NetworkScope>().Id;
        if (!contacts.TryGetValue(network, out var known) || clock.GetUtcNow() >= known.Until)
        {
            known = (await http.RequestServices.GetRequiredService<Contacts>().PublicAsync(http.RequestAborted), clock.GetUtcNow() + For);
            contacts[network] = known;
        }
        if (known.Facts is { } facility) Show(facility, frame);
    }

    private static void Show(FacilityFacts facility, FrameModel frame)
    {
        frame.Telephone = facility.Telephone;
        frame.ContactName = facility.ContactName;
        frame.Hours = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? facility.HoursEn : facility.HoursFr;
    }

    private static (string Href, string Key)[] MenuOf(Role? role) => role switch
    {
        Role.Coordinator =>
        [
            ("/journee", "Menu.Day"), ("/demandes", "Menu.Referrals"), ("/jumelages", "Menu.Matches"), ("/accompagnements", "Menu.Accompaniments"),
            ("/personnes-accompagnatrices", "Menu.Companions"), ("/experience-qui-manque", "Menu.Experience"), ("/reglages", "Menu.Settings"),
        ],
        Role.Clinician => [("/orienter", "Menu.Refer"), ("/mes-demandes", "Menu.MyReferrals")],
        Role.Companion => [("/accueil-pa", "Menu.Home"), ("/profil", "Menu.Profile")],
        Role.Manager => [("/experience-qui-manque", "Menu.Experience"), ("/compte", "Menu.Account"), ("/comptes", "Menu.Accounts")],
        Role.Administrator => [("/compte", "Menu.Account"), ("/comptes", "Menu.Accounts")],
        Role.PrivacyOfficer => [("/journal-acces", "Menu.Reads"), ("/compte", "Menu.Account")],
        Role.NetworkLead or Role.OnCall => [("/compte", "Menu.Account")],
        null or Role.Patient => [],
    };
}

/// <summary>Marks an endpoint that is no routed page but is shown in the frame.</summary>
public sealed class Framed;
