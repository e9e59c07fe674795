using Compagnon.App.Data;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>
/// The one loader. Whoever wants anything of a person comes through here: it asks <see cref="AccessRules"/>, leaves out what may not be seen, and records the read.
/// A file that may not be opened and one that does not exist give the same answer: null.
/// </summary>
public sealed partial class Files(CompagnonDb db, Vault vault, TimeProvider clock)
{
    /// <summary>Opens a patient's file for a page, and records the read before anything is shown.</summary>
    public async Task<PatientFile?> OpenAsync(Actor actor, Guid referralId, ReadWhat what, string? why = null, CancellationToken stop = default)
    {
        var file = await OpenForChangeAsync(actor, referralId, what, why, stop);
        if (file is not null) await db.SaveChangesAsync(stop);
        return file;
    }

    /// <summary>The same for a use case: the read is recorded by the use case's own save.</summary>
    public async Task<PatientFile?> OpenForChangeAsync(Actor actor, Guid referralId, ReadWhat what, string? why = null, CancellationToken stop = default)
    {
        if (await db.Set<Referral>().FirstOrDefaultAsync(r => r.Id == referralId, stop) is not { } referral) return null;
        var person = await db.Set<Person>().FirstAsync(p => p.Id == referral.PatientId, stop);
        var subject = await SubjectOfAsync(referral, stop);
        if (!AccessRules.MayOpen(actor, subject)) return null;
        var identity = await db.Set<Identity>().FirstAsync(i => i.Id == person.Id, stop);
        var seesIdentity = AccessRules.To(Facet.PatientIdentity, actor, subject) is Sight.Full;
        var consents = await db.Set<Consent>().Where(c => c.ReferralId == referralId).OrderBy(c => c.GivenAt).ToListAsync(stop);
        Record(actor, person.Id, what, why);
        return new PatientFile(actor, subject, referral, person, identity, seesIdentity ? vault.Open(person, identity) : null, consents);
    }

    public async Task<CompanionFile?> OpenCompanionAsync(Actor actor, Guid companionId, ReadWhat what, string? why = null, CancellationToken stop = default)
    {
        var file = await OpenCompanionForChangeAsync(actor, companionId, what, why, stop);
        if (file is not null) await db.SaveChangesAsync(stop);
        return file;
    }

    public async Task<CompanionFile?> OpenCompanionForChangeAsync(Actor actor, Guid companionId, ReadWhat what, string? why = null, CancellationToken stop = default)
    {
        if (await db.Set<Companion>().FirstOrDefaultAsync(c => c.Id == companionId, stop) is not { } companion) return null;
        var person = await db.Set<Person>().FirstAsync(p => p.Id == companionId, stop);
        var subject = await SubjectOfAsync(companion, stop);
        if (!AccessRules.MayOpen(actor, subject)) return null;
        var identity = await db.Set<Identity>().FirstAsync(i => i.Id == person.Id, stop);
        var seesIdentity = AccessRules.To(Facet.CompanionIdentity, actor, subject) is Sight.Full;
        Record(actor, person.Id, what, why);
        return new CompanionFile(actor, subject, companion, person, identity, seesIdentity ? vault.Open(person, identity) : null);
    }

    /// <summary>First names for a page of a list; the page is one row of the log. Files the actor may not open are left out: the caller drops their rows.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesOfReferralsAsync(Actor actor, IReadOnlyCollection<Guid> referralIds, CancellationToken stop = default)
    {
        var seen = await SeenReferralsAsync(actor, referralIds, stop);
        await RecordListAsync(actor, [.. seen.Select(r => r.Person.Id)], stop);
        return GivenNames(seen);
    }

    /// <summary>Full names of companions for a page of a list of their own facility.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesOfCompanionsAsync(Actor actor, IReadOnlyCollection<Guid> companionIds, CancellationToken stop = default)
    {
        var seen = await SeenCompanionsAsync(actor, companionIds, stop);
        await RecordListAsync(actor, [.. seen.Select(r => r.Id)], stop);
        return FullNames(seen);
    }

    /// <summary>Names of those who work for the programme. Not a file: nothing about health hangs on them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> StaffNamesAsync(IReadOnlyCollection<Guid> personIds, CancellationToken stop = default)
    {
        var rows = await Staff.For(db)(db, personIds).ToListAsync(stop);
        return rows.ToDictionary(r => r.Id, r => FullName(vault.Open(r.Person, r.Identity)));
    }

