using System.Globalization;
using System.Security.Claims;
using Compagnon.Domain.Programme;

namespace Compagnon.Web.Access;

/// <summary>Who is signed in and acts, in which role and where: the one place where a page gets its <see cref="Actor"/>.</summary>
public sealed class Who(IHttpContextAccessor http)
{
    /// <exception cref="InvalidOperationException">Nobody has signed in, or no role was chosen: the page lacks its policy.</exception>
    public Actor Actor => ActorOrNull ?? throw new InvalidOperationException("Nobody acts here: the page lacks a policy.");

    public Actor? ActorOrNull => http.HttpContext?.User is { Identity.IsAuthenticated: true } user ? Claim.Actor(user) : null;

    /// <summary>The facility the actor works in.</summary>
    public Guid FacilityId => Actor.FacilityId ?? throw new InvalidOperationException("This role has no facility.");

    /// <summary>The claims a session's cookie carries; ids only.</summary>
    public static class Claim
    {
        public const string Network = "network";
        public const string Person = "person";
        public const string Role = "role";
        public const string Facility = "facility";
        public const string Clinic = "clinic";
        public const string Membership = "membership";
        public const string Function = "function";
        public const string Session = "session";
        /// <summary>Of a patient: the request their link was for.</summary>
        public const string Referral = "referral";

        public static Actor? Actor(ClaimsPrincipal user) =>
            !Enum.TryParse<Role>(user.FindFirstValue(Role), out var role) || Id(user, Person) is not { } person ? null : new Actor
            {
                NetworkId = int.Parse(user.FindFirstValue(Network)!, CultureInfo.InvariantCulture), PersonId = person, Role = role,
                FacilityId = Id(user, Facility), ClinicId = Id(user, Clinic), MembershipId = Id(user, Membership),
                Function = Enum.TryParse<ClinicianFunction>(user.FindFirstValue(Function), out var function) ? function : null,
            };

        public static int? NetworkOf(ClaimsPrincipal user) => int.TryParse(user.FindFirstValue(Network), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

        public static Guid? Id(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
    }
}

/// <summary>Who may come to a page at all: one policy a role. What they then see is decided by Domain's AccessRules, in the loader.</summary>
public static class Policies
{
    public const string Patient = nameof(Role.Patient);
    public const string Companion = nameof(Role.Companion);
    public const string Coordinator = nameof(Role.Coordinator);
    public const string Clinician = nameof(Role.Clinician);
    public const string Manager = nameof(Role.Manager);
    public const string NetworkLead = nameof(Role.NetworkLead);
    public const string PrivacyOfficer = nameof(Role.PrivacyOfficer);
    public const string Administrator = nameof(Role.Administrator);
    /// <summary>Somebody who answers for themselves, or the coordinator who answers for them on the telephone.</summary>
    public const string Answering = "Answering";
    /// <summary>Patients and companions: pages about oneself that both have.</summary>
    public const string Person = "Person";
    /// <summary>Anybody with a staff or companion account: their own account and sessions.</summary>
    public const string Account = "Account";
    /// <summary>Who has access: seen by those who give it and by the manager.</summary>
    public const string AccountList = "AccountList";
    /// <summary>Groups that a restriction may name: kept by whoever does not open the files it closes.</summary>
    public const string Groups = "Groups";
    /// <summary>Companions of a facility, with who they are: read by its manager, changed by its coordinator.</summary>
    public const string CompanionList = "CompanionList";
    /// <summary>Counts, of a facility or of the network.</summary>
    public const string Overview = "Overview";
    /// <summary>Which experience is missing: whoever matches, and the manager, who sees counts.</summary>
    public const string Experience = "Experience";
    /// <summary>May ask who somebody is in an emergency; EmergencyRules decides about whom.</summary>
    public const string Emergency = "Emergency";
    /// <summary>Signed in, but no role chosen yet.</summary>
    public const string SignedIn = "SignedIn";

    public static void AddTo(Microsoft.AspNetCore.Authorization.AuthorizationBuilder builder)
    {
        foreach (var role in Enum.GetNames<Role>()) builder.AddPolicy(role, p => p.RequireClaim(Who.Claim.Role, role));
        builder.AddPolicy(Answering, p => p.RequireClaim(Who.Claim.Role, nameof(Role.Patient), nameof(Role.Coordinator)));
        builder.AddPolicy(Person, p => p.RequireClaim(Who.Claim.Role, Patient, Companion));
        builder.AddPolicy(Account, p => p.RequireClaim(Who.Claim.Membership));
        builder.AddPolicy(AccountList, p => p.RequireClaim(Who.Claim.Role, Coordinator, Administrator, Manager));
        builder.AddPolicy(Groups, p => p.RequireClaim(Who.Claim.Role, Administrator, Manager));
        builder.AddPolicy(CompanionList, p => p.RequireClaim(Who.Claim.Role, Coordinator, Manager));
        builder.AddPolicy(Overview, p => p.RequireClaim(Who.Claim.Role, Manager, NetworkLead));
        builder.AddPolicy(Experience, p => p.RequireClaim(Who.Claim.Role, Coordinator, Manager));
        builder.AddPolicy(Emergency, p => p.RequireClaim(Who.Claim.Role, Coordinator, nameof(Role.OnCall)));
        builder.AddPolicy(SignedIn, p => p.RequireAuthenticatedUser());
    }
}
