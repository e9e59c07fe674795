using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Matching;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

public sealed record AgreeCommand
{
    public required Guid ReferralId { get; init; }
    public required Agreement Agreement { get; init; }
    /// <summary>The patient consents, here and apart, to their companion seeing their number.</summary>
    public bool NumberConsent { get; init; }
}

/// <summary>What the two agree to: from here on the companion has somebody.</summary>
[UseCases]
public sealed class AgreeOn(CompagnonDb db, Files files, RoundKeeper rounds, Post post, ClinicNews news, FollowUps followUps, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    public const int LongestPseudonym = 40;

    /// <summary>Done twice it is done once; the answer is the accompaniment.</summary>
    public Task<Outcome<Guid>> AgreeAsync(Actor actor, AgreeCommand command, CancellationToken stop = default) =>
        Again.UntilSettledAsync(() => OnceAsync(actor, command, stop));

    /// <summary>Changes what was agreed: the coordinator adds the day and the room, the patient another rhythm.</summary>
    public async Task<Outcome<Guid>> ChangeAsync(Actor actor, AgreeCommand command, CancellationToken stop = default)
    {
        if (await OpenAsync(actor, command.ReferralId, stop) is not { } file) return new NotThere();
        if (await LivingAsync(command.ReferralId, stop) is not { } accompaniment) return new AlreadyEnded();
        var now = clock.GetUtcNow().UtcDateTime;
        if (await WhyNotAsync(actor, file, command, now, stop) is { } refusal) return refusal;
        string[] parts = [.. Changed(accompaniment.Agreement, command.Agreement)];
        if (parts.Length == 0) return accompaniment.Id;
        accompaniment.Agreement = command.Agreement;
        await followUps.ProjectAsync(accompaniment.FacilityId, [accompaniment], stop);
        db.Record(actor, new AgreementChanged(file.ReferralId, accompaniment.Id, parts), now);
        await post.TellAsync(accompaniment.CompanionId, accompaniment.FacilityId, "Agreed", now);
        return await db.TrySaveAsync(stop) ? accompaniment.Id : new ChangedMeanwhile();
    }

    private async Task<Outcome<Guid>?> OnceAsync(Actor actor, AgreeCommand command, CancellationToken stop)
    {
        if (await OpenAsync(actor, command.ReferralId, stop) is not { } file) return new NotThere();
        if (await LivingAsync(command.ReferralId, stop) is { } already) return Same(already.Agreement, command.Agreement) ? already.Id : new AlreadyAgreed(already.Id);
        var referral = file.Entity;
        var now = clock.GetUtcNow().UtcDateTime;
        var proposals = await rounds.ProposalsOfAsync(referral.Id, stop);
        if (referral.EndedAt is not null) return new NobodyChosen();
        var accepted = await rounds.AcceptedAsync(actor, file, proposals, now, stop);
        if (accepted.Find(p => p.ChosenAt is not null) is not { } chosen) return await db.TrySaveAsync(stop) ? Outcome<Guid>.Refused(new NobodyChosen()) : (Outcome<Guid>?)null;
        if (await WhyNotAsync(actor, file, command, now, stop) is { } refusal) return refusal;
        var accompaniment = new Accompaniment
        {
            ReferralId = referral.Id, PatientId = referral.PatientId, CompanionId = chosen.CompanionId, FacilityId = referral.FacilityId, ProposalId = chosen.Id, AgreedAt = now,
            Agreement = command.Agreement,
        };
        db.Add(accompaniment);
        chosen.AgreedAt = now;
        (await db.Set<Place>().FirstAsync(p => p.CompanionId == chosen.CompanionId && p.ReferralId == referral.Id, stop)).TakenAt = now;
        (await db.Set<Companion>().FirstAsync(c => c.Id == chosen.CompanionId, stop)).LastMatchedAt = now;
        referral.AgreedAt = now;
        referral.Project((await settings.FacilityAsync(referral.FacilityId, stop)).Targets, calendar);
        db.Record(actor, new AgreementReached(referral.Id, accompaniment.Id, chosen.CompanionId, actor.Role is not Role.Patient), now);
        await post.TellAsync(chosen.CompanionId, referral.FacilityId, "Agreed", now);
        await news.AddAsync(referral, now, stop);
        return await db.SavedAsync(accompaniment.Id, stop);
    }

    private async Task<PatientFile?> OpenAsync(Actor actor, Guid referralId, CancellationToken stop) =>
        actor.Role is Role.Patient or Role.Coordinator ? await files.OpenForChangeAsync(actor, referralId, ReadWhat.Accompaniment, stop: stop) : null;

    private Task<Accompaniment?> LivingAsync(Guid referralId, CancellationToken stop) =>
        db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.ReferralId == referralId && a.EndedAt == null, stop);

    /// <summary>Also writes the separate consent to the number where it was given.</summary>
    private async Task<Refusal?> WhyNotAsync(Actor actor, PatientFile file, AgreeCommand command, DateTime now, CancellationToken stop)
    {
        var agreement = command.Agreement;
        if (Wrong(agreement, file.Identity?.FamilyName) is { } invalid) return invalid;
        if (agreement.FirstContact is not FirstContact.NumberShown || file.Has(ConsentKind.NumberShown)) return null;
        if (!command.NumberConsent || !(await settings.FacilityAsync(file.Entity.FacilityId, stop)).NumberMayBeShown) return new NumberNotShown();
        var consent = new Consent
        {
            PersonId = file.PatientId, ReferralId = file.ReferralId, Kind = ConsentKind.NumberShown, GivenAt = now, TakenBy = actor.PersonId, OnBehalf = actor.Role is not Role.Patient,
            How = actor.Role is Role.Patient ? ConsentHow.Online : ConsentHow.Oral, NoticeVersion = Refer.NoticeVersion, NoticeLanguage = file.Language,
        };
        db.Add(consent);
        db.Record(actor, new ConsentGiven(file.ReferralId, consent.Id, consent.Kind, consent.How), now);
        return null;
    }

    private static Invalid? Wrong(Agreement agreement, string? familyName)
    {
        var name = agreement.PatientPseudonym?.Trim();
        if (string.IsNullOrEmpty(name)) return Invalid.Field(nameof(agreement.PatientPseudonym), "Missing");
        if (name.Length > LongestPseudonym) return Invalid.Field(nameof(agreement.PatientPseudonym), "TooLong");
        // What the companion calls them must not say who they are.
        if (familyName is { Length: > 0 } family && Folding.Fold(name).Contains(Folding.Fold(family), StringComparison.Ordinal)) return Invalid.Field(nameof(agreement.PatientPseudonym), "Surname");
        if (name.Any(char.IsAsciiDigit)) return Invalid.Field(nameof(agreement.PatientPseudonym), "Digits");
        return agreement.Months is < 1 or > 24 ? Invalid.Field(nameof(agreement.Months), "Range") : null;
    }

    private static bool Same(Agreement one, Agreement other) => !Changed(one, other).Any();

    private static IEnumerable<string> Changed(Agreement one, Agreement other)
    {
        if (!string.Equals(one.PatientPseudonym, other.PatientPseudonym, StringComparison.Ordinal)) yield return nameof(Agreement.PatientPseudonym);
        if (one.Rhythm != other.Rhythm) yield return nameof(Agreement.Rhythm);
        if (one.Channel != other.Channel) yield return nameof(Agreement.Channel);
        if (one.Months != other.Months) yield return nameof(Agreement.Months);
        if (one.FirstContact != other.FirstContact) yield return nameof(Agreement.FirstContact);
        if (one.PlannedAt != other.PlannedAt) yield return nameof(Agreement.PlannedAt);
        if (!string.Equals(one.Room, other.Room, StringComparison.Ordinal)) yield return nameof(Agreement.Room);
    }
}
