using Compagnon.App.Messages;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

public sealed class ProposeTests
{
    [Theory, OnBothDatabases]
    public async Task AProposal_HoldsAPlace_AndWaitsForAnAnswer(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        var done = (await world.ProposeAsync(id, ghislaine)).Value;
        var request = await world.RequestAsync(id);
        Assert.Equal(NextStep.Answer, request.Next);
        Assert.Equal(world.Clock.Now.AddHours(48), done.AnswerDueAt);
        Assert.Equal(request.AnswerDueAt, request.NextDueAt);
        Assert.Equal(1, await world.PlacesAsync(ghislaine));
        await world.Rows(async rows =>
        {
            Assert.Equal(1, await rows.Set<AuditRow>().CountAsync(a => a.Type == nameof(ProposalMade) && a.SubjectId == id));
            Assert.Equal(1, await rows.Set<AccessEntry>().CountAsync(a => a.What == ReadWhat.Matching && a.PersonId == request.PatientId));
        });
    }

    [Theory, OnBothDatabases]
    public async Task BeforeThePatientsOwnConsent_NobodyIsAsked(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync();
        var id = await world.ReferralAsync(r => (r.ReadyToMatch().ServiceConsentAt, r.MayLeaveMessage) = (null, true));
        Assert.IsType<MayNotBeProposed>((await world.ProposeAsync(id, ghislaine)).Refusal);
        Assert.Equal(0, await world.PlacesAsync(ghislaine));
        Assert.Empty(await world.ProposalsAsync(id));
    }

    [Theory, OnBothDatabases]
    public async Task OneAtATime_UntilThePatientAgreesThatSeveralSeeTheSummary(Db db)
    {
        await using var world = await World.OnAsync(db);
        var all = new[] { await world.CompanionAsync(), await world.CompanionAsync(), await world.CompanionAsync(), await world.CompanionAsync() };
        var id = await world.ReadyAsync();
        Assert.Equal(new TooManyAtOnce(1), (await world.ProposeAsync(id, all.Take(2))).Refusal);
        await world.ConsentAsync(id, ConsentKind.SeveralCompanions);
        Assert.True((await world.ProposeAsync(id, all.Take(2))).IsDone);
        Assert.Equal(new TooManyAtOnce(3), (await world.ProposeAsync(id, all.Skip(2))).Refusal);
        Assert.True((await world.ProposeAsync(id, all.Skip(2).Take(1))).IsDone);
        Assert.Equal(3, (await world.ProposalsAsync(id)).Count);
    }

    [Theory, OnBothDatabases]
    public async Task AReason_IsAskedOnlyWhenABetterOneIsPassedOver_AndIsKeptSealed(Db db)
    {
        await using var world = await World.OnAsync(db);
        var better = await world.CompanionAsync();
        var other = await world.CompanionAsync(c => c.Experiences = [new LivedExperience { Site = CancerSite.Lung, Year = 2015 }]);
        var id = await world.ReadyAsync();
        var needed = Assert.IsType<ReasonNeeded>((await world.ProposeAsync(id, other)).Refusal);
        Assert.True(needed.PassedOver);
        Assert.True((await world.ProposeAsync(id, other, "Elles ont déjà parlé à la clinique")).IsDone);
        var proposal = Assert.Single(await world.ProposalsAsync(id));
        Assert.True(proposal.PassedOver);
        Assert.DoesNotContain("clinique", System.Text.Encoding.UTF8.GetString(proposal.Reason!), StringComparison.Ordinal);
        var second = await world.ReadyAsync();
        Assert.True((await world.ProposeAsync(second, better)).IsDone);
        Assert.Null(Assert.Single(await world.ProposalsAsync(second)).Reason);
    }

    [Theory, OnBothDatabases]
    public async Task HardRules_AreCheckedAgain_AndLiftedOnlyWhereTheyMayBe(Db db)
    {
        await using var world = await World.OnAsync(db);
        var english = await world.CompanionAsync(c => c.Languages = [Languages.English]);
        var paused = await world.CompanionAsync(c => c.PausedAt = world.Clock.Now);
        var man = await world.CompanionAsync(c => c.Gender = Gender.Man);
        var id = await world.ReferralAsync(r =>
        {
            r.ReadyToMatch();
            (r.Intake.WishedGender, r.Intake.MustHaves) = (Gender.Woman, [MustHave.WishedGender]);
        });
        var refused = Assert.IsType<NotEligible>((await world.ProposeAsync(id, man)).Refusal);
        Assert.Equal(ExclusionRule.MustHave, Assert.Single(refused.Exclusions).Rule);
        Assert.IsType<ReasonNeeded>((await world.ProposeAsync(id, [man], lifting: true)).Refusal);
        Assert.IsType<NotEligible>((await world.ProposeAsync(id, [paused], "Elle le veut", lifting: true)).Refusal);
        // two who have no language in common cannot talk, whatever the reason
        var mute = Assert.IsType<NotEligible>((await world.ProposeAsync(id, [english], "Nadia parle anglais", lifting: true)).Refusal);
        Assert.Equal(ExclusionRule.NoCommonLanguage, Assert.Single(mute.Exclusions).Rule);
        Assert.True((await world.ProposeAsync(id, [man], "Elle accepte un homme", lifting: true)).IsDone);
        Assert.Equal([ExclusionRule.MustHave], Assert.Single(await world.ProposalsAsync(id)).Lifted);
    }

