using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Programme;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

/// <summary>Everybody of a facility beside one patient, as facts and in order.</summary>
public sealed record MatchTable
{
    public required PatientFacts Patient { get; init; }
    public required Candidates Candidates { get; init; }
    public required IReadOnlyDictionary<Guid, Companion> Companions { get; init; }
    /// <summary>All proposals of this request, oldest first.</summary>
    public required IReadOnlyList<Proposal> Proposals { get; init; }
    public required ProgrammeSettings Settings { get; init; }
    public required DateOnly Today { get; init; }
}

/// <summary>Gathers the facts on which a match is decided; the page and the use case ask the same.</summary>
[UseCases]
public sealed class MatchTables(CompagnonDb db, Files files, SettingsOf settings, WorkingCalendar calendar)
{
    public async Task<MatchTable> ForAsync(PatientFile file, DateTime now, CancellationToken stop = default)
    {
        var referral = file.Entity;
        var all = await db.Set<Companion>().AsNoTracking().Where(c => c.FacilityId == referral.FacilityId && c.LeftAt == null).ToListAsync(stop);
        Guid[] ids = [.. all.Select(c => c.Id)];
        var used = await db.Set<Place>().Where(p => ids.Contains(p.CompanionId)).GroupBy(p => p.CompanionId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var proposals = await db.Set<Proposal>().Where(p => p.ReferralId == referral.Id).OrderBy(p => p.ProposedAt).ToListAsync(stop);
        var programme = await settings.FacilityAsync(referral.FacilityId, stop);
        var today = calendar.LocalDay(now);
        var patient = PatientFacts.Of(referral) with
        {
            AlreadyAsked = [.. proposals.Where(Proposals.CountsAsAsked).Select(p => p.CompanionId).Distinct()],
            Acquainted = await AcquaintedAsync(referral, ids, stop),
            SamePersonAs = await files.SamePersonAsync(referral.PatientId, ids, stop),
            Restricted = new() { Companions = [.. all.Where(c => !file.LetsIn(c)).Select(c => c.Id)] },
        };
        return new MatchTable
        {
            Patient = patient, Companions = all.ToDictionary(c => c.Id), Proposals = proposals, Settings = programme, Today = today,
            Candidates = Candidates.For(patient, all.Select(c => CompanionFacts.Of(c, used.GetValueOrDefault(c.Id), calendar, now, [])), programme, today),
        };
    }

    /// <summary>Said in this request or an earlier one of the same person, by either of the two; a companion's own restriction counts, too.</summary>
    private async Task<IReadOnlyCollection<Guid>> AcquaintedAsync(Referral referral, Guid[] companionIds, CancellationToken stop)
    {
        var said = await (from p in db.Set<Proposal>()
                          join r in db.Set<Referral>() on p.ReferralId equals r.Id
                          where r.PatientId == referral.PatientId && (p.Answer == ProposalAnswer.MayKnowPerson || p.Release == Release.PatientMayKnow)
                          select p.CompanionId).ToListAsync(stop);
        var patient = new Actor { NetworkId = referral.NetworkId, PersonId = referral.PatientId, Role = Role.Patient, FacilityId = referral.FacilityId };
        return [.. said.Union(await files.CompanionsKeepingOutAsync(patient, companionIds, stop))];
    }
}
