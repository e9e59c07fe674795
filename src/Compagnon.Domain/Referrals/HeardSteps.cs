namespace Compagnon.Domain.Referrals;

/// <summary>
/// When each step happened, as far as the clinic may hear it: dates, and of why it ended only that nobody could be reached, since the clinic alone can mend that.
/// Where the person refused, only that it was received.
/// </summary>
public sealed record HeardSteps(DateTime ReceivedAt, DateTime? ReachedAt, DateTime? MatchedAt, DateTime? FirstConversationAt, DateTime? EndedAt, bool NotReached)
{
    public static HeardSteps Of(Referral r) => Of(r.StatusRefusedAt is not null, r.ReceivedAt ?? r.OfferedAt ?? default, r.ReachedAt, r.AgreedAt, r.FirstConversationAt, r.EndedAt, r.Closing);

    public static HeardSteps Of(bool refused, DateTime receivedAt, DateTime? reachedAt, DateTime? matchedAt, DateTime? firstConversationAt, DateTime? endedAt, Closing? closing) =>
        refused ? new(receivedAt, null, null, null, null, false) : new(receivedAt, reachedAt, matchedAt, firstConversationAt, endedAt, closing is Closing.NotReached);

    public ReferralStage Stage => this switch
    {
        { EndedAt: not null } => ReferralStage.Ended,
        { FirstConversationAt: not null } => ReferralStage.FirstConversation,
        { MatchedAt: not null } => ReferralStage.Matched,
        { ReachedAt: not null } => ReferralStage.Reached,
        _ => ReferralStage.Received,
    };

    /// <summary>When the last of them happened.</summary>
    public DateTime LatestAt => EndedAt ?? FirstConversationAt ?? MatchedAt ?? ReachedAt ?? ReceivedAt;
}
