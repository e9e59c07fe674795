using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Privacy;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Privacy;

public sealed class ErasureRequestTests
{
    [Theory, OnBothDatabases]
    public async Task ItTakesTwo_AndOnlyWhatHasEnded_AndThenNothingOpensAnyMore(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        var officer = await world.StaffAsync(Role.PrivacyOfficer, "Chantal Mercure");
        Assert.IsType<StillUnderWay>((await AskAsync(world, pair.ReferralId)).Refusal);
        await world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = pair.ReferralId, Closing = Closing.Completed }));
        Assert.All(await Task.WhenAll(AskAsync(world, pair.ReferralId), AskAsync(world, pair.ReferralId)), o => Assert.True(o.IsDone || o.Refusal is ChangedMeanwhile or ErasureIsAsked));
        Assert.IsType<ErasureIsAsked>((await AskAsync(world, pair.ReferralId)).Refusal);
        var line = Assert.Single(await world.In<ErasureRequests, IReadOnlyList<ErasureLine>>(r => r.WaitingAsync(officer)));
        Assert.Equal([(await world.RequestAsync(pair.ReferralId)).FileNumber], line.FileNumbers);
        Assert.Empty(await world.In<ErasureRequests, IReadOnlyList<ErasureLine>>(r => r.WaitingAsync(world.Coordinator)));
        Assert.IsType<NotThere>((await DecideAsync(world, world.Coordinator, line.Id)).Refusal);
        Assert.True((await DecideAsync(world, officer, line.Id)).IsDone);
        var file = await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, pair.ReferralId));
        Assert.Equal(new IdentityFields(), file!.File.Identity);
        Assert.Null(await world.Rows(rows => rows.Set<Accompaniment>().Where(a => a.Id == pair.Id).Select(a => a.Agreement.PatientPseudonym).SingleAsync()));
        Assert.Contains(nameof(PersonErased), await world.TrailAsync(pair.PatientId));
        Assert.Empty(await world.In<ErasureRequests, IReadOnlyList<ErasureLine>>(r => r.WaitingAsync(officer)));
    }

    [Theory, OnBothDatabases]
    public async Task Refused_NobodyIsErased(Db db)
    {
        await using var world = await World.OnAsync(db);
        var officer = await world.StaffAsync(Role.PrivacyOfficer);
        var id = await world.ReadyAsync();
        await world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = id, Closing = Closing.NotReached }));
        await AskAsync(world, id);
        var line = Assert.Single(await world.In<ErasureRequests, IReadOnlyList<ErasureLine>>(r => r.WaitingAsync(officer)));
        await DecideAsync(world, officer, line.Id, erase: false);
        Assert.Equal("Nadia", (await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, id)))!.File.Identity!.GivenName);
        Assert.True((await DecideAsync(world, officer, line.Id, erase: false)).IsDone);
        // whoever confirms on a page of before is not told that it was done
        Assert.IsType<ChangedMeanwhile>((await DecideAsync(world, officer, line.Id)).Refusal);
        Assert.Equal("Nadia", (await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, id)))!.File.Identity!.GivenName);
    }

    [Theory, OnBothDatabases]
    public async Task ACompanion_IsErasedOnceTheyHaveLeft(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var officer = await world.StaffAsync(Role.PrivacyOfficer);
        Task<Outcome<Done>> Ask() => world.In<ErasureRequests, Outcome<Done>>(r => r.AskForCompanionAsync(world.Coordinator, companion.Id, ErasureReason.AskedByPerson));
        Assert.IsType<StillUnderWay>((await Ask()).Refusal);
        await world.In<App.Companions.Service, Outcome<Done>>(s => s.EndAsync(world.Coordinator, companion.Id));
        Assert.True((await Ask()).IsDone);
        var line = Assert.Single(await world.In<ErasureRequests, IReadOnlyList<ErasureLine>>(r => r.WaitingAsync(officer)));
        Assert.Empty(line.FileNumbers);
        await DecideAsync(world, officer, line.Id);
        var left = await world.Rows(rows => rows.Set<Domain.Companions.Companion>().AsNoTracking().SingleAsync(c => c.Id == companion.Id));
        Assert.Equal(("", null), (left.Pseudonym, left.OwnWords));
    }

    private static Task<Outcome<Done>> AskAsync(World world, Guid referralId) =>
        world.In<ErasureRequests, Outcome<Done>>(r => r.AskForPatientAsync(world.Coordinator, referralId, ErasureReason.AskedByPerson));

    private static Task<Outcome<Done>> DecideAsync(World world, Actor by, Guid requestId, bool erase = true) =>
        world.In<ErasureRequests, Outcome<Done>>(r => r.DecideAsync(by, requestId, erase, code: null));
}
