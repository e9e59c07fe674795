using Compagnon.App.Matching;
using Compagnon.App.Messages;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

public sealed class ChooseTests
{
    [Theory, OnBothDatabases]
    public async Task ThePatientChooses_TheOthersAreLetGo(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        Assert.True((await world.ChooseAsync(id, two, by: await world.PatientAsync(id))).IsDone);
        var proposals = await world.ProposalsAsync(id);
        Assert.Equal(world.Clock.Now, proposals.Single(p => p.CompanionId == two.Id).ChosenAt);
        Assert.Equal(Release.AnotherChosen, proposals.Single(p => p.CompanionId == one.Id).Release);
        Assert.Equal((0, 1), (await world.PlacesAsync(one), await world.PlacesAsync(two)));
    }

    [Theory, OnBothDatabases]
    public async Task ChosenAtOnceByThePatientAndForThem_OneIsChosen(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        var patient = await world.PatientAsync(id);
        var all = await Task.WhenAll(world.ChooseAsync(id, one, by: patient), world.ChooseAsync(id, two), world.ChooseAsync(id, one, by: patient));
        Assert.Contains(all, o => o.IsDone);
        var chosen = Assert.Single(await world.ProposalsAsync(id), p => p.ChosenAt is not null);
        Assert.All(all.Where(o => !o.IsDone), o => Assert.Equal(new AlreadyChosen(chosen.Id), o.Refusal));
        Assert.Equal(1, await world.PlacesAsync(one) + await world.PlacesAsync(two));
    }

