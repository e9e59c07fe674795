using System.Reflection;
using Compagnon.App.Access;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Architecture;

public sealed class HouseTests
{
    private static readonly Assembly Domain = typeof(Row).Assembly;
    private static readonly Assembly App = typeof(CompagnonDb).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;
    private static readonly Assembly Interop = typeof(Compagnon.Interop.Fhir.BundleReader).Assembly;
    private static readonly Assembly Engine = Assembly.Load("Compagnon.Matching");

    [Fact]
    public void Projects_PointOneWay() => Assert.Empty(new[] { Domain, Engine, App, Interop, Web }.SelectMany(a => Guards.PointsBack(a.GetName().Name!, NamesOf(a))));

    /// <summary>This project knows them all: as the Domain, it would point the wrong way.</summary>
    [Fact]
    public void Projects_APlantedReference_IsSeen()
    {
        Assert.Contains("Compagnon.Domain knows Compagnon.App", Guards.PointsBack("Compagnon.Domain", NamesOf(typeof(HouseTests).Assembly)));
        Assert.Contains("Compagnon.Interop knows Compagnon.Web", Guards.PointsBack("Compagnon.Interop", NamesOf(typeof(HouseTests).Assembly)));
    }

    private static IEnumerable<string> NamesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    [Fact]
    public void EveryFolder_IsAStage_OrSaidToStandBeside() => Assert.Empty(Guards.Unplaced([.. Domain.GetTypes(), .. App.GetTypes()]).Distinct());

    [Fact]
    public void AFolderThatNobodyPlaced_IsSeen() => Assert.Equal(["Compagnon.App.Planted"], Guards.Unplaced([typeof(Compagnon.App.Planted.PlantedFolder)]));

    [Fact]
    public void Stages_NeverKnowALaterOne() => Nothing(Guards.AgainstTheFlow([.. Domain.GetTypes(), .. App.GetTypes(), .. Interop.GetTypes(), .. Web.GetTypes()]), Allowed.LookAhead);

    [Fact]
    public void Stages_PlantedArrows_AreSeen_InEveryProject()
    {
        Assert.Contains(Guards.AgainstTheFlow([typeof(Compagnon.Domain.Programme.PlantedArrow)]), v => v.Contains("Proposal", StringComparison.Ordinal));
        Assert.Contains(Guards.AgainstTheFlow([typeof(Compagnon.Web.Programme.PlantedArrow)]), v => v.Contains("Proposal", StringComparison.Ordinal));
    }

    [Fact]
    public void Domain_IsPure() => Assert.Empty(Guards.ImpureDomain(Domain.GetTypes()).Distinct());

    [Fact]
    public void Domain_APlantedClockAndFile_AreSeen()
    {
        var seen = Guards.ImpureDomain([typeof(PlantedImpurity)]).ToList();
        Assert.Contains(seen, v => v.Contains("get_UtcNow", StringComparison.Ordinal));
        Assert.Contains(seen, v => v.Contains("System.IO.File", StringComparison.Ordinal));
    }

    [Fact]
    public void Identity_IsOpenedInTheLoaderAlone() =>
        Nothing(Guards.OpensIdentity([.. App.GetTypes(), .. Interop.GetTypes(), .. Web.GetTypes()]), Allowed.Open);

    [Fact]
    public void Identity_APlantedReader_IsSeen() => Assert.NotEmpty(Guards.OpensIdentity([typeof(PlantedReader), .. typeof(PlantedReader).GetNestedTypes(BindingFlags.NonPublic)]));

    [Fact]
    public void People_AreReadThroughTheLoader() => Nothing(Guards.ReadsPeople([.. App.GetTypes(), .. Interop.GetTypes(), .. Web.GetTypes()]), Allowed.Read);

    [Fact]
    public void People_APlantedList_IsSeen() => Assert.NotEmpty(Guards.ReadsPeople([typeof(PlantedList), .. typeof(PlantedList).GetNestedTypes(BindingFlags.NonPublic)]));

    [Fact]
    public void TheWeb_NeverMeetsTheDatabase() => Nothing(Guards.TouchesDatabase(Web.GetTypes()), Allowed.MeetDatabase);

    [Fact]
    public void TheWeb_APlantedEndpoint_IsSeen() => Assert.NotEmpty(Guards.TouchesDatabase([typeof(PlantedEndpoint)]));

    [Fact]
    public void Access_IsGivenAndTaken_OnlyWhereTheCodeIsAsked() => Nothing(Guards.OpensUnasked(App.GetTypes()), Allowed.OpenUnasked);

    [Fact]
    public void Access_APlantedUseCaseThatForgets_IsSeen_AndOneThatAsks_IsNot() =>
        Assert.Equal([$"{typeof(PlantedDoor).FullName}.OpenAsync makes Membership unasked", $"{typeof(PlantedDoor).FullName}.LambdaAsync makes AccountEnabled unasked"], Guards.OpensUnasked([typeof(PlantedDoor)]));

    [Fact]
    public void WhatIsAllowedAndNotDone_IsSeen() => Assert.Equal(["unknown (planted) is no longer needed"], Broken(["known reads"], new(StringComparer.Ordinal) { ["known"] = "a reason", ["unknown"] = "planted" }));

    /// <summary>What breaks a rule without being allowed to, and what is allowed and no longer done.</summary>
    private static IEnumerable<string> Broken(IEnumerable<string> found, Dictionary<string, string> allowed)
    {
        var all = found.Distinct(StringComparer.Ordinal).ToList();
        return [.. all.Where(f => !allowed.ContainsKey(f.Split(' ')[0])), .. allowed.Where(a => !all.Exists(f => f.StartsWith(a.Key + ' ', StringComparison.Ordinal))).Select(a => $"{a.Key} ({a.Value}) is no longer needed")];
    }

    private static void Nothing(IEnumerable<string> found, Dictionary<string, string> allowed) => Assert.Equal("", string.Join('\n', Broken(found, allowed).Order(StringComparer.Ordinal)));

    private static class PlantedImpurity
    {
        public static string Now() => File.ReadAllText(DateTime.UtcNow.ToString("O"));
    }

    private sealed class PlantedReader(Vault vault)
    {
        public string? Read(Compagnon.Domain.Privacy.Person person, byte[] box) => vault.Open(person, "given-name", box);
    }

    private sealed class PlantedList(CompagnonDb db)
    {
        public Task<List<Compagnon.Domain.Referrals.Referral>> Everybody() => db.Set<Compagnon.Domain.Referrals.Referral>().ToListAsync();
    }

    [UseCases]
    private sealed class PlantedDoor(CompagnonDb db, Reauthentication again)
    {
        public async Task OpenAsync(Guid person)
        {
            await Task.Yield();
            Give(person);
        }

        public async Task LambdaAsync(Guid person)
        {
            await Task.Yield();
            Action<Guid> enable = id => db.Record(Actor.System(1), new AccountEnabled(id), default);
            enable(person);
        }

        public async Task<Refusal?> AskAsync(Actor actor, Guid person, CancellationToken stop)
        {
            if (await again.WhyNotAsync(actor, code: null, stop) is { } refusal) return refusal;
            Give(person);
            return null;
        }

        private void Give(Guid person) => db.Add(new Membership { PersonId = person, Role = Role.Coordinator, GrantedAt = default });
    }

    private static class PlantedEndpoint
    {
        public static int Network(CompagnonDb db) => db.NetworkId;
    }
}
