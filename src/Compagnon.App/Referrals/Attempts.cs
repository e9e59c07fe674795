using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>What became of a call. Declined and deceased end the file: that is <c>CloseFile</c>.</summary>
public sealed record AttemptCommand
{
    /// <summary>Made from the form's key and what it says: becomes the attempt's id, so that the same post sent twice makes one.</summary>
    public required Guid Key { get; init; }
    public required Guid ReferralId { get; init; }
    public required ContactOutcome Outcome { get; init; }
    public string? Note { get; init; }
    /// <summary>With "call back later": from this day on.</summary>
    public DateOnly? NotBefore { get; init; }
}

/// <summary>The file is closed: there is nothing more to do on it.</summary>
public sealed record FileIsClosed : Refusal;

/// <summary>The coordinator calls the person and writes down what came of it.</summary>
[UseCases]
public sealed class Attempts(CompagnonDb db, Files files, Vault vault, Projection projection, ClinicNews news, WorkingCalendar calendar, TimeProvider clock)
{
    public const string NotePurpose = "attempt-note";

    public async Task<Outcome<Done>> RecordAsync(Actor actor, AttemptCommand command, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.File, stop: stop) is not { } file || actor.Role is not Role.Coordinator) return new NotThere();
        if (await db.Set<ContactAttempt>().AnyAsync(a => a.Id == command.Key, stop)) return Done.Yes;
        if (command.Outcome is ContactOutcome.DeclinedService or ContactOutcome.Deceased) throw new ArgumentException("This outcome ends the file.", nameof(command));
        if (!ReferralState.IsOpen(file.Referral)) return new FileIsClosed();
        var now = clock.GetUtcNow().UtcDateTime;
        if (command.Outcome is ContactOutcome.CallBackLater && ReferralState.WhyNotOn(command.NotBefore ?? default, calendar.LocalDay(now)) is { } why)
            return Invalid.Field(nameof(command.NotBefore), why);
        Add(actor, file, command, now);
        if (command.Outcome is ContactOutcome.Reached) await news.AddAsync(file.Referral, now, stop);
        if (command.Outcome is ContactOutcome.WrongNumber) await news.AskForNumberAsync(file.Referral, now, stop);
        await projection.WriteAsync(file.Referral, stop);
        return await db.TrySaveAsync(stop) ? Done.Yes : await db.Set<ContactAttempt>().AnyAsync(a => a.Id == command.Key, stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>The attempt and what follows from it, without saving.</summary>
    internal void Add(Actor actor, PatientFile file, AttemptCommand command, DateTime now)
    {
        var referral = file.Referral;
        db.Add(new ContactAttempt
        {
            Id = command.Key, ReferralId = referral.Id, At = now, By = actor.PersonId, Outcome = command.Outcome, Note = vault.Seal(file.Person, NotePurpose, command.Note),
        });
        db.Record(actor, new ContactAttempted(referral.Id, command.Key, command.Outcome, command.NotBefore), now);
        // Whoever takes up the telephone first looks after the file from then on.
        if (referral.CoordinatorId is null) Take(actor, referral, now);
        if (command.Outcome is ContactOutcome.CallBackLater) referral.NotBefore = command.NotBefore;
        if (command.Outcome is ContactOutcome.WrongNumber) referral.WrongNumberAt = now;
        if (command.Outcome is ContactOutcome.Reached) Reach(actor, file, now);
    }

    private void Take(Actor actor, Referral referral, DateTime now)
    {
        db.Record(actor, new CoordinatorAssigned(referral.Id, Before: null, actor.PersonId), now);
        referral.CoordinatorId = actor.PersonId;
    }

    /// <summary>Someone reached needs no more "call me later"; an offer they said yes to is a referral, and the figure starts here.</summary>
    private void Reach(Actor actor, PatientFile file, DateTime now)
    {
        var referral = file.Referral;
        (referral.NotBefore, referral.WrongNumberAt) = (null, null);
        referral.ReachedAt ??= now;
        if (referral.ReceivedAt is not null) return;
        referral.ReceivedAt = now;
        var consent = new Consent
        {
            PersonId = referral.PatientId, ReferralId = referral.Id, Kind = ConsentKind.Contact, GivenAt = now, How = ConsentHow.Oral, TakenBy = actor.PersonId,
            NoticeVersion = Refer.NoticeVersion, NoticeLanguage = file.Language,
        };
        db.Add(consent);
        db.Record(actor, new OfferAccepted(referral.Id), now);
        db.Record(actor, new ConsentGiven(referral.Id, consent.Id, consent.Kind, consent.How), now);
    }
}
