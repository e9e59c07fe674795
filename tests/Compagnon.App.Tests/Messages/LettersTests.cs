using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Compagnon.App.Access;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Messages;

/// <summary>Every kind of letter there is, to somebody of each language, whatever the language of whoever caused it.</summary>
public sealed partial class LettersTests
{
    private static readonly ResourceManager Texts = new("Compagnon.App.Messages.Letters", typeof(Outbox).Assembly);

    public static TheoryData<string, string> Kinds() => new(
        from entry in Texts.GetResourceSet(CultureInfo.GetCultureInfo("fr"), createIfNotExists: true, tryParents: true)!.Cast<System.Collections.DictionaryEntry>()
        let key = (string)entry.Key
        where key.EndsWith(".Subject", StringComparison.Ordinal)
        from language in (string[])["fr", "en"]
        select (key[..^".Subject".Length], language));

    [Theory, MemberData(nameof(Kinds))]
    public async Task ALetter_IsInItsReadersLanguage(string kind, string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == "fr" ? "en-CA" : "fr-CA");
        await using var world = await World.OnAsync(Db.Sqlite);
        var letter = await WrittenAsync(world, PersonKind.Staff, language, kind);
        Assert.DoesNotContain("{", letter, StringComparison.Ordinal);
        Assert.Empty(OneLanguage.ForeignInProse(letter, language));
        Assert.NotEmpty(OneLanguage.ForeignInProse(letter, language == "fr" ? "en" : "fr"));
        Assert.DoesNotMatch(HealthWords(), letter);
    }

    /// <summary>Who is asked something finds it by one touch: on the page of their own, which asks who they are.</summary>
    [Theory]
    [InlineData(PersonKind.Companion, "Proposal", "/accueil-pa")]
    [InlineData(PersonKind.Companion, "Reminder", "/accueil-pa")]
    [InlineData(PersonKind.Companion, "Agreed", "/accueil-pa")]
    [InlineData(PersonKind.Patient, "Choice", "/mon-espace")]
    [InlineData(PersonKind.Patient, "ChoiceReminder", "/mon-espace")]
    [InlineData(PersonKind.Patient, "Reminder", "/mon-espace")]
    [InlineData(PersonKind.Staff, "ClinicNews", "/mes-demandes")]
    [InlineData(PersonKind.Staff, "NumberToCorrect", "/mes-demandes")]
    public async Task ALetterThatAsksSomething_LeadsToWhereItIs(PersonKind who, string kind, string page)
    {
        await using var world = await World.OnAsync(Db.Sqlite);
        foreach (var language in (string[])["fr", "en"])
            Assert.Single((await WrittenAsync(world, who, language, kind)).Split('\n'), l => l == "https://compagnon.exemple.test" + page);
    }

    private static Task<string> WrittenAsync(World world, PersonKind who, string language, string kind) => world.Rows(async db =>
    {
        var vault = new Vault(world.Keys);
        var person = vault.NewPerson(db.NetworkId, who, world.Facility.Id, language);
        db.AddRange(person, vault.Seal(person, new IdentityFields { GivenName = "Zoé", Email = "zoe@exemple.test" }));
        await db.SaveChangesAsync();
        new Outbox(db, vault, new PublicAddress { Root = "https://compagnon.exemple.test/" }).Add(person, new IdentityFields { Email = "zoe@exemple.test" }, kind, world.Clock.Now, Values(kind));
        await db.SaveChangesAsync();
        var sent = await db.Set<OutboxMessage>().SingleAsync(m => m.PersonId == person.Id);
        return $"{vault.Open(person, "outbox", sent.Subject)}\n{vault.Open(person, "outbox", sent.Body)}";
    });

    /// <summary>As many as the letter has places for; a role where it speaks of one.</summary>
    private static object[] Values(string kind)
    {
        var places = Place().Matches(Texts.GetString($"{kind}.Subject", CultureInfo.GetCultureInfo("fr")) + Texts.GetString($"{kind}.Body", CultureInfo.GetCultureInfo("fr"))).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max() + 1;
        return [.. Enumerable.Range(0, places).Select(i => i == 1 && kind is "NewRole" or "RoleGranted" ? Role.PrivacyOfficer : (object)$"Valeur{i}")];
    }

    [GeneratedRegex(@"\{(\d+)", RegexOptions.None, 1000)]
    private static partial Regex Place();

    /// <summary>Nothing of anybody's health leaves the platform.</summary>
    [GeneratedRegex(@"cancer|chimio|chemo|sein\b|breast|tumeur|tumou?r", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HealthWords();
}
