using Compagnon.App.Accompaniments;
using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Day;

/// <summary>Opens one file for the coordinator's page. Opening is a read, and recorded by the loader.</summary>
[UseCases]
public sealed class FileQuery(CompagnonDb db, Files files, LogbookReviews reviews, TimeProvider clock)
{
    public async Task<FileView?> OpenAsync(Actor actor, Guid referralId, CancellationToken stop = default)
    {
        if (actor.Role is not Role.Coordinator || await files.OpenAsync(actor, referralId, ReadWhat.File, stop: stop) is not { } file || ReferralState.IsDraft(file.Referral)) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var attempts = (await db.Set<ContactAttempt>().AsNoTracking().Where(a => a.ReferralId == referralId).OrderByDescending(a => a.At).ToListAsync(stop))
            .Select(a => new AttemptLine(a.At, a.By, a.Outcome, files.OpenNote(file, a.Note))).ToList();
        var restrictions = await db.Set<Restriction>().AsNoTracking().Where(r => r.PersonId == file.PatientId && r.LiftedAt == null).OrderBy(r => r.SetAt).ToListAsync(stop);
        var referral = file.Referral;
        var accompaniments = await AccompanimentsAsync(referralId, now, stop);
        var staff = await files.StaffNamesAsync([.. attempts.Select(a => a.By), .. file.Consents.Select(c => c.TakenBy), .. restrictions.SelectMany(Named), referral.ReferredBy,
            .. referral.CoordinatorId is { } id ? (Guid[])[id] : []], stop);
        return new FileView
        {
            File = file, Now = now, Attempts = attempts, Staff = staff,
            Proposals = await ProposalsAsync(referralId, now, stop), Accompaniment = accompaniments.FirstOrDefault(), Earlier = [.. accompaniments.Skip(1)],
            Restrictions = await LinesAsync(restrictions, staff, stop), Duplicates = await DuplicatesAsync(actor, file, stop),
            LogbooksAsked = await reviews.WaitingAsync(referral.FacilityId, referralId, stop),
            ErasureAskedAt = await db.Set<ErasureRequest>().Where(r => r.PersonId == file.PatientId && r.DecidedAt == null).Select(r => (DateTime?)r.AskedAt).FirstOrDefaultAsync(stop),
            Clinic = referral.ClinicId is { } clinic ? await db.Set<Clinic>().Where(c => c.Id == clinic).Select(c => c.Name).FirstOrDefaultAsync(stop) : null,
            Facility = await db.Set<Facility>().Where(f => f.Id == referral.FacilityId).Select(f => f.Name).FirstAsync(stop),
        };
    }

    private static IEnumerable<Guid> Named(Restriction r) => new[] { r.SetBy, r.AgainstPersonId, r.ExceptPersonId }.OfType<Guid>();

    private async Task<IReadOnlyList<ProposalLine>> ProposalsAsync(Guid referralId, DateTime now, CancellationToken stop) =>
        [.. (await (from p in db.Set<Proposal>().AsNoTracking()
                    where p.ReferralId == referralId
                    join c in db.Set<Companion>() on p.CompanionId equals c.Id
                    orderby p.ProposedAt
                    select new { Proposal = p, c.Pseudonym }).ToListAsync(stop))
            .Select(p => new ProposalLine(p.Proposal.CompanionId, p.Pseudonym, p.Proposal.ProposedAt, p.Proposal.AnsweredAt, Proposals.StateOf(p.Proposal, now)) { TakenBackFor = p.Proposal.TakenBackFor })];

    /// <summary>First the one that lives, or the last.</summary>
    private async Task<List<AccompanimentLine>> AccompanimentsAsync(Guid referralId, DateTime now, CancellationToken stop) =>
        [.. (await (from a in db.Set<Accompaniment>().AsNoTracking()
                    where a.ReferralId == referralId
                    join c in db.Set<Companion>() on a.CompanionId equals c.Id
                    orderby a.AgreedAt descending
                    select new { Accompaniment = a, c.Pseudonym }).ToListAsync(stop)).Select(x => LineOf(x.Accompaniment, x.Pseudonym, now))];

    private static AccompanimentLine LineOf(Accompaniment x, string companion, DateTime now) => new(x.Id, companion, x.CompanionId, x.AgreedAt, x.FirstConversationAt, x.Agreement.PlannedAt, x.EndedAt, x.EndedBy)
    {
        AnotherOffered = x is { EndedAt: null, AnotherOfferedAt: not null }, IsToFollowUp = x.IsToFollowUp(now),
    };

    private async Task<IReadOnlyList<RestrictionLine>> LinesAsync(IReadOnlyList<Restriction> restrictions, IReadOnlyDictionary<Guid, string> staff, CancellationToken stop)
    {
        if (restrictions.Count == 0) return [];
        var facilities = await db.Set<Facility>().ToDictionaryAsync(f => f.Id, f => f.Name, stop);
        var clinics = await db.Set<Clinic>().Where(c => restrictions.Select(r => r.ClinicId).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var groups = await db.Set<NamedGroup>().Where(g => restrictions.Select(r => r.GroupId).Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => g.Name, stop);
        var companions = await db.Set<Companion>().Where(c => restrictions.Select(r => r.AgainstPersonId).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Pseudonym, stop);
        return [.. restrictions.Select(r => new RestrictionLine(
            r.Id, r.Role, r.Function, r.FacilityId is { } f ? facilities.GetValueOrDefault(f) : null,
            r.AgainstPersonId is { } p ? staff.GetValueOrDefault(p) ?? companions.GetValueOrDefault(p) : null,
            r.ExceptPersonId is { } e ? staff.GetValueOrDefault(e) : null, r.SetAt, r.SetBy)
        {
            Clinic = r.ClinicId is { } c ? clinics.GetValueOrDefault(c) : null, Group = r.GroupId is { } g ? groups.GetValueOrDefault(g) : null,
        })];
    }

    /// <summary>Stored hashes are compared: nobody is opened to find them. The same telephone may be a household's, so each likeness is told apart.</summary>
    private async Task<IReadOnlyList<PossibleDuplicate>> DuplicatesAsync(Actor actor, PatientFile file, CancellationToken stop)
    {
        var facilityId = file.Referral.FacilityId;
        var alike = await (from mine in db.Set<IdentityIndex>()
                           where mine.PersonId == file.PatientId && (mine.Kind == IndexKind.Telephone || mine.Kind == IndexKind.Name)
                           join other in db.Set<IdentityIndex>() on new { mine.Kind, mine.Hash } equals new { other.Kind, other.Hash }
                           where other.PersonId != mine.PersonId
                           join r in db.Set<Referral>() on other.PersonId equals r.PatientId
                           where r.FacilityId == facilityId
                           orderby r.Id
                           select new { r.Id, r.FileNumber, other.Kind }).Take(50).ToListAsync(stop);
        // A first name alone makes no duplicate: half the list would be one.
        var found = alike.GroupBy(a => a.Id).Where(g => g.Any(a => a.Kind is IndexKind.Telephone)).ToList();
        if (found.Count == 0) return [];
        var names = await files.NamesOfReferralsAsync(actor, [.. found.Select(g => g.Key)], stop);
        return [.. found.Where(g => names.ContainsKey(g.Key)).Select(g => new PossibleDuplicate(
            g.Key, g.First().FileNumber, names[g.Key], SameTelephone: true, g.Any(a => a.Kind is IndexKind.Name)))];
    }
}
