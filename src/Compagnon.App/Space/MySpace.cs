using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Space;

/// <summary>Where a patient's request is, and who is with them.</summary>
public sealed record MySpaceView
{
    public required Guid ReferralId { get; init; }
    public required string FileNumber { get; init; }
    public required NextStep Step { get; init; }
    public required string? GivenName { get; init; }
    /// <summary>Who answers the programme's telephone.</summary>
    public required string ContactName { get; init; }
    public DateTime? ReceivedAt { get; init; }
    /// <summary>By when the programme means to have done the next thing; null once that is past.</summary>
    public DateOnly? By { get; init; }
    /// <summary>That is past. What came back is due at once for the coordinator; nobody had said anything to the patient.</summary>
    public bool IsLate { get; init; }
    /// <summary>"Call me after …".</summary>
    public DateOnly? NotBefore { get; init; }
    /// <summary>Somebody was asked before and it did not work out.</summary>
    public bool SearchesAgain { get; init; }
    public bool IntakeIsComplete { get; init; }
    public MyCompanion? Companion { get; init; }
    /// <summary>They chose, and what is missing is the agreement.</summary>
    public bool HasChosen { get; init; }
    public required IReadOnlyList<MyConsent> Consents { get; init; }
    /// <summary>They are to be erased: it waits, or was refused. Null: nobody asked, or it was taken back.</summary>
    public ErasureWish? Erasure { get; init; }
    public bool IsOpen => Step is not NextStep.Ended;
}

/// <summary>The companion as the patient knows them.</summary>
public sealed record MyCompanion(Guid AccompanimentId, string Pseudonym, string? OwnWords, string Language, DateTime AgreedAt, Agreement Agreement)
{
    /// <summary>When the two first talked; the one before says nothing of this one.</summary>
    public DateTime? FirstConversationAt { get; init; }
    /// <summary>The companion may see the patient's number: the programme shows numbers, and the patient agreed.</summary>
    public bool SeesNumber { get; init; }
    /// <summary>They can't go on for now: somebody else is offered, or one waits.</summary>
    public bool AnotherOffered { get; init; }
}

/// <summary>The last time that somebody asked for the person to be erased.</summary>
/// <param name="IsMine">They asked, or the coordinator in their name; otherwise the programme.</param>
/// <param name="RefusedAt">When the privacy officer said no; null while it waits.</param>
public sealed record ErasureWish(DateTime AskedAt, bool IsMine, DateTime? RefusedAt)
{
    public bool Waits => RefusedAt is null;
}

/// <summary>One consent that can be asked here, as it stands now.</summary>
/// <param name="Said">Null: not asked yet.</param>
public sealed record MyConsent(ConsentKind Kind, bool? Said, DateTime? At, ConsentHow? How);

/// <summary>The patient's own page.</summary>
[UseCases]
public sealed class MySpace(CompagnonDb db, Files files, IntakeJourney journey, WorkingCalendar calendar, TimeProvider clock)
{
    public async Task<MySpaceView?> ShowAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Patient || await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file) return null;
        if (await journey.ShowAsync(actor, referralId, stop) is not { } intake) return null;
        var referral = file.Referral;
        var now = clock.GetUtcNow().UtcDateTime;
        return new MySpaceView
        {
            ReferralId = referralId, FileNumber = referral.FileNumber, Step = ReferralState.StepOf(referral), GivenName = file.Identity?.GivenName,
            ContactName = await db.Set<Facility>().Where(f => f.Id == referral.FacilityId).Select(f => f.ContactName).FirstAsync(stop),
            ReceivedAt = referral.ReceivedAt, By = referral.NextDueAt is { } due && due > now ? LastDay(due) : null,
            IsLate = referral.NextDueAt <= now && referral.NextDueAt != ReferralState.BackSince(referral.ReturnedAt, referral.RematchedAt),
            NotBefore = referral.NotBefore is { } day && day > calendar.LocalDay(now) ? day : null,
            SearchesAgain = referral.Returns > 0, IntakeIsComplete = referral.IntakeCompletedAt is not null,
            HasChosen = referral.AgreedAt is null && (await db.Set<Proposal>().AsNoTracking().Where(p => p.ReferralId == referralId && p.ChosenAt != null).ToListAsync(stop)).Exists(Proposals.HoldsPlace),
            Companion = await CompanionAsync(actor, referral, stop), Consents = [.. Asked(intake).Select(kind => Consent(intake, kind))],
            Erasure = await ErasureAsync(actor.PersonId, stop),
        };
    }

    /// <summary>What is due at midnight is due on the day before.</summary>
    private DateOnly LastDay(DateTime due) => calendar.LocalDay(due.AddTicks(-1));

    private static IEnumerable<ConsentKind> Asked(IntakeView intake) =>
        new[] { IntakePage.Service, IntakePage.Status, IntakePage.Several, IntakePage.Number }.Where(intake.Pages.Contains).Select(IntakeConsents.KindOf);

    private static MyConsent Consent(IntakeView intake, ConsentKind kind)
    {
        var given = intake.Consents.LastOrDefault(c => c.Kind == kind);
        return new MyConsent(kind, intake.Said(kind), given?.WithdrawnAt ?? given?.GivenAt, given?.How);
    }

    /// <summary>What the programme asked for its own reasons and was refused is not theirs to see to.</summary>
    private async Task<ErasureWish?> ErasureAsync(Guid personId, CancellationToken stop) =>
        await db.Set<ErasureRequest>().AsNoTracking().Where(r => r.PersonId == personId).OrderByDescending(r => r.AskedAt).FirstOrDefaultAsync(stop) is { IsTakenBack: false } last
            && last is { DecidedAt: null } or { Reason: ErasureReason.AskedByPerson } ? new ErasureWish(last.AskedAt, last.Reason is ErasureReason.AskedByPerson, last.DecidedAt) : null;

    private async Task<MyCompanion?> CompanionAsync(Actor actor, Referral referral, CancellationToken stop)
    {
        if (await db.Set<Accompaniment>().AsNoTracking().FirstOrDefaultAsync(a => a.ReferralId == referral.Id && a.EndedAt == null, stop) is not { } a) return null;
        return await files.OpenCompanionAsync(actor, a.CompanionId, ReadWhat.Accompaniment, stop: stop) is not { } companion ? null
            : new MyCompanion(a.Id, companion.Pseudonym, companion.OwnWords, companion.Language, a.AgreedAt, a.Agreement)
            {
                FirstConversationAt = a.FirstConversationAt, SeesNumber = await files.ShowsNumberAsync(referral, stop), AnotherOffered = a.AnotherOfferedAt is not null,
            };
    }
}
