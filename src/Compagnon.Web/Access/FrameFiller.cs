using System.Collections.Concurrent;
using System.Globalization;
using Compagnon.App.Access;
using Compagnon.Domain.Programme;
using Compagnon.Web.Frame;
using Compagnon.Web.Words;
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
            var session = SignIns.Of(http);
            var facility = session is null ? await PublicAsync(http) : session.Facility;
            // here, not in a method awaited: what is set there is forgotten on the way back
            RoleWords.Here = facility is null ? null : new RoleWords(facility.Settings.CompanionWords, facility.Settings.CoordinatorWords);
            if (facility is not null) Show(facility, frame);
            if (session is not null) FillFor(session, frame, t);
            else frame.FooterLinks = [new("/qui-nous-sommes", t["Menu.About"]), .. frame.FooterLinks, new("/depliant", t["Menu.Leaflet"])];
        }
        await next(http);
    }

    private void FillFor(SessionFacts facts, FrameModel frame, IStringLocalizer<Texts> t)
    {
        frame.Place = facts.Facility?.Name ?? "";
        frame.Who = facts.Name;
        frame.LeaveHref = "/quitter";
        if (facts.RequestEnded) frame.Stop = null;
        frame.HomeHref = SignIns.HomeOf(facts);
        frame.Menu = [.. MenuOf(facts.Actor?.Role).Select(m => new MenuItem(m.Href, t[m.Key], Also: AlsoIn(m.Href)))];
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

    private async Task<FacilityFacts?> PublicAsync(HttpContext http)
    {
        var network = http.RequestServices.GetRequiredService<App.Data.NetworkScope>().Id;
        if (!contacts.TryGetValue(network, out var known) || clock.GetUtcNow() >= known.Until)
        {
            known = (await http.RequestServices.GetRequiredService<Contacts>().PublicAsync(http.RequestAborted), clock.GetUtcNow() + For);
            contacts[network] = known;
        }
        return known.Facts;
    }

    private static void Show(FacilityFacts facility, FrameModel frame)
    {
        frame.Telephone = facility.Telephone;
        frame.ContactName = facility.ContactName;
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        frame.Hours = Formats.HoursTogether(english ? facility.HoursEn : facility.HoursFr);
        frame.Protocol = english ? facility.Settings.CrisisEn : facility.Settings.CrisisFr;
        if (facility.Settings.CrisisNumbers is { Count: > 0 } numbers) frame.CrisisLines = [.. numbers.Select(n => new CrisisLine(n.Number, n.Dialled, english ? n.En : n.Fr))];
    }

    /// <summary>Where a page belongs when its address does not begin with the menu's.</summary>
    private static string? AlsoIn(string href) => href switch
    {
        "/demandes" => "/demander",
        "/jumelages" => "/jumelage",
        "/reglages" => "/absences",
        "/accueil-pa" => "/journal",
        _ => null,
    };

    private static (string Href, string Key)[] MenuOf(Role? role) => role switch
    {
        Role.Coordinator =>
        [
            ("/journee", "Menu.Day"), ("/demandes", "Menu.Referrals"), ("/jumelages", "Menu.Matches"), ("/accompagnements", "Menu.Accompaniments"),
            ("/personnes-accompagnatrices", "Menu.Companions"), ("/experience-qui-manque", "Menu.Experience"), ("/reglages", "Menu.Settings"),
        ],
        Role.Clinician => [("/orienter", "Menu.Refer"), ("/mes-demandes", "Menu.MyReferrals")],
        Role.Companion => [("/accueil-pa", "Menu.Home"), ("/profil", "Menu.Profile")],
        Role.Administrator => [("/comptes", "Menu.Accounts"), ("/reseau", "Menu.Network"), ("/compte", "Menu.Account")],
        Role.Manager => [("/vue-ensemble", "Menu.Overview"), ("/experience-qui-manque", "Menu.Experience"), ("/personnes-accompagnatrices", "Menu.Companions"), ("/comptes", "Menu.Accounts"), ("/compte", "Menu.Account")],
        Role.PrivacyOfficer => [("/journal-acces", "Menu.Reads"), ("/divulgations", "Menu.Disclosures"), ("/effacements", "Menu.Erasures"), ("/compte", "Menu.Account")],
        Role.NetworkLead => [("/vue-ensemble", "Menu.Overview"), ("/compte", "Menu.Account")],
        Role.OnCall => [("/aide", "Menu.Protocol"), ("/urgence-identite", "Menu.Emergency"), ("/compte", "Menu.Account")],
        null or Role.Patient => [],
    };
}

/// <summary>Marks an endpoint that is no routed page but is shown in the frame.</summary>
public sealed class Framed;
