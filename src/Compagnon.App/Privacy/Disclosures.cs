using Compagnon.App.Access;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Messages;
using Compagnon.Domain;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Privacy;

/// <summary>In an emergency: who is this person?</summary>
public sealed record DiscloseCommand
{
    /// <summary>Made from the form's key and what it says: becomes the disclosure's id, so that the same post sent twice asks once.</summary>
    public required Guid Key { get; init; }
    /// <summary>A file number, a companion's pseudonym, or the pseudonym and the number of a file they accompany.</summary>
    public required string NumberOrName { get; init; }
    public required Danger Danger { get; init; }
    public required string Reason { get; init; }
    /// <summary>The one-time code, asked before anything is looked up: a screen left open tells nobody which files there are.</summary>
    public string? Code { get; init; }
}

/// <summary>Several companions of the facility bear this name: the number of a file that theirs accompanies tells them apart.</summary>
public sealed record SeveralOfThisName : Refusal;

/// <summary>The actor sees this person's identity anyway; nothing was disclosed.</summary>
public sealed record OpenAnyway(Guid? ReferralId, Guid? CompanionId) : Refusal;

/// <summary>What somebody asked for in an emergency, without the identity.</summary>
/// <param name="FileNumber">Null for a companion.</param>
public sealed record MyDisclosure(Guid Id, string? FileNumber, Danger Danger, DateTime AskedAt, DateTime Until, bool IsShown, bool? Justified);

/// <summary>Asks who a person is when somebody is in danger and the ordinary rules keep the asker out: with a reason, for a short while, and reviewed.</summary>
[UseCases]
public sealed class Disclosures(CompagnonDb db, Files files, Outbox outbox, PublicAddress address, Reauthentication again, TimeProvider clock)
{
    private const int Recent = 10;

    /// <summary>The disclosure's id. What may be shown is then opened by the loader, which records each display.</summary>
    public async Task<Outcome<Guid>> AskAsync(Actor actor, DiscloseCommand command, CancellationToken stop = default)
    {
        if (!EmergencyRules.MayAsk(actor)) return new NotThere();
        if (command.Reason.Trim().Length < EmergencyRules.ShortestReason) return Invalid.Field(nameof(command.Reason), "Short");
        if (await db.Set<Disclosure>().AnyAsync(d => d.Id == command.Key && d.AskedBy == actor.PersonId, stop)) return command.Key;
        if (await again.WhyNotLookAsync(actor, command.Code, stop) is { } notProved) return notProved;
        var found = await files.EndangeredAsync(actor, command.NumberOrName, stop);
        if (found.Count != 1) return await InVainAsync(actor, found.Count == 0 ? new NotThere() : new SeveralOfThisName(), stop);
        var (person, referral) = (found[0].Person, found[0].Referral);
        if (found[0].Way is EmergencyWay.Ordinary) return new OpenAnyway(referral?.Id, referral is null ? person.Id : null);
        if (await again.WhyNotAsync(actor, command.Code, stop) is { } usedUp) return usedUp;
        var now = clock.GetUtcNow().UtcDateTime;
        var disclosure = new Disclosure
        {
            Id = command.Key, PersonId = person.Id, ReferralId = referral?.Id, FacilityId = actor.FacilityId!.Value, AskedBy = actor.PersonId, AskedAs = actor.Role, AskedAt = now,
            Danger = command.Danger, Reason = files.SealEmergency(person, command.Reason.Trim()),
        };
        db.Add(disclosure);
        db.Record(actor, new IdentityDisclosed(person.Id, command.Key), now);
        await TellReviewersAsync(disclosure, now, stop);
        // the form sent twice at once: the first made it
        if (!await db.TrySaveAsync(stop) && !await db.Set<Disclosure>().AnyAsync(d => d.Id == command.Key && d.AskedBy == actor.PersonId, stop)) return new ChangedMeanwhile();
        return command.Key;
    }

    private async Task<Refusal> InVainAsync(Actor actor, Refusal refusal, CancellationToken stop)
    {
        db.Record(actor, new IdentityAskedInVain(actor.FacilityId!.Value), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(stop);
        return refusal;
    }

    /// <summary>The latest that the actor asked for where they act now; not of people who keep them out by name, and no longer than a day after the review. One row of the log.</summary>
    public Task<IReadOnlyList<MyDisclosure>> MineAsync(Actor actor, CancellationToken stop = default) => LinesAsync(actor, only: null, stop);

    /// <summary>One of these, for its own page; null when it is none of them.</summary>
    public async Task<MyDisclosure?> FindAsync(Actor actor, Guid disclosureId, CancellationToken stop = default) => (await LinesAsync(actor, disclosureId, stop)).SingleOrDefault();

    private async Task<IReadOnlyList<MyDisclosure>> LinesAsync(Actor actor, Guid? only, CancellationToken stop)
    {
        if (!EmergencyRules.MayAsk(actor)) return [];
        var now = clock.GetUtcNow().UtcDateTime;
        var yesterday = now.AddDays(-1);
        var asked = await db.Set<Disclosure>().AsNoTracking().Where(d => d.AskedBy == actor.PersonId && d.FacilityId == actor.FacilityId && d.AskedAs == actor.Role
            && (d.ReviewedAt == null || d.ReviewedAt > yesterday) && (only == null || d.Id == only))
            .OrderByDescending(d => d.AskedAt).Take(Recent).ToListAsync(stop);
        var mine = await files.NotKeptOutAsync(actor, asked, stop);
        await files.RecordListedAsync(actor, mine, stop);
        var numbers = await files.FileNumbersAsync(mine, stop);
        return [.. mine.Select(d => new MyDisclosure(d.Id, d.ReferralId is { } id ? numbers.GetValueOrDefault(id) : null, d.Danger, d.AskedAt, d.AskedAt + EmergencyRules.ShownFor,
            EmergencyRules.IsShown(d, now), d.Justified))];
    }

    /// <summary>At once, and without a name: that something waits is all that leaves.</summary>
    private async Task TellReviewersAsync(Disclosure disclosure, DateTime now, CancellationToken stop)
    {
        foreach (var id in (await files.ReviewersAsync([disclosure], stop))[disclosure.Id]) await outbox.AddAsync(id, "DisclosureToReview", now, address.Of("/divulgations"));
    }
}
