using Compagnon.App.Privacy;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Programme;
using Engine = Compagnon.Matching;

namespace Compagnon.App.Matching;

/// <summary>The round: everybody who waits in the facility and every free place, planned together. What is shown was proved the best; only the read is written.</summary>
[UseCases]
public sealed class PlanRound(Files files, RoundTables tables, TimeProvider clock)
{
    public const int LinesAPage = 20;

    /// <summary>Decisions about people who are not in the round any more are let go.</summary>
    public async Task<RoundView?> ShowAsync(Actor actor, RoundDecisions decisions, int page = 1, IReadOnlyList<RoundPair>? told = null, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facility }) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var game = RoundGame.Of(await tables.ForAsync(actor, facility, now, stop: stop), stop);
        using var plan = game.Decided(decisions, out var held, out var forbidden, stop);
        var matched = Enumerable.Range(0, game.Table.Waiting.Count).Where(i => plan.CompanionOf(i) != Engine.Plan.Nobody).Select(i => (Patient: i, Companion: plan.CompanionOf(i))).ToList();
        var pages = Math.Max(1, (matched.Count + LinesAPage - 1) / LinesAPage);
        var number = Math.Clamp(page, 1, pages);
        var shown = matched.Skip((number - 1) * LinesAPage).Take(LinesAPage).ToList();
        var dropped = decisions.Fixed.Distinct().Except(forbidden).Where(p => game.Find(p) is not { } found || plan.CompanionOf(found.Patient) != found.Companion).ToList();
        var beside = forbidden.Concat(dropped).Concat(told ?? []).ToList();
        var left = Enumerable.Range(0, game.Table.Waiting.Count).Where(i => plan.CompanionOf(i) == Engine.Plan.Nobody).Take(LinesAPage).ToList();
        var names = await files.NamesOfPairsAsync(actor, [.. shown.Select(l => game.Table.Waiting[l.Patient].Referral.Id).Union(beside.Select(f => f.ReferralId)).Union(left.Select(i => game.Table.Waiting[i].Referral.Id))],
            [.. shown.Select(l => game.Table.Companions[l.Companion].CompanionId).Union(beside.Select(f => f.CompanionId))], stop);
        (string, string) NamesOf(RoundPair pair) => (names.Referrals.GetValueOrDefault(pair.ReferralId, ""), names.Companions.GetValueOrDefault(pair.CompanionId, ""));
        return new RoundView
        {
            Lines = [.. shown.Select(l => LineOf(game, l.Patient, l.Companion, names, held, forbidden))], Page = number, Pages = pages, Waiting = game.Table.Waiting.Count, PutOff = await tables.PutOffAsync(actor, facility, now, stop),
            Places = Enumerable.Range(0, game.Table.Companions.Count).Where(j => game.Problem.CapacityOf(j) > 0 && game.IsThere(j)).Sum(game.FreeOf),
            Plan = new RoundSum(matched.Count, matched.Sum(l => (long)game.FitOf(l.Patient, l.Companion))), OneByOne = OneByOne(game),
            WithoutAnybody = Enumerable.Range(0, game.Table.Waiting.Count).Count(i => game.PairsOf(i).Count == 0),
            Left = [.. left.Select(i => game.Table.Waiting[i].Referral).Where(r => names.Referrals.ContainsKey(r.Id)).Select(r => (r.Id, names.Referrals[r.Id]))],
            Dropped = [.. dropped.Select(NamesOf).Where(n => n.Item1.Length > 0)], IsDecided = held.Count + forbidden.Count > 0,
            Forbidden = [.. forbidden.Select(f => (f, NamesOf(f).Item1, NamesOf(f).Item2))], Told = (told ?? []).Distinct().ToDictionary(p => p, NamesOf),
        };
    }

    private static RoundLine LineOf(RoundGame game, int patient, int companion, PairNames names, HashSet<int> held, List<RoundPair> forbidden)
    {
        var (waiting, facts) = (game.Table.Waiting[patient], game.Table.Companions[companion]);
        var (score, outOf100, weights) = (game.PairsOf(patient).First(p => p.Companion == companion).Score, game.FitOf(patient, companion) / 10, game.Table.Settings.Weights);
        var shared = SharedChips.Of(waiting.Facts, facts, weights, game.Table.Today);
        return new RoundLine
        {
            Pair = new RoundPair(waiting.Referral.Id, facts.CompanionId), Patient = names.Referrals.GetValueOrDefault(waiting.Referral.Id, ""), FileNumber = waiting.Referral.FileNumber,
            Companion = names.Companions.GetValueOrDefault(facts.CompanionId, ""), Site = waiting.Facts.Certainty == Certainty.NotKnownYet ? null : waiting.Facts.Site,
            Days = waiting.Days, IsUrgent = waiting.IsUrgent, IsFixed = held.Contains(patient), IsAnother = forbidden.Exists(p => p.ReferralId == waiting.Referral.Id), FitOf100 = outOf100, IsWeak = !Candidates.IsGood(outOf100, shared.Count > 0, weights),
            Rank = 1 + game.PairsOf(patient).Count(p => p.Score > score), Shared = shared,
        };
    }

    /// <summary>As without a plan: each in turn takes the first of their list who still has a place.</summary>
    private static RoundSum OneByOne(RoundGame game)
    {
        var free = Enumerable.Range(0, game.Table.Companions.Count).Select(game.FreeOf).ToArray();
        var (matched, fit) = (0, 0L);
        for (var i = 0; i < game.Table.Waiting.Count; i++)
        {
            AllowedPair? best = null;
            foreach (var pair in game.PairsOf(i))
                if (free[pair.Companion] > 0 && (best is null || pair.Score > best.Value.Score)) best = pair;
            if (best is not { } taken) continue;
            free[taken.Companion]--;
            (matched, fit) = (matched + 1, fit + taken.Fit);
        }
        return new RoundSum(matched, fit);
    }
}