    /// <summary>The pseudonym of who accompanies this patient, for their clinic; null while nobody does, where the patient refused, and where the companion keeps the reader out.</summary>
    internal async Task<string?> CompanionPseudonymAsync(Actor actor, PatientFile file, CancellationToken stop = default)
    {
        if (file.Sight(Facet.CompanionProfile) < Sight.Status) return null;
        var companion = await (from a in db.Set<Accompaniment>()
                               where a.ReferralId == file.ReferralId && a.EndedAt == null
                               join c in db.Set<Companion>().AsNoTracking() on a.CompanionId equals c.Id
                               select c).FirstOrDefaultAsync(stop);
        if (companion is null || AccessRules.IsRestricted(actor, await SubjectOfAsync(companion, stop))) return null;
        Record(actor, companion.Id, ReadWhat.Accompaniment, why: null);
        await db.SaveChangesAsync(stop);
        return companion.Pseudonym;
    }

    /// <summary>What was heard on the telephone, for those who may know who the person is.</summary>
    public string? OpenNote(PatientFile file, byte[]? box) => file.Identity is null ? null : vault.Open(file.Person, Referrals.Attempts.NotePurpose, box);

    /// <summary>To whom a letter goes: for the outbox, which seals it again. Nobody reads it, so nothing is recorded.</summary>
    internal async Task<(Person Person, IdentityFields Identity)?> ReceiverAsync(Guid personId, CancellationToken stop = default)
    {
        var row = await (from p in db.Set<Person>()
                         where p.Id == personId
                         join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
                         select new { Person = p, Identity = i }).FirstOrDefaultAsync(stop);
        return row is null ? null : (row.Person, vault.Open(row.Person, row.Identity));
    }

    /// <summary>A person's own identity, for their own account and for sealing what concerns them. Own reads are not recorded: the log tells who else looked.</summary>
    public async Task<IdentityFields?> OwnIdentityAsync(Actor actor, CancellationToken stop = default)
    {
        var row = await (from p in db.Set<Person>().AsNoTracking()
                         where p.Id == actor.PersonId
                         join i in db.Set<Identity>().AsNoTracking() on p.Id equals i.Id
                         select new { Person = p, Identity = i }).FirstOrDefaultAsync(stop);
        return row is null ? null : vault.Open(row.Person, row.Identity);
    }

    private async Task<Subject> SubjectOfAsync(Referral referral, CancellationToken stop)
    {
        var asked = await db.Set<Proposal>().Where(p => p.ReferralId == referral.Id && p.ReleasedAt == null && p.ExpiredAt == null
            && (p.Answer == null || p.Answer == ProposalAnswer.Yes)).Select(p => p.CompanionId).ToListAsync(stop);
        var agreed = await db.Set<Accompaniment>().Where(a => a.ReferralId == referral.Id && a.EndedAt == null).Select(a => a.CompanionId).ToListAsync(stop);
        return new Subject
        {
            PersonId = referral.PatientId, FacilityId = referral.FacilityId, ClinicId = referral.ClinicId, StatusRefused = referral.StatusRefusedAt is not null, IsDraft = ReferralState.IsDraft(referral),
            Counterparts = [.. asked.Union(agreed)], Agreed = agreed, Restrictions = [.. (await RestrictionsOfAsync([referral.PatientId], stop))[referral.PatientId]],
        };
    }

    /// <summary>The patients who may read this companion's card: those whom they said yes to, or accompany.</summary>
    private async Task<Subject> SubjectOfAsync(Companion companion, CancellationToken stop)
    {
        var offered = await (from p in db.Set<Proposal>()
                             where p.CompanionId == companion.Id && p.Answer == ProposalAnswer.Yes && p.ReleasedAt == null
                             join r in db.Set<Referral>() on p.ReferralId equals r.Id
                             where r.EndedAt == null
                             select r.PatientId).ToListAsync(stop);
        var agreed = await db.Set<Accompaniment>().Where(a => a.CompanionId == companion.Id && a.EndedAt == null).Select(a => a.PatientId).ToListAsync(stop);
        return new Subject
        {
            PersonId = companion.Id, FacilityId = companion.FacilityId, Counterparts = [.. offered.Union(agreed)], Agreed = agreed,
            Restrictions = [.. (await RestrictionsOfAsync([companion.Id], stop))[companion.Id]],
        };
    }

    private void Record(Actor actor, Guid personId, ReadWhat what, string? why)
    {
        if (actor.IsSystem || actor.PersonId == personId) return;
        db.Add(Entry(actor, what, personId, [], why));
    }

    private async Task RecordListAsync(Actor actor, List<Guid> listed, CancellationToken stop)
    {
        if (actor.IsSystem || listed.Count == 0) return;
        db.Add(Entry(actor, ReadWhat.List, personId: null, listed, why: null));
        await db.SaveChangesAsync(stop);
    }

    private AccessEntry Entry(Actor actor, ReadWhat what, Guid? personId, List<Guid> listed, string? why) => new()
    {
        At = clock.GetUtcNow().UtcDateTime, ReaderId = actor.PersonId, ReaderRole = actor.Role, ReaderFacilityId = actor.FacilityId,
        PersonId = personId, What = what, Listed = listed, Why = why,
    };

    private static string FullName(IdentityFields i) => $"{i.GivenName} {i.FamilyName}".Trim();
}
