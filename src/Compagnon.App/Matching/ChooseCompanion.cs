using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Matching;

public enum Choosing
{
    /// <summary>The companion of <see cref="ChooseCommand.ProposalId"/>.</summary>
    This,
    /// <summary>"Choose for me."</summary>
    ForMe,
    /// <summary>"Propose other people to me."</summary>
    None,
    /// <summary>"I may know this person": the companion of <see cref="ChooseCommand.ProposalId"/>; the others stay.</summary>
    MayKnow,
}

public sealed record ChooseCommand
{
    public required Guid ReferralId { get; init; }
    public required Choosing Choosing { get; init; }
    public Guid? ProposalId { get; init; }
}

/// <summary>Chosen: the proposal, null when none was.</summary>
public sealed record Choice(Guid? ProposalId, RoundResult Next);

/// <summary>The patient has the last word; the coordinator may write it down on their behalf.</summary>
[UseCases]
public sealed class ChooseCompanion(CompagnonDb db, Files files, RoundKeeper rounds, Post post, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    public Task<Outcome<Choice>> ChooseAsync(Actor actor, ChooseCommand command, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, command, stop));

    private async Task<Outcome<Choice>?> OnceAsync(Actor actor, ChooseCommand command, CancellationToken stop)
    {
        if (actor.Role is not (Role.Patient or Role.Coordinator)
            || await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.Choice, stop: stop) is not { } file) return new NotThere();
        var now = clock.GetUtcNow().UtcDateTime;
        var proposals = await rounds.ProposalsOfAsync(file.ReferralId, stop);
        if (file.Entity is not { EndedAt: null, AgreedAt: null, ChoiceAskedAt: not null }) return new NothingToChoose();
        var accepted = await rounds.AcceptedAsync(actor, file, proposals, now, stop);
        if (accepted.Count == 0) return await db.TrySaveAsync(stop) ? Outcome<Choice>.Refused(new NothingToChoose()) : (Outcome<Choice>?)null;
        return command.Choosing is Choosing.This or Choosing.ForMe
            ? await TakeAsync(actor, file, accepted, command, now, stop)
            : await LetGoAsync(actor, file, proposals, accepted, command, now, stop);
    }

    private async Task<Outcome<Choice>?> TakeAsync(Actor actor, PatientFile file, List<Proposal> accepted, ChooseCommand command, DateTime now, CancellationToken stop)
    {
        var before = accepted.Find(p => p.ChosenAt is not null);
        if (before is not null && (command.Choosing is Choosing.ForMe || before.Id == command.ProposalId)) return new Choice(before.Id, RoundResult.Choosing);
        if (before is not null) return new AlreadyChosen(before.Id);
        var chosen = command.Choosing is Choosing.ForMe ? Rounds.BestOf(accepted) : accepted.Find(p => p.Id == command.ProposalId);
        if (chosen is null) return new ProposalClosed(ProposalState.Released);
        var referral = file.Entity;
        chosen.ChosenAt = now;
        await rounds.ReleaseAsync(actor, referral, accepted.Where(p => p != chosen), Release.AnotherChosen, now, stop: stop);
        db.Record(actor, new CompanionChosen(referral.Id, chosen.Id, chosen.CompanionId, command.Choosing is Choosing.ForMe, actor.Role is not Role.Patient), now);
        await post.TellAsync(chosen.CompanionId, referral.FacilityId, "Chosen", now);
        var targets = (await settings.FacilityAsync(referral.FacilityId, stop)).Targets;
        // The agreement comes next, and waits no longer than a choice may.
        referral.ChoiceDueAt = now.AddHours(targets.ChooseHours);
        referral.Project(targets, calendar);
        db.Touch(referral);
        return await db.SavedAsync(new Choice(chosen.Id, RoundResult.Choosing), stop);
    }

    private async Task<Outcome<Choice>?> LetGoAsync(Actor actor, PatientFile file, List<Proposal> all, List<Proposal> accepted, ChooseCommand command, DateTime now, CancellationToken stop)
    {
        var known = command.Choosing is Choosing.MayKnow;
        var released = known ? accepted.Where(p => p.Id == command.ProposalId).ToList() : accepted;
        if (released.Count == 0) return new ProposalClosed(ProposalState.Released);
        await rounds.ReleaseAsync(actor, file.Entity, released, known ? Release.PatientMayKnow : Release.NoneChosen, now, stop: stop);
        var next = await rounds.SettleAsync(actor, file, all, now, stop: stop);
        return await db.SavedAsync(new Choice(ProposalId: null, next), stop);
    }
}
