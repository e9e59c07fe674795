using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Referrals;

/// <summary>One consent, asked apart from all others.</summary>
public sealed record ConsentAnswer
{
    public required Guid ReferralId { get; init; }
    public required ConsentKind Kind { get; init; }
    public required bool Yes { get; init; }
    /// <summary>How a coordinator took it; alone at their screen a person always consents online.</summary>
    public ConsentHow How { get; init; } = ConsentHow.Oral;
    /// <summary>The language in which the notice was read.</summary>
    public required string NoticeLanguage { get; init; }
}

/// <summary>
/// What a person agrees to, each apart, given and withdrawn at once. Withdrawing the service after the request was sent ends it: that is a later stage's,
/// because proposals and an accompaniment hang on it.
/// </summary>
[UseCases]
public sealed class IntakeConsents(CompagnonDb db, Files files, Projection projection, TimeProvider clock)
{
    private const int Tries = 3;

    /// <summary>Asked one a page; research is not asked here, and to be contacted goes with sending.</summary>
    public static ConsentKind KindOf(IntakePage page) => page switch
    {
        IntakePage.Service => ConsentKind.Service,
        IntakePage.Status => ConsentKind.StatusToClinic,
        IntakePage.Several => ConsentKind.SeveralCompanions,
        IntakePage.Number => ConsentKind.NumberShown,
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "This page asks for no consent."),
    };

    public static IntakePage PageOf(ConsentKind kind) => kind switch
    {
        ConsentKind.Service => IntakePage.Service,
        ConsentKind.StatusToClinic => IntakePage.Status,
        ConsentKind.SeveralCompanions => IntakePage.Several,
        ConsentKind.NumberShown => IntakePage.Number,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This consent has no page."),
    };

    public async Task<Outcome<Done>> SayAsync(Actor actor, ConsentAnswer answer, CancellationToken stop = default)
    {
        for (var left = Tries; left > 0; left--)
        {
            if (await files.OpenForChangeAsync(actor, answer.ReferralId, ReadWhat.File, stop: stop) is not { } file || file.Sight(Facet.Consents) is not Sight.Full) return new NotThere();
            if (!ReferralState.IsOpen(file.Referral)) return new FileIsClosed();
            var now = clock.GetUtcNow().UtcDateTime;
            if (answer.Yes) Give(actor, file, answer, now);
            else if (!file.Has(answer.Kind)) db.Record(actor, new ConsentRefused(answer.ReferralId, answer.Kind), now);
            else if (answer.Kind is ConsentKind.Service && file.Referral.IntakeCompletedAt is not null) return new EndsTheRequest();
            else Withdraw(actor, file, answer.Kind, now);
            if (answer.Kind is ConsentKind.StatusToClinic) file.Referral.StatusRefusedAt = answer.Yes ? null : file.Referral.StatusRefusedAt ?? now;
            IntakeJourney.MarkAnswered(file, PageOf(answer.Kind), actor);
            await projection.WriteAsync(file.Referral, stop);
            if (await db.TrySaveAsync(stop)) return Done.Yes;
        }
        return new ChangedMeanwhile();
    }

    private void Give(Actor actor, PatientFile file, ConsentAnswer answer, DateTime now)
    {
        if (file.Has(answer.Kind)) return;
        var mine = actor.Role is Role.Patient;
        var consent = new Consent
        {
            PersonId = file.PatientId, ReferralId = file.ReferralId, Kind = answer.Kind, GivenAt = now, How = mine ? ConsentHow.Online : answer.How, TakenBy = actor.PersonId,
            OnBehalf = !mine, NoticeVersion = CollectionNotice.Version, NoticeLanguage = answer.NoticeLanguage,
        };
        db.Add(consent);
        if (answer.Kind is ConsentKind.Service) file.Referral.ServiceConsentAt = now;
        db.Record(actor, new ConsentGiven(file.ReferralId, consent.Id, consent.Kind, consent.How), now);
    }

    internal void Withdraw(Actor actor, PatientFile file, ConsentKind kind, DateTime now)
    {
        foreach (var consent in file.Consents.Where(c => c.Kind == kind && c.WithdrawnAt is null))
        {
            consent.WithdrawnAt = now;
            db.Record(actor, new ConsentWithdrawn(file.ReferralId, consent.Id, kind), now);
        }
        if (kind is ConsentKind.Service) file.Referral.ServiceConsentAt = null;
    }
}

/// <summary>Without the service there is no request: the person is asked whether they want to stop it.</summary>
public sealed record EndsTheRequest : Refusal;
