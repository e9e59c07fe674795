using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Matching;

/// <summary>Who said yes, as their profile shows them to every patient, and what both share.</summary>
public sealed record AcceptedCard(Guid ProposalId, CompanionCard Card, IReadOnlyList<Fact> Shared);

public sealed record ChoiceView
{
    public required Guid ReferralId { get; init; }
    public required string GivenName { get; init; }
    public required NextStep Step { get; init; }
    public required IReadOnlyList<AcceptedCard> Cards { get; init; }
    /// <summary>The proposal already chosen.</summary>
    public required Guid? Chosen { get; init; }
    public required DateTime? DueAt { get; init; }
    public bool MayChoose => Step is NextStep.Choose && Chosen is null && Cards.Count > 0;
}

/// <summary>Who said yes, for the patient or for the coordinator who chooses on their behalf. Each card is a read of that companion's profile.</summary>
[UseCases]
public sealed class Choices(CompagnonDb db, Files files, RoundKeeper rounds, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    public async Task<ChoiceView?> ShowAsync(Actor actor, Guid referralId, CancellationToken stop = default) =>
        (await Again.UntilSettledAsync(() => OnceAsync(actor, referralId, stop))) is { IsDone: true } shown ? shown.Value : null;

    private async Task<Outcome<ChoiceView>?> OnceAsync(Actor actor, Guid referralId, CancellationToken stop)
    {
        if (actor.Role is not (Role.Patient or Role.Coordinator) || await files.OpenForChangeAsync(actor, referralId, ReadWhat.Choice, stop: stop) is not { } file) return new NotThere();
        var referral = file.Entity;
        var now = clock.GetUtcNow().UtcDateTime;
        var weights = (await settings.FacilityAsync(referral.FacilityId, stop)).Weights;
        var accepted = (await rounds.AcceptedAsync(actor, file, await rounds.ProposalsOfAsync(referralId, stop), now, stop)).OrderByDescending(p => p.Fit).ThenBy(p => p.AnsweredAt).ToList();
        List<AcceptedCard> cards = [];
        if (referral.ChoiceAskedAt is not null)
        {
            foreach (var proposal in accepted)
                if (await files.OpenCompanionForChangeAsync(actor, proposal.CompanionId, ReadWhat.Choice, stop: stop) is { } companion)
                    cards.Add(CardOf(companion.Entity, proposal, PatientFacts.Of(referral), weights, now));
        }
        return await db.SavedAsync(new ChoiceView
        {
            ReferralId = referralId, GivenName = file.Identity?.GivenName ?? "", Step = ReferralState.StepOf(referral), Cards = cards,
            Chosen = accepted.Find(p => p.ChosenAt is not null)?.Id, DueAt = referral.ChoiceDueAt,
        }, stop);
    }

    private AcceptedCard CardOf(Companion c, Proposal proposal, PatientFacts patient, Weights weights, DateTime now) =>
        new(proposal.Id, CompanionCard.Of(c), SharedChips.Of(patient, CompanionFacts.Of(c, placesUsed: 0, calendar, now, []), weights, calendar.LocalDay(now)));
}
