using Compagnon.App.Matching;
using Compagnon.App.Referrals;
using Compagnon.Domain;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Matching;

/// <summary>The thread from a ready request to the choice, in few words.</summary>
internal static class MatchingWorld
{
    public static Task<Guid> ReadyAsync(this World world) => world.ReferralAsync(r => r.ReadyToMatch());

    public static Task<Outcome<Proposed>> ProposeAsync(this World world, Guid referralId, Companion companion, string? reason = null, Actor? by = null) =>
        world.ProposeAsync(referralId, [companion], reason, by);

    public static Task<Outcome<Proposed>> ProposeAsync(this World world, Guid referralId, IEnumerable<Companion> companions, string? reason = null, Actor? by = null, bool lifting = false)
    {
        Guid[] ids = [.. companions.Select(c => c.Id)];
        return world.In<ProposeMatch, Outcome<Proposed>>(p => p.ProposeAsync(by ?? world.Coordinator,
            new ProposeCommand { ReferralId = referralId, Companions = ids, Reason = reason, Lifting = lifting ? ids : [] }));
    }

    /// <summary>Answers the newest proposal of this companion for this request.</summary>
    public static async Task<Outcome<Done>> AnswerAsync(this World world, Guid referralId, Companion companion, ProposalAnswer answer)
    {
        var id = await world.Rows(db => db.Set<Proposal>().Where(p => p.ReferralId == referralId && p.CompanionId == companion.Id).OrderByDescending(p => p.ProposedAt).Select(p => p.Id).FirstAsync());
        return await world.In<AnswerProposal, Outcome<Done>>(a => a.AnswerAsync(companion.Acting(), id, answer));
    }

    public static async Task<Outcome<Choice>> ChooseAsync(this World world, Guid referralId, Companion? companion, Choosing choosing = Choosing.This, Actor? by = null)
    {
        var id = companion is null ? (Guid?)null : await world.Rows(db => db.Set<Proposal>().Where(p => p.ReferralId == referralId && p.CompanionId == companion.Id)
            .OrderByDescending(p => p.ProposedAt).Select(p => (Guid?)p.Id).FirstAsync());
        return await world.In<ChooseCompanion, Outcome<Choice>>(c => c.ChooseAsync(by ?? world.Coordinator, new ChooseCommand { ReferralId = referralId, Choosing = choosing, ProposalId = id }));
    }

    public static Task ConsentAsync(this World world, Guid referralId, ConsentKind kind) => world.Rows(async db =>
    {
        var patientId = await db.Set<Referral>().Where(r => r.Id == referralId).Select(r => r.PatientId).FirstAsync();
        db.Add(new Consent
        {
            PersonId = patientId, ReferralId = referralId, Kind = kind, GivenAt = world.Clock.Now, How = ConsentHow.Oral, TakenBy = world.Coordinator.PersonId,
            NoticeVersion = Refer.NoticeVersion, NoticeLanguage = Languages.French,
        });
        await db.SaveChangesAsync();
    });

    /// <summary>The job that runs every minute.</summary>
    public static Task MinuteAsync(this World world) => world.Rows(async db =>
    {
        var jobs = world.Services;
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(jobs);
        var handler = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<App.Jobs.IJobHandler>(scope.ServiceProvider).Single(h => h.Kind == "expire-proposals");
        await handler.RunAsync(new App.Jobs.Job { NetworkId = db.NetworkId, Kind = handler.Kind, DueAt = world.Clock.Now }, CancellationToken.None);
    });

    public static Task<Referral> RequestAsync(this World world, Guid id) => world.Rows(db => db.Set<Referral>().AsNoTracking().FirstAsync(r => r.Id == id));

    public static Task<List<Proposal>> ProposalsAsync(this World world, Guid referralId) =>
        world.Rows(db => db.Set<Proposal>().AsNoTracking().Where(p => p.ReferralId == referralId).OrderBy(p => p.ProposedAt).ToListAsync());

    public static Task<int> PlacesAsync(this World world, Companion companion) => world.Rows(db => db.Set<Place>().CountAsync(p => p.CompanionId == companion.Id));

    public static async Task<Actor> PatientAsync(this World world, Guid referralId)
    {
        var referral = await world.RequestAsync(referralId);
        return new Actor { NetworkId = referral.NetworkId, PersonId = referral.PatientId, Role = Role.Patient, FacilityId = referral.FacilityId };
    }
}
