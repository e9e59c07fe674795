using System.Text.Json;
using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.Domain;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Programme;

/// <summary>Whom people reach at the facility.</summary>
public sealed record FacilityContact
{
    /// <summary>Ten digits.</summary>
    public required string Telephone { get; init; }
    public required string ContactName { get; init; }
    public required string HoursFr { get; init; }
    public required string HoursEn { get; init; }
}

/// <summary>The facility's protocol: the numbers on every page of patients and companions, and what the team does beside them.</summary>
/// <param name="Numbers">None: Quebec's own.</param>
public sealed record CrisisProtocol(IReadOnlyList<CrisisNumber> Numbers, string? Fr, string? En);

/// <summary>Who may be accompanied and how companions are named.</summary>
public sealed record PeopleRules(int MinimumAge, bool NumberMayBeShown, IReadOnlyList<string> SmallTowns, string CompanionWords, string CoordinatorWords);

public sealed record SettingsView(ProgrammeSettings Settings, FacilityContact Contact, string Facility);

/// <summary>Somebody else saved these settings in between. What they wrote stands; saving again on this version writes over it.</summary>
public sealed record SettingsMoved(int Version) : Refusal;

/// <summary>The coordinator sets what differs between programmes. Each save names the version it saw; what is due next is then computed anew for all open files.</summary>
[UseCases]
public sealed class ChangeSettings(CompagnonDb db, SettingsOf settings, TimeProvider clock)
{
    public async Task<SettingsView> ShowAsync(Actor actor, CancellationToken stop = default)
    {
        var facility = await db.Set<Facility>().AsNoTracking().FirstAsync(f => f.Id == actor.FacilityId, stop);
        var stored = await settings.FacilityAsync(facility.Id, stop);
        return new SettingsView(stored, ContactOf(facility), facility.Name);
    }

    public Task<Outcome<Done>> SetTargetsAsync(Actor actor, int version, Targets targets, CancellationToken stop = default) =>
        ChangeAsync(actor, version, "Targets", (s, _) => s.Targets, (s, _) => s.Targets = targets, rebuild: true, stop);

    public Task<Outcome<Done>> SetWeightsAsync(Actor actor, int version, Weights weights, CancellationToken stop = default) =>
        ChangeAsync(actor, version, "Weights", (s, _) => s.Weights, (s, _) => s.Weights = weights, rebuild: false, stop);

    public Task<Outcome<Done>> SetPeopleAsync(Actor actor, int version, PeopleRules rules, CancellationToken stop = default)
    {
        if (!RoleWordSets.Companion.Contains(rules.CompanionWords, StringComparer.Ordinal) || !RoleWordSets.Coordinator.Contains(rules.CoordinatorWords, StringComparer.Ordinal)) throw new ArgumentException("Unknown set of words.", nameof(rules));
        return ChangeAsync(actor, version, "People", (s, _) => new PeopleRules(s.MinimumAge, s.NumberMayBeShown, s.SmallTowns, s.CompanionWords, s.CoordinatorWords), (s, _) =>
        {
            (s.MinimumAge, s.NumberMayBeShown, s.CompanionWords, s.CoordinatorWords) = (rules.MinimumAge, rules.NumberMayBeShown, rules.CompanionWords, rules.CoordinatorWords);
            s.SmallTowns = [.. rules.SmallTowns.Select(t => t.Trim()).Where(t => t.Length > 0).DistinctBy(Folding.Fold, StringComparer.Ordinal).OrderBy(Folding.Fold, StringComparer.Ordinal)];
        }, rebuild: false, stop);
    }

    public Task<Outcome<Done>> SetContactAsync(Actor actor, int version, FacilityContact contact, CancellationToken stop = default) =>
        ChangeAsync(actor, version, "Contact", (_, f) => ContactOf(f), (_, f) =>
            (f.Telephone, f.ContactName, f.HoursFr, f.HoursEn) = (contact.Telephone, contact.ContactName, contact.HoursFr, contact.HoursEn), rebuild: false, stop);

    public Task<Outcome<Done>> SetCrisisAsync(Actor actor, int version, CrisisProtocol protocol, CancellationToken stop = default) =>
        ChangeAsync(actor, version, "Crisis", (s, _) => new CrisisProtocol(s.CrisisNumbers, s.CrisisFr, s.CrisisEn), (s, _) =>
            (s.CrisisNumbers, s.CrisisFr, s.CrisisEn) = ([.. protocol.Numbers], protocol.Fr, protocol.En), rebuild: false, stop);

    private async Task<Outcome<Done>> ChangeAsync(
        Actor actor, int version, string part, Func<ProgrammeSettings, Facility, object> read, Action<ProgrammeSettings, Facility> write, bool rebuild, CancellationToken stop)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facilityId }) return new NotThere();
        var facility = await db.Set<Facility>().FirstAsync(f => f.Id == facilityId, stop);
        var stored = await settings.FacilityAsync(facilityId, stop);
        if (stored.Version != version) return new SettingsMoved(stored.Version);
        var now = clock.GetUtcNow().UtcDateTime;
        var before = Text(read(stored, facility));
        write(stored, facility);
        // also where only the facility's own row changes: one version for the whole page of settings
        var entry = db.Entry(stored);
        if (entry.State is EntityState.Detached) (stored.Version, entry.State) = (1, EntityState.Added);
        else entry.State = EntityState.Modified;
        db.Record(actor, new SettingsChanged(facilityId, part, before, Text(read(stored, facility))), now);
        if (rebuild) db.AddRange(RebuildDueDates.Kinds.Select(kind => new Job { Kind = kind, SubjectId = facilityId, DueAt = now }));
        return await db.TrySaveAsync(stop) ? Done.Yes : new SettingsMoved((await settings.FacilityAsync(facilityId, stop)).Version);
    }

    private static FacilityContact ContactOf(Facility f) => new() { Telephone = f.Telephone, ContactName = f.ContactName, HoursFr = f.HoursFr, HoursEn = f.HoursEn };

    private static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Trail.Json);
}

/// <summary>The jobs that compute anew what is due; the stage that owns the rows does it.</summary>
public static class RebuildDueDates
{
    public const string JobKind = "rebuild-due-dates";
    public const string FollowUpsKind = "rebuild-follow-ups";
    public static IReadOnlyList<string> Kinds { get; } = [JobKind, FollowUpsKind];
}
