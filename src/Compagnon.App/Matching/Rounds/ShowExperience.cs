using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Engine = Compagnon.Matching;

namespace Compagnon.App.Matching;

/// <summary>Somebody who doesn't exist yet, and what the best plan would gain by them.</summary>
/// <param name="Matches">Patients matched who otherwise are not.</param>
/// <param name="Gain">What the plan gains, in points of fit out of 100, those of the newly matched included.</param>
public sealed record Recruit(CancerSite Site, Treatment? Treatment, string? Language, int Matches, int Gain);

public sealed record ExperienceView
{
    public required IReadOnlyList<ExperienceRow> Rows { get; init; }
    public required IReadOnlyList<Recruit> Recruits { get; init; }
    /// <summary>Null where it is too small to be shown.</summary>
    public required int? Waiting { get; init; }
    public required int Companions { get; init; }
    /// <summary>Small counts are rolled up: the reader sees counts only, or the page is meant for the public.</summary>
    public required bool IsRolledUp { get; init; }
}

/// <summary>Which experience is missing in a facility, and whom to look for. Nothing about one person leaves here, so nothing is recorded as a read.</summary>
[UseCases]
public sealed class ShowExperience(RoundTables tables, TimeProvider clock)
{
    /// <summary>A recruit may take two people on; lived through three years ago, so that freshness neither helps nor harms much.</summary>
    private const int Capacity = 2;
    private const int YearsAgo = 3;
    private const int Profiles = 60;
    private const int Best = 5;

    /// <param name="forThePublic">For a call: small counts are rolled up whoever asks.</param>
    public async Task<ExperienceView?> ShowAsync(Actor actor, bool forThePublic = false, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Coordinator or Role.Manager, FacilityId: { } facility }) return null;
        var game = RoundGame.Of(await tables.ForAsync(actor, facility, clock.GetUtcNow().UtcDateTime, stop: stop), stop);
        var table = game.Table;
        var rolledUp = forThePublic || table.Waiting.Any(w => w.Sight is not Sight.Full) || actor.Role is Role.Manager;
        var rows = rolledUp ? ExperienceMap.RolledUp(table.Patients, table.Companions, table.Today) : ExperienceMap.Of(table.Patients, table.Companions, table.Today);
        return new ExperienceView
        {
            Rows = rows, Recruits = Recruits(game, rows, stop), IsRolledUp = rolledUp, Companions = table.Companions.Count(c => HardRules.IsCleared(c, table.Today)),
            Waiting = rolledUp && table.Waiting.Count < ExperienceMap.Least ? null : table.Waiting.Count,
        };
    }

    /// <summary>The engine's answer for each profile that is sought: one more companion, the plan anew, compared, taken back.</summary>
    private static IReadOnlyList<Recruit> Recruits(RoundGame game, IReadOnlyList<ExperienceRow> rows, CancellationToken stop)
    {
        using var plan = new Engine.LivePlan(game.Problem, cancel: stop);
        RoundGame.Prove(plan);
        var tried = rows.Where(r => r.Site is not null).OrderByDescending(r => r.Waiting).Take(Profiles).Select(row =>
        {
            var effect = plan.EffectOfCompanion(Capacity, EdgesOf(game, row));
            return (Row: row, Effect: effect);
        }).Where(t => t.Effect.Matches > 0 || t.Effect.Objective > 0).ToList();
        tried.Sort((a, b) => b.Effect.Against(a.Effect));
        return [.. tried.Take(Best).Select(t => new Recruit(t.Row.Site!.Value, t.Row.Treatment, t.Row.Language, t.Effect.Matches, (int)Math.Round(t.Effect.Objective / 10.0, MidpointRounding.AwayFromZero)))];
    }

    private static IReadOnlyList<(int Patient, int Fit)> EdgesOf(RoundGame game, ExperienceRow row)
    {
        var (table, year) = (game.Table, game.Table.Today.Year - YearsAgo);
        var recruit = new CompanionFacts
        {
            CompanionId = Guid.Empty, FacilityId = table.Settings.FacilityId, ClearedUntil = table.Today, Capacity = Capacity,
            // without a language of its own the row stands for all of them
            Languages = row.Language is { } language ? [language] : [.. table.Waiting.SelectMany(w => w.Facts.Languages).Distinct(StringComparer.Ordinal)],
            Experiences = [new LivedExperience { Site = row.Site!.Value, Year = year, Treatments = row.Treatment is { } treatment ? [new LivedTreatment { Treatment = treatment, Year = year }] : [] }],
        };
        var allowed = new AllowedPairs([recruit], table.Settings, table.Today);
        return [.. table.Waiting.SelectMany((w, i) => allowed.Of(w.Facts).Select(pair => (i, pair.Fit)))];
    }
}
