using Compagnon.App.Data;
using Compagnon.App.Programme;
using Compagnon.App.Referrals;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Accompaniments;

/// <summary>Keeps the figure: when the two first talked, whoever wrote it down and in whatever order. To be called in the save that adds or corrects a conversation.</summary>
[UseCases]
public sealed class FirstConversations(CompagnonDb db, SettingsOf settings, ClinicNews news, FollowUps followUps, WorkingCalendar calendar, TimeProvider clock)
{
    /// <param name="now">All conversations of the accompaniment as they will stand after the save.</param>
    /// <returns>True when this save makes it the first time that they talked: the clinic hears of it once.</returns>
    public async Task<bool> ProjectAsync(Accompaniment accompaniment, Referral referral, IEnumerable<Conversation> now, CancellationToken stop = default)
    {
        accompaniment.FirstConversationAt = Logbook.FirstOf(now);
        var elsewhere = await db.Set<Accompaniment>().Where(a => a.ReferralId == referral.Id && a.Id != accompaniment.Id).Select(a => a.FirstConversationAt).ToListAsync(stop);
        var first = elsewhere.Append(accompaniment.FirstConversationAt).Min();
        var isNew = referral.FirstConversationAt is null && first is not null;
        referral.FirstConversationAt = first;
        if (accompaniment.EndedAt is null && referral.RematchedAt is not null) referral.TalkedAgainAt = accompaniment.FirstConversationAt;
        if (isNew) await news.AddAsync(referral, clock.GetUtcNow().UtcDateTime, stop);
        referral.Project((await settings.FacilityAsync(referral.FacilityId, stop)).Targets, calendar);
        if (accompaniment.EndedAt is null) await followUps.ProjectAsync(accompaniment.FacilityId, [accompaniment], stop);
        return isNew;
    }
}
