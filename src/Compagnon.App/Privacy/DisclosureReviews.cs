using Compagnon.App.Access;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Somebody else reviewed it first; their words stand.</summary>
public sealed record ReviewedAlready : Refusal;

/// <summary>A disclosure as its reviewer sees it: who learned whose identity, never the identity.</summary>
public sealed record DisclosureLine
{
    public required Guid Id { get; init; }
    /// <summary>Null for a companion, of whom only the facility is said.</summary>
    public required string? FileNumber { get; init; }
    public required string? Facility { get; init; }
    public required string AskedBy { get; init; }
    public required Role AskedAs { get; init; }
    public required DateTime AskedAt { get; init; }
    public required Danger Danger { get; init; }
    public required int Displays { get; init; }
    public required DateTime DueAt { get; init; }
    public required bool IsOverdue { get; init; }
    /// <summary>False for what the reader asked themselves: somebody else reviews it.</summary>
    public required bool MayReview { get; init; }
    public required bool? Justified { get; init; }
    public required DateTime? ReviewedAt { get; init; }
}

/// <param name="Reason">Null once the person is erased.</param>
public sealed record DisclosureView(DisclosureLine Line, Written? Reason, Written? Words);

public sealed record DisclosureList(IReadOnlyList<DisclosureLine> Waiting, IReadOnlyList<DisclosureLine> Reviewed);

/// <summary>The privacy officer reviews each disclosure: was it justified?</summary>
[UseCases]
public sealed class DisclosureReviews(CompagnonDb db, Files files, Outbox outbox, PublicAddress address, WorkingCalendar calendar, TimeProvider clock)
{
    private const int ReviewedShown = 20;

    /// <summary>What waits, oldest first, and the latest that were reviewed.</summary>
    public async Task<DisclosureList> ListAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not Role.PrivacyOfficer) return new DisclosureList([], []);
        var all = db.Set<Disclosure>().AsNoTracking();
        var waiting = await all.Where(d => d.ReviewedAt == null).OrderBy(d => d.AskedAt).ToListAsync(stop);
        var reviewed = await all.Where(d => d.ReviewedAt != null).OrderByDescending(d => d.ReviewedAt).Take(ReviewedShown).ToListAsync(stop);
        var listed = await files.ReviewableAsync(actor, [.. waiting, .. reviewed], stop);
        await files.RecordListedAsync(actor, listed, stop);
        var lines = (await LinesAsync(actor, listed, stop)).ToLookup(l => l.ReviewedAt is null);
        return new DisclosureList([.. lines[true]], [.. lines[false]]);
    }

    /// <summary>How many wait for this officer, and how many of them too long.</summary>
    public async Task<(int Waiting, int Overdue)> CountAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.Role is not Role.PrivacyOfficer) return (0, 0);
        var all = await db.Set<Disclosure>().AsNoTracking().Where(d => d.ReviewedAt == null).ToListAsync(stop);
        var waiting = (await files.ReviewableAsync(actor, all, stop)).Where(d => EmergencyRules.MayReview(actor, d)).ToList();
        return (waiting.Count, waiting.Count(IsOverdue));
    }

    /// <summary>One of them with its reason; null without the right to review it. It is a read of the person's file, and recorded.</summary>
    public async Task<DisclosureView?> ShowAsync(Actor actor, Guid disclosureId, CancellationToken stop = default)
    {
        if (await db.Set<Disclosure>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == disclosureId, stop) is not { } disclosure || !await MayReviewAsync(actor, disclosure, stop)) return null;
        var (reason, words) = await files.OpenEmergencyAsync(actor, disclosure, stop);
        return new DisclosureView((await LinesAsync(actor, [disclosure], stop))[0], reason, words);
    }

    /// <summary>Not justified: the facility's managers are told that there was one, and by whom they hear more.</summary>
    public async Task<Outcome<Done>> ReviewAsync(Actor actor, Guid disclosureId, bool justified, string words, CancellationToken stop = default)
    {
        if (await db.Set<Disclosure>().FirstOrDefaultAsync(d => d.Id == disclosureId, stop) is not { } disclosure || !await MayReviewAsync(actor, disclosure, stop)) return new NotThere();
        if (disclosure.ReviewedAt is not null) return new ReviewedAlready();
        if (string.IsNullOrWhiteSpace(words)) return Invalid.Field(nameof(words), "Missing");
        var now = clock.GetUtcNow().UtcDateTime;
        (disclosure.ReviewedAt, disclosure.ReviewedBy, disclosure.Justified) = (now, actor.PersonId, justified);
        disclosure.ReviewWords = await files.SealReviewAsync(disclosure, words.Trim(), stop);
        db.Record(actor, new DisclosureReviewed(disclosure.PersonId, disclosure.Id, justified), now);
        if (!justified) await TellManagersAsync(disclosure, now, stop);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ReviewedAlready();
    }

    private async Task<bool> MayReviewAsync(Actor actor, Disclosure disclosure, CancellationToken stop) =>
        EmergencyRules.MayReview(actor, disclosure) && (await files.ReviewableAsync(actor, [disclosure], stop)).Count > 0;

    private async Task TellManagersAsync(Disclosure disclosure, DateTime now, CancellationToken stop)
    {
        var managers = await db.Set<Membership>().Where(m => m.Role == Role.Manager && m.FacilityId == disclosure.FacilityId && m.EndedAt == null && m.PersonId != disclosure.AskedBy)
            .Select(m => m.PersonId).Distinct().ToListAsync(stop);
        foreach (var id in managers) await outbox.AddAsync(id, "DisclosureNotJustified", now, address.Of("/entrer"));
    }

    private DateTime DueAt(Disclosure disclosure) => calendar.AddWorkingDays(disclosure.AskedAt, EmergencyRules.ReviewWorkingDays);

    private bool IsOverdue(Disclosure disclosure) => disclosure.ReviewedAt is null && clock.GetUtcNow().UtcDateTime >= DueAt(disclosure);

    private async Task<IReadOnlyList<DisclosureLine>> LinesAsync(Actor actor, IReadOnlyList<Disclosure> disclosures, CancellationToken stop)
    {
        var (numbers, displays) = (await files.FileNumbersAsync(disclosures, stop), await files.DisplaysAsync(disclosures, stop));
        var staff = await files.StaffNamesAsync([.. disclosures.Select(d => d.AskedBy).Distinct()], stop);
        var facilities = await db.Set<Facility>().AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        return [.. disclosures.Select(d => new DisclosureLine
        {
            Id = d.Id, FileNumber = d.ReferralId is { } id ? numbers.GetValueOrDefault(id) : null, Facility = facilities.GetValueOrDefault(d.FacilityId), AskedBy = staff.GetValueOrDefault(d.AskedBy, ""),
            AskedAs = d.AskedAs, AskedAt = d.AskedAt, Danger = d.Danger, Displays = displays[d.Id], DueAt = DueAt(d), IsOverdue = IsOverdue(d), MayReview = EmergencyRules.MayReview(actor, d),
            Justified = d.Justified, ReviewedAt = d.ReviewedAt,
        })];
    }
}
