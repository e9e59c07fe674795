using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Matching;

/// <summary>What came of one line; null: the companion was asked.</summary>
public sealed record AcceptedLine(RoundPair Pair, Refusal? Refusal);

/// <summary>
/// Lines of a round become proposals, each in a transaction of its own and by the same use case as one chosen on its page: where somebody else was faster, that line is
/// told and the others stand. Where it breaks off, the same lines sent again go on: who was asked is not asked again. No reason is asked for a line of the plan as it stands at
/// this moment; one that has left it is not asked: the page shows the plan anew.
/// </summary>
[UseCases]
public sealed class AcceptRound(CompagnonDb db, RoundTables tables, ProposeMatch propose, PostedForm form, TimeProvider clock)
{
    public async Task<IReadOnlyList<AcceptedLine>> AcceptAsync(Actor actor, RoundDecisions decisions, IReadOnlyList<RoundPair> lines, CancellationToken stop = default)
    {
        if (actor is not { Role: Role.Coordinator, FacilityId: { } facility }) return [.. lines.Select(l => new AcceptedLine(l, new NotThere()))];
        var game = RoundGame.Of(await tables.ForAsync(actor, facility, clock.GetUtcNow().UtcDateTime, stop: stop), stop);
        using var plan = game.Decided(decisions, out _, out _, stop);
        List<AcceptedLine> results = [];
        form.IsInParts = true;
        foreach (var line in lines.Distinct())
        {
            // what the last line read or began must not be saved with this one
            db.ChangeTracker.Clear();
            var isOfRound = game.Find(line) is { } found && plan.CompanionOf(found.Patient) == found.Companion;
            var outcome = await propose.ProposeAsync(actor, new ProposeCommand { ReferralId = line.ReferralId, Companions = [line.CompanionId], OfRound = isOfRound, LeftRound = !isOfRound }, stop);
            results.Add(new AcceptedLine(line, outcome.IsDone ? null : outcome.Refusal));
        }
        if (results.Exists(r => r.Refusal is null)) await form.AllSavedAsync(db, clock.GetUtcNow().UtcDateTime, stop);
        return results;
    }
}
