using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Engine = Compagnon.Matching;

namespace Compagnon.App.Matching;

/// <summary>Somebody who doesn't exist yet, and what the best plan would gain by them.</summary>
/// <param name="InPerson">More is gained if they can also meet people where the facility is.</param>
/// <param name="Matches">Patients matched who otherwise are not.</param>
/// <param name="Closer">What the fits of all matches together gain, in points out of 100, those of the newly matched included; waiting and fair sharing are not in it. Below 0 where more people are matched at the cost of closeness.</param>
/// <param name="Waiting">How many who wait seek this profile.</param>
public sealed record Recruit(CancerSite Site, Treatment? Treatment, string? Language, bool InPerson, int Matches, int Closer, int Waiting)
{
    /// <summary>So few seek it that somebody who knows them could guess whom it is about.</summary>
    public bool IsRare => Waiting < ExperienceMap.Least;
}

/// <summary>The engine's answer for each profile that is sought: one more companion, the plan anew, compared, taken back.</summary>
internal static class Recruiting
{
    /// <summary>A recruit may take two people on; lived through three years ago, so that freshness neither helps nor harms much.</summary>
    private const int Capacity = 2;
    private const int YearsAgo = 3;
    private const int Profiles = 60;
    private const int Most = 5;

    private static readonly Channel[] Everywhere = Enum.GetValues<Channel>();
    private static readonly Channel[] FromAfar = [.. Everywhere.Where(c => c is not Channel.InPerson)];

    /// <param name="least">How many who wait with a cancer must wish to meet in person before that is said of its profiles.</param>
    public static IReadOnlyList<Recruit> Best(RoundGame game, IReadOnlyList<ExperienceRow> rows, int least, CancellationToken stop)
    {
        using var plan = new Engine.LivePlan(game.Problem, cancel: stop);
        RoundGame.Prove(plan);
        var tried = rows.Where(r => r.Site is not null).OrderByDescending(r => r.Waiting).Take(Profiles).Select(row => (Row: row, Gain: GainOf(plan, game, row, least)))
            .Where(t => t.Gain.Effect.Matches > 0 || t.Gain.Effect.Objective > 0).ToList();
        tried.Sort((a, b) => b.Gain.Effect.Against(a.Gain.Effect));
        return [.. tried.Take(Most).Select(t => new Recruit(t.Row.Site!.Value, t.Row.Treatment, t.Row.Language, t.Gain.InPerson, t.Gain.Effect.Matches, (int)(t.Gain.Effect.Fit / 10), t.Row.Waiting))];
    }

    /// <summary>Region is in no fact of anybody: it counts where people want to meet. So it is said where somebody who also comes in person gains more than one who only calls.</summary>
    private static (Engine.Effect Effect, bool InPerson) GainOf(Engine.LivePlan plan, RoundGame game, ExperienceRow row, int least)
    {
        var meet = game.Table.Waiting.Count(w => w.Facts.Site == row.Site && (w.Facts.Channels.Contains(Channel.InPerson) || w.Facts.MustHaves.Contains(MustHave.InPerson)));
        var recruit = ProfileOf(game.Table, row);
        CompanionFacts[] variants = meet < least ? [recruit] : [recruit, recruit with { Channels = FromAfar }, recruit with { Channels = Everywhere }];
        var allowed = new AllowedPairs(variants, game.Table.Settings, game.Table.Today);
        List<(int, int)>[] edges = [.. variants.Select(_ => new List<(int, int)>())];
        for (var i = 0; i < game.Table.Waiting.Count; i++)
            foreach (var pair in allowed.Of(game.Table.Waiting[i].Facts)) edges[pair.Companion].Add((i, pair.Fit));
        var effects = edges.Select(e => plan.EffectOfCompanion(Capacity, e)).ToList();
        return effects is [_, var afar, var near] && near.Against(afar) > 0 && near.Against(effects[0]) > 0 ? (near, true) : (effects[0], false);
    }

    private static CompanionFacts ProfileOf(RoundTable table, ExperienceRow row) => new()
    {
        CompanionId = Guid.Empty, FacilityId = table.Settings.FacilityId, ClearedUntil = table.Today, Capacity = Capacity,
        // without a language of its own the row stands for all of them
        Languages = row.Language is { } language ? [language] : [.. table.Waiting.SelectMany(w => w.Facts.Languages).Distinct(StringComparer.Ordinal)],
        Experiences =
        [
            new LivedExperience
            {
                Site = row.Site!.Value, Year = table.Today.Year - YearsAgo,
                Treatments = row.Treatment is { } treatment ? [new LivedTreatment { Treatment = treatment, Year = table.Today.Year - YearsAgo }] : [],
            },
        ],
    };
}
