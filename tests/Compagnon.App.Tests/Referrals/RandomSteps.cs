using Compagnon.App.Accompaniments;
using Compagnon.App.Matching;
using Compagnon.App.Referrals;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Referrals;

internal enum Doing
{
    Refer, Call, Postpone, Consent, Several, Age, Send, Propose, TakeBack, Answer, Choose, Agree, Talk, FollowUp, Another, CompanionStops, End, Close, Stop, ClinicWithdraws, Wait,
}

/// <summary>Use cases in any order, as a seed says; more often the one that brings a request on, or nothing would ever come far.</summary>
internal sealed class RandomSteps(World world, Random random, IReadOnlyList<Companion> companions)
{
    private const int MostRequests = 3;
    private readonly List<Guid> requests = [];
    private readonly List<string> said = [];
    private bool sure;

    private sealed record NothingThere : Refusal;

    /// <summary>What was done, and not refused.</summary>
    public HashSet<Doing> Done { get; } = [];

    public override string ToString() => string.Join(" → ", said);

    public async Task NextAsync()
    {
        var request = requests.Count == 0 ? null : await world.RequestAsync(One(requests));
        var doing = request is null ? Doing.Refer : Chance(60) ? await OnwardAsync(request) : One(Enum.GetValues<Doing>());
        await DoAsync(doing, request);
    }

    /// <summary>The first request, brought on for sure: nothing is left to chance.</summary>
    public async Task BeginAsync(Doing doing)
    {
        sure = true;
        await DoAsync(doing, requests.Count == 0 ? null : await world.RequestAsync(requests[0]));
        sure = false;
    }

    private async Task DoAsync(Doing doing, Referral? request)
    {
        var refusal = doing is Doing.Refer || request is null ? await ReferAsync() : await OnAsync(doing, request.Id);
        said.Add(refusal is null ? $"{doing}" : $"{doing} ({refusal.GetType().Name})");
        if (refusal is null) Done.Add(doing);
    }

    private async Task<Doing> OnwardAsync(Referral request) => request.Next switch
    {
        NextStep.Reach => Doing.Call,
        NextStep.Complete => request.ServiceConsentAt is null ? Doing.Consent : request.Intake.AtLeastAge is null ? Doing.Age : Doing.Send,
        NextStep.Match => Doing.Propose,
        NextStep.Answer => Doing.Answer,
        NextStep.Choose => (await world.ProposalsAsync(request.Id)).Exists(p => Proposals.IsAccepted(p) && p.ChosenAt is not null) ? Doing.Agree : Doing.Choose,
        NextStep.Talk => Doing.Talk,
        NextStep.Accompany => One([Doing.FollowUp, Doing.Another, Doing.CompanionStops, Doing.End]),
        NextStep.Ended or NextStep.Draft or NextStep.Offer => Doing.Wait,
    };

    private async Task<Refusal?> ReferAsync()
    {
        if (requests.Count >= MostRequests) return new NothingThere();
        requests.Add(await world.ReferralAsync());
        return null;
    }

