using Compagnon.App.Programme;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Referrals;

/// <summary>What is due next, written in the same save as the change that moved it.</summary>
[UseCases]
public sealed class Projection(SettingsOf settings, WorkingCalendar calendar)
{
    public async Task WriteAsync(Referral referral, CancellationToken stop = default) =>
        referral.Project((await settings.FacilityAsync(referral.FacilityId, stop)).Targets, calendar);
}
