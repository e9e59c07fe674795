using System.Reflection;
using Compagnon.App.Access;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Access;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Architecture;

/// <summary>The rules of the house, as functions over types: each returns what breaks it. The tests run them on the house, and on planted violations.</summary>
public static class Guards
{
    /// <summary>Which of our projects each may know.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Compagnon.Domain"] = [], ["Compagnon.Matching"] = [], ["Compagnon.App"] = ["Compagnon.Domain", "Compagnon.Matching"],
        ["Compagnon.Interop"] = ["Compagnon.Domain", "Compagnon.Matching", "Compagnon.App"],
        ["Compagnon.Web"] = ["Compagnon.Domain", "Compagnon.Matching", "Compagnon.App", "Compagnon.Interop"],
    };

    /// <summary>The order in which a person's data flows.</summary>
    private static readonly string[] Stages =
    [
        "Programme", "Companions", "Training", "Referrals", "Matching", "Accompaniments", "Contact", "Safety", "FollowUps", "CareQuestions", "Community", "Measures", "Research",
    ];

    /// <summary>What stands beside the stages: what each of them uses, and views across them, which only read. A new name here is a decision, not a detail.</summary>
    private static readonly string[] Beside =
    [
        "Access", "Audit", "Data", "Jobs", "Messages", "Operations", "Privacy", "Day", "Demonstration", "Home", "Space",
    ];

    /// <summary>What is known of people: it is read by the loader, which decides and records.</summary>
    private static readonly Type[] OfPeople = [typeof(Companion), typeof(Consent), typeof(LogbookEntry), typeof(Referral)];

    /// <summary>What stands for access that is given or taken, and for what cannot be undone.</summary>
    private static readonly Type[] Opening =
    [
        typeof(Account), typeof(Invitation), typeof(Membership), typeof(RoleGranted), typeof(RoleEnded), typeof(InvitationSent), typeof(AccountDisabled), typeof(AccountEnabled), typeof(ErasureDecided),
    ];

    /// <summary>Web → Interop → App → Domain, App → Matching; never the other way.</summary>
    /// <param name="name">Of the project that refers.</param>
    /// <param name="references">Names of what it refers to.</param>
    public static IEnumerable<string> PointsBack(string name, IEnumerable<string> references) =>
        references.Where(r => r.StartsWith("Compagnon.", StringComparison.Ordinal) && !MayKnow[name].Contains(r)).Select(r => $"{name} knows {r}");

    /// <summary>A folder of Domain or App that is no stage, nor said to stand beside them, would know whatever it likes.</summary>
    public static IEnumerable<string> Unplaced(IEnumerable<Type> types) =>
        from type in types
        let parts = type.Namespace?.Split('.') ?? []
        where parts.Length >= 3 && parts[0] == "Compagnon" && parts[1] is "Domain" or "App" && !Stages.Contains(parts[2]) && !Beside.Contains(parts[2])
        select string.Join('.', parts.Take(3));

    /// <summary>An earlier stage never knows a later one.</summary>
    public static IEnumerable<string> AgainstTheFlow(IEnumerable<Type> types) =>
        from type in types
        let stage = StageOf(type)
        where stage >= 0
        from other in References.TypesOf(type)
        let later = StageOf(other)
        where later > stage
        select $"{References.Written(type).FullName} ({Stages[stage]}) knows {other.FullName} ({Stages[later]})";

    /// <summary>No EF, no ASP.NET, no clock, no files, no network in Domain. The one clock it may touch is the one inside a new row's id.</summary>
    public static IEnumerable<string> ImpureDomain(IEnumerable<Type> types) =>
        from type in types
        from member in References.MembersOf(type)
        let named = member as Type ?? member.DeclaringType
        where named?.Namespace is { } space && (IsOutside(space) || IsClock(member) || named == typeof(Environment) || named == typeof(Random))
        select $"{References.Written(type).FullName} uses {named.FullName}.{member.Name}";

    /// <summary>Identity is opened in the loader and where a letter leaves; nowhere else.</summary>
    public static IEnumerable<string> OpensIdentity(IEnumerable<Type> types) =>
        from type in types
        from member in References.MembersOf(type)
        where member.DeclaringType == typeof(Vault) && member.Name.StartsWith("Open", StringComparison.Ordinal)
        select $"{References.Written(type).FullName} calls Vault.{member.Name}";

    /// <summary>Asks the database for rows about people, past the loader.</summary>
    public static IEnumerable<string> ReadsPeople(IEnumerable<Type> types) =>
        from type in types
        from member in References.MembersOf(type)
        where member is MethodInfo { IsGenericMethod: true, Name: "Set" or "Find" or "FindAsync" } call && call.DeclaringType!.IsAssignableTo(typeof(DbContext)) && OfPeople.Contains(call.GetGenericArguments()[0])
        select $"{References.Written(type).FullName} reads {((MethodInfo)member).GetGenericArguments()[0].Name}";

    /// <summary>Nothing of the web meets the database: it would get at a person without the loader.</summary>
    public static IEnumerable<string> TouchesDatabase(IEnumerable<Type> types) =>
        from type in types
        from other in References.TypesOf(type)
        where other == typeof(CompagnonDb) || other == typeof(Identity) || other.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) is true
        select $"{References.Written(type).FullName} knows {other.FullName}";

    /// <summary>Gives or takes access, or erases, without asking for the one-time code once more.</summary>
    public static IEnumerable<string> OpensUnasked(IEnumerable<Type> types) =>
        from type in types
        where Attribute.IsDefined(type, typeof(UseCasesAttribute))
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let reached = References.ReachedFrom(method)
        let opened = reached.OfType<ConstructorInfo>().Select(c => c.DeclaringType!).FirstOrDefault(Opening.Contains)
        where opened is not null && !reached.Any(m => m.DeclaringType == typeof(Reauthentication) && m.Name == nameof(Reauthentication.WhyNotAsync))
        select $"{type.FullName}.{method.Name} makes {opened.Name} unasked";

    private static bool IsOutside(string space) => space.StartsWith("Microsoft.", StringComparison.Ordinal) || space.StartsWith("System.IO", StringComparison.Ordinal)
        || space.StartsWith("System.Net", StringComparison.Ordinal) || space.StartsWith("System.Data", StringComparison.Ordinal) || space == "System.Threading";

    private static bool IsClock(System.Reflection.MemberInfo member) => member.DeclaringType == typeof(TimeProvider)
        || ((member.DeclaringType == typeof(DateTime) || member.DeclaringType == typeof(DateTimeOffset)) && member.Name is "get_UtcNow" or "get_Now" or "get_Today");

    private static int StageOf(Type type)
    {
        var parts = type.Namespace?.Split('.') ?? [];
        return parts.Length >= 3 && parts[0] == "Compagnon" && parts[1] is "Domain" or "App" or "Interop" or "Web" ? Array.IndexOf(Stages, parts[2]) : -1;
    }
}
