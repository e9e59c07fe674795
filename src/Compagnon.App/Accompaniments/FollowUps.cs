using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>Two of whom the coordinator asks how they are getting on.</summary>
public sealed record FollowUpView
{
    public required Guid ReferralId { get; init; }
    public required string GivenName { get; init; }
    public required string? Telephone { get; init; }
    /// <summary>First name or nickname.</summary>
    public required string Companion { get; init; }
    /// <summary>Null of a companion who is lent: their own coordinator calls them.</summary>
    public required string? CompanionTelephone { get; init; }
    /// <summary>All that are due, the earliest first.</summary>
    public required IReadOnlyList<FollowUpReason> Reasons { get; init; }
    public required Agreement Agreement { get; init; }
    public required DateTime AgreedAt { get; init; }
    public required DateTime LastHeldAt { get; init; }
    /// <summary>The oldest conversation that nothing was written of.</summary>
    public required DateTime? UnwrittenAt { get; init; }
}

/// <summary>What two people agreed on, checked later: <see cref="FollowUp"/> says when. The coordinator asks them, and notes that they go on.</summary>
[UseCases]
public sealed class FollowUps(CompagnonDb db, Files files, SettingsOf settings, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Null when it is not the coordinator's to see, or there is nothing to ask.</summary>
    public async Task<FollowUpView?> ShowAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default)
    {
        if (await OpenAsync(actor, accompanimentId, stop) is not (var a, var file)) return null;
        var companion = await files.OpenCompanionForChangeAsync(actor, a.CompanionId, ReadWhat.Profile, stop: stop);
        // the reads of both
        await db.SaveChangesAsync(stop);
        var now = clock.GetUtcNow().UtcDateTime;
        if (!a.IsToFollowUp(now)) return null;
        var targets = (await settings.FacilityAsync(a.FacilityId, stop)).Targets;
        await LoadAsync([a.Id], stop);
        var told = ToldOf(db)[a.Id].ToList();
        return new FollowUpView
        {
            ReferralId = a.ReferralId, GivenName = file.Identity?.GivenName ?? "", Telephone = file.Identity?.Telephone,
            Companion = companion?.Pseudonym ?? await files.CompanionPseudonymAsync(actor, file, stop) ?? "", CompanionTelephone = companion?.Identity?.Telephone,
            Reasons = [.. FollowUp.ReasonsOf(a, told, targets, calendar).Where(r => r.DueAt <= now).Select(r => r.Reason).Distinct()], Agreement = a.Agreement, AgreedAt = a.AgreedAt,
            LastHeldAt = told.Max(t => t.HeldAt), UnwrittenAt = told.Where(t => !t.IsWritten).Min(t => (DateTime?)t.HeldAt),
        };
    }

    /// <summary>They go on: until the next reason, nobody asks again. Done twice it is done once.</summary>
    public async Task<Outcome<Done>> NoteAsync(Actor actor, Guid accompanimentId, CancellationToken stop = default)
    {
        if (await OpenAsync(actor, accompanimentId, stop) is not (var a, _)) return new NotThere();
        if (a.EndedAt is not null) return new AlreadyEnded();
        var now = clock.GetUtcNow().UtcDateTime;
        if (!a.IsToFollowUp(now)) return Done.Yes;
        db.Record(actor, new FollowedUp(a.ReferralId, a.Id, a.FollowUpReason!.Value), now);
        a.FollowedUpAt = now;
        await ProjectAsync(a.FacilityId, [a], stop);
        return await db.TrySaveAsync(stop) ? Done.Yes : new ChangedMeanwhile();
    }

    /// <summary>Of how many somebody should ask, at this facility.</summary>
    /// <param name="keepingOut">People who keep the reader out: of them nothing is counted.</param>
    internal Task<int> CountAsync(Guid facilityId, IReadOnlyCollection<Guid> keepingOut, DateTime now, CancellationToken stop) => Waiting.For(db)(db, facilityId, keepingOut, now, stop);

    /// <summary>Writes from when on somebody asks, in the save that changes an agreement, a conversation or an entry: all of them as they stand here, saved or not.</summary>
    internal async Task ProjectAsync(Guid facilityId, IReadOnlyList<Accompaniment> accompaniments, CancellationToken stop)
    {
        var targets = (await settings.FacilityAsync(facilityId, stop)).Targets;
        await LoadAsync([.. accompaniments.Select(a => a.Id)], stop);
        Project(db, accompaniments, targets, calendar);
    }

    /// <summary>The same, where all of them are at hand already.</summary>
    internal static void Project(CompagnonDb db, IEnumerable<Accompaniment> accompaniments, Targets targets, WorkingCalendar calendar)
    {
        var told = ToldOf(db);
        foreach (var a in accompaniments) a.Project([.. told[a.Id]], targets, calendar);
    }

    private async Task LoadAsync(List<Guid> ids, CancellationToken stop)
    {
        await db.Set<Conversation>().Where(c => ids.Contains(c.AccompanimentId)).LoadAsync(stop);
        await db.Set<LogbookEntry>().Where(e => ids.Contains(e.AccompanimentId)).LoadAsync(stop);
    }

    private static ILookup<Guid, Told> ToldOf(CompagnonDb db)
    {
        var entries = db.Set<LogbookEntry>().Local.ToDictionary(e => e.ConversationId);
        return db.Set<Conversation>().Local.Where(c => c.BothTookPart)
            .ToLookup(c => c.AccompanimentId, c => new Told(c.HeldAt, c.RecordedAt, entries.ContainsKey(c.Id), entries.GetValueOrDefault(c.Id)?.NextOn));
    }

    private async Task<(Accompaniment Accompaniment, PatientFile File)?> OpenAsync(Actor actor, Guid accompanimentId, CancellationToken stop)
    {
        if (actor.Role is not Role.Coordinator || await db.Set<Accompaniment>().FirstOrDefaultAsync(a => a.Id == accompanimentId, stop) is not { } accompaniment
            || await files.OpenForChangeAsync(actor, accompaniment.ReferralId, ReadWhat.Accompaniment, stop: stop) is not { } file) return null;
        return (accompaniment, file);
    }

    private static readonly Prepared<Func<CompagnonDb, Guid, IReadOnlyCollection<Guid>, DateTime, CancellationToken, Task<int>>> Waiting =
        new(() => EF.CompileAsyncQuery((CompagnonDb db, Guid facilityId, IReadOnlyCollection<Guid> keepingOut, DateTime now, CancellationToken _) =>
            db.Set<Accompaniment>().Count(a => a.FacilityId == facilityId && a.EndedAt == null && a.FollowUpDueAt != null && a.FollowUpDueAt <= now
                && !keepingOut.Contains(a.PatientId) && !keepingOut.Contains(a.CompanionId))));
}
