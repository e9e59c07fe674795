using Compagnon.App.Data;
using Compagnon.Domain;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Matching;

/// <summary>What came of one line; null: the companion was asked.</summary>
public sealed record AcceptedLine(RoundPair Pair, Refusal? Refusal);

/// <summary>
/// Lines of a round become proposals, each in a transaction of its own and by the same use case as one chosen on its page: where somebody else was faster, that line is
/// told and the others stand. No reason is asked.
/// </summary>
[UseCases]
public sealed class AcceptRound(CompagnonDb db, ProposeMatch propose)
{
    public async Task<IReadOnlyList<AcceptedLine>> AcceptAsync(Actor actor, IReadOnlyList<RoundPair> lines, CancellationToken stop = default)
    {
        List<AcceptedLine> results = [];
        foreach (var line in lines.Distinct())
        {
            var outcome = await propose.ProposeAsync(actor, new ProposeCommand { ReferralId = line.ReferralId, Companions = [line.CompanionId], OfRound = true }, stop);
            results.Add(new AcceptedLine(line, outcome.IsDone ? null : outcome.Refusal));
            // what a refused line had begun must not be saved with the next
            db.ChangeTracker.Clear();
        }
        return results;
    }
}
