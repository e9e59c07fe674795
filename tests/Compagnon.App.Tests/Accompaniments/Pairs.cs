using Compagnon.App.Accompaniments;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

/// <summary>The thread from the choice on, in few words.</summary>
internal static class Pairs
{
    /// <summary>Asked, said yes, chosen: what is missing is the agreement.</summary>
    public static async Task<Guid> ChosenAsync(this World world, Companion companion)
    {
        var id = await world.ReadyAsync();
        Assert.True((await world.ProposeAsync(id, companion)).IsDone);
        await world.AnswerAsync(id, companion, ProposalAnswer.Yes);
        Assert.True((await world.ChooseAsync(id, companion)).IsDone);
        return id;
    }

    public static Task<Outcome<Guid>> AgreeAsync(this World world, Guid referralId, Agreement? agreement = null, bool numberConsent = false, Domain.Programme.Actor? by = null) =>
        world.In<AgreeOn, Outcome<Guid>>(a => a.AgreeAsync(by ?? world.Coordinator, new AgreeCommand
        {
            ReferralId = referralId, Agreement = agreement ?? new Agreement { PatientPseudonym = "Nadia" }, NumberConsent = numberConsent,
        }));

    /// <summary>They agreed through the use cases, so that all that hangs on it is there.</summary>
    public static async Task<Accompaniment> PairAsync(this World world, Companion companion)
    {
        var id = (await world.AgreeAsync(await world.ChosenAsync(companion))).Value;
        return await world.Rows(db => db.Set<Accompaniment>().AsNoTracking().SingleAsync(a => a.Id == id));
    }

    /// <summary>So that letters can reach them.</summary>
    public static Task EmailAsync(this World world, Guid personId, string email) => world.Rows(async db =>
    {
        var vault = new Vault(world.Keys);
        var person = await db.Set<Person>().SingleAsync(p => p.Id == personId);
        var identity = await db.Set<Identity>().SingleAsync(i => i.Id == personId);
        vault.Reseal(person, identity, vault.Open(person, identity) with { Email = email });
        await db.SaveChangesAsync();
    });

    /// <summary>Names of the letters that would still go out to them.</summary>
    public static Task<List<string>> LettersAsync(this World world, Guid personId) =>
        world.Rows(db => db.Set<OutboxMessage>().Where(m => m.PersonId == personId && m.CancelledAt == null).OrderBy(m => m.CreatedAt).Select(m => m.Letter).ToListAsync());

    public static Task<List<string>> TrailAsync(this World world, Guid subject) =>
        world.Rows(db => db.Set<AuditRow>().Where(a => a.SubjectId == subject).OrderBy(a => a.Id).Select(a => a.Type).ToListAsync());
}
