using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Access;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Home;

public sealed record CompanionSheetView
{
    public required CompanionFile File { get; init; }
    public required CompanionStatus Status { get; init; }
    public required bool ClearanceEndsSoon { get; init; }
    public required int Used { get; init; }
    /// <summary>Places only held by a proposal.</summary>
    public required int Held { get; init; }
    public required int IdleDays { get; init; }
    public required SheetAccount Account { get; init; }
    public required IReadOnlyList<SheetPerson> People { get; init; }
    public required IReadOnlyList<CallWanted> Calls { get; init; }
}

public enum SheetAccount { None, Invited, Open }

/// <summary>Somebody they accompany or accompanied, by file number: no name is read for it.</summary>
public sealed record SheetPerson(Guid AccompanimentId, Guid ReferralId, string FileNumber, DateTime Since, DateTime? EndedAt, int Conversations);

/// <summary>The companion asked to be called after a conversation, and nobody has said it was done.</summary>
public sealed record CallWanted(Guid AccompanimentId, Guid EntryId, DateTime Since);

/// <summary>
/// One companion, for their coordinator: who they are, what they lived, whom they accompany. The facility's manager sees the same but whom they accompany.
/// Opening it is recorded.
/// </summary>
[UseCases]
public sealed class CompanionSheet(CompagnonDb db, Files files, WorkingCalendar calendar, TimeProvider clock)
{
    private const int PastShown = 10;

    public async Task<CompanionSheetView?> ShowAsync(Actor actor, Guid companionId, CancellationToken stop = default)
    {
        if (actor.Role is not (Role.Coordinator or Role.Manager) || await files.OpenCompanionAsync(actor, companionId, ReadWhat.Profile, stop: stop) is not { } file) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var today = calendar.LocalDay(now);
        var places = await db.Set<Place>().AsNoTracking().Where(p => p.CompanionId == companionId).ToListAsync(stop);
        var seesPeople = file.Sight(Facet.Accompaniment) is Sight.Full;
        var people = !seesPeople ? [] : await (from a in db.Set<Accompaniment>()
                            where a.CompanionId == companionId
                            join r in db.Set<Referral>() on a.ReferralId equals r.Id
                            orderby a.EndedAt == null descending, a.AgreedAt descending
                            select new SheetPerson(a.Id, r.Id, r.FileNumber, a.AgreedAt, a.EndedAt, db.Set<Conversation>().Count(c => c.AccompanimentId == a.Id && c.BothTookPart)))
            .Take(places.Count + PastShown).ToListAsync(stop);
        var calls = !seesPeople ? [] : await db.Set<LogbookEntry>().AsNoTracking().Where(e => e.CompanionId == companionId && e.HowAreYou == HowAreYou.CallMe && e.CalledBackAt == null)
            .OrderBy(e => e.WrittenAt).Select(e => new CallWanted(e.AccompanimentId, e.Id, e.WrittenAt)).ToListAsync(stop);
        var account = await db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.PersonId == companionId && a.DisabledAt == null, stop);
        return new CompanionSheetView
        {
            File = file, Status = CompanionState.Of(file.Companion, places.Count, today), ClearanceEndsSoon = CompanionState.ClearanceEndsSoon(file.Companion, today),
            Used = places.Count, Held = places.Count(p => p.TakenAt is null), IdleDays = file.Companion.IdleDays(calendar, now),
            Account = account switch { null => SheetAccount.None, { IsEnrolled: true } => SheetAccount.Open, _ => SheetAccount.Invited }, People = people, Calls = calls,
        };
    }
}
