using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Referrals;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Slot = Compagnon.Domain.Companions.Place;

namespace Compagnon.App.Demonstration;

/// <summary>
/// One request, told step by step as it would have happened: each step writes the rows the use cases would have written, with dates that follow each other.
/// <code>story.From(sophie).Patient("Nadia", …).Received(6).Reached(5, marianne).Ready(5, …)</code>
/// </summary>
internal sealed class Story(CompagnonDb db, Cast cast, Targets targets)
{
    private Referral referral = null!;
    private Person person = null!;
    private string firstName = "";
    private Accompaniment? accompaniment;
    private Companion? companion;

    public Referral Referral => referral;
    public Person Person => person;

    /// <param name="offeredDays">An offer: nobody has asked the person yet. Null for a request.</param>
    public Story Begin(string name, Played by, ReferralSource source, Situation situation, double days, int? offeredDays = null, string? note = null)
    {
        firstName = name.Split(' ')[0];
        (person, _) = cast.Person(PersonKind.Patient, by.Actor.FacilityId, name, situation.Languages.Contains(Languages.French, StringComparer.Ordinal) ? Languages.French : Languages.English,
            hasEmail: source is ReferralSource.Self, note);
        var at = cast.Ago(offeredDays ?? days, 11, 40);
        referral = new Referral
        {
            PatientId = person.Id, FacilityId = by.Actor.FacilityId!.Value, ClinicId = by.Actor.ClinicId, Source = source, ReferredBy = by.Actor.PersonId, FileNumber = cast.FileNumber(),
            Situation = situation, MayLeaveMessage = true, OfferedAt = offeredDays is null ? null : at, ReceivedAt = offeredDays is null ? at : null,
        };
        db.Add(referral);
        if (offeredDays is not null) return this;
        Consent(ConsentKind.Contact, at, by);
        if (by.Actor.Role is Role.Clinician) Consent(ConsentKind.StatusToClinic, at, by);
        db.Record(by.Actor, new ReferralReceived(referral.Id, source, referral.ClinicId), at);
        return this;
    }

    public Story Tried(double days, int hour, Played by, ContactOutcome outcome, string? note = null)
    {
        db.Add(new ContactAttempt { ReferralId = referral.Id, At = cast.Ago(days, hour), By = by.Actor.PersonId, Outcome = outcome, Note = cast.Sealed(person, Attempts.NotePurpose, note) });
        return this;
    }

    public Story Reached(double days, Played by)
    {
        referral.CoordinatorId = by.Actor.PersonId;
        referral.ReachedAt = cast.Ago(days, 14, 10);
        db.Add(new AccessEntry { At = referral.ReachedAt.Value, ReaderId = by.Actor.PersonId, ReaderRole = by.Actor.Role, ReaderFacilityId = by.Actor.FacilityId, PersonId = person.Id, What = ReadWhat.File });
        return Tried(days, 14, by, ContactOutcome.Reached);
    }

    /// <summary>The person's own consent to the service, without which nothing is proposed.</summary>
    public Story Agreed(double days, Played by, bool several = true)
    {
        referral.ServiceConsentAt = cast.Ago(days, 14, 20);
        Consent(ConsentKind.Service, referral.ServiceConsentAt.Value, by);
        if (several) Consent(ConsentKind.SeveralCompanions, referral.ServiceConsentAt.Value, by);
        return this;
    }

    public Story Ready(double days, Played by, Action<Intake> wishes)
    {
        Agreed(days, by);
        referral.IntakeCompletedAt = cast.Ago(days, 14, 30);
        referral.Intake.OnBehalf = true;
        referral.Intake.AtLeastAge = 18;
        referral.Intake.Channels = [Channel.Telephone];
        wishes(referral.Intake);
        return this;
    }

    public Proposal Ask(Companion asked, double days, Played by, ProposalAnswer? answer = null, int hour = 16)
    {
        var at = cast.Ago(days, hour);
        var proposal = new Proposal
        {
            ReferralId = referral.Id, CompanionId = asked.Id, ProposedBy = by.Actor.PersonId, ProposedAt = at, ExpiresAt = at.AddHours(targets.AnswerHours), Fit = 720,
            AnsweredAt = answer is null ? null : at.AddHours(3), Answer = answer,
        };
        db.Add(proposal);
        if (answer is null) referral.AnswerDueAt = proposal.ExpiresAt;
        if (answer is null or ProposalAnswer.Yes) Hold(asked, at, taken: null);
        return proposal;
    }

