using Compagnon.Domain.Accompaniments;
using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Tests.Accompaniments;

/// <summary>When the coordinator asks how two people are getting on.</summary>
public sealed class FollowUpTests
{
    private static readonly WorkingCalendar Calendar = new();
    private static readonly DateTime Agreed = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);
    private static readonly Targets Targets = new();

    private static Accompaniment Pair(Rhythm rhythm, int? months = null, double? followedUp = null) => new()
    {
        ReferralId = Guid.NewGuid(), PatientId = Guid.NewGuid(), CompanionId = Guid.NewGuid(), FacilityId = Guid.NewGuid(), AgreedAt = Agreed,
        Agreement = new Agreement { Rhythm = rhythm, Months = months }, FollowedUpAt = followedUp is { } days ? Agreed.AddDays(days) : null,
    };

    private static Told On(double day, bool written = true, DateOnly? next = null) => new(Agreed.AddDays(day), Agreed.AddDays(day), written, next);

    private static (FollowUpReason, double)? Of(Accompaniment pair, params Told[] told) =>
        FollowUp.NextOf(pair, told, Targets, Calendar) is { } next ? (next.Reason, (next.DueAt - Agreed).TotalDays) : null;

    [Fact]
    public void BeforeTheFirstConversation_ItsOwnTargetLooksAfterThem() => Assert.Null(Of(Pair(Rhythm.Weekly, months: 1)));

    [Theory, InlineData(Rhythm.Weekly, 14), InlineData(Rhythm.EveryTwoWeeks, 28), InlineData(Rhythm.AsNeeded, 45), InlineData(Rhythm.AroundAppointments, 45)]
    public void OneConversationMayFallAway_BeforeASilenceIsLongerThanAgreed(Rhythm rhythm, int days) =>
        Assert.Equal((FollowUpReason.Silent, 3 + 10 + days), Of(Pair(rhythm), On(3), On(13)));

    [Fact]
    public void WhatTheyPlanned_IsWaitedFor()
    {
        var day = DateOnly.FromDateTime(Agreed).AddDays(40);
        Assert.Equal((FollowUpReason.Silent, Calendar.EndOf(day).AddDays(14)), FollowUp.NextOf(Pair(Rhythm.Weekly), [On(3), On(13, next: day)], Targets, Calendar));
        // An earlier plan, or one for a day before they talked, puts nothing off.
        Assert.Equal((FollowUpReason.Silent, 27), Of(Pair(Rhythm.Weekly), On(3, next: day), On(13)));
        Assert.Equal((FollowUpReason.Silent, 27), Of(Pair(Rhythm.Weekly), On(13, next: DateOnly.FromDateTime(Agreed))));
    }

    [Fact]
    public void ALogbookThatIsMissing_IsAskedForFirst_AndOnce()
    {
        Assert.Equal((FollowUpReason.Unwritten, 6), Of(Pair(Rhythm.Weekly), On(3, written: false), On(10)));
        Assert.Equal((FollowUpReason.Unwritten, 12), Of(Pair(Rhythm.Weekly), On(3, written: false) with { NotedAt = Agreed.AddDays(9) }, On(10)));
        Assert.Equal((FollowUpReason.Silent, 24), Of(Pair(Rhythm.Weekly, followedUp: 7), On(3, written: false), On(10)));
    }

    [Fact]
    public void TheTimeAgreedOn_IsOverOnce()
    {
        var end = (Agreed.AddMonths(1) - Agreed).TotalDays;
        Assert.Equal((FollowUpReason.TimeIsUp, end), Of(Pair(Rhythm.AsNeeded, months: 1), On(3), On(20)));
        Assert.Equal((FollowUpReason.Silent, end + 1 + 45), Of(Pair(Rhythm.AsNeeded, months: 1, followedUp: end + 1), On(3), On(20)));
    }

    [Fact]
    public void WhoAsks_AsksForAllThatAreDue() => Assert.Equal([FollowUpReason.Unwritten, FollowUpReason.Silent, FollowUpReason.TimeIsUp],
        FollowUp.ReasonsOf(Pair(Rhythm.Weekly, months: 1), [On(3, written: false)], Targets, Calendar).Select(r => r.Reason));

    [Fact]
    public void WhateverTheyDo_NobodyIsAskedAgainForWhatWasAskedAlready_AndTalkingPutsOffNothingEarlier()
    {
        var random = new Random(7);
        for (var k = 0; k < 2000; k++)
        {
            var pair = Pair((Rhythm)random.Next(4), random.Next(2) == 0 ? random.Next(1, 6) : null, random.Next(2) == 0 ? random.Next(0, 90) : null);
            Told[] told = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => On(random.Next(0, 80), random.Next(3) > 0, random.Next(3) == 0 ? DateOnly.FromDateTime(Agreed).AddDays(random.Next(100)) : null))];
            var (_, due) = Of(pair, told)!.Value;
            Assert.True(pair.FollowedUpAt is not { } asked || Agreed.AddDays(due) > asked);
            Assert.True(Of(pair, [.. told, On(81)])!.Value.Item2 >= Math.Min(due, 81));
            // Asked now, and they go on: the next reason lies ahead.
            pair.FollowedUpAt = Agreed.AddDays(due);
            Assert.True(Of(pair, told)!.Value.Item2 > due);
        }
    }
}
