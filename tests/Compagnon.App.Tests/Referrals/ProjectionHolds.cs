using Compagnon.App.Data;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Referrals;

/// <summary>Whatever people do in whatever order: what is stored for sorting is what follows from the dates, and the ledger of places is what proposals and accompaniments say.</summary>
public sealed class ProjectionHolds
{
    private const int Steps = 15;
    private static readonly Doing[] ReadyToMatch = [Doing.Refer, Doing.Call, Doing.Consent, Doing.Age, Doing.Send];
    private static readonly Doing[] Accompanied = [.. ReadyToMatch, Doing.Propose, Doing.Answer, Doing.Choose, Doing.Agree];

    [Theory, InlineData(Db.Sqlite, 60), InlineData(Db.PostgreSql, 30)]
    public async Task AfterAnySequence_TheStoredStepAndTheLedger_AreWhatFollows(Db kind, int sequences)
    {
        var done = new HashSet<Doing>();
        for (var seed = 1; seed <= sequences; seed++) done.UnionWith(await PlayAsync(kind, seed));
        // A sequence that never came far would prove nothing.
        Assert.Equal(Enum.GetValues<Doing>(), done.Order());
    }

    private static async Task<HashSet<Doing>> PlayAsync(Db kind, int seed)
    {
        await using var world = await World.OnAsync(kind);
        Companion[] companions = [await world.CompanionAsync(), await world.CompanionAsync(c => c.Capacity = 2), await world.CompanionAsync(c => c.Experiences[0].Year = 2010)];
        var steps = new RandomSteps(world, new Random(seed), companions);
        var beginning = seed % 2 == 0 ? Accompanied : ReadyToMatch;
        foreach (var doing in beginning) await steps.BeginAsync(doing);
        Assert.Equal(beginning.Order(), steps.Done.Order());
        for (var i = 0; i < Steps; i++)
        {
            await steps.NextAsync();
            var wrong = await WrongAsync(world);
            Assert.True(wrong.Count == 0, $"Seed {seed}: {steps}{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        }
        return steps.Done;
    }

    private static Task<List<string>> WrongAsync(World world) => world.Rows(async db =>
    {
        var requests = await db.Set<Referral>().AsNoTracking().ToListAsync();
        var proposals = await db.Set<Proposal>().AsNoTracking().ToListAsync();
        var living = await db.Set<Accompaniment>().AsNoTracking().Where(a => a.EndedAt == null).ToListAsync();
        var places = await db.Set<Place>().AsNoTracking().ToListAsync();
        var capacities = await db.Set<Companion>().ToDictionaryAsync(c => c.Id, c => c.Capacity);
        var consents = await db.Set<Consent>().AsNoTracking().Where(c => c.Kind == ConsentKind.Service).ToListAsync();
        List<string> wrong = [.. requests.Select(Projection).OfType<string>()];
        var talks = await db.Set<Conversation>().AsNoTracking().Where(c => c.BothTookPart).ToListAsync();
        wrong.AddRange(living.Select(a => FollowUpOf(a, [.. talks.Where(c => c.AccompanimentId == a.Id).Select(c => new Told(c.HeldAt, c.RecordedAt, IsWritten: false, NextOn: null))])).OfType<string>());
        var held = proposals.Where(Proposals.HoldsPlace).Select(p => (p.ReferralId, p.CompanionId)).Concat(living.Select(a => (a.ReferralId, a.CompanionId))).Order().ToList();
        var kept = places.Select(p => (p.ReferralId, p.CompanionId)).Order().ToList();
        if (!held.SequenceEqual(kept)) wrong.Add($"{held.Count} places are held by proposals and accompaniments, {kept.Count} stand in the ledger");
        wrong.AddRange(places.GroupBy(p => p.CompanionId).Where(g => g.Count() > capacities[g.Key]).Select(g => $"{g.Count()} places of a companion who has {capacities[g.Key]}"));
        wrong.AddRange(proposals.Where(p => !consents.Exists(c => c.ReferralId == p.ReferralId && c.GivenAt <= p.ProposedAt && (c.WithdrawnAt is null || c.WithdrawnAt >= p.ProposedAt)))
            .Select(_ => "a proposal without consent to the service"));
        wrong.AddRange(living.GroupBy(a => a.ReferralId).Where(g => g.Skip(1).Any()).Select(g => $"{g.Count()} living accompaniments of one request"));
        wrong.AddRange(requests.Where(r => r.EndedAt is not null && held.Exists(h => h.ReferralId == r.Id)).Select(_ => "a request that has ended holds a place"));
        wrong.AddRange(await FiguresAsync(db, requests));
        wrong.AddRange(requests.Where(r => r.EndedAt is null && (r.AgreedAt is not null) != living.Exists(a => a.ReferralId == r.Id)).Select(_ => "agreed without an accompaniment, or the other way round"));
        return wrong;
    });

    /// <summary>When they first talked, read from the conversations themselves: what was noted in error is none.</summary>
    private static async Task<List<string>> FiguresAsync(CompagnonDb db, List<Referral> requests)
    {
        var all = await db.Set<Accompaniment>().AsNoTracking().ToListAsync();
        var conversations = await db.Set<Conversation>().AsNoTracking().ToListAsync();
        DateTime? First(IEnumerable<Accompaniment> of) => conversations.Where(c => c.SetAside is null && c.BothTookPart && of.Any(a => a.Id == c.AccompanimentId)).Select(c => (DateTime?)c.HeldAt).Min();
        return
        [
            .. conversations.Where(c => c.SetAside is not null && c.BothTookPart).Select(_ => "a conversation noted in error counts"),
            .. all.Where(a => a.FirstConversationAt != First([a])).Select(a => $"an accompaniment's first conversation is stored as {a.FirstConversationAt:s}, but was {First([a]):s}"),
            .. requests.Where(r => r.FirstConversationAt != First(all.Where(a => a.ReferralId == r.Id))).Select(r => $"a request's figure is stored as {r.FirstConversationAt:s}, but is {First(all.Where(a => a.ReferralId == r.Id)):s}"),
            .. requests.Where(r => r is { EndedAt: null, RematchedAt: not null } && r.TalkedAgainAt != First(all.Where(a => a.ReferralId == r.Id && a.EndedAt is null))).Select(_ => "talked again, or not, with the present companion"),
        ];
    }

    private static string? Projection(Referral request)
    {
        var (step, due) = ReferralState.NextOf(request, new Targets(), new WorkingCalendar());
        return (request.Next, request.NextDueAt) == (step, due) ? null : $"stored {request.Next} due {request.NextDueAt:s}, but {step} due {due:s} follows";
    }

    /// <summary>Nothing is ever written in the logbook here: that is <see cref="Accompaniments.FollowUpTests"/>.</summary>
    private static string? FollowUpOf(Accompaniment pair, IReadOnlyCollection<Told> told)
    {
        var next = FollowUp.NextOf(pair, told, new Targets(), new WorkingCalendar());
        return (pair.FollowUpReason, pair.FollowUpDueAt) == (next?.Reason, next?.DueAt) ? null : $"to ask for {pair.FollowUpReason} at {pair.FollowUpDueAt:s}, but {next?.Reason} at {next?.DueAt:s} follows";
    }

    [Theory, OnBothDatabases]
    public async Task AStaleDate_ALostPlace_AndAProposalWithoutConsent_AreSeen(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var companion = await world.CompanionAsync();
        var id = await world.ReadyAsync();
        Assert.Empty(await WrongAsync(world));
        // Ready by the builder alone, so that nobody has consented.
        Assert.True((await world.ProposeAsync(id, companion)).IsDone);
        Assert.Equal(["a proposal without consent to the service"], await WrongAsync(world));
        await world.ConsentAsync(id, ConsentKind.Service);
        Assert.Empty(await WrongAsync(world));
        await world.Rows(db => db.Set<Place>().ExecuteDeleteAsync());
        Assert.Equal("1 places are held by proposals and accompaniments, 0 stand in the ledger", Assert.Single(await WrongAsync(world)));
        await world.Rows(db => db.Set<Referral>().ExecuteUpdateAsync(r => r.SetProperty(x => x.NextDueAt, (DateTime?)null)));
        Assert.Contains(await WrongAsync(world), w => w.StartsWith("stored Answer due ,", StringComparison.Ordinal));
    }
}
