using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Referrals;

/// <summary>The answer of one page.</summary>
public sealed record SaveAnswer
{
    public required Guid ReferralId { get; init; }
    public required IntakePart Part { get; init; }
    /// <summary>The mark of the answer that stood on the page (<see cref="IntakeView.MarkOf"/>); null asks nothing.</summary>
    public string? Seen { get; init; }
}

/// <summary>In another window the same question was answered otherwise in the meantime; nothing was written.</summary>
public sealed record AnswerChanged(IntakeView Now) : Refusal;

/// <summary>Not yet: these questions need an answer first.</summary>
public sealed record StillMissing(IReadOnlyList<IntakePage> Pages) : Refusal;

/// <summary>
/// The questions one is asked, by oneself or by a coordinator on the telephone. Each page saves what it asked and nothing else; who completes it by themselves
/// counts as reached, because what a first call is for has been said: the request goes on to matching.
/// </summary>
[UseCases]
public sealed class IntakeJourney(CompagnonDb db, Files files, Identities identities, SelfReferral selfReferral, ClinicNews news, SettingsOf settings, Projection projection, WorkingCalendar calendar, TimeProvider clock)
{
    private const int Tries = 3;

    public async Task<IntakeView?> ShowAsync(Actor actor, Guid referralId, CancellationToken stop = default) =>
        await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is { } file && MayAnswer(file) ? await ViewAsync(actor, file, stop) : null;

    public async Task<Outcome<IntakeView>> SaveAsync(Actor actor, SaveAnswer command, CancellationToken stop = default)
    {
        for (var left = Tries; left > 0; left--)
        {
            if (await files.OpenForChangeAsync(actor, command.ReferralId, ReadWhat.File, stop: stop) is not { } file || !MayAnswer(file)) return new NotThere();
            if (!ReferralState.IsOpen(file.Referral)) return new FileIsClosed();
            if (command.Part is TopicsPart { Words: { } words } && Anonymity.In(words, file.Identity) is [var shown, ..]) return Invalid.Field(nameof(TopicsPart.Words), shown.ToString());
            if (command.Part is LaterPart { NotBefore: { } day } && ReferralState.WhyNotOn(day, calendar.LocalDay(clock.GetUtcNow().UtcDateTime)) is { } why) return Invalid.Field(nameof(LaterPart.NotBefore), why);
            var before = IntakePart.Read(command.Part.Page, file.Referral, file.Identity!);
            var isSame = IntakeView.Mark(before) == IntakeView.Mark(command.Part);
            if (!isSame && command.Seen is { } seen && seen != IntakeView.Mark(before)) return new AnswerChanged(await ViewAsync(actor, file, stop));
            var identity = command.Part.Apply(file.Identity!);
            await ApplyAsync(actor, file, command.Part, identity, stop);
            MarkAnswered(file, command.Part.Page, actor);
            if (!isSame) db.Record(actor, new IntakeAnswered(command.ReferralId, command.Part.Page, file.Referral.Intake.WasHelped()), clock.GetUtcNow().UtcDateTime);
            await projection.WriteAsync(file.Referral, stop);
            var view = await ViewAsync(actor, file, stop, identity);
            if (await db.TrySaveAsync(stop)) return view;
        }
        return new ChangedMeanwhile();
    }

