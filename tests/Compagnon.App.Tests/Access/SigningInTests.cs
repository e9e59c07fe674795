using Compagnon.App.Access;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Access;

/// <summary>Password and code: each code once, five guesses, one answer for whatever is wrong.</summary>
public sealed class SigningInTests
{
    [Theory, OnBothDatabases]
    public async Task ACode_WorksOnce(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var code = await world.CodeAsync(person);
        Assert.True(await world.PasswordFitsAsync());
        Assert.True(await world.CodeFitsAsync(person, code));
        Assert.False(await world.CodeFitsAsync(person, code));
        world.Clock.Pass(TimeSpan.FromSeconds(30));
        Assert.True(await world.CodeFitsAsync(person, await world.CodeAsync(person)));
    }

    [Theory, OnBothDatabases]
    public async Task OfTwentyWhoBringTheSameCode_OneEnters(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var code = await world.CodeAsync(person);
        var entered = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.CodeFitsAsync(person, code)));
        Assert.Equal(1, entered.Count(e => e));
    }

    [Theory, OnBothDatabases]
    public async Task AnOldCode_AndOneOfTheFuture_AreRefused(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var now = await world.CodeAsync(person);
        world.Clock.Pass(TimeSpan.FromSeconds(90));
        Assert.False(await world.CodeFitsAsync(person, now));
        world.Clock.Pass(TimeSpan.FromSeconds(90));
        var future = await world.CodeAsync(person);
        world.Clock.Pass(TimeSpan.FromSeconds(-90));
        Assert.False(await world.CodeFitsAsync(person, future));
    }

    [Theory, OnBothDatabases]
    public async Task FiveWrongPasswords_LockForAQuarterOfAnHour(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        for (var i = 0; i < 5; i++) Assert.False(await world.PasswordFitsAsync("pas le bon du tout " + i));
        Assert.False(await world.PasswordFitsAsync());
        Assert.Single(await world.Rows(db => db.Set<AuditRow>().Where(a => a.Type == nameof(AccountLocked) && a.SubjectId == person).ToListAsync()));
        world.Clock.Pass(TimeSpan.FromMinutes(16));
        Assert.True(await world.PasswordFitsAsync());
    }

    [Theory, OnBothDatabases]
    public async Task GuessesAtTheCodeCount_EvenWithTheRightPasswordBetween(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(await world.PasswordFitsAsync());
            Assert.False(await world.CodeFitsAsync(person, "ZZZZ-ZZZZ"));
        }
        Assert.False(await world.PasswordFitsAsync());
        Assert.False(await world.CodeFitsAsync(person, await world.CodeAsync(person)));
    }

    [Theory, OnBothDatabases]
    public async Task AHundredGuessesAtOnce_AreNoMoreThanFive(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var account = await world.Rows(db => db.Set<Account>().FirstAsync(a => a.PersonId == person));
        var paid = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => world.In<Guesses, bool>(g => g.PayAsync(account.Id, default))));
        Assert.Equal(Guesses.Most, paid.Count(p => p));
    }

    [Theory, OnBothDatabases]
    public async Task WhateverIsWrong_TheAnswerIsTheSame(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, _) = await world.EnrolledAsync();
        var wrong = await world.In<SigningIn, Outcome<FirstStep>>(s => s.PasswordAsync(Doors.Email, "pas le bon du tout"));
        var nobody = await world.In<SigningIn, Outcome<FirstStep>>(s => s.PasswordAsync("personne@exemple.test", Doors.Password));
        await world.In<Accounts, Outcome<Done>>(a => a.DisableAsync(world.Coordinator, person, code: null));
        var disabled = await world.In<SigningIn, Outcome<FirstStep>>(s => s.PasswordAsync(Doors.Email, Doors.Password));
        Assert.All([wrong, nobody, disabled], answer => Assert.Equal(new NotRecognised(), answer.Refusal));
    }

    [Theory, OnBothDatabases]
    public async Task ACodeOfTheCard_WorksOnce_AndItsOwnerIsTold(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var (person, card) = await world.EnrolledAsync();
        Assert.Equal(10, card.Distinct(StringComparer.Ordinal).Count());
        Assert.True(await world.CodeFitsAsync(person, card[3].ToLowerInvariant().Replace('-', ' ')));
        Assert.False(await world.CodeFitsAsync(person, card[3]));
        Assert.Contains("Codes qui restent\u00a0: 9.", (await world.LettersAsync())[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quatorze signes", null)]
    [InlineData("court", PasswordFault.TooShort)]
    [InlineData("motdepassemotdepasse", PasswordFault.Common)]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", PasswordFault.Common)]
    [InlineData("123456789012345", PasswordFault.Common)]
    [InlineData("azertyuiopqsdfghjklm", PasswordFault.Common)]
    [InlineData("Je me souviens toujours!", PasswordFault.Common)]
    [InlineData("Ceci est mon mot de passe 2026", PasswordFault.Common)]
    [InlineData("léaroyléaroyléaroy", PasswordFault.Common)]
    [InlineData("quatre hiboux sous la galerie", null)]
    public void APassword_IsLong_AndNotWhatOthersWouldTryFirst(string password, PasswordFault? fault) => Assert.Equal(fault, Passwords.Check(password, "Léa", "Roy", "lea.roy"));

    [Fact]
    public void Totp_AgreesWithTheStandard()
    {
        // RFC 6238, appendix B, SHA-1, the last six of eight digits
        var key = "12345678901234567890"u8;
        Assert.Equal("287082", Totp.Code(key, 59 / 30));
        Assert.Equal("081804", Totp.Code(key, 1111111109 / 30));
        Assert.Equal("353130", Totp.Code(key, 20000000000 / 30));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.ToText(key));
    }
}