    [Theory, OnBothDatabases]
    public async Task ACompanionKeptOutByThePatient_CannotBeAsked_NotEvenWithAReason(Db db)
    {
        await using var world = await World.OnAsync(db);
        var neighbour = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        var patient = (await world.PatientAsync(id)).PersonId;
        await world.Rows(async rows =>
        {
            rows.Add(new Restriction { PersonId = patient, AgainstPersonId = neighbour.Id, SetAt = world.Clock.Now, SetBy = world.Coordinator.PersonId });
            await rows.SaveChangesAsync();
        });
        var refused = Assert.IsType<NotEligible>((await world.ProposeAsync(id, [neighbour], "Pourtant", lifting: true)).Refusal);
        Assert.Equal(ExclusionRule.Restricted, refused.Exclusions[0].Rule);
    }

    [Theory, OnBothDatabases]
    public async Task TheButtonPressedTwice_AsksOnce(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync(c => c.Capacity = 3);
        var id = await world.ReadyAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.ProposeAsync(id, ghislaine)));
        Assert.All(all, o => Assert.True(o.IsDone, o.Refusal?.ToString()));
        Assert.Single(await world.ProposalsAsync(id));
        Assert.Equal(1, await world.PlacesAsync(ghislaine));
    }

    [Theory, OnBothDatabases]
    public async Task TwoCoordinatorsMatchTheSamePerson_OneDoes_TheOtherSeesIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var colleague = await world.StaffAsync(Role.Coordinator, "Luc Gagné");
        var one = await world.CompanionAsync();
        var two = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        var both = await Task.WhenAll(world.ProposeAsync(id, one), world.ProposeAsync(id, two, by: colleague));
        Assert.Equal(1, both.Count(o => o.IsDone));
        Assert.IsType<TooManyAtOnce>(both.Single(o => !o.IsDone).Refusal);
        Assert.Single(await world.ProposalsAsync(id));
        Assert.Equal(1, await world.PlacesAsync(one) + await world.PlacesAsync(two));
        var asked = (await world.ProposalsAsync(id))[0];
        Assert.Equal(new AlreadyProposed(asked.CompanionId), (await world.ProposeAsync(id, asked.CompanionId == one.Id ? one : two,
            by: asked.ProposedBy == colleague.PersonId ? world.Coordinator : colleague)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task TwentyRequestsWantTheLastPlace_ExactlyOneGetsIt_TheOthersSeeWhy(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++) ids.Add(await world.ReadyAsync());
        var all = await Task.WhenAll(ids.Select(id => world.ProposeAsync(id, ghislaine)));
        Assert.Equal(1, all.Count(o => o.IsDone));
        Assert.All(all.Where(o => !o.IsDone), o => Assert.Equal(new CompanionAtCapacity(ghislaine.Id), o.Refusal));
        Assert.Equal(1, await world.PlacesAsync(ghislaine));
        Assert.Equal(1, await world.Rows(rows => rows.Set<Proposal>().CountAsync()));
        Assert.Equal(19, await world.Rows(rows => rows.Set<Referral>().CountAsync(r => r.Next == NextStep.Match)));
    }

    [Theory, OnBothDatabases]
    public async Task TheLetterToTheCompanion_SaysNothingOfAnybody(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync();
        await world.Rows(async rows =>
        {
            var person = await rows.Set<Person>().FirstAsync(p => p.Id == ghislaine.Id);
            var identity = await rows.Set<Identity>().FirstAsync(i => i.Id == ghislaine.Id);
            new App.Privacy.Vault(world.Keys).Reseal(person, identity, new IdentityFields { GivenName = "Ghislaine", Email = "ghislaine@exemple.test" });
            await rows.SaveChangesAsync();
        });
        await world.ProposeAsync(await world.ReadyAsync(), ghislaine);
        var letter = await world.Rows(rows => rows.Set<OutboxMessage>().SingleAsync());
        Assert.Equal("Proposal", letter.Letter);
        var text = await world.Rows(async rows => new App.Privacy.Vault(world.Keys).Open(await rows.Set<Person>().FirstAsync(p => p.Id == ghislaine.Id), "outbox", letter.Body)!);
        foreach (var word in (string[])["Nadia", "cancer", "sein", "chimio", "jumel", "malad"]) Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("48 heures", text, StringComparison.Ordinal);
    }
}
