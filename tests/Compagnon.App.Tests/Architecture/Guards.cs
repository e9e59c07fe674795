using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;

namespace Compagnon.App.Tests.Architecture;

/// <summary>The rules of the house, as functions over types: each returns what breaks it. The tests run them on the house, and on planted violations.</summary>
public static class Guards
{
    /// <summary>The order in which a person's data flows. Whatever stands in no stage (Privacy, Data, views across stages) is beside them.</summary>
    private static readonly string[] Stages =
    [
        "Programme", "Companions", "Training", "Referrals", "Matching", "Accompaniments", "Contact", "Safety", "FollowUps", "CareQuestions", "Community", "Measures", "Research",
    ];

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

    /// <summary>A page never meets the database: it would get at a person without the loader.</summary>
    public static IEnumerable<string> TouchesDatabase(IEnumerable<Type> types) =>
        from type in types
        from other in References.TypesOf(type)
        where other == typeof(CompagnonDb) || other == typeof(Identity) || other.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) is true
        select $"{References.Written(type).FullName} knows {other.FullName}";

    private static bool IsOutside(string space) => space.StartsWith("Microsoft.", StringComparison.Ordinal) || space.StartsWith("System.IO", StringComparison.Ordinal)
        || space.StartsWith("System.Net", StringComparison.Ordinal) || space.StartsWith("System.Data", StringComparison.Ordinal) || space == "System.Threading";

    private static bool IsClock(System.Reflection.MemberInfo member) => member.DeclaringType == typeof(TimeProvider)
        || ((member.DeclaringType == typeof(DateTime) || member.DeclaringType == typeof(DateTimeOffset)) && member.Name is "get_UtcNow" or "get_Now" or "get_Today");

    private static int StageOf(Type type)
    {
        var parts = type.Namespace?.Split('.') ?? [];
        return parts.Length >= 3 && parts[0] == "Compagnon" && parts[1] is "Domain" or "App" ? Array.IndexOf(Stages, parts[2]) : -1;
    }
}
