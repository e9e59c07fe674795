using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>Who a person is, for whoever asked in an emergency: how to reach them and in which language. Nothing of their health, nor what they are to the programme.</summary>
public sealed record DisclosedIdentity
{
    public required string Name { get; init; }
    public required string? Telephone { get; init; }
    /// <summary>In which they can talk: ISO codes.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    public required string? Municipality { get; init; }
    public required DateTime Until { get; init; }
}

/// <summary>What somebody wrote, and in which language they work.</summary>
public sealed record Written(string Text, string Language);

/// <summary>What an emergency opens, and its review: <see cref="EmergencyRules"/> decides.</summary>
public sealed partial class Files
{
    internal const string EmergencyPurpose = "disclosure-reason";
    internal const string ReviewPurpose = "disclosure-review";

    /// <summary>Somebody of the actor's facility whom an emergency may concern.</summary>
    internal sealed record Endangered(Person Person, Referral? Referral, EmergencyWay Way);

    /// <summary>
    /// By file number, by a companion's pseudonym, or by both: the companion of that file. Whoever is not there, of another facility or closed even in an emergency is left out;
    /// several may bear one name.
    /// </summary>
    internal async Task<IReadOnlyList<Endangered>> EndangeredAsync(Actor actor, string numberOrName, CancellationToken stop = default)
    {
        if (!EmergencyRules.MayAsk(actor)) return [];
        var words = numberOrName.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var number = words.LastOrDefault();
        var referral = await db.Set<Referral>().FirstOrDefaultAsync(r => r.FileNumber == number && r.FacilityId == actor.FacilityId, stop);
        var patient = referral is null ? null : await EndangeredAsync(actor, referral.PatientId, referral, await SubjectOfAsync(referral, stop), Facet.PatientIdentity, stop);
        // who accompanies a file is as closed as the file itself
        if (referral is not null && patient is null) return [];
        if (patient is not null && words.Length == 1) return [patient];
        var name = Folding.Fold(string.Join(' ', referral is null ? words : words[..^1]));
        var companions = await db.Set<Companion>().Where(c => c.FacilityId == actor.FacilityId && c.LeftAt == null
            && (referral == null || db.Set<Accompaniment>().Any(a => a.ReferralId == referral.Id && a.CompanionId == c.Id && a.EndedAt == null))).ToListAsync(stop);
        List<Endangered> found = [];
        foreach (var companion in companions.Where(c => name.Length > 0 && Folding.Fold(c.Pseudonym) == name))
            if (await EndangeredAsync(actor, companion.Id, referral: null, await SubjectOfAsync(companion, stop), Facet.CompanionIdentity, stop) is { } one) found.Add(one);
        return found;
    }