    private Task<Refusal?> OnAsync(Doing doing, Guid id) => doing switch
    {
        Doing.Call => CallAsync(id),
        Doing.Postpone => RefusalOf(world.In<Progress, Outcome<Done>>(p => p.PostponeAsync(world.Coordinator, id, Chance(30) ? null : Later()))),
        Doing.Consent => SayAsync(id, ConsentKind.Service, Chance(80)),
        Doing.Several => SayAsync(id, ConsentKind.SeveralCompanions, Chance(80)),
        Doing.Age => RefusalOf(world.In<IntakeJourney, Outcome<IntakeView>>(j => j.SaveAsync(world.Coordinator, new SaveAnswer { ReferralId = id, Part = new AgePart(18) }))),
        Doing.Send => RefusalOf(world.In<IntakeJourney, Outcome<Done>>(j => j.SendAsync(world.Coordinator, id, Languages.French))),
        Doing.Propose => ProposeAsync(id),
        Doing.TakeBack => OnProposalAsync(id, p => RefusalOf(world.In<WithdrawProposal, Outcome<RoundResult>>(w => w.WithdrawAsync(world.Coordinator, p.Id)))),
        Doing.Answer => OnProposalAsync(id, p => RefusalOf(world.In<AnswerProposal, Outcome<Done>>(a => a.AnswerAsync(ActingOf(p.CompanionId), p.Id,
            Chance(70) ? ProposalAnswer.Yes : One([ProposalAnswer.No, ProposalAnswer.MayKnowPerson]))))),
        Doing.Choose => OnProposalAsync(id, p => ChooseAsync(id, p)),
        Doing.Agree => AgreeAsync(id),
        Doing.Talk => OnLivingAsync(id, a => RefusalOf(world.In<RecordConversation, Outcome<Guid>>(r => r.RecordAsync(world.Coordinator, new ConversationCommand
        {
            AccompanimentId = a.Id, Key = Guid.CreateVersion7(), HeldAt = world.Clock.Now, Channel = Channel.Telephone, Minutes = 20, BothTookPart = Chance(80),
        })))),
        Doing.FollowUp => OnLivingAsync(id, a => RefusalOf(world.In<FollowUps, Outcome<Done>>(f => f.NoteAsync(world.Coordinator, a.Id)))),
        Doing.Another => AnotherAsync(id),
        Doing.CompanionStops => OnLivingAsync(id, a => EndAsync(ActingOf(a.CompanionId), a, Closing.StoppedByCompanion)),
        Doing.End => OnLivingAsync(id, a => EndAsync(world.Coordinator, a, Closing.Completed)),
        Doing.Close => RefusalOf(world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = id, Closing = One(CloseFile.Reasons) }))),
        Doing.Stop => StopAsync(id),
        Doing.ClinicWithdraws => RefusalOf(world.In<Withdraw, Outcome<Done>>(w => w.WithdrawAsync(world.Clinician, id))),
        Doing.Wait => WaitAsync(),
        Doing.Refer => ReferAsync(),
    };

    private Task<Refusal?> CallAsync(Guid id)
    {
        var outcome = Chance(70) ? ContactOutcome.Reached : One([ContactOutcome.NoAnswer, ContactOutcome.MessageLeft, ContactOutcome.WrongNumber, ContactOutcome.CallBackLater]);
        return RefusalOf(world.In<Attempts, Outcome<Done>>(a => a.RecordAsync(world.Coordinator, new AttemptCommand
        {
            Key = Guid.CreateVersion7(), ReferralId = id, Outcome = outcome, NotBefore = outcome is ContactOutcome.CallBackLater ? Later() : null,
        })));
    }

    private Task<Refusal?> SayAsync(Guid id, ConsentKind kind, bool yes) => RefusalOf(world.In<IntakeConsents, Outcome<Done>>(c => c.SayAsync(world.Coordinator,
        new ConsentAnswer { ReferralId = id, Kind = kind, Yes = yes, NoticeLanguage = Languages.French })));

    private Task<Refusal?> ProposeAsync(Guid id)
    {
        var asked = companions.OrderBy(_ => random.Next()).Take(Chance(60) ? 1 : 2).ToList();
        return RefusalOf(world.ProposeAsync(id, asked, "Elles se comprendront", lifting: Chance(50)));
    }

    private async Task<Refusal?> ChooseAsync(Guid id, Proposal proposal)
    {
        var by = await ByPatientOrCoordinatorAsync(id);
        var command = new ChooseCommand { ReferralId = id, ProposalId = proposal.Id, Choosing = Chance(70) ? Choosing.This : One(Enum.GetValues<Choosing>()) };
        return await RefusalOf(world.In<ChooseCompanion, Outcome<Choice>>(c => c.ChooseAsync(by, command)));
    }

    private async Task<Refusal?> AgreeAsync(Guid id)
    {
        var by = await ByPatientOrCoordinatorAsync(id);
        return await RefusalOf(world.In<AgreeOn, Outcome<Guid>>(a => a.AgreeAsync(by, new AgreeCommand { ReferralId = id, Agreement = new Agreement { PatientPseudonym = "Nadia" } })));
    }

    private async Task<Refusal?> AnotherAsync(Guid id)
    {
        var patient = await world.PatientAsync(id);
        return await RefusalOf(world.In<EndAccompaniment, Outcome<Ended>>(e => e.AnotherAsync(patient, id)));
    }

    private Task<Refusal?> EndAsync(Actor by, Accompaniment living, Closing closing) => RefusalOf(world.In<EndAccompaniment, Outcome<Ended>>(e => e.EndAsync(by,
        new EndCommand { AccompanimentId = living.Id, Closing = closing, WantsAnother = by.Role is Role.Coordinator && Chance(50) })));

    private async Task<Refusal?> StopAsync(Guid id)
    {
        var patient = await world.PatientAsync(id);
        return await RefusalOf(world.In<CloseFile, Outcome<Done>>(c => c.StopAsync(patient, id)));
    }

    private async Task<Refusal?> WaitAsync()
    {
        world.Clock.Pass(TimeSpan.FromHours(random.Next(1, 100)));
        await world.MinuteAsync();
        return null;
    }

    private async Task<Refusal?> OnProposalAsync(Guid id, Func<Proposal, Task<Refusal?>> act)
    {
        // Asked at the same moment: in an order of ours, so that a seed always tells the same story.
        var all = (await world.ProposalsAsync(id)).OrderBy(p => p.ProposedAt).ThenBy(p => companions.Select(c => c.Id).ToList().IndexOf(p.CompanionId)).ToList();
        var holding = all.FindAll(Proposals.HoldsPlace);
        return all.Count == 0 ? new NothingThere() : await act(One(holding.Count > 0 && Chance(80) ? holding : all));
    }

    private async Task<Refusal?> OnLivingAsync(Guid id, Func<Accompaniment, Task<Refusal?>> act) =>
        await world.Rows(db => db.Set<Accompaniment>().AsNoTracking().FirstOrDefaultAsync(a => a.ReferralId == id && a.EndedAt == null)) is { } living ? await act(living) : new NothingThere();

    private async Task<Actor> ByPatientOrCoordinatorAsync(Guid id) => Chance(50) ? world.Coordinator : await world.PatientAsync(id);

    private Actor ActingOf(Guid companionId) => companions.First(c => c.Id == companionId).Acting();

    private DateOnly Later() => DateOnly.FromDateTime(world.Clock.Now).AddDays(random.Next(2, 15));

    private bool Chance(int percent) => sure || random.Next(100) < percent;

    private T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private static async Task<Refusal?> RefusalOf<T>(Task<Outcome<T>> outcome) => (await outcome).Refusal;
}