    [Theory, OnBothDatabases]
    public async Task ChooseForMe_TakesTheBestFit(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, _) = await TwoSaidYesAsync(world);
        var choice = (await world.ChooseAsync(id, companion: null, Choosing.ForMe)).Value;
        Assert.Equal(one.Id, (await world.ProposalsAsync(id)).Single(p => p.Id == choice.ProposalId).CompanionId);
    }

    [Theory, OnBothDatabases]
    public async Task NoneOfThese_BackToTheTop(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        Assert.True((await world.ChooseAsync(id, companion: null, Choosing.None, await world.PatientAsync(id))).IsDone);
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Match, 1), (request.Next, request.Returns));
        Assert.Equal(0, await world.PlacesAsync(one) + await world.PlacesAsync(two));
        Assert.IsType<NothingToChoose>((await world.ChooseAsync(id, one)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task ThePatientMayKnowOne_TheOtherStays(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        await world.ChooseAsync(id, one, Choosing.MayKnow);
        Assert.Equal(NextStep.Choose, (await world.RequestAsync(id)).Next);
        Assert.True((await world.ChooseAsync(id, two)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task AChoiceNobodyMade_IsRemindedKindly_ThenLetGo(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        world.Clock.Pass(TimeSpan.FromHours(73));
        await world.MinuteAsync();
        Assert.Equal(NextStep.Choose, (await world.RequestAsync(id)).Next);
        world.Clock.PassDays(5);
        await world.MinuteAsync();
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Match, 1), (request.Next, request.Returns));
        Assert.Equal(0, await world.PlacesAsync(one) + await world.PlacesAsync(two));
    }

    [Theory, OnBothDatabases]
    public async Task AnotherPatient_SeesNothingToChoose(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, _) = await TwoSaidYesAsync(world);
        var other = await world.PatientAsync(await world.ReadyAsync());
        Assert.IsType<NotThere>((await world.ChooseAsync(id, one, by: other)).Refusal);
        Assert.IsType<NotThere>((await world.ChooseAsync(id, one, by: one.Acting())).Refusal);
    }

    /// <summary>By name, or because they joined a group that the patient keeps out.</summary>
    [Theory, OnBothDatabases]
    public async Task WhomThePatientKeepsOutSince_IsNeitherShownNorChosen_AndLetGo(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        var patient = await world.PatientAsync(id);
        Task<ChoiceView?> ShowAsync() => world.In<Choices, ChoiceView?>(c => c.ShowAsync(patient, id));
        Assert.Equal(2, (await ShowAsync())!.Cards.Count);
        var group = await world.GroupAsync("Chorale", one.Id);
        await world.KeepOutAsync(id, p => new Restriction { PersonId = p, GroupId = group, SetAt = world.Clock.Now, SetBy = p });
        Assert.Equal(new ProposalClosed(ProposalState.Released), (await world.ChooseAsync(id, one, by: patient)).Refusal);
        var proposals = await world.ProposalsAsync(id);
        Assert.Equal(proposals.Single(p => p.CompanionId == two.Id).Id, Assert.Single((await ShowAsync())!.Cards).ProposalId);
        Assert.Equal(Release.TakenBack, (await world.ProposalsAsync(id)).Single(p => p.CompanionId == one.Id).Release);
        Assert.Equal((0, 1), (await world.PlacesAsync(one), await world.PlacesAsync(two)));
        await world.KeepOutAsync(id, p => new Restriction { PersonId = p, AgainstPersonId = two.Id, SetAt = world.Clock.Now, SetBy = p });
        Assert.IsType<NothingToChoose>((await world.ChooseAsync(id, two)).Refusal);
        // back with the coordinator, and nothing has failed
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Match, 0, 0), (request.Next, request.Returns, await world.PlacesAsync(two)));
        Assert.Empty((await ShowAsync())!.Cards);
    }

    /// <summary>The other one declines, or says nothing for 48 hours: nobody is told to choose between none, and the request is back at the top.</summary>
    [Theory]
    [InlineData(Db.Sqlite, true)]
    [InlineData(Db.Sqlite, false)]
    [InlineData(Db.PostgreSql, true)]
    [InlineData(Db.PostgreSql, false)]
    public async Task WhereTheOnlyYesIsKeptOutSince_NobodyIsToldToChoose(Db db, bool declines)
    {
        await using var world = await World.OnAsync(db);
        var one = await world.CompanionAsync();
        var two = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        await world.ConsentAsync(id, ConsentKind.SeveralCompanions);
        await world.ProposeAsync(id, [one, two]);
        await world.AnswerAsync(id, one, ProposalAnswer.Yes);
        await world.KeepOutAsync(id, p => new Restriction { PersonId = p, AgainstPersonId = one.Id, SetAt = world.Clock.Now, SetBy = p });
        if (declines)
        {
            Assert.True((await world.AnswerAsync(id, two, ProposalAnswer.No)).IsDone);
        }
        else
        {
            world.Clock.Pass(TimeSpan.FromHours(49));
            await world.MinuteAsync();
        }
        Assert.False(await world.Rows(rows => rows.Set<OutboxMessage>().AnyAsync(m => m.Letter == "Choice")));
        Assert.Equal(Release.TakenBack, (await world.ProposalsAsync(id)).Single(p => p.CompanionId == one.Id).Release);
        var request = await world.RequestAsync(id);
        Assert.Equal((NextStep.Match, 1), (request.Next, request.Returns));
        Assert.Equal((0, 0), (await world.PlacesAsync(one), await world.PlacesAsync(two)));
    }

    [Theory, OnBothDatabases]
    public async Task ChooseForMe_NeverTakesWhoeverIsKeptOut(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (id, one, two) = await TwoSaidYesAsync(world);
        await world.KeepOutAsync(id, p => new Restriction { PersonId = p, AgainstPersonId = one.Id, SetAt = world.Clock.Now, SetBy = p });
        var choice = (await world.ChooseAsync(id, companion: null, Choosing.ForMe)).Value;
        Assert.Equal(two.Id, (await world.ProposalsAsync(id)).Single(p => p.Id == choice.ProposalId).CompanionId);
        Assert.Equal(0, await world.PlacesAsync(one));
    }

    private static async Task<(Guid Id, Companion One, Companion Two)> TwoSaidYesAsync(World world)
    {
        var one = await world.CompanionAsync();
        var two = await world.CompanionAsync(c => c.Experiences = [new LivedExperience { Site = CancerSite.Breast, Year = 2010 }], "Monique Gagnon");
        var id = await world.ReadyAsync();
        await world.ConsentAsync(id, ConsentKind.SeveralCompanions);
        Assert.True((await world.ProposeAsync(id, [one, two])).IsDone);
        await world.AnswerAsync(id, one, ProposalAnswer.Yes);
        await world.AnswerAsync(id, two, ProposalAnswer.Yes);
        return (id, one, two);
    }
}
