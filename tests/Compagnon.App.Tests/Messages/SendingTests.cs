using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Messages;
using Compagnon.App.Messages.Sending;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Messages;

/// <summary>Letters wait in the save that caused them, and leave at least once, under one Message-Id.</summary>
public sealed class SendingTests
{
    [Theory, OnBothDatabases]
    public async Task ALetter_LeavesOnce_InTheReadersLanguage(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await using var mail = new MailCatcher();
        var id = await WriteAsync(world, "zoe@exemple.test");
        await SendAsync(world, At(mail));
        await SendAsync(world, At(mail));
        var message = Assert.Single(mail.Caught);
        Assert.Contains($"Message-ID: <{id:N}@exemple.test>", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Language: fr", message, StringComparison.Ordinal);
        Assert.Contains("To: zoe@exemple.test", message, StringComparison.Ordinal);
        Assert.NotNull((await LetterAsync(world, id)).SentAt);
    }

    [Theory, OnBothDatabases]
    public async Task KilledBetweenSendingAndSayingSo_SendsTheSameMessageIdAgain(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await using var mail = new MailCatcher();
        var id = await WriteAsync(world, "zoe@exemple.test");
        await Assert.ThrowsAsync<ProcessKilled>(() => SendAsync(world, new KilledAfterwards(At(mail))));
        Assert.Null((await LetterAsync(world, id)).SentAt);
        await SendAsync(world, At(mail));
        Assert.Equal(2, mail.Caught.Count);
        Assert.Single(mail.Caught.Select(MessageIdOf).Distinct(StringComparer.Ordinal));
        Assert.NotNull((await LetterAsync(world, id)).SentAt);
    }

    [Theory, OnBothDatabases]
    public async Task AnAddressNobodyHas_ComesBack_AndIsNotTriedAgain(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await using var mail = new MailCatcher { AnswerTo = a => a.StartsWith("zoe", StringComparison.Ordinal) ? "550 5.1.1 zoe@exemple.test unknown" : "250 ok" };
        var gone = await WriteAsync(world, "zoe@exemple.test");
        var there = await WriteAsync(world, "ali@exemple.test");
        await SendAsync(world, At(mail));
        var letter = await LetterAsync(world, gone);
        Assert.NotNull(letter.BouncedAt);
        Assert.Equal("550", letter.LastError);
        Assert.NotNull((await LetterAsync(world, there)).SentAt);
        world.Clock.PassDays(1);
        await SendAsync(world, At(mail));
        Assert.Equal(1, (await LetterAsync(world, gone)).Attempts);
    }

    [Theory, OnBothDatabases]
    public async Task AServerThatIsDown_LosesNothing_AndIsAskedLaterAndLater(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        var id = await WriteAsync(world, "zoe@exemple.test");
        var nobody = new SmtpServer(new MailSettings { Host = "127.0.0.1", Port = 1, Tls = false, From = "programme@exemple.test" });
        await SendAsync(world, nobody);
        var letter = await LetterAsync(world, id);
        Assert.Equal((1, world.Clock.Now.AddMinutes(1)), (letter.Attempts, letter.NextAttemptAt));
        await SendAsync(world, nobody);
        Assert.Equal(1, (await LetterAsync(world, id)).Attempts);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await SendAsync(world, nobody);
        Assert.Equal(world.Clock.Now.AddMinutes(5), (await LetterAsync(world, id)).NextAttemptAt);
        await using var mail = new MailCatcher();
        world.Clock.Pass(TimeSpan.FromMinutes(5));
        await SendAsync(world, At(mail));
        Assert.Single(mail.Caught);
    }

    [Theory, OnBothDatabases]
    public async Task WhatMayPass_IsGivenUpAfterThreeDays(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await using var mail = new MailCatcher { AnswerTo = _ => "451 try later" };
        var id = await WriteAsync(world, "zoe@exemple.test");
        await SendAsync(world, At(mail));
        Assert.Null((await LetterAsync(world, id)).BouncedAt);
        world.Clock.PassDays(3.1);
        await SendAsync(world, At(mail));
        Assert.NotNull((await LetterAsync(world, id)).BouncedAt);
    }

    [Theory, OnBothDatabases]
    public async Task TheDead_GetNoLetters(Db kind)
    {
        await using var world = await World.OnAsync(kind);
        await using var mail = new MailCatcher();
        var id = await WriteAsync(world, "zoe@exemple.test");
        await world.Rows(async db =>
        {
            var letter = await db.Set<OutboxMessage>().FirstAsync(m => m.Id == id);
            (await db.Set<Person>().FirstAsync(p => p.Id == letter.PersonId)).DeceasedAt = world.Clock.Now;
            await db.SaveChangesAsync();
        });
        await SendAsync(world, At(mail));
        Assert.Empty(mail.Caught);
        Assert.NotNull((await LetterAsync(world, id)).CancelledAt);
    }

    [Theory, InlineData(MailCatcher.Encryption.StartTls), InlineData(MailCatcher.Encryption.FromTheStart)]
    public async Task NobodyListens_OnTheWayToTheServer(MailCatcher.Encryption how)
    {
        await using var mail = new MailCatcher(how);
        var settings = new MailSettings { Host = "localhost", Port = mail.Port, ImplicitTls = how is MailCatcher.Encryption.FromTheStart, From = "programme@exemple.test" };
        var letter = new Letter(Guid.CreateVersion7(), "zoe@exemple.test", "À lire", "Bonjour,\n\nÀ bientôt.", "fr");
        Assert.Equal("certificate", (await new SmtpServer(settings).SendAsync(letter, default)).Said); // signed by nobody
        Assert.Empty(mail.Caught);
        var trusting = new SmtpServer(settings) { Trust = (_, certificate, _, _) => certificate?.GetCertHashString() == mail.Certificate.GetCertHashString() };
        Assert.Equal(Handed.Taken, await trusting.SendAsync(letter, default));
        Assert.Single(mail.Caught);
    }

    [Fact]
    public async Task AServerThatDoesNotEncrypt_GetsNothing()
    {
        await using var mail = new MailCatcher();
        var server = new SmtpServer(new MailSettings { Host = "localhost", Port = mail.Port, From = "programme@exemple.test" });
        var handed = await server.SendAsync(new Letter(Guid.CreateVersion7(), "zoe@exemple.test", "À lire", "Bonjour", "fr"), default);
        Assert.Equal((Handing.NotNow, "no STARTTLS"), (handed.Handing, handed.Said));
        Assert.Empty(mail.Caught);
    }

    private static SmtpServer At(MailCatcher mail) => new(new MailSettings { Host = "127.0.0.1", Port = mail.Port, Tls = false, From = "programme@exemple.test" });

    private static string MessageIdOf(string message) => message.Split('\n').First(l => l.StartsWith("Message-ID", StringComparison.OrdinalIgnoreCase));

    private static Task<OutboxMessage> LetterAsync(World world, Guid id) => world.Rows(db => db.Set<OutboxMessage>().AsNoTracking().FirstAsync(m => m.Id == id));

    private static Task<Guid> WriteAsync(World world, string address) => world.Rows(async db =>
    {
        var vault = new Vault(world.Keys);
        var person = vault.NewPerson(db.NetworkId, PersonKind.Staff, world.Facility.Id, Languages.French);
        var fields = new IdentityFields { GivenName = "Zoé", Email = address };
        db.AddRange(person, vault.Seal(person, fields));
        var letter = new OutboxMessage
        {
            PersonId = person.Id, Letter = "Invitation", Language = Languages.French, CreatedAt = world.Clock.Now, NextAttemptAt = world.Clock.Now,
            Address = vault.Seal(person, "outbox", address)!, Subject = vault.Seal(person, "outbox", "Votre invitation à Compagnon")!, Body = vault.Seal(person, "outbox", "Bonjour,\n\n.À bientôt")!,
        };
        db.Add(letter);
        await db.SaveChangesAsync();
        return letter.Id;
    });

    private static Task SendAsync(World world, IMailServer server) => world.In<CompagnonDb>(db =>
        new SendLetters(db, new Vault(world.Keys), server, world.Clock).RunAsync(new Job { Kind = "send-letters", DueAt = world.Clock.Now }, CancellationToken.None));

    private sealed class ProcessKilled : Exception;

    private sealed class KilledAfterwards(IMailServer server) : IMailServer
    {
        public bool IsThere => true;

        public async Task<Handed> SendAsync(Letter letter, CancellationToken stop)
        {
            await server.SendAsync(letter, stop);
            throw new ProcessKilled();
        }
    }
}
