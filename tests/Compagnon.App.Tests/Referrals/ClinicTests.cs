using Compagnon.App.Accompaniments;
using Compagnon.App.Day;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Referrals;

public sealed class ClinicTests
{
    [Theory, OnBothDatabases]
    public async Task SomebodyElseWrittenIntoTheSameForm_IsNotLost(Db db)
    {
        await using var world = await World.OnAsync(db);
        var first = People.Refer();
        var second = first with { GivenName = "Rosa", Telephone = "5145550124" };
        await world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(world.Clinician, first));
        var rosa = (await world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(world.Clinician, second))).Value;
        var again = (await world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(world.Clinician, second))).Value;
        Assert.NotEqual(first.Key, rosa);
        Assert.Equal(rosa, again);
        Assert.Equal("Rosa", (await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(world.Clinician, rosa)))!.GivenName);
        Assert.Equal(2, await world.Rows(rows => rows.Set<Referral>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task TheSamePersonReferredTwice_IsConfirmedLikeAnyOther(Db db)
    {
        await using var world = await World.OnAsync(db);
        var once = await world.ReferralAsync();
        var twice = await world.ReferralAsync();
        Assert.NotEqual(once, twice);
        Assert.NotNull(await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(world.Clinician, twice)));
    }

    [Theory, OnBothDatabases]
    public async Task TheClinicSeesHowFarItsReferralsHaveCome_TheNewestFirst(Db db)
    {
        await using var world = await World.OnAsync(db);
        var waiting = await world.ReferralAsync(command: c => c with { GivenName = "Odette" });
        var talked = await world.ReferralAsync(r => Talked(r, days: 5), c => c with { GivenName = "Thérèse" });
        await world.ReferralAsync(r => Talked(r, days: 9), c => c with { GivenName = "Lucie", StatusRefused = true });
        world.Clock.PassDays(10);
        var view = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter())))!;
        Assert.Equal(talked, view.Newest!.ReferralId);
        Assert.Equal(ReferralStage.FirstConversation, view.Newest.Steps.Stage);
        Assert.Equal(["Lucie", "Odette"], view.Rows.Select(r => r.GivenName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal((3, 1), (view.Year.Referred, view.Year.Talked));
        Assert.Equal(5, view.Year.MedianDays!.Value, 3);
        // the figure comes with who still waits; whoever keeps it from the clinic is in neither
        Assert.Equal((1, 10), (view.Year.Waiting, view.Year.LongestDays));
        Assert.Contains(view.Rows, r => r.ReferralId == waiting && r.Steps.Stage is ReferralStage.Received);
    }

    [Theory, OnBothDatabases]
    public async Task WhoeverKeepsItFromTheClinic_IsOnlyEverReceived(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync(r =>
        {
            Talked(r, days: 3).EndedAt = r.ReceivedAt!.Value.AddDays(8);
            r.Closing = Closing.NotReached;
        }, c => c with { StatusRefused = true });
        world.Clock.PassDays(20);
        var file = (await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(world.Clinician, id)))!;
        Assert.Equal(new HeardSteps(file.Steps.ReceivedAt, null, null, null, null, NotReached: false), file.Steps);
        Assert.False(file.MayWithdraw);
        Assert.True(file.MayCorrect);
        foreach (var stage in Enum.GetValues<ReferralStage>())
        {
            var view = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Stage = stage })))!;
            Assert.Equal(stage is ReferralStage.Received ? 1 : 0, view.Rows.Count);
        }
        Assert.IsType<AskTheProgramme>((await world.In<Withdraw, Outcome<Done>>(w => w.WithdrawAsync(world.Clinician, id))).Refusal);
        // that its number does not work is more than "received": the coordinator corrects it
        await GiveAddressAsync(world, world.Clinician);
        var unreached = await world.ReferralAsync(command: c => c with { StatusRefused = true, GivenName = "Odile" });
        await WrongNumberAsync(world, unreached);
        Assert.Empty((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter())))!.WrongNumbers);
        Assert.False((await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(world.Clinician, unreached)))!.NumberIsWrong);
        Assert.Equal(0, await world.Rows(rows => rows.Set<OutboxMessage>().CountAsync()));
        var row = (await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()))).Rows.Single(r => r.ReferralId == unreached);
        Assert.Equal((true, false), (row.NumberIsWrong, row.ClinicCorrects));
        Assert.True((await world.In<CorrectNumber, Outcome<Done>>(c => c.CorrectAsync(world.Clinician, unreached, "5145550123"))).IsDone);
        Assert.IsType<SameNumber>((await world.In<CorrectNumber, Outcome<Done>>(c => c.CorrectAsync(world.Coordinator, unreached, "5145550123"))).Refusal);
        Assert.True((await world.In<CorrectNumber, Outcome<Done>>(c => c.CorrectAsync(world.Coordinator, unreached, "5145550188"))).IsDone);
        Assert.Null(await world.Rows(rows => rows.Set<Referral>().Where(r => r.Id == unreached).Select(r => r.WrongNumberAt).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AWrongNumber_IsAskedOfWhoeverReferred_WhileTheyMayOpenTheFile_OtherwiseOfTheClinic_UntilItEnds(Db db)
    {
        await using var world = await World.OnAsync(db);
        var neighbour = await world.StaffAsync(Role.Clinician, "Luce Morin");
        await GiveAddressAsync(world, world.Clinician);
        await GiveAddressAsync(world, neighbour);
        var id = await world.ReferralAsync();
        await WrongNumberAsync(world, id);
        Assert.Equal([world.Clinician.PersonId], await AskedAsync());
        // she left the clinic: the others are asked, and she is not
        var second = await world.ReferralAsync(command: c => c with { GivenName = "Rosa", Telephone = "5145550124" });
        await world.Rows(async rows =>
        {
            rows.RemoveRange(await rows.Set<OutboxMessage>().ToListAsync());
            (await rows.Set<Membership>().SingleAsync(m => m.Id == world.Clinician.MembershipId)).EndedAt = world.Clock.Now;
            await rows.SaveChangesAsync();
        });
        await WrongNumberAsync(world, second);
        Assert.Equal([neighbour.PersonId], await AskedAsync());
        // whom the person keeps out is not asked either
        var third = await world.ReferralAsync(command: c => c with { GivenName = "Anne", Telephone = "5145550125" });
        await world.Rows(async rows =>
        {
            rows.RemoveRange(await rows.Set<OutboxMessage>().ToListAsync());
            var patient = await rows.Set<Referral>().Where(r => r.Id == third).Select(r => r.PatientId).SingleAsync();
            rows.Add(new Restriction { PersonId = patient, AgainstPersonId = neighbour.PersonId, SetAt = world.Clock.Now, SetBy = world.Coordinator.PersonId });
            await rows.SaveChangesAsync();
        });
        await WrongNumberAsync(world, third);
        Assert.Empty(await AskedAsync());
        // an ended request asks for nothing more
        Assert.Equal(2, (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(neighbour, new ClinicFilter())))!.WrongNumbers.Count);
        Assert.True((await world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = id, Closing = Closing.NotReached }))).IsDone);
        var asked = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(neighbour, new ClinicFilter())))!.WrongNumbers;
        Assert.Equal(second, Assert.Single(asked).ReferralId);
        Assert.False((await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(neighbour, id)))!.NumberIsWrong);

        Task<List<Guid>> AskedAsync() => world.Rows(rows => rows.Set<OutboxMessage>().Where(m => m.Letter == "NumberToCorrect").Select(m => m.PersonId).ToListAsync());
    }

    [Theory, OnBothDatabases]
    public async Task OnceTheTwoAgreed_TheClinicReadsThePseudonym_AndNothingElse_NeverWhereRefused(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync(c => (c.Pseudonym, c.Capacity) = ("Mésange", 2));
        var id = await world.ReferralAsync(r => r.ReadyToMatch());
        Assert.Null((await OpenedAsync(id)).Companion);
        await world.AccompanimentAsync(companion, id);
        Assert.Equal("Mésange", (await OpenedAsync(id)).Companion);
        Assert.NotEmpty(await world.Rows(rows => rows.Set<AccessEntry>().Where(e => e.ReaderId == world.Clinician.PersonId && e.PersonId == companion.Id).ToListAsync()));
        var kept = await world.ReferralAsync(r => r.ReadyToMatch(), c => c with { StatusRefused = true, Telephone = "5145550124" });
        await world.AccompanimentAsync(companion, kept);
        Assert.Null((await OpenedAsync(kept)).Companion);
        // a companion who keeps the clinic out is not named to it
        await world.Rows(async rows =>
        {
            rows.Add(new Restriction { PersonId = companion.Id, Role = Role.Clinician, SetAt = world.Clock.Now, SetBy = companion.Id });
            await rows.SaveChangesAsync();
        });
        Assert.Null((await OpenedAsync(id)).Companion);

        async Task<ClinicFile> OpenedAsync(Guid referral) => (await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(world.Clinician, referral)))!;
    }

    [Theory, OnBothDatabases]
    public async Task WhoLookedAtAFile_IsForItsFacilitysCoordinator(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(world.Clinician, id));
        var (number, reads) = (await world.In<ReadsOfMe, (string, ReadsView)?>(r => r.OfFileAsync(world.Coordinator, id)))!.Value;
        Assert.Equal(await world.Rows(rows => rows.Set<Referral>().Select(r => r.FileNumber).SingleAsync()), number);
        Assert.Contains(reads.Lines, l => l is { Name: "Sophie Tremblay", Role: Role.Clinician, What: ReadWhat.File });
        Assert.Contains(reads.Lines, l => l is { Name: "Marianne Lavoie", What: ReadWhat.Reads });
        var elsewhere = await world.StaffAsync(Role.Coordinator, "Lucie Tanguay", (await world.FacilityAsync()).Id);
        foreach (var stranger in (Actor[])[elsewhere, world.Clinician, await world.StaffAsync(Role.Manager, "Hélène Dufour")])
            Assert.Null(await world.In<ReadsOfMe, (string, ReadsView)?>(r => r.OfFileAsync(stranger, id)));
        // and of a companion of the facility: the coordinator's, nobody else's
        var companion = await world.CompanionAsync();
        var (_, looks) = (await world.In<ReadsOfMe, (string, ReadsView)?>(r => r.OfCompanionAsync(world.Coordinator, companion.Id)))!.Value;
        Assert.Equal(ReadWhat.Reads, Assert.Single(looks.Lines).What);
        foreach (var stranger in (Actor[])[elsewhere, world.Clinician, await world.StaffAsync(Role.Manager, "Hélène Dufour")])
            Assert.Null(await world.In<ReadsOfMe, (string, ReadsView)?>(r => r.OfCompanionAsync(stranger, companion.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task AnotherClinic_AndWhoeverARestrictionNames_SeeNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        var other = await world.Rows(async rows =>
        {
            var clinic = new Clinic { FacilityId = world.Facility.Id, Name = "Clinique du poumon" };
            rows.Add(clinic);
            await rows.SaveChangesAsync();
            return clinic;
        });
        var elsewhere = await world.StaffAsync(Role.Clinician, "Karim Haddad", clinicId: other.Id);
        var neighbour = await world.StaffAsync(Role.Clinician, "Luce Morin");
        await world.Rows(async rows =>
        {
            var patient = await rows.Set<Referral>().Select(r => r.PatientId).SingleAsync();
            rows.Add(new Restriction { PersonId = patient, AgainstPersonId = neighbour.PersonId, SetAt = world.Clock.Now, SetBy = world.Coordinator.PersonId });
            await rows.SaveChangesAsync();
        });
        foreach (var stranger in (Actor[])[elsewhere, neighbour])
        {
            Assert.Null(await world.In<ClinicReferrals, ClinicFile?>(c => c.OpenAsync(stranger, id)));
            var view = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(stranger, new ClinicFilter { Words = "Nadia" })))!;
            Assert.Equal((0, 0), (view.Rows.Count, view.Year.Referred));
            Assert.IsType<NotThere>((await world.In<CorrectNumber, Outcome<Done>>(c => c.CorrectAsync(stranger, id, "5145550188"))).Refusal);
            Assert.IsType<NotThere>((await world.In<ChangeNote, Outcome<Done>>(c => c.ChangeAsync(stranger, id, "Bonjour"))).Refusal);
            Assert.IsType<NotThere>((await world.In<Withdraw, Outcome<Done>>(w => w.WithdrawAsync(stranger, id))).Refusal);
        }
    }

    [Theory, OnBothDatabases]
    public async Task FoundByTheBeginningOfTheName_ByTelephone_AndByFileNumber(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync(command: c => c with { GivenName = "Thérèse", Telephone = "5145550199" });
        await world.ReferralAsync();
        var number = await world.Rows(rows => rows.Set<Referral>().Where(r => r.Id == id).Select(r => r.FileNumber).SingleAsync());
        foreach (var words in (string[])["therese", "THÉRÈSE ", "Thér", "514 555-0199", number, $"{number[..3].ToLowerInvariant()} {number[3..]}"])
        {
            var view = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Words = words })))!;
            Assert.Equal(id, Assert.Single(view.Rows).ReferralId);
        }
        Assert.Empty((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Words = "érèse" })))!.Rows);
    }

    [Theory, OnBothDatabases]
    public async Task ManyReferrals_ComePageByPage_EachOnce(Db db)
    {
        await using var world = await World.OnAsync(db);
        for (var i = 0; i < 23; i++) await world.ReferralAsync(command: c => c with { GivenName = "P" + i.ToString("00", System.Globalization.CultureInfo.InvariantCulture) });
        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var view = (await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Page = page })))!;
            Assert.Equal(3, view.Pages);
            if (view.Newest is { } newest) seen.Add(newest.GivenName);
            seen.AddRange(view.Rows.Select(r => r.GivenName));
        }
        Assert.Equal(23, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(23, seen.Count);
    }

    [Theory, OnBothDatabases]
    public async Task AWrongNumber_IsAskedFor_Corrected_AndShownToTheCoordinator_WithoutANumberInTheTrail(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync(r => r.WrongNumberAt = world.Clock.Now);
        Assert.Equal(id, Assert.Single((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter())))!.WrongNumbers).ReferralId);
        Assert.IsType<SameNumber>((await world.In<CorrectNumber, Outcome<Done>>(c => c.CorrectAsync(world.Clinician, id, "5145550123"))).Refusal);
        Assert.True((await world.In<CorrectNumber, Outcome<Done>>(c => c.CorrectAsync(world.Clinician, id, "5145550188", mayLeaveMessage: false))).IsDone);
        var file = (await world.In<Files, PatientFile?>(f => f.OpenAsync(world.Coordinator, id, ReadWhat.File)))!;
        Assert.Equal(("5145550188", false, null), (file.Identity!.Telephone, file.Referral.MayLeaveMessage, file.Referral.WrongNumberAt));
        Assert.Empty((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter())))!.WrongNumbers);
        // the index knows the new number and no longer the old one
        Assert.Single((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Words = "5145550188" })))!.Rows);
        Assert.Empty((await world.In<ClinicReferrals, ClinicView?>(c => c.ShowAsync(world.Clinician, new ClinicFilter { Words = "5145550123" })))!.Rows);
        var day = await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()));
        Assert.True(Assert.Single(day.Rows).NumberIsNew);
        var trail = await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.Type == nameof(NumberCorrected)).Select(a => a.Data).SingleAsync());
        Assert.DoesNotContain("555", trail.Replace(id.ToString(), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task ANote_IsChangedOrTakenAway_ByTheClinicAlone_AndTheTrailHoldsNoWord(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync(command: c => c with { Note = "Taxol 80 mg, préfère le soir" });
        Task<Outcome<Done>> ChangeAsync(Actor by, string? note) => world.In<ChangeNote, Outcome<Done>>(c => c.ChangeAsync(by, id, note));
        async Task<string?> ReadAsync() => (await world.In<Files, PatientFile?>(f => f.OpenAsync(world.Coordinator, id, ReadWhat.File)))!.Identity!.Notes;
        Assert.IsType<NotThere>((await ChangeAsync(world.Coordinator, "Autre")).Refusal);
        Assert.Equal("HealthNumber", Assert.IsType<Invalid>((await ChangeAsync(world.Clinician, "TREM 5461 1234")).Refusal).Errors["Note"]);
        Assert.Equal("Taxol 80 mg, préfère le soir", await ReadAsync());
        Assert.True((await ChangeAsync(world.Clinician, "Préfère le soir")).IsDone);
        Assert.True((await ChangeAsync(world.Clinician, "Préfère le soir")).IsDone);
        Assert.Equal("Préfère le soir", await ReadAsync());
        Assert.True((await ChangeAsync(world.Clinician, note: null)).IsDone);
        Assert.Null(await ReadAsync());
        var trail = await world.Rows(rows => rows.Set<AuditRow>().Where(a => a.Type == nameof(NoteChanged)).Select(a => a.Data).ToListAsync());
        Assert.Equal(2, trail.Count);
        Assert.All(trail, data => Assert.DoesNotContain("soir", data, StringComparison.Ordinal));
        // who keeps the rest for themselves: an ended file answers as before
        await world.Rows(rows => rows.Set<Referral>().ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, world.Clock.Now)));
        Assert.IsType<NotThere>((await ChangeAsync(world.Clinician, "Encore")).Refusal);
        await world.Rows(rows => rows.Set<Referral>().ExecuteUpdateAsync(s => s.SetProperty(r => r.StatusRefusedAt, world.Clock.Now)));
        Assert.True((await ChangeAsync(world.Clinician, "Encore")).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task AHealthInsuranceNumber_InTheNote_KeepsNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var refused = await world.In<Refer, Outcome<Guid>>(r => r.ReferAsync(world.Clinician, People.Refer(c => c with { Note = "Préfère le soir. RAMQ TREM 5461 1234" })));
        Assert.Equal("HealthNumber", Assert.IsType<Invalid>(refused.Refusal).Errors["Note"]);
        Assert.Equal(0, await world.Rows(rows => rows.Set<Person>().CountAsync(p => p.Kind == PersonKind.Patient)));
    }

    [Theory, OnBothDatabases]
    public async Task Withdrawn_EndsNeutrally_AndTheCoordinatorSeesIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        Assert.True((await world.In<Withdraw, Outcome<Done>>(w => w.WithdrawAsync(world.Clinician, id))).IsDone);
        Assert.True((await world.In<Withdraw, Outcome<Done>>(w => w.WithdrawAsync(world.Clinician, id))).IsDone);
        await world.Rows(async rows =>
        {
            var referral = await rows.Set<Referral>().SingleAsync();
            Assert.Equal((Closing.Withdrawn, NextStep.Ended, null), (referral.Closing!.Value, referral.Next, referral.NextDueAt));
            Assert.NotNull((await rows.Set<Consent>().SingleAsync()).WithdrawnAt);
            Assert.Equal(1, await rows.Set<AuditRow>().CountAsync(a => a.Type == nameof(ReferralWithdrawn)));
        });
        var day = await world.In<CoordinatorDay, DayView>(d => d.ShowAsync(world.Coordinator, new DayFilter()));
        Assert.Empty(day.Rows);
        Assert.Equal(("Nadia", id), (Assert.Single(day.Withdrawn).GivenName, day.Withdrawn[0].ReferralId));
    }

    [Theory, OnBothDatabases]
    public async Task AfterThePersonsOwnConsent_TheClinicCannotWithdraw(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync(r => r.ReadyToMatch());
        Assert.IsType<AskTheProgramme>((await world.In<Withdraw, Outcome<Done>>(w => w.WithdrawAsync(world.Clinician, id))).Refusal);
        Assert.Null(await world.Rows(rows => rows.Set<Referral>().Select(r => r.EndedAt).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task News_GoToWhoeverWantsThem_OnceWhileUnsent_AndNeverWhereRefusedOrAfterADeath(Db db)
    {
        await using var world = await World.OnAsync(db);
        await GiveAddressAsync(world, world.Clinician);
        var id = await world.ReferralAsync();
        Assert.Equal(0, await NewsAsync(world, id));
        Assert.True((await world.In<ClinicNews, Outcome<Done>>(n => n.PreferAsync(world.Clinician, wanted: true))).IsDone);
        Assert.Equal((true, "sophie@exemple.ca"), await world.In<ClinicNews, (bool, string?)>(n => n.PreferenceAsync(world.Clinician)));
        Assert.Equal(0, await NewsAsync(world, await world.ReferralAsync(command: c => c with { StatusRefused = true })));
        Assert.Equal(0, await NewsAsync(world, await world.ReferralAsync(r => r.Closing = Closing.Deceased)));
        Assert.Equal(1, await NewsAsync(world, id));
        Assert.Equal(1, await NewsAsync(world, id));
        await world.Rows(async rows =>
        {
            (await rows.Set<OutboxMessage>().SingleAsync()).SentAt = world.Clock.Now;
            await rows.SaveChangesAsync();
        });
        Assert.Equal(2, await NewsAsync(world, id));
    }

    private static Task<int> NewsAsync(World world, Guid id) => world.In<IServiceProvider, int>(async services =>
    {
        var rows = (Compagnon.App.Data.CompagnonDb)services.GetService(typeof(Compagnon.App.Data.CompagnonDb))!;
        var news = (ClinicNews)services.GetService(typeof(ClinicNews))!;
        await news.AddAsync(await rows.Set<Referral>().SingleAsync(r => r.Id == id), world.Clock.Now);
        await rows.SaveChangesAsync();
        return await rows.Set<OutboxMessage>().CountAsync(m => m.Letter == "ClinicNews");
    });

    private static async Task WrongNumberAsync(World world, Guid id) => Assert.True((await world.In<Attempts, Outcome<Done>>(a => a.RecordAsync(world.Coordinator, new AttemptCommand
    {
        Key = Guid.CreateVersion7(), ReferralId = id, Outcome = ContactOutcome.WrongNumber,
    }))).IsDone);

    private static Task GiveAddressAsync(World world, Actor actor) => world.Rows(async rows =>
    {
        var person = await rows.Set<Person>().SingleAsync(p => p.Id == actor.PersonId);
        var identity = await rows.Set<Identity>().SingleAsync(i => i.Id == actor.PersonId);
        new Vault(world.Keys).Reseal(person, identity, new IdentityFields { GivenName = "Sophie", FamilyName = "Tremblay", Email = "sophie@exemple.ca" });
        await rows.SaveChangesAsync();
    });

    private static Referral Talked(Referral r, int days)
    {
        r.ReadyToMatch();
        (r.AgreedAt, r.FirstConversationAt) = (r.ReceivedAt!.Value.AddDays(days - 1), r.ReceivedAt.Value.AddDays(days));
        return r;
    }
}