    /// <summary>All is said: the request is received, if it was a draft, and waits for a companion. Sent twice is sent once.</summary>
    public async Task<Outcome<Done>> SendAsync(Actor actor, Guid referralId, string noticeLanguage, CancellationToken stop = default)
    {
        if (await files.OpenForChangeAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || !MayAnswer(file)) return new NotThere();
        var referral = file.Referral;
        if (!ReferralState.IsOpen(referral)) return new FileIsClosed();
        if (referral.IntakeCompletedAt is not null) return Done.Yes;
        var facts = await FactsAsync(file, file.Identity!, stop);
        if (IntakePages.Missing(referral, facts) is { Count: > 0 } missing) return new StillMissing(missing);
        var now = clock.GetUtcNow().UtcDateTime;
        referral.IntakeCompletedAt = now;
        if (referral.ReachedAt is null) await news.AddAsync(referral, now, stop);
        referral.ReachedAt ??= now;
        if (ReferralState.IsDraft(referral)) Receive(actor, file, noticeLanguage, now);
        db.Record(actor, new IntakeCompleted(referralId, referral.Intake.WasHelped()), now);
        await projection.WriteAsync(referral, stop);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>Sending is the consent to be contacted, and where the figure begins.</summary>
    private void Receive(Actor actor, PatientFile file, string noticeLanguage, DateTime now)
    {
        var referral = file.Referral;
        referral.ReceivedAt = now;
        var mine = actor.Role is Role.Patient;
        var consent = new Consent
        {
            PersonId = file.PatientId, ReferralId = file.ReferralId, Kind = ConsentKind.Contact, GivenAt = now, How = mine ? ConsentHow.Online : ConsentHow.Oral, TakenBy = actor.PersonId,
            OnBehalf = !mine, NoticeVersion = CollectionNotice.Version, NoticeLanguage = noticeLanguage,
        };
        db.Add(consent);
        db.Record(actor, new ReferralReceived(referral.Id, referral.Source, referral.ClinicId), now);
        db.Record(actor, new ConsentGiven(referral.Id, consent.Id, consent.Kind, consent.How), now);
    }

    private async Task ApplyAsync(Actor actor, PatientFile file, IntakePart part, IdentityFields identity, CancellationToken stop)
    {
        var referral = file.Referral;
        if (part is PlacePart place) await MoveAsync(actor, file, place, stop);
        part.Apply(referral);
        if (part is NamePart or TelephonePart or EmailPart || file.Person.FacilityId != referral.FacilityId)
        {
            file.Person.FacilityId = referral.FacilityId;
            await identities.ChangeAsync(file.Person, file.StoredIdentity, identity, stop);
        }
        // A corrected number can be called again; an address is a way to send a link.
        if (part is TelephonePart) referral.WrongNumberAt = null;
        if (part is EmailPart && referral.Source is ReferralSource.Telephone) referral.TelephoneOnly = identity.Email is null;
    }

    /// <summary>Only a draft finds its facility here: what has been sent is moved by its coordinator.</summary>
    private async Task MoveAsync(Actor actor, PatientFile file, PlacePart place, CancellationToken stop)
    {
        if (!ReferralState.IsDraft(file.Referral) || actor.Role is not Role.Patient) return;
        var known = place.FacilityId is { } id && await db.Set<Facility>().AnyAsync(f => f.Id == id, stop);
        if (known) file.Referral.FacilityId = place.FacilityId!.Value;
        else if (await selfReferral.IntakeFacilityAsync(stop) is { } intake) file.Referral.FacilityId = intake;
    }

    internal static void MarkAnswered(PatientFile file, IntakePage page, Actor actor)
    {
        var referral = file.Referral;
        var facts = new IntakeFacts { MinimumAge = 0, NumberMayBeShown = true, HasName = file.Identity?.GivenName is not null, HasTelephone = file.Identity?.Telephone is not null };
        if (referral.Intake.Answered.Count == 0) referral.Intake.Given = [.. IntakePages.GivenAlready(referral, facts).Where(p => p != page)];
        if (!referral.Intake.Answered.Contains(page)) referral.Intake.Answered = [.. referral.Intake.Answered, page];
        if (actor.Role is not Role.Patient) referral.Intake.OnBehalf = true;
    }

    private static bool MayAnswer(PatientFile file) => file.Sight(Facet.Preferences) is Sight.Full && file.Sight(Facet.Referral) is Sight.Full && file.Identity is not null;

    private async Task<IntakeFacts> FactsAsync(PatientFile file, IdentityFields identity, CancellationToken stop)
    {
        var rules = await settings.FacilityAsync(file.Referral.FacilityId, stop);
        return new IntakeFacts { MinimumAge = rules.MinimumAge, NumberMayBeShown = rules.NumberMayBeShown, HasName = identity.GivenName is not null, HasTelephone = identity.Telephone is not null };
    }

    private async Task<IntakeView> ViewAsync(Actor actor, PatientFile file, CancellationToken stop, IdentityFields? identity = null) => new()
    {
        ReferralId = file.ReferralId, FileNumber = file.Referral.FileNumber, OnBehalf = actor.Role is not Role.Patient, Referral = file.Referral, Identity = identity ?? file.Identity!,
        Facts = await FactsAsync(file, identity ?? file.Identity!, stop), Consents = file.Consents, Today = calendar.LocalDay(clock.GetUtcNow().UtcDateTime),
        Facilities = await db.Set<Facility>().AsNoTracking().OrderBy(f => f.Name).Select(f => new FacilityChoice(f.Id, f.Name, f.Municipality)).ToListAsync(stop),
    };
}
