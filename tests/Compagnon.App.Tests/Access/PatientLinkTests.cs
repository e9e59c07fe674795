using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.TestKit;

namespace Compagnon.App.Tests.Access;

/// <summary>A patient's link and code: either alone opens nothing, both together once.</summary>
public sealed class PatientLinkTests
{
    [Theory, OnBothDatabases]
    public async Task LinkAndCode_OpenOnce(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (token, code, referral) = await SentAsync(world);
        var opened = await OpenAsync(world, token, code);
        Assert.Equal(referral, opened.Value.ReferralId);
        Assert.IsType<NotRecognised>((await OpenAsync(world, token, code)).Refusal);
    }

    [Theory, OnBothDatabases]
    public async Task OfTwentyAtOnce_OneOpens(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (token, code, _) = await SentAsync(world);
        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(world, token, code)));
        Assert.Equal(1, opened.Count(o => o.IsDone));
    }

    [Theory, OnBothDatabases]
    public async Task AfterFiveWrongCodes_TheRightOneIsTooLate(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (token, code, _) = await SentAsync(world);
        for (var i = 0; i < 5; i++) Assert.False((await OpenAsync(world, token, code == "000000" ? "111111" : "000000")).IsDone);
        Assert.False((await OpenAsync(world, token, code)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task FourWrongCodes_AreForgiven(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (token, code, _) = await SentAsync(world);
        for (var i = 0; i < 4; i++) await OpenAsync(world, token, "12345");
        Assert.True((await OpenAsync(world, token, $" {code[..3]} {code[3..]}")).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task ANewLink_EndsTheOneBefore_AndAWeekEndsAny(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (first, firstCode, referral) = await SentAsync(world);
        var second = (await SendAsync(world, referral)).Value;
        Assert.False((await OpenAsync(world, first, firstCode)).IsDone);
        world.Clock.PassDays(7.01);
        Assert.False((await OpenAsync(world, Doors.TokenIn(second.Link!), second.Code)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task WithAnAddress_TheLinkGoesByLetter_AndTheCoordinatorHasTheCodeAlone(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var referral = await world.ReferralAsync(command: c => c with { Email = "nadia@exemple.test" });
        var made = (await SendAsync(world, referral)).Value;
        Assert.Null(made.Link);
        var letter = Assert.Single(await world.LettersAsync(), l => l.Letter == "PatientLink").Body;
        Assert.DoesNotContain(made.Code, letter, StringComparison.Ordinal);
        Assert.DoesNotContain("cancer", letter, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("accompagn", letter, StringComparison.OrdinalIgnoreCase);
        Assert.True((await OpenAsync(world, Doors.TokenIn(letter), made.Code)).IsDone);
    }

    [Theory, OnBothDatabases]
    public async Task WhoWantsOnlyTheTelephone_GetsNoLink_NorDoesAClosedRequest(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        Assert.IsType<OnlyByTelephone>((await SendAsync(world, await world.ReferralAsync(r => r.TelephoneOnly = true))).Refusal);
        Assert.IsType<RequestNotOpen>((await SendAsync(world, await world.ReferralAsync(r => r.EndedAt = world.Clock.Now))).Refusal);
        var referral = await world.ReferralAsync();
        Assert.IsType<NotThere>((await world.In<PatientLinks, Outcome<MadeLink>>(l => l.SendAsync(world.Clinician, referral))).Refusal);
    }

    private static Task<Outcome<MadeLink>> SendAsync(World world, Guid referral) => world.In<PatientLinks, Outcome<MadeLink>>(l => l.SendAsync(world.Coordinator, referral));

    private static async Task<(string Token, string Code, Guid Referral)> SentAsync(World world)
    {
        var referral = await world.ReferralAsync();
        var made = (await SendAsync(world, referral)).Value;
        return (Doors.TokenIn(made.Link!), made.Code, referral);
    }

    private static Task<Outcome<LinkOpened>> OpenAsync(World world, string token, string code) => world.In<PatientLinks, Outcome<LinkOpened>>(l => l.OpenAsync(token, code));
}
