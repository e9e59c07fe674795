using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Referrals;

public sealed class ReferTests
{
    [Theory, OnBothDatabases]
    public async Task AReferral_WaitsToBeReached_WithItsConsentAndItsTrail(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        await world.Rows(async rows =>
        {
            var referral = await rows.Set<Referral>().SingleAsync();
            Assert.Equal(id, referral.Id);
            Assert.Equal(NextStep.Reach, referral.Next);
            Assert.True(referral.NextDueAt > world.Clock.Now);
            Assert.Equal(ConsentKind.Contact, (await rows.Set<Consent>().SingleAsync()).Kind);
            Assert.Equal(nameof(ReferralReceived), (await rows.Set<AuditRow>().SingleAsync()).Type);
        });
    }

    [Theory, OnBothDatabases]
    public async Task PostedTwice_MakesOne(Db db)
    {
        await using var world = await World.OnAsync(db);
        var command = People.Refer();
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(world.Clinician, command))));
        Assert.All(both, o => Assert.Equal(command.Key, o.Value));
        Assert.Equal(1, await world.Rows(rows => rows.Set<Referral>().CountAsync()));
        Assert.Equal(1, await world.Rows(rows => rows.Set<Person>().CountAsync(p => p.Kind == PersonKind.Patient)));
    }

    [Theory, OnBothDatabases]
    public async Task WithoutThePersonsYes_NothingIsKept(Db db)
    {
        await using var world = await World.OnAsync(db);
        var outcome = await world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(world.Clinician, People.Refer(c => c with { Agreed = false })));
        Assert.IsType<NotAgreed>(outcome.Refusal);
        Assert.Equal(0, await world.Rows(rows => rows.Set<Person>().CountAsync(p => p.Kind == PersonKind.Patient)));
    }

    [Theory, OnBothDatabases]
    public async Task TheCoordinatorOpensTheFile_AndTheReadIsRecorded(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        var file = await world.In<Files, PatientFile?>(f => f.OpenAsync(world.Coordinator, id, ReadWhat.File));
        Assert.Equal("Nadia", file!.Identity!.GivenName);
        var read = await world.Rows(rows => rows.Set<AccessEntry>().SingleAsync());
        Assert.Equal((world.Coordinator.PersonId, file.PatientId, ReadWhat.File), (read.ReaderId, read.PersonId!.Value, read.What));
    }
}
