using Compagnon.App.Data;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Matching;

public sealed record ExperienceView
{
    public required IReadOnlyList<ExperienceRow> Rows { get; init; }
    public required IReadOnlyList<Recruit> Recruits { get; init; }
    /// <summary>Null where it is too small to be shown.</summary>
    public required int? Waiting { get; init; }
    /// <summary>Those of them who are to be called back later, since finding somebody takes months; 0 where it is too small to be shown.</summary>
    public required int Later { get; init; }
    public required int Companions { get; init; }
    /// <summary>Some can accompany, and none of them has a free place.</summary>
    public required bool AllTaken { get; init; }
    /// <summary>Small counts are rolled up: the reader sees counts only, or the page is meant for the public.</summary>
    public required bool IsRolledUp { get; init; }
    /// <summary>Where the facility is, and where whoever meets its patients in person has to be.</summary>
    public required string Region { get; init; }
}

/// <summary>Which experience is missing in a facility, and whom to look for. Nothing about one person leaves here, so nothing is recorded as a read.</summary>
[UseCases]
public sealed class ShowExperience(RoundTables tables, CompagnonDb db, TimeProvider clock)
{
    /// <summary>
    /// What a call may name. Whoever sees each file decides, profile by profile, also of those that few seek: they know whether somebody could be recognized by it.
    /// Otherwise, and for who sees counts only, small counts are rolled up.
    /// </summary>
    /// <param name="named">Whether a profile was chosen; null where nothing was.</param>
    public async Task<ExperienceView?> ForCallAsync(Actor actor, Func<Recruit, bool>? named, CancellationToken stop = default)
    {
        if (named is not null && await ShowAsync(actor, stop) is { IsRolledUp: false } view) return view with { Recruits = [.. view.Recruits.Where(named)] };
        return await ShowAsync(actor, forThePublic: true, stop);
    }

    public Task<ExperienceView?> ShowAsync(Actor actor, CancellationToken stop = default) => ShowAsync(actor, forThePublic: false, stop);

    private async Task<ExperienceView?> ShowAsync(Actor actor, bool forThePublic, CancellationToken stop)
    {
        if (actor is not { Role: Role.Coordinator or Role.Manager, FacilityId: { } facility }) return null;
        var game = RoundGame.Of(await tables.ForAsync(actor, facility, clock.GetUtcNow().UtcDateTime, later: true, stop: stop), stop);
        var table = game.Table;
        var rolledUp = forThePublic || table.Waiting.Any(w => w.Sight is not Sight.Full) || actor.Role is Role.Manager;
        var rows = rolledUp ? ExperienceMap.RolledUp(table.Patients, table.Companions, table.Today) : ExperienceMap.Of(table.Patients, table.Companions, table.Today);
        var serving = table.Companions.Where(c => HardRules.IsCleared(c, table.Today) && !HardRules.IsPaused(c, table.Today)).ToList();
        return new ExperienceView
        {
            Rows = rows, Recruits = Recruiting.Best(game, rows, rolledUp ? ExperienceMap.Least : 1, stop), IsRolledUp = rolledUp, Companions = serving.Count,
            AllTaken = serving.Count > 0 && serving.TrueForAll(c => c.PlacesUsed >= c.Capacity),
            Waiting = rolledUp && table.Waiting.Count < ExperienceMap.Least ? null : table.Waiting.Count,
            Later = table.Waiting.Count(w => !w.IsOfRound) is var later && rolledUp && later < ExperienceMap.Least ? 0 : later,
            Region = await db.Set<Facility>().Where(f => f.Id == facility).Select(f => f.Region).FirstAsync(stop),
        };
    }
}
