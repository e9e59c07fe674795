using System.Reflection;
using Compagnon.TestKit;
using Xunit.Sdk;
using Xunit.v3;

namespace Compagnon.App.Tests;

/// <summary><c>[Theory, OnBothDatabases]</c>: the test gets each of the two. Nothing is skipped where a server is missing: it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow(Db.Sqlite), new TheoryDataRow(Db.PostgreSql)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
