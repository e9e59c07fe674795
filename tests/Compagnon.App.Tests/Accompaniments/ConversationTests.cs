using Compagnon.App.Accompaniments;
using Compagnon.App.Tests.Matching;
using Compagnon.Domain;
using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Accompaniments;

public sealed class ConversationTests
{
    [Theory, OnBothDatabases]
    public async Task ACallNobodyAnswered_IsKept_AndTheFirstConversationIsTheFigure(Db db)
    {
        await using var world = await World.OnAsync(db);
        var pair = await world.PairAsync(await world.CompanionAsync());
        world.Clock.PassDays(2);
        Assert.True((await RecordAsync(world, pair, c => c with { BothTookPart = false, Minutes = 0 })).IsDone);
        Assert.Equal(NextStep.Talk, (await world.RequestAsync(pair.ReferralId)).Next);
        var held = world.Clock.Now.AddHours(-2);
        var key = Guid.CreateVersion7();
        var all = await Task.WhenAll(RecordAsync(world, pair, c => c with { Key = key, HeldAt = held }), RecordAsync(world, pair, c => c with { Key = key, HeldAt = held }));
        Assert.All(all, o => Assert.Equal(key, o.Value));
        var request = await world.RequestAsync(pair.ReferralId);
        Assert.Equal((NextStep.Accompany, held), (request.Next, request.FirstConversationAt));
        Assert.Equal(2, await world.Rows(rows => rows.Set<Conversation>().CountAsync(c => c.AccompanimentId == pair.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task WhatCannotBe_IsRefused(Db db)
    {
        await using var world = await World.OnAsync(db);
        var companion = await world.CompanionAsync();
        var pair = await world.PairAsync(companion);
        world.Clock.PassDays(2);
        Assert.Equal("Ahead", ErrorOf(await RecordAsync(world, pair, c => c with { HeldAt = world.Clock.Now.AddHours(3) }), "HeldAt"));
        Assert.Equal("BeforeAgreement", ErrorOf(await RecordAsync(world, pair, c => c with { HeldAt = world.Clock.Now.AddDays(-9) }), "HeldAt"));
        Assert.Equal("Range", ErrorOf(await RecordAsync(world, pair, c => c with { Minutes = 0 }), "Minutes"));
        foreach (var actor in new[] { companion.Acting(), world.Clinician, await world.StaffAsync(Role.Coordinator, facilityId: (await world.FacilityAsync()).Id) })
            Assert.IsType<NotThere>((await RecordAsync(world, pair, by: actor)).Refusal);
        Assert.Equal(0, await world.Rows(rows => rows.Set<Conversation>().CountAsync()));
    }

    private static string ErrorOf(Outcome<Guid> outcome, string field) => Assert.IsType<Invalid>(outcome.Refusal).Errors[field];

    private static Task<Outcome<Guid>> RecordAsync(World world, Accompaniment pair, Func<ConversationCommand, ConversationCommand>? change = null, Actor? by = null)
    {
        var command = new ConversationCommand
        {
            AccompanimentId = pair.Id, Key = Guid.CreateVersion7(), HeldAt = world.Clock.Now.AddHours(-1), Channel = Channel.Telephone, Minutes = 30, BothTookPart = true,
        };
        return world.In<RecordConversation, Outcome<Guid>>(r => r.RecordAsync(by ?? world.Coordinator, change?.Invoke(command) ?? command));
    }
}
