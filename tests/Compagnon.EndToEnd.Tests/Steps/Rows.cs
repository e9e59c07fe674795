using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.EndToEnd.Tests.Steps;

/// <summary>What a story has to look up behind the pages, as no page shows ids.</summary>
internal static class Rows
{
    public static Task<Referral> ReferralAsync(this Site site, Guid id) => site.Rows(db => db.Set<Referral>().SingleAsync(r => r.Id == id));

    /// <summary>The one that waits for an answer.</summary>
    public static async Task<Proposal> ProposalAsync(this Site site, Guid referralId) => (await site.ProposalsAsync(referralId)).Single();

    /// <summary>Those that wait for an answer.</summary>
    public static Task<List<Proposal>> ProposalsAsync(this Site site, Guid referralId) =>
        site.Rows(db => db.Set<Proposal>().Where(p => p.ReferralId == referralId && p.AnsweredAt == null).ToListAsync());

    public static Task<Accompaniment> AccompanimentAsync(this Site site, Guid referralId) =>
        site.Rows(db => db.Set<Accompaniment>().SingleAsync(a => a.ReferralId == referralId && a.EndedAt == null));

    /// <summary>What a companion of the demonstration, by pseudonym, has been asked.</summary>
    public static Task<Proposal> ProposalToAsync(this Site site, string companion) => site.Rows(db =>
        db.Set<Proposal>().SingleAsync(p => p.AnsweredAt == null && db.Set<Companion>().Any(c => c.Id == p.CompanionId && c.Pseudonym == companion)));

    /// <summary>Whom a companion of the demonstration accompanies.</summary>
    public static Task<Accompaniment> AccompanimentOfAsync(this Site site, string companion) => site.Rows(db =>
        db.Set<Accompaniment>().SingleAsync(a => a.EndedAt == null && db.Set<Companion>().Any(c => c.Id == a.CompanionId && c.Pseudonym == companion)));
}
