using Compagnon.App.Access;
using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Compagnon.App.Tests.Access;

/// <summary>The receipt is written with the effect, by whichever request comes first, on whichever node.</summary>
public sealed class ReceiptTests
{
    private static readonly (Guid Id, Guid FormId) Marks = (Guid.NewGuid(), Guid.NewGuid());

    /// <summary>Neither saw a receipt when it began: two nodes.</summary>
    [Theory, OnBothDatabases]
    public async Task TheSecond_ThatAlreadyBegan_IsStopped_AndWritesNothing(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        await using var first = Begin(world);
        await using var second = Begin(world);
        // the second has read what the first is about to change
        Assert.NotNull(await second.ServiceProvider.GetRequiredService<Files>().OpenForChangeAsync(world.Coordinator, id, ReadWhat.File));
        Assert.True((await ActAsync(first, world, id)).IsDone);
        await Assert.ThrowsAsync<DoneAlready>(() => ActAsync(second, world, id));
        Assert.Equal(1, await world.Rows(d => d.Set<AuditRow>().CountAsync(a => a.Type == nameof(UrgencySet))));
        Assert.Single(await world.Rows(d => d.Set<Receipt>().ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AtOnce_OnManyNodes_OneDoesIt(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var node = Begin(world);
            try
            {
                return (await ActAsync(node, world, id)).IsDone;
            }
            catch (DoneAlready)
            {
                return false;
            }
        }));
        Assert.Single(done, d => d);
        Assert.Equal(1, await world.Rows(d => d.Set<AuditRow>().CountAsync(a => a.Type == nameof(UrgencySet))));
    }

    [Theory, OnBothDatabases]
    public async Task AReadAlone_LeavesNone_AndARefusalNeither(Db db)
    {
        await using var world = await World.OnAsync(db);
        var id = await world.ReferralAsync();
        await using var request = Begin(world);
        Assert.NotNull(await request.ServiceProvider.GetRequiredService<Files>().OpenAsync(world.Coordinator, id, ReadWhat.File));
        Assert.False((await request.ServiceProvider.GetRequiredService<Progress>().PostponeAsync(world.Coordinator, id, new DateOnly(2000, 1, 1))).IsDone);
        Assert.Empty(await world.Rows(d => d.Set<Receipt>().ToListAsync()));
        Assert.True((await ActAsync(request, world, id)).IsDone);
        Assert.Single(await world.Rows(d => d.Set<Receipt>().ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task AReceipt_IsKeptThreeDays(Db db)
    {
        await using var world = await World.OnAsync(db);
        await using (var request = Begin(world)) await ActAsync(request, world, await world.ReferralAsync());
        foreach (var (days, kept) in ((int, int)[])[(2, 1), (2, 0)])
        {
            world.Clock.PassDays(days);
            await world.Rows(d => new TidyAccess(d, world.Clock).RunAsync(new Job { Kind = "tidy-access", DueAt = world.Clock.Now }, CancellationToken.None));
            Assert.Equal(kept, await world.Rows(d => d.Set<Receipt>().CountAsync()));
        }
    }

    private static AsyncServiceScope Begin(World world)
    {
        var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<PostedForm>().Marks = Marks;
        return scope;
    }

    private static Task<Domain.Outcome<Domain.Done>> ActAsync(AsyncServiceScope request, World world, Guid id) =>
        request.ServiceProvider.GetRequiredService<Progress>().SetUrgentAsync(world.Coordinator, id, "Opération lundi");
}