    /// <summary>Two or three said yes; the patient is asked.</summary>
    public void AskPatient(double days)
    {
        (referral.AnswerDueAt, referral.ChoiceAskedAt) = (null, cast.Ago(days, 15));
        referral.ChoiceDueAt = referral.ChoiceAskedAt.Value.AddHours(targets.ChooseHours);
    }

    public Story Match(Companion chosen, double days, Played by, Action<Agreement>? agree = null)
    {
        companion = chosen;
        var at = cast.Ago(days, 15, 30);
        var proposal = new Proposal
        {
            ReferralId = referral.Id, CompanionId = chosen.Id, ProposedBy = by.Actor.PersonId, ProposedAt = at.AddDays(-2), ExpiresAt = at, Fit = 780,
            AnsweredAt = at.AddDays(-1), Answer = ProposalAnswer.Yes, ChosenAt = at, AgreedAt = at,
        };
        db.Add(proposal);
        (referral.ChoiceAskedAt, referral.ChoiceDueAt, referral.AgreedAt) = (at.AddDays(-1), at.AddDays(2), at);
        accompaniment = new Accompaniment { ReferralId = referral.Id, PatientId = person.Id, CompanionId = chosen.Id, FacilityId = referral.FacilityId, AgreedAt = at, ProposalId = proposal.Id };
        accompaniment.Agreement.PatientPseudonym = firstName;
        agree?.Invoke(accompaniment.Agreement);
        db.Add(accompaniment);
        if (chosen.LastMatchedAt is null || chosen.LastMatchedAt < at) chosen.LastMatchedAt = at;
        Hold(chosen, at, taken: at);
        return this;
    }

    /// <summary>A conversation and, unless it is still to be written, what the companion noted.</summary>
    public Story Talked(double days, int minutes, Seemed? seemed, params List<Activity> activities)
    {
        var held = new Conversation
        {
            AccompanimentId = accompaniment!.Id, HeldAt = cast.Ago(days, 19, 4), Channel = Channel.Telephone, Minutes = minutes, BothTookPart = true,
            RecordedBy = companion!.Id, RecordedAt = cast.Ago(days, 20),
        };
        db.Add(held);
        referral.FirstConversationAt = accompaniment.FirstConversationAt ??= held.HeldAt;
        if (seemed is { } how) db.Add(new LogbookEntry { AccompanimentId = accompaniment.Id, ConversationId = held.Id, CompanionId = companion.Id, WrittenAt = held.RecordedAt, Seemed = how, Activities = activities });
        return this;
    }

    public Story End(double days, Closing closing, EndedBy by = EndedBy.Coordinator)
    {
        (referral.EndedAt, referral.Closing) = (cast.Ago(days, 9, 15), closing);
        if (closing is Closing.Deceased) person.DeceasedAt = referral.EndedAt;
        if (accompaniment is null) return this;
        (accompaniment.EndedAt, accompaniment.EndedBy, accompaniment.Closing) = (referral.EndedAt, by, closing);
        foreach (var slot in db.ChangeTracker.Entries<Slot>().Where(s => s.Entity.ReferralId == referral.Id).ToList()) slot.State = Microsoft.EntityFrameworkCore.EntityState.Detached;
        return this;
    }

    public Story But(Action<Referral> change)
    {
        change(referral);
        return this;
    }

    private void Consent(ConsentKind kind, DateTime at, Played by) => db.Add(new Consent
    {
        PersonId = person.Id, ReferralId = referral.Id, Kind = kind, GivenAt = at, How = ConsentHow.Oral, TakenBy = by.Actor.PersonId, NoticeVersion = Refer.NoticeVersion, NoticeLanguage = person.Language,
    });

    private void Hold(Companion holder, DateTime at, DateTime? taken)
    {
        var number = Compagnon.Domain.Companions.Places.Free(holder.Capacity, db.ChangeTracker.Entries<Slot>().Where(s => s.Entity.CompanionId == holder.Id).Select(s => s.Entity.Number))
            ?? throw new InvalidOperationException($"{holder.Pseudonym} has no place left in the story.");
        db.Add(new Slot { CompanionId = holder.Id, Number = number, ReferralId = referral.Id, Since = at, TakenAt = taken });
    }
}
