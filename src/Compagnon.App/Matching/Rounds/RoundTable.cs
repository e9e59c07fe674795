using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>Somebody who waits for a companion.</summary>
/// <param name="IsOfRound">To be matched today: not called back later, nobody asked already.</param>
internal sealed record WaitingPatient(Referral Referral, PatientFacts Facts, int Days, Sight Sight, bool IsOfRound)
{
    public bool IsUrgent => Referral.UrgentSince is not null;
}

/// <summary>Everybody of a facility who waits, urgent first and then whoever has waited longest, beside all its companions. Whom the actor may not see is not in it.</summary>
internal sealed record RoundTable
{
    public required IReadOnlyList<WaitingPatient> Waiting { get; init; }
    public required IReadOnlyList<CompanionFacts> Companions { get; init; }
    public required IReadOnlyDictionary<Guid, Companion> Profiles { get; init; }
    public required ProgrammeSettings Settings { get; init; }
    public required DateOnly Today { get; init; }

    public IReadOnlyList<PatientFacts> Patients => [.. Waiting.Select(w => w.Facts)];
}

/// <summary>Gathers a whole round as <see cref="MatchTables"/> gathers one request: the same facts, the same bars, in a number of queries that doesn't depend on how many wait.</summary>
[UseCases]
public sealed class RoundTables(CompagnonDb db, Files files, SettingsOf settings, WorkingCalendar calendar)
{
    /// <param name="also">A request that stands on its own page: in the table even while companions are being asked.</param>
    /// <param name="later">With those who are to be called back later: whom to look for doesn't depend on the day.</param>
    internal async Task<RoundTable> ForAsync(Actor actor, Guid facilityId, DateTime now, Guid? also = null, bool later = false, CancellationToken stop = default)
    {
        var today = calendar.LocalDay(now);
        var referrals = await db.Set<Referral>().AsNoTracking()
            .Where(r => r.FacilityId == facilityId && r.EndedAt == null && ((r.Next == NextStep.Match && (later || r.NotBefore == null || r.NotBefore <= today)) || r.Id == also)).ToListAsync(stop);
        var companions = await db.Set<Companion>().AsNoTracking().Where(c => c.FacilityId == facilityId && c.LeftAt == null).OrderBy(c => c.Id).ToListAsync(stop);
        Guid[] ids = [.. companions.Select(c => c.Id)];
        var used = await db.Set<Place>().Where(p => ids.Contains(p.CompanionId)).GroupBy(p => p.CompanionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var sight = await files.SightOfRoundAsync(actor, referrals, companions, stop);
        var (asked, acquainted) = await SaidAsync(referrals, stop);
        var waiting = from r in referrals
                      where sight.Seen.ContainsKey(r.Id)
                      orderby r.UrgentSince is null, r.ReceivedAt ?? r.OfferedAt, r.Id
                      let facts = PatientFacts.Of(r) with
                      {
                          AlreadyAsked = [.. asked[r.Id]], Acquainted = [.. acquainted[r.PatientId].Concat(sight.KeptOut[r.Id])], Restricted = new() { Companions = [.. sight.Restricted[r.Id]] },
                          SamePersonAs = sight.SamePerson.TryGetValue(r.PatientId, out var same) ? same : null,
                      }
                      select new WaitingPatient(r, facts, ReferralState.DaysWaiting(r, calendar, now), sight.Seen[r.Id], IsOfRound(r, today));
        return new RoundTable
        {
            Waiting = [.. waiting], Profiles = companions.ToDictionary(c => c.Id), Settings = await settings.FacilityAsync(facilityId, stop), Today = today,
            Companions = [.. companions.Select(c => CompanionFacts.Of(c, used.GetValueOrDefault(c.Id), calendar, now, []))],
        };
    }

    /// <summary>How many of those to match are to be called later.</summary>
    internal async Task<int> PutOffAsync(Actor actor, Guid facilityId, DateTime now, CancellationToken stop)
    {
        var (today, keepingOut) = (calendar.LocalDay(now), await files.KeepingOutAsync(actor, stop));
        return await db.Set<Referral>().CountAsync(r => r.FacilityId == facilityId && r.EndedAt == null && r.Next == NextStep.Match && r.NotBefore > today && !keepingOut.Contains(r.PatientId), stop);
    }

    private static bool IsOfRound(Referral r, DateOnly today) => r.Next is NextStep.Match && (r.NotBefore is not { } day || day <= today);

    /// <summary>Who was asked, by request; who may know whom, by patient, from earlier requests too.</summary>
    private async Task<(ILookup<Guid, Guid> Asked, ILookup<Guid, Guid> Acquainted)> SaidAsync(List<Referral> referrals, CancellationToken stop)
    {
        Guid[] ids = [.. referrals.Select(r => r.Id)], patients = [.. referrals.Select(r => r.PatientId).Distinct()];
        var proposals = await db.Set<Proposal>().AsNoTracking().Where(p => ids.Contains(p.ReferralId)).ToListAsync(stop);
        var said = await (from p in db.Set<Proposal>()
                          join r in db.Set<Referral>() on p.ReferralId equals r.Id
                          where patients.Contains(r.PatientId) && (p.Answer == ProposalAnswer.MayKnowPerson || p.Release == Release.PatientMayKnow)
                          select new { r.PatientId, p.CompanionId }).Distinct().ToListAsync(stop);
        return (proposals.Where(Proposals.CountsAsAsked).ToLookup(p => p.ReferralId, p => p.CompanionId), said.ToLookup(s => s.PatientId, s => s.CompanionId));
    }
}
