using System.Globalization;
using System.Security.Claims;
using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.Domain.Programme;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Compagnon.Web.Access;

/// <summary>Turns a session into a cookie of ids, and back. Whoever calls has made sure who it is: by password and code, by link and code, or in the demonstration.</summary>
public sealed class SignIns(Sessions sessions, HeldPosts held, TimeProvider clock)
{
    private static readonly object Key = new();

    /// <summary>What was found out about this request's session; null when nobody has signed in.</summary>
    public static SessionFacts? Of(HttpContext http) => (SessionFacts?)http.Items[Key];

    public static void Put(HttpContext http, SessionFacts facts) => http.Items[Key] = facts;

    /// <summary>Signs the person in on this browser and says where to go: home, or to choosing a role.</summary>
    public async Task<Outcome<string>> StartAsync(HttpContext http, Guid personId, Guid? membershipId = null, Guid? referralId = null, bool isShared = false, string? wanted = null)
    {
        var begun = await sessions.StartAsync(new StartSession
        {
            PersonId = personId, MembershipId = membershipId, ReferralId = referralId, IsShared = isShared, Device = Devices.NameOf(http.Request.Headers.UserAgent),
        }, http.RequestAborted);
        if (!begun.IsDone) return Outcome<string>.Refused(begun.Refusal!);
        if (Of(http) is { } before) await sessions.EndAsync(before, before.SessionId, http.RequestAborted);
        await WriteAsync(http, begun.Value);
        held.Owner(http, personId);
        if (begun.Value.Actor is null) return HomeOf(begun.Value);
        return await held.WaitingAsync(http, personId) ?? Inside(wanted) ?? HomeOf(begun.Value);
    }

    public async Task<Outcome<string>> ChooseRoleAsync(HttpContext http, Guid membershipId)
    {
        if (Of(http) is not { } facts) return new NotThere();
        var chosen = await sessions.ChooseRoleAsync(facts, membershipId, http.RequestAborted);
        if (!chosen.IsDone) return Outcome<string>.Refused(chosen.Refusal!);
        await WriteAsync(http, chosen.Value);
        return await held.WaitingAsync(http, facts.PersonId) ?? HomeOf(chosen.Value);
    }

    public async Task EndAsync(HttpContext http)
    {
        if (Of(http) is { } facts) await sessions.EndAsync(facts, facts.SessionId, http.RequestAborted);
        http.Items.Remove(Key);
        HeldPosts.ForgetOwner(http);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public static ClaimsPrincipal PrincipalOf(SessionFacts facts)
    {
        var claims = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        Add(Who.Claim.Network, facts.NetworkId.ToString(CultureInfo.InvariantCulture));
        Add(Who.Claim.Person, facts.PersonId);
        Add(Who.Claim.Session, facts.SessionId);
        Add(Who.Claim.Role, facts.Actor?.Role);
        Add(Who.Claim.Facility, facts.Actor?.FacilityId);
        Add(Who.Claim.Clinic, facts.Actor?.ClinicId);
        Add(Who.Claim.Membership, facts.Actor?.MembershipId);
        Add(Who.Claim.Function, facts.Actor?.Function);
        Add(Who.Claim.Referral, facts.ReferralId);
        // binds antiforgery tokens to the person
        Add(ClaimTypes.NameIdentifier, facts.PersonId);
        return new ClaimsPrincipal(claims);

        void Add(string name, object? value)
        {
            if (value is not null) claims.AddClaim(new Claim(name, value.ToString()!));
        }
    }

    public static string HomeOf(SessionFacts facts) => facts.Actor is null ? "/role" : HomeOf(facts.Actor.Role);

    public static string HomeOf(Role role) => role switch
    {
        Role.Patient => "/mon-espace",
        Role.Companion => "/accueil-pa",
        Role.Coordinator => "/journee",
        Role.Clinician => "/orienter",
        Role.Manager or Role.NetworkLead => "/vue-ensemble",
        Role.PrivacyOfficer => "/journal-acces",
        Role.Administrator => "/comptes",
        // alerts are a later chapter: what they need meanwhile is the protocol
        Role.OnCall => "/aide",
    };

    private static string? Inside(string? address) => Frame.Languages.Local(address) is { Length: > 1 } local && !local.StartsWith("/entrer", StringComparison.Ordinal) && !local.StartsWith("/quitter", StringComparison.Ordinal) ? local : null;

    private Task WriteAsync(HttpContext http, SessionFacts facts)
    {
        Put(http, facts);
        var principal = PrincipalOf(facts);
        http.User = principal;
        return http.SignInAsync(IdentityConstants.ApplicationScheme, principal, new AuthenticationProperties
        {
            IsPersistent = facts.Limits.IsRemembered, AllowRefresh = false, IssuedUtc = clock.GetUtcNow(),
            // the row ends it; the cookie outlives it a little, so that a form posted too late is kept for its owner
            ExpiresUtc = new DateTimeOffset(facts.ExpiresAt, TimeSpan.Zero).AddDays(1),
        });
    }
}