    private async Task<Endangered?> EndangeredAsync(Actor actor, Guid personId, Referral? referral, Subject subject, Facet identity, CancellationToken stop)
    {
        var way = EmergencyRules.WayOf(actor, subject, identity);
        return way is not EmergencyWay.Closed && await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == personId && p.ErasedAt == null, stop) is { } person
            ? new Endangered(person, referral, way) : null;
    }

    /// <summary>What was asked in words, sealed for the review.</summary>
    internal byte[] SealEmergency(Person person, string reason) => vault.Seal(person, EmergencyPurpose, reason)!;

    /// <summary>
    /// Shows who the person is, and records it first: only to whoever asked, in the same role and place, while the time lasts and the rule still holds. Null otherwise.
    /// </summary>
    public async Task<DisclosedIdentity?> OpenDisclosedAsync(Actor actor, Guid disclosureId, CancellationToken stop = default)
    {
        if (await db.Set<Disclosure>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == disclosureId && d.AskedBy == actor.PersonId, stop) is not { } asked
            || asked.AskedAs != actor.Role || asked.FacilityId != actor.FacilityId || !EmergencyRules.IsShown(asked, clock.GetUtcNow().UtcDateTime)) return null;
        var referral = asked.ReferralId is null ? null : await db.Set<Referral>().FirstAsync(r => r.Id == asked.ReferralId, stop);
        var companion = referral is null ? await db.Set<Companion>().FirstAsync(c => c.Id == asked.PersonId, stop) : null;
        var subject = referral is null ? await SubjectOfAsync(companion!, stop) : await SubjectOfAsync(referral, stop);
        if (await EndangeredAsync(actor, asked.PersonId, referral, subject, referral is null ? Facet.CompanionIdentity : Facet.PatientIdentity, stop) is not { Person: var person }) return null;
        var identity = vault.Open(person, await db.Set<Identity>().AsNoTracking().FirstAsync(i => i.Id == person.Id, stop));
        Record(actor, person.Id, ReadWhat.Emergency, why: null);
        await db.SaveChangesAsync(stop);
        return new DisclosedIdentity
        {
            Name = FullName(identity), Telephone = identity.Telephone, Languages = referral?.Situation.Languages ?? companion!.Languages,
            Municipality = referral is null ? companion!.Municipality : referral.Situation.Municipality, Until = asked.AskedAt + EmergencyRules.ShownFor,
        };
    }

    /// <summary>Whose task the review of each is, by disclosure.</summary>
    internal async Task<ILookup<Guid, Guid>> ReviewersAsync(IReadOnlyCollection<Disclosure> disclosures, CancellationToken stop = default)
    {
        var officers = disclosures.Count == 0 ? [] : await db.Set<Membership>().Where(m => m.Role == Role.PrivacyOfficer && m.EndedAt == null).Select(m => m.PersonId).Distinct().ToListAsync(stop);
        var restrictions = await RestrictionsOfAsync([.. disclosures.Select(d => d.PersonId).Distinct()], stop);
        return (from d in disclosures
                from officer in EmergencyRules.ReviewersOf(d, [.. restrictions[d.PersonId]], officers)
                select (d.Id, Officer: officer)).ToLookup(r => r.Id, r => r.Officer);
    }

    /// <summary>Without those of people who keep this officer out by name, while another officer can review them.</summary>
    internal async Task<IReadOnlyList<Disclosure>> ReviewableAsync(Actor officer, IReadOnlyCollection<Disclosure> disclosures, CancellationToken stop = default)
    {
        var reviewers = await ReviewersAsync(disclosures, stop);
        return [.. disclosures.Where(d => !EmergencyRules.MayReview(officer, d) || reviewers[d.Id].Contains(officer.PersonId))];
    }

    /// <summary>Without those of people who keep the actor out by name since they asked.</summary>
    internal async Task<IReadOnlyList<Disclosure>> NotKeptOutAsync(Actor actor, IReadOnlyCollection<Disclosure> disclosures, CancellationToken stop = default)
    {
        var restrictions = await RestrictionsOfAsync([.. disclosures.Select(d => d.PersonId).Distinct()], stop);
        return [.. disclosures.Where(d => !EmergencyRules.IsKeptOutByName(actor.PersonId, restrictions[d.PersonId]))];
    }

    /// <summary>A list of disclosures is a list of people: one row of the log, before the page is shown.</summary>
    internal Task RecordListedAsync(Actor actor, IReadOnlyCollection<Disclosure> disclosures, CancellationToken stop = default) =>
        RecordListAsync(actor, [.. disclosures.Select(d => d.PersonId).Distinct()], stop);

    /// <summary>Why it was asked, and what was written of it, for the privacy officer; null texts once the person is erased. It is a read, and recorded.</summary>
    internal async Task<(Written? Reason, Written? Words)> OpenEmergencyAsync(Actor officer, Disclosure disclosure, CancellationToken stop = default)
    {
        if (!EmergencyRules.MayReview(officer, disclosure) || (await ReviewableAsync(officer, [disclosure], stop)).Count == 0) throw new InvalidOperationException($"A {officer.Role} does not review this disclosure.");
        var person = await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == disclosure.PersonId, stop);
        Record(officer, person.Id, ReadWhat.Review, why: null);
        await db.SaveChangesAsync(stop);
        var languages = await db.Set<Person>().Where(p => p.Id == disclosure.AskedBy || p.Id == disclosure.ReviewedBy).ToDictionaryAsync(p => p.Id, p => p.Language, stop);
        return (Said(vault.Open(person, EmergencyPurpose, disclosure.Reason), disclosure.AskedBy), Said(vault.Open(person, ReviewPurpose, disclosure.ReviewWords), disclosure.ReviewedBy));
        Written? Said(string? text, Guid? by) => text is null ? null : new Written(text, languages.GetValueOrDefault(by ?? Guid.Empty, Languages.French));
    }

    /// <summary>What the reviewer wrote; null once the person is erased: there is no key to seal it under any more.</summary>
    internal async Task<byte[]?> SealReviewAsync(Disclosure disclosure, string words, CancellationToken stop = default)
    {
        var person = await db.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == disclosure.PersonId, stop);
        return person.ErasedAt is null ? vault.Seal(person, ReviewPurpose, words) : null;
    }

    /// <summary>The numbers that disclosures name patients by.</summary>
    internal Task<Dictionary<Guid, string>> FileNumbersAsync(IReadOnlyCollection<Disclosure> disclosures, CancellationToken stop = default)
    {
        var ids = disclosures.Select(d => d.ReferralId).OfType<Guid>().Distinct().ToList();
        return db.Set<Referral>().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.FileNumber, stop);
    }

    /// <summary>
    /// How often each was displayed: what the log says of who asked, in which role, of whom, in the time it could be seen. Of two by one asker whose times overlap, a display
    /// is the later one's.
    /// </summary>
    internal async Task<Dictionary<Guid, int>> DisplaysAsync(IReadOnlyCollection<Disclosure> disclosures, CancellationToken stop = default)
    {
        var (people, readers) = (disclosures.Select(d => (Guid?)d.PersonId).Distinct().ToList(), disclosures.Select(d => d.AskedBy).Distinct().ToList());
        var shown = await db.Set<AccessEntry>().AsNoTracking().Where(e => e.What == ReadWhat.Emergency && people.Contains(e.PersonId) && readers.Contains(e.ReaderId)).ToListAsync(stop);
        var asked = await db.Set<Disclosure>().AsNoTracking().Where(d => people.Contains(d.PersonId) && readers.Contains(d.AskedBy)).ToListAsync(stop);
        var counts = shown.GroupBy(e => asked.Where(d => e.PersonId == d.PersonId && e.ReaderId == d.AskedBy && e.ReaderRole == d.AskedAs && e.At >= d.AskedAt && EmergencyRules.IsShown(d, e.At))
            .MaxBy(d => d.AskedAt)?.Id ?? Guid.Empty).ToDictionary(g => g.Key, g => g.Count());
        return disclosures.ToDictionary(d => d.Id, d => counts.GetValueOrDefault(d.Id));
    }
}
