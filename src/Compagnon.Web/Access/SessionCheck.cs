using Compagnon.App.Access;
using Compagnon.App.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Compagnon.Web.Access;

/// <summary>Asks on every request whether the cookie's session still holds; the stored row decides on role and rights, the cookie only names it.</summary>
public sealed class SessionCheck(Sessions sessions, HeldPosts held, NetworkScope network) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (context.Principal is not { } principal || Who.Claim.Id(principal, Who.Claim.Session) is not { } sessionId || Who.Claim.NetworkOf(principal) is not { } networkId)
        {
            context.RejectPrincipal();
            return;
        }
        network.Id = networkId;
        if (await sessions.LookAsync(sessionId, http.RequestAborted) is not { } facts)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        SignIns.Put(http, facts);
        // the role was changed in another window: what counts is the row
        if (Who.Claim.Id(principal, Who.Claim.Membership) != facts.Actor?.MembershipId) context.ReplacePrincipal(SignIns.PrincipalOf(facts));
    }

    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        await held.HoldAsync(context.HttpContext);
        await base.RedirectToLogin(context);
    }
}
