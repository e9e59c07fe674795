using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Referrals;

public sealed class IntakeTests
{
    [Theory, OnBothDatabases]
    public async Task ADraft_IsTheirOwn_UntilItIsSent(Db db)
    {
        await using var world = await World.OnAsync(db);
        var me = await BeginAsync(world);
        var draft = await RowAsync(world, me.ReferralId);
        Assert.Equal((NextStep.Draft, null, null), (draft.Next, draft.NextDueAt, draft.ReceivedAt));
        Assert.Null(await world.In<IntakeJourney, IntakeView?>(j => j.ShowAsync(world.Coordinator, me.ReferralId)));
        Assert.Empty(await world.In<Compagnon.App.Privacy.Files, IReadOnlyDictionary<Guid, string>>(f => f.NamesOfReferralsAsync(world.Coordinator, [me.ReferralId])));
        Assert.Equal(IntakePage.Telephone, (await ShowAsync(world, me)).ResumeAt);
        await AnswerAllAsync(world, me);
        Assert.True((await SendAsync(world, me)).IsDone);
        Assert.NotNull(await world.In<IntakeJourney, IntakeView?>(j => j.ShowAsync(world.Coordinator, me.ReferralId)));
    }

    [Theory, OnBothDatabases]
    public async Task Sent_GoesToMatching_WithEachConsentAndItsNotice(Db db)
    {
        await using var world = await World.OnAsync(db);
        var me = await BeginAsync(world);
        await AnswerAllAsync(world, me);
        Assert.True((await SendAsync(world, me)).IsDone);
        Assert.True((await SendAsync(world, me)).IsDone);
        var referral = await RowAsync(world, me.ReferralId);
        Assert.Equal((NextStep.Match, world.Clock.Now, world.Clock.Now), (referral.Next, referral.ReceivedAt, referral.ReachedAt));
        Assert.True(ReferralState.MayBeProposed(referral));
        var consents = await world.Rows(d => d.Set<Consent>().Where(c => c.ReferralId == me.ReferralId).ToListAsync());
        Assert.Equal([ConsentKind.Contact, ConsentKind.Service], consents.Select(c => c.Kind).Order());
        Assert.All(consents, c => Assert.Equal((ConsentHow.Online, me.PersonId, false, Refer.NoticeVersion, "fr"), (c.How, c.TakenBy, c.OnBehalf, c.NoticeVersion, c.NoticeLanguage)));
        Assert.Equal(1, await world.Rows(d => d.Set<AuditRow>().CountAsync(a => a.Type == nameof(ReferralReceived) && a.SubjectId == me.ReferralId)));
    }

    [Theory, OnBothDatabases]
    public async Task PostedTwice_BeginsOnce_AndAnotherBrowserDoesNotComeIn(Db db)
    {
        await using var world = await World.OnAsync(db);
        var key = Guid.CreateVersion7();
        var first = await BeginAsync(world, key);
        var again = await BeginAsync(world, key);
        var stranger = await BeginAsync(world, key, secret: "another browser");
        var byId = await BeginAsync(world, first.ReferralId, secret: "another browser");
        Assert.Equal(first, again);
        Assert.Equal(3, new[] { first.PersonId, stranger.PersonId, byId.PersonId }.Distinct().Count());
    }

    [Theory, OnBothDatabases]
    public async Task TooYoung_NothingIsStored(Db db)
    {
        await using var world = await World.OnAsync(db);
        var refused = await world.In<SelfReferral, Outcome<Begun>>(s => s.BeginAsync(Draft(Guid.CreateVersion7()) with { AtLeastAge = 0 }));
        Assert.Equal(new TooYoung(18), refused.Refusal);
        Assert.Equal(0, await world.Rows(d => d.Set<Referral>().CountAsync()));
        Assert.Equal(0, await world.Rows(d => d.Set<Person>().CountAsync(p => p.Kind == PersonKind.Patient)));
    }

