using System.Reflection;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;

namespace Compagnon.App.Tests.Architecture;

public sealed class HouseTests
{
    private static readonly Assembly Domain = typeof(Row).Assembly;
    private static readonly Assembly App = typeof(CompagnonDb).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;
    private static readonly Assembly Interop = typeof(Compagnon.Interop.Fhir.BundleReader).Assembly;
    private static readonly Assembly Engine = Assembly.Load("Compagnon.Matching");

    [Fact]
    public void Projects_PointOneWay()
    {
        Assert.Empty(Ours(Domain));
        Assert.Empty(Ours(Engine));
        Assert.Subset(new HashSet<string>(StringComparer.Ordinal) { "Compagnon.Domain", "Compagnon.Matching" }, Ours(App));
        Assert.Subset(new HashSet<string>(StringComparer.Ordinal) { "Compagnon.Domain", "Compagnon.Matching", "Compagnon.App" }, Ours(Interop));
        static HashSet<string> Ours(Assembly assembly) =>
            [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Compagnon.", StringComparison.Ordinal))];
    }

    [Fact]
    public void Stages_NeverKnowALaterOne() => Assert.Empty(Guards.AgainstTheFlow([.. Domain.GetTypes(), .. App.GetTypes()]).Distinct());

    [Fact]
    public void Stages_APlantedArrow_IsSeen() =>
        Assert.Contains(Guards.AgainstTheFlow([typeof(Compagnon.Domain.Programme.PlantedArrow)]), v => v.Contains("Proposal", StringComparison.Ordinal));

    [Fact]
    public void Domain_IsPure() => Assert.Empty(Guards.ImpureDomain(Domain.GetTypes()).Distinct());

    [Fact]
    public void Domain_APlantedClockAndFile_AreSeen()
    {
        var seen = Guards.ImpureDomain([typeof(PlantedImpurity)]).ToList();
        Assert.Contains(seen, v => v.Contains("get_UtcNow", StringComparison.Ordinal));
        Assert.Contains(seen, v => v.Contains("System.IO.File", StringComparison.Ordinal));
    }

    /// <summary>Who may open what is encrypted under a person's key, and why. A new name here is a decision, not a detail.</summary>
    private static readonly Dictionary<string, string> MayOpen = new(StringComparer.Ordinal)
    {
        ["Compagnon.App.Privacy.Vault"] = "itself",
        ["Compagnon.App.Privacy.Files"] = "the loader: decides and records",
        ["Compagnon.App.Messages.Outbox"] = "the receiver's own address, to write them a letter",
        ["Compagnon.App.Messages.Sending.SendLetters"] = "the letter itself, where it leaves",
        ["Compagnon.App.Messages.Sending.SentLetters"] = "the demonstration's page of letters; exists nowhere else",
        ["Compagnon.App.Access.AccountStore"] = "the account's own authenticator key",
        ["Compagnon.App.Operations.Restore"] = "one field, to prove that a backup opens; never shown",
    };

    [Fact]
    public void Identity_IsOpenedInTheLoaderAlone() =>
        Assert.Empty(Guards.OpensIdentity(App.GetTypes().Concat(Web.GetTypes()).Concat(Interop.GetTypes()).Where(t => !MayOpen.ContainsKey(References.Written(t).FullName!))).Distinct());

    [Fact]
    public void Identity_APlantedReader_IsSeen() => Assert.NotEmpty(Guards.OpensIdentity([typeof(PlantedReader), .. typeof(PlantedReader).GetNestedTypes(BindingFlags.NonPublic)]));

    [Fact]
    public void Pages_NeverMeetTheDatabase() => Assert.Empty(Guards.TouchesDatabase(Web.GetTypes().Where(IsPage)).Distinct());

    [Fact]
    public void Pages_APlantedPage_IsSeen() => Assert.NotEmpty(Guards.TouchesDatabase([typeof(PlantedPage)]));

    private static bool IsPage(Type type) => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(References.Written(type));

    private static class PlantedImpurity
    {
        public static string Now() => File.ReadAllText(DateTime.UtcNow.ToString("O"));
    }

    private sealed class PlantedReader(Vault vault)
    {
        public string? Read(Compagnon.Domain.Privacy.Person person, byte[] box) => vault.Open(person, "given-name", box);
    }

    private sealed class PlantedPage(CompagnonDb db)
    {
        public int Network => db.NetworkId;
    }
}
