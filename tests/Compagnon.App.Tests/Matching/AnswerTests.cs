using Compagnon.App.Day;
using Compagnon.App.Matching;
using Compagnon.App.Tests.Accompaniments;
using Compagnon.App.Tests.Web;
using Compagnon.Domain;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

public sealed class AnswerTests
{
    [Theory, OnBothDatabases]
    public async Task AYes_AsksThePatient(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        await world.ProposeAsync(id, ghislaine);
        Assert.True((await world.AnswerAsync(id, ghislaine, ProposalAnswer.Yes)).IsDone);
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Choose, world.Clock.Now.AddHours(72)), (request.Next, request.NextDueAt));
        Assert.Equal(1, await world.PlacesAsync(ghislaine));
    }

    [Theory, OnBothDatabases]
    public async Task TwentyYesesAtOnce_AreOne(Db db)
    {
        await using var world = await World.OnAsync(db);
        var ghislaine = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        await world.ProposeAsync(id, ghislaine);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.AnswerAsync(id, ghislaine, ProposalAnswer.Yes)));
        Assert.All(all, o => Assert.True(o.IsDone, o.Refusal?.ToString()));
        Assert.Equal(1, await world.Rows(rows => rows.Set<AuditRow>().CountAsync(a => a.Type == nameof(ProposalAnswered))));
        Assert.Equal(1, await world.Rows(rows => rows.Set<AuditRow>().CountAsync(a => a.Type == nameof(PatientAskedToChoose))));
    }

    [Theory, OnBothDatabases]
    public async Task WhenAllHaveAnswered_ThePatientIsAsked_NotBefore(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var two = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        await world.ConsentAsync(id, ConsentKind.SeveralCompanions);
        await world.ProposeAsync(id, [one, two]);
        await world.AnswerAsync(id, one, ProposalAnswer.Yes);
        Assert.Equal(NextStep.Answer, (await world.RequestAsync(id)).Next);
        await world.AnswerAsync(id, two, ProposalAnswer.No);
        Assert.Equal(NextStep.Choose, (await world.RequestAsync(id)).Next);
        Assert.Equal((1, 0), (await world.PlacesAsync(one), await world.PlacesAsync(two)));
    }

    [Theory, OnBothDatabases]
    public async Task After48Hours_WhoSaidYesIsOffered_AndWhoSaidNothingHasNotDeclined(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var two = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        await world.ConsentAsync(id, ConsentKind.SeveralCompanions);
        await world.ProposeAsync(id, [one, two]);
        await world.AnswerAsync(id, one, ProposalAnswer.Yes);
        world.Clock.Pass(TimeSpan.FromHours(49));
        await world.MinuteAsync();
        await world.MinuteAsync();
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Choose, 0), (request.Next, request.Returns));
        var late = (await world.ProposalsAsync(id)).Single(p => p.CompanionId == two.Id);
        Assert.Equal(ProposalState.Expired, Proposals.StateOf(late, world.Clock.Now));
        Assert.Equal(0, await world.PlacesAsync(two));
        Assert.IsType<ProposalExpired>((await world.AnswerAsync(id, two, ProposalAnswer.Yes)).Refusal);
        Assert.Equal(1, await world.Rows(rows => rows.Set<AuditRow>().CountAsync(a => a.Type == nameof(ProposalRanOut))));
    }

    [Theory, OnBothDatabases]
    public async Task AllDecline_BackToTheTop_AndTheyAreLeftOut(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var late = await world.ReadyAsync();
        world.Clock.PassDays(14);
        var before = await world.ReadyAsync();
        world.Clock.PassDays(1);
        var id = await world.ReadyAsync();
        await world.ProposeAsync(id, one);
        world.Clock.PassDays(1);
        await world.AnswerAsync(id, one, ProposalAnswer.No);
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Match, 1, world.Clock.Now), (request.Next, request.Returns, request.NextDueAt));
        Assert.Equal(world.Clock.Now, request.ReturnedAt);
        // due at once: above whoever waits longer but is not late, below what is late already; the list of matches says the same
        var day = await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()));
        Assert.Equal([late, id, before], day.Rows.Select(r => r.ReferralId));
        Assert.Equal([null, world.Clock.Now, null], day.Rows.Select(r => r.BackSince));
        Assert.Equal([late, id, before], (await world.In<MatchBoard, IReadOnlyList<MatchRow>>(b => b.ListAsync(world.Coordinator))).Select(r => r.ReferralId));
        // what was late before it came back is not made younger by it
        var due = (await world.RequestAsync(late)).NextDueAt;
        await world.ProposeAsync(late, one);
        await world.AnswerAsync(late, one, ProposalAnswer.No);
        request = await world.RequestAsync(late);
        Assert.Equal((NextStep.Match, 1, due), (request.Next, request.Returns, request.NextDueAt));
        Assert.Equal(0, await world.PlacesAsync(one));
        var refused = Assert.IsType<NotEligible>((await world.ProposeAsync(id, one)).Refusal);
        Assert.Equal(ExclusionRule.AlreadyAsked, Assert.Single(refused.Exclusions).Rule);
        Assert.True((await world.ProposeAsync(id, [one], "Elle a maintenant le temps", lifting: true)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task MayKnowThePerson_KeepsThemApartForGood(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        await world.ProposeAsync(id, one);
        Assert.True((await world.AnswerAsync(id, one, ProposalAnswer.MayKnowPerson)).IsDone);
        var refused = Assert.IsType<NotEligible>((await world.ProposeAsync(id, [one], "Pourtant", lifting: true)).Refusal);
        Assert.Contains(refused.Exclusions, e => e.Rule is ExclusionRule.Acquainted);
    }

    [Theory, OnBothDatabases]
    public async Task TakenBack_IsToldKindly_AndNothingHasFailed(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        var proposal = (await world.ProposeAsync(id, one)).Value.Proposals[0];
        Assert.True((await world.In<WithdrawProposal, Outcome<RoundResult>>(w => w.WithdrawAsync(world.Coordinator, proposal))).IsDone);
        Assert.True((await world.In<WithdrawProposal, Outcome<RoundResult>>(w => w.WithdrawAsync(world.Coordinator, proposal))).IsDone);
        Assert.IsType<ProposalReleased>((await world.AnswerAsync(id, one, ProposalAnswer.Yes)).Refusal);
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Match, 0), (request.Next, request.Returns));
        Assert.Equal(0, await world.PlacesAsync(one));
        Assert.True((await world.ProposeAsync(id, one)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task TakenBackForSomething_StandsInTheFilesHistory_AndTheCompanionHearsTheSameWords(Db db)
    {
        await using var world = await World.OnAsync(db);
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var why in new TakenBackFor?[] { null, TakenBackFor.SomebodyNearer, TakenBackFor.Other })
        {
            var one = await world.CompanionAsync();
            await world.EmailAsync(one.Id, $"{one.Id:N}@exemple.ca");
            var id = await world.ReadyAsync();
            var proposal = (await world.ProposeAsync(id, one)).Value.Proposals[0];
            Assert.True((await world.In<WithdrawProposal, Outcome<RoundResult>>(w => w.WithdrawAsync(world.Coordinator, proposal, why))).IsDone);
            // said once: another one that comes later is of nothing
            Assert.True((await world.In<WithdrawProposal, Outcome<RoundResult>>(w => w.WithdrawAsync(world.Coordinator, proposal, TakenBackFor.Mistake))).IsDone);
            Assert.Equal(why, (await world.In<FileQuery, FileView?>(f => f.OpenAsync(world.Coordinator, id)))!.Proposals.Single().TakenBackFor);
            var data = await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.Type == nameof(CompanionLetGo) && a.SubjectId == id).Select(a => a.Data).SingleAsync());
            Assert.Equal(why is not null, data.Contains($"\"For\":\"{why}\"", StringComparison.Ordinal));
            bodies.Add(string.Join('|', await world.LettersAsync(one.Id)));
        }
        Assert.Single(bodies);
    }

    /// <summary>Whoever is not a coordinator gets no page that could say it.</summary>
    [Fact]
    public void WhatItWasTakenBackFor_IsKnownToPagesOfCoordinatorsAlone()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(t => Architecture.References.TypesOf(t).Contains(typeof(TakenBackFor)) || Architecture.References.MembersOf(t).Any(m => m.Name == "get_TakenBackFor"))
            .Select(t => Architecture.References.Written(t).Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(["FileWords", "MatchAsked", "WithdrawPage"], pages);
    }

    [Theory, OnBothDatabases]
    public async Task TakenBackOnThePage_WithAReasonOrWithout(Db db)
    {
        await using var site = await Site.OnAsync(db);
        using var marianne = await site.EnterAsync("Marianne Lavoie");
        var id = await site.WaitingAsync("Hôpital des Trois-Saules", NextStep.Answer);
        var page = await marianne.GetAsync((await marianne.GetAsync($"/jumelage/{id}")).Document.QuerySelector("main a[href*='/reprendre/']")!.GetAttribute("href")!);
        Assert.Single((await marianne.PostAsync(page, Typed.Fields(("Why", "Nonsense")))).Errors);
        var done = await marianne.PostAsync(page, Typed.Fields(("Why", nameof(TakenBackFor.SomebodyNearer))));
        Assert.Contains("Quelqu’un de plus proche a été trouvé", done.Text, StringComparison.Ordinal);
        Assert.Contains("quelqu’un de plus proche a été trouvé", (await marianne.GetAsync($"/demandes/{id}")).Document.QuerySelector("article[aria-labelledby=parcours]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task YesNoAndTakenBackAtOnce_LeaveOneTruth(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        var proposal = (await world.ProposeAsync(id, one)).Value.Proposals[0];
        await Task.WhenAll(
            world.AnswerAsync(id, one, ProposalAnswer.Yes), world.AnswerAsync(id, one, ProposalAnswer.No), world.AnswerAsync(id, one, ProposalAnswer.MayKnowPerson),
            world.In<WithdrawProposal, Outcome<RoundResult>>(w => w.WithdrawAsync(world.Coordinator, proposal)));
        var held = Proposals.HoldsPlace((await world.ProposalsAsync(id))[0]);
        Assert.Equal(held ? 1 : 0, await world.PlacesAsync(one));
        var request = await world.RequestAsync(id);
        Assert.Equal(held ? NextStep.Choose : NextStep.Match, request.Next);
        Assert.True(request.Returns <= 1);
    }

    [Theory, OnBothDatabases]
    public async Task SomebodyElsesProposal_IsNotThere(Db db)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var other = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        var proposal = (await world.ProposeAsync(id, one)).Value.Proposals[0];
        Assert.IsType<NotThere>((await world.In<AnswerProposal, Outcome<Done>>(a => a.AnswerAsync(other.Acting(), proposal, ProposalAnswer.Yes))).Refusal);
        Assert.IsType<NotThere>((await world.In<WithdrawProposal, Outcome<RoundResult>>(a => a.WithdrawAsync(one.Acting(), proposal))).Refusal);
    }
}