    [Theory, OnBothDatabases]
    public async Task WhoDoesNotKnowWhere_GoesToTheIntake_WhoKnows_ToTheirFacility(Db db)
    {
        await using var world = await World.OnAsync(db);
        var intake = await world.FacilityAsync("Hôpital de l’Accueil");
        await world.Rows(async d =>
        {
            (await d.Set<Facility>().FirstAsync(f => f.Id == intake.Id)).IsIntake = true;
            await d.SaveChangesAsync();
        });
        var me = await BeginAsync(world);
        await SaveAsync(world, me, new PlacePart(world.Facility.Id, Words: null));
        Assert.Equal(world.Facility.Id, (await RowAsync(world, me.ReferralId)).FacilityId);
        await SaveAsync(world, me, new PlacePart(FacilityId: null, "La clinique du Dr Roy"));
        var referral = await RowAsync(world, me.ReferralId);
        Assert.Equal((intake.Id, "La clinique du Dr Roy"), (referral.FacilityId, referral.Intake.WhereTreated));
        Assert.Equal(intake.Id, await world.Rows(d => d.Set<Person>().Where(p => p.Id == me.PersonId).Select(p => p.FacilityId).FirstAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task TwoWindows_OfDifferentQuestions_BothStay_OfTheSame_AreTold(Db db)
    {
        await using var world = await World.OnAsync(db);
        var me = await BeginAsync(world);
        var page = await ShowAsync(world, me);
        await SaveAsync(world, me, new WhenPart([DayPart.Evening]), page.MarkOf(IntakePage.When));
        await SaveAsync(world, me, new ChannelsPart([Channel.Video]), page.MarkOf(IntakePage.Channels));
        var late = await world.In<IntakeJourney, Outcome<IntakeView>>(j => j.SaveAsync(Acting(me), new SaveAnswer
        {
            ReferralId = me.ReferralId, Part = new WhenPart([DayPart.Morning]), Seen = page.MarkOf(IntakePage.When),
        }));
        var changed = Assert.IsType<AnswerChanged>(late.Refusal);
        Assert.Equal([DayPart.Evening], changed.Now.Part<WhenPart>().When);
        Assert.Equal([Channel.Video], (await ShowAsync(world, me)).Part<ChannelsPart>().Channels);
        await SaveAsync(world, me, new WhenPart([DayPart.Morning]), changed.Now.MarkOf(IntakePage.When));
        Assert.Equal([DayPart.Morning], (await ShowAsync(world, me)).Part<WhenPart>().When);
        await SaveAsync(world, me, new WhenPart([DayPart.Morning]), page.MarkOf(IntakePage.When));
    }

    [Theory, OnBothDatabases]
    public async Task Referred_IsNotAskedWhatTheClinicSaid_AndCanCorrectIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        var patient = new Begun(id, (await RowAsync(world, id)).PatientId);
        var view = await ShowAsync(world, patient);
        Assert.Equal(IntakePage.Age, view.ResumeAt);
        Assert.DoesNotContain(view.Pages, p => p is IntakePage.Name or IntakePage.Telephone or IntakePage.Place or IntakePage.Cancer or IntakePage.Treatments or IntakePage.Languages);
        Assert.Contains(IntakePage.Status, view.Pages);
        view = await SaveAsync(world, patient, new AgePart(18));
        Assert.Equal(IntakePage.Helper, view.ResumeAt);
        view = await SaveAsync(world, patient, new HelperPart(HelpedBy.Relative));
        Assert.Equal(IntakePage.Service, view.ResumeAt);
        var answered = await world.Rows(d => d.Set<AuditRow>().Where(a => a.Type == nameof(IntakeAnswered) && a.SubjectId == id).OrderBy(a => a.Id).Select(a => a.Data).ToListAsync());
        Assert.Contains("\"OnBehalf\":true", answered[^1], StringComparison.OrdinalIgnoreCase);
        view = await SaveAsync(world, patient, new TreatmentsPart([Treatment.Radiotherapy, Treatment.Chemotherapy]));
        Assert.DoesNotContain(IntakePage.Cancer, view.Pages);
        Assert.Equal([(Treatment.Chemotherapy, 2026), (Treatment.Radiotherapy, (int?)null)], (await RowAsync(world, id)).Situation.Treatments.Select(t => (t.Treatment, t.Year)));
    }

    [Theory, OnBothDatabases]
    public async Task ByTelephone_TheCoordinatorDoesItAll_OnTheirBehalf(Db db)
    {
        await using var world = await World.OnAsync(db);
        var command = new BeginByTelephone
        {
            Key = Guid.CreateVersion7(), GivenName = "Yvette", Telephone = "5145550166", MayLeaveMessage = false, Language = "fr", AtLeastAge = 18, Agreed = true,
        };
        var begun = (await world.In<SelfReferral, Outcome<Begun>>(s => s.BeginByTelephoneAsync(world.Coordinator, command))).Value;
        Assert.Equal(begun, (await world.In<SelfReferral, Outcome<Begun>>(s => s.BeginByTelephoneAsync(world.Coordinator, command))).Value);
        Assert.Equal(NextStep.Complete, (await RowAsync(world, begun.ReferralId)).Next);
        await AnswerAllAsync(world, begun, world.Coordinator);
        Assert.True((await world.In<IntakeJourney, Outcome<Done>>(j => j.SendAsync(world.Coordinator, begun.ReferralId, "fr"))).IsDone);
        var referral = await RowAsync(world, begun.ReferralId);
        Assert.True(referral is { TelephoneOnly: true, Intake.OnBehalf: true, Next: NextStep.Match, Source: ReferralSource.Telephone });
        Assert.DoesNotContain(IntakePage.Helper, (await world.In<IntakeJourney, IntakeView?>(j => j.ShowAsync(world.Coordinator, begun.ReferralId)))!.Pages);
        var consents = await world.Rows(d => d.Set<Consent>().Where(c => c.ReferralId == begun.ReferralId).ToListAsync());
        Assert.Equal(2, consents.Count);
        Assert.All(consents, c => Assert.Equal((ConsentHow.Oral, world.Coordinator.PersonId, true), (c.How, c.TakenBy, c.OnBehalf)));
    }

    [Theory, OnBothDatabases]
    public async Task Sending_SaysWhatIsMissing_AndWritesNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var me = await BeginAsync(world);
        var missing = Assert.IsType<StillMissing>((await SendAsync(world, me)).Refusal);
        Assert.Equal([IntakePage.Telephone, IntakePage.Service, IntakePage.Cancer, IntakePage.Languages], missing.Pages);
        Assert.Null((await RowAsync(world, me.ReferralId)).ReceivedAt);
    }

    [Theory, OnBothDatabases]
    public async Task AConsent_IsWithdrawnAtOnce_TheService_OnlyByStopping(Db db)
    {
        await using var world = await World.OnAsync(db);
        var me = await BeginAsync(world);
        await AnswerAllAsync(world, me);
        await SayAsync(world, Acting(me), me, ConsentKind.SeveralCompanions, yes: true);
        await SendAsync(world, me);
        Assert.True((await ShowAsync(world, me)).Said(ConsentKind.SeveralCompanions));
        await SayAsync(world, Acting(me), me, ConsentKind.SeveralCompanions, yes: false);
        Assert.False((await ShowAsync(world, me)).Said(ConsentKind.SeveralCompanions));
        Assert.IsType<EndsTheRequest>((await SayAsync(world, Acting(me), me, ConsentKind.Service, yes: false)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task TheClinic_HearsNothingMore_FromTheMomentTheyRefuse(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync(r => r.ReadyToMatch());
        var patient = new Begun(id, (await RowAsync(world, id)).PatientId);
        Assert.Equal(ReferralStage.Reached, ReferralState.StageOf(await RowAsync(world, id)));
        await SayAsync(world, Acting(patient), patient, ConsentKind.StatusToClinic, yes: false);
        Assert.Equal(ReferralStage.Received, ReferralState.StageOf(await RowAsync(world, id)));
        await SayAsync(world, Acting(patient), patient, ConsentKind.StatusToClinic, yes: true);
        Assert.Equal(ReferralStage.Reached, ReferralState.StageOf(await RowAsync(world, id)));
    }

    [Theory, OnBothDatabases]
    public async Task SomebodyElse_FindsNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var me = await BeginAsync(world);
        var other = await BeginAsync(world);
        Assert.Null(await world.In<IntakeJourney, IntakeView?>(j => j.ShowAsync(Acting(other), me.ReferralId)));
        Assert.IsType<NotThere>((await world.In<IntakeJourney, Outcome<IntakeView>>(j => j.SaveAsync(Acting(other), new SaveAnswer { ReferralId = me.ReferralId, Part = new AgePart(18) }))).Refusal);
        Assert.IsType<NotThere>((await world.In<IntakeJourney, Outcome<Done>>(j => j.SendAsync(world.Clinician, me.ReferralId, "fr"))).Refusal);
    }

    private static BeginDraft Draft(Guid key, string secret = "this browser") =>
        new() { Key = key, DeviceSecret = secret, GivenName = "Nadia", Language = "fr", AtLeastAge = 18 };

    private static async Task<Begun> BeginAsync(World world, Guid? key = null, string secret = "this browser") =>
        (await world.In<SelfReferral, Outcome<Begun>>(s => s.BeginAsync(Draft(key ?? Guid.CreateVersion7(), secret)))).Value;

    private static Actor Acting(Begun me) => new() { NetworkId = 1, PersonId = me.PersonId, Role = Role.Patient };

    private static async Task<IntakeView> ShowAsync(World world, Begun me) => (await world.In<IntakeJourney, IntakeView?>(j => j.ShowAsync(Acting(me), me.ReferralId)))!;

    private static async Task<IntakeView> SaveAsync(World world, Begun me, IntakePart part, string? seen = null, Actor? actor = null) =>
        (await world.In<IntakeJourney, Outcome<IntakeView>>(j => j.SaveAsync(actor ?? Acting(me), new SaveAnswer { ReferralId = me.ReferralId, Part = part, Seen = seen }))).Value;

    private static Task<Outcome<Done>> SayAsync(World world, Actor actor, Begun me, ConsentKind kind, bool yes) =>
        world.In<IntakeConsents, Outcome<Done>>(c => c.SayAsync(actor, new ConsentAnswer { ReferralId = me.ReferralId, Kind = kind, Yes = yes, NoticeLanguage = "fr" }));

    private static Task<Outcome<Done>> SendAsync(World world, Begun me) => world.In<IntakeJourney, Outcome<Done>>(j => j.SendAsync(Acting(me), me.ReferralId, "fr"));

    private static Task<Referral> RowAsync(World world, Guid id) => world.Rows(d => d.Set<Referral>().AsNoTracking().FirstAsync(r => r.Id == id));

    private static async Task AnswerAllAsync(World world, Begun me, Actor? actor = null)
    {
        IntakePart[] parts =
        [
            new TelephonePart("5145550123", MayLeaveMessage: true), new CancerPart(Certainty.Suspected, CancerSite.Breast), new TopicsPart([Topic.Fear], "La peur."),
            new LanguagesPart(["fr"]), new LaterPart(NotBefore: null),
        ];
        foreach (var part in parts) await SaveAsync(world, me, part, actor: actor);
        Assert.True((await SayAsync(world, actor ?? Acting(me), me, ConsentKind.Service, yes: true)).IsDone);
    }
}
